import { expect } from "chai";
import { makePdf, type Sheet } from "../../../../src/documents/pdf/page.ts";
import { drawTable, type Row } from "../../../../src/documents/pdf/table.ts";
import { wrapText } from "../../../../src/documents/pdf/wrap.ts";
import { pagesOf, textOf } from "../../../support/pdf.ts";

const paper = (draw: (sheet: Sheet) => void) =>
  makePdf({ title: "A paper", author: "An office", at: 1_775_000_000, footer: "2026-03-DE-7-I" }, draw);
const table = (rows: readonly Row[]) =>
  paper((sheet) =>
    drawTable(sheet, [{ head: "Service" }, { head: "Amount", width: 60, align: "right" }], rows),
  );

describe("a PDF", () => {
  it("is byte for byte the same for the same paper, and other for another day", async () => {
    const draw = (sheet: Sheet) => sheet.text("国家图书馆 and more");
    const [one, other] = [await paper(draw), await paper(draw)];
    expect(Buffer.compare(one, other)).to.equal(0);
    const later = await makePdf({ title: "A paper", author: "An office", at: 1, footer: "" }, draw);
    expect(Buffer.compare(one, later)).to.not.equal(0);
  });

  it("shows Latin, Greek, Cyrillic and Han letters, each in a font that is embedded", async () => {
    const text = "Bibliothèque Zürich Łódź Βιβλιοθήκη Библиотека 国家图书馆 北京大学";
    const bytes = await paper((sheet) => sheet.text(text));
    expect(await textOf(bytes)).to.include(text);
    const plain = Buffer.from(bytes).toString("latin1");
    expect(plain.match(/\/FontFile[23]/g)!.length).to.be.greaterThan(2);
    expect(plain).to.not.match(/\/BaseFont \/Helvetica/);
  });

  it("shows what no font has, and what would turn a line around, as its code", async () => {
    const text = await textOf(await paper((sheet) => sheet.text("a\u{1F4DA}b\u202Ec\u0000d\u{20BB7}")));
    expect(text).to.include("a[U+1F4DA]b[U+202E]c[U+0000]d");
  });

  it("takes parentheses, backslashes and line breaks for what they are", async () => {
    const pages = await pagesOf(await paper((sheet) => sheet.text("((a\\) endstream >>\r\nnext % line")));
    expect(pages[0])
      .to.include("((a\\) endstream >>")
      .and.match(/next % line/);
  });

  it("goes on over pages, with the table's head and the page's number on each", async () => {
    const rows = Array.from({ length: 120 }, (_, at) => ({ cells: [`row ${at};`, `${at}.00`] }));
    const pages = await pagesOf(await table(rows));
    expect(pages.length).to.be.greaterThan(2);
    pages.forEach((text, at) => {
      expect(text)
        .to.include("Service")
        .and.include(`Page ${at + 1} of ${pages.length}`);
    });
    const all = pages.join(" ");
    for (const { cells } of rows) expect(all).to.include(cells[0]);
  });

  it("shows a row that is longer than a page to its end", async () => {
    const words = Array.from({ length: 4_000 }, (_, at) => `w${at}`);
    const text = await textOf(await table([{ cells: [words.join(" "), "1.00"] }]));
    expect(words.filter((word) => !text.includes(word))).to.deep.equal([]);
  });

  it("holds ten thousand rows", async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => ({ cells: [`loan from ${at % 97}`, "12.00"] }));
    expect((await table(rows)).length).to.be.greaterThan(100_000);
  });
});

describe("wrapping", () => {
  const width = (text: string) => [...text].length;
  it("breaks at spaces, between Han letters, and nowhere else unless it must", () => {
    expect(wrapText("one two  three", 7, width)).to.deep.equal(["one two", "three"]);
    expect(wrapText("国家图书馆", 2, width)).to.deep.equal(["国家", "图书", "馆"]);
    expect(wrapText("abcdefgh ij", 3, width)).to.deep.equal(["abc", "def", "gh", "ij"]);
    expect(wrapText("a\nb", 9, width)).to.deep.equal(["a", "b"]);
    expect(wrapText("", 9, width)).to.deep.equal([""]);
  });

  it("loses nothing, and ends where not even a letter fits", () => {
    expect(wrapText("📚📚", 0, width)).to.deep.equal(["📚", "📚"]);
    expect(wrapText("x".repeat(1_000), 7, width).join("")).to.equal("x".repeat(1_000));
  });
});
