import { expect } from "chai";
import { readColumns } from "../../../../src/connectors/csv/columns.ts";
import { readCsv } from "../../../../src/connectors/csv/csv.ts";
import type { Omission } from "../../../../src/connectors/gathering.ts";
import { readMapping } from "../../../../src/connectors/mapping.ts";
import { isConsortiaError, type ConsortiaError } from "../../../../src/core/error.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import type { RecordDraft } from "../../../../src/core/record.ts";

const mapping = readMapping({
  agencies: { "Town Library": "ISIL:DE-1", Hügelbücherei: "ISIL:DE-2", 图书馆: "ISIL:CN-1" },
  services: { Ausleihe: "loan", Kopie: "copy" },
});
const usual = {
  ...{
    supplier: { constant: "ISIL:DE-1" },
    consumer: "Borrower",
    request: "No",
    service: "Type",
    date: "Sent",
  },
};
const head = "Borrower,No,Type,Sent,Reader";
const good = "Hügelbücherei,R-1,Ausleihe,2026-10-05,Underhay";

/** Hands bytes out in pieces of a size, so that cells, quotes and characters fall on their edges. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

interface Taken {
  readonly drafts: RecordDraft[];
  readonly omissions: Omission[];
}

async function take(content: string | Uint8Array, columns: object = {}, size = 7): Promise<Taken> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const taken: Taken = { drafts: [], omissions: [] };
  for await (const one of readCsv(pieces(bytes, size), readColumns({ ...usual, ...columns }), mapping)) {
    if ("reason" in one) taken.omissions.push(one);
    else taken.drafts.push(one);
  }
  return taken;
}

async function refused(work: () => unknown): Promise<ConsortiaError> {
  try {
    await work();
  } catch (error) {
    if (isConsortiaError(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const reasons = ({ omissions }: Taken) =>
  omissions.map(({ reason, sentence }) => [reason, /\d+/.exec(sentence)?.[0]]);

describe("readCsv", () => {
  it("makes a draft of the columns that are named, and copies no other", async () => {
    const { drafts, omissions } = await take(`${head}\r\n${good}\r\n`);
    expect(omissions).to.deep.equal([]);
    expect(drafts).to.deep.equal([
      {
        ...{ supplier: "ISIL:DE-1", consumer: "ISIL:DE-2", request: "R-1", service: "loan", quantity: 1 },
        ...{ completedAt: Date.UTC(2026, 9, 5) / 1000, details: {} },
      },
    ]);
  });

  it("reads the same however the file is cut into pieces, and with any line ends", async () => {
    const text = `${head}\n"Hügelbücherei","R ""1"",\r\n2",Ausleihe,2026-10-05,""\n\n${good}`;
    const whole = await take(text, {}, 1 << 16);
    expect(whole.drafts.map(({ request }) => request)).to.deep.equal(['R "1",\r\n2', "R-1"]);
    for (let size = 1; size < 40; size++) expect(await take(text, {}, size), `${size}`).to.deep.equal(whole);
    const simple = `${head}\n${good}\n`;
    for (const end of ["\r", "\r\n"]) {
      expect((await take(simple.replaceAll("\n", end), {}, 1)).drafts, JSON.stringify(end)).to.have.length(1);
    }
  });

  describe("encodings", () => {
    const codes = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
    const utf16 = (text: string) => new Uint8Array(Uint16Array.from(codes(text)).buffer);
    const latin = Uint8Array.from(codes(`${head}\nH\u00fcgelb\u00fccherei,\u0080-1,Kopie,2026-10-05,x\n`));
    it("reads a byte order mark, UTF-16 and windows-1252", async () => {
      expect((await take(`\ufeff${head}\n${good}`)).drafts).to.have.length(1);
      const wide = await take(utf16(`\ufeff${head}\n${good}`), { encoding: "utf-16" }, 3);
      expect(wide.drafts[0]?.consumer).to.equal("ISIL:DE-2");
      const narrow = await take(latin, { encoding: "windows-1252" }, 3);
      expect(narrow.drafts[0]?.request).to.equal("€-1");
    });

    it("reads gb18030", async () => {
      const name = Uint8Array.of(0xcd, 0xbc, 0xca, 0xe9, 0xb9, 0xdd);
      const rest = new TextEncoder().encode(",R-1,Kopie,2026-10-05,x\n");
      const bytes = new Uint8Array([...new TextEncoder().encode(`${head}\n`), ...name, ...rest]);
      expect((await take(bytes, { encoding: "gb18030" }, 5)).drafts[0]?.consumer).to.equal("ISIL:CN-1");
    });

    it("refuses text in another encoding than the columns say", async () => {
      expect(await refused(() => take(latin))).to.have.property("code", "CsvEncoding");
      expect(await refused(() => take(utf16(`${head}\n`)))).to.have.property("code", "CsvHeader");
      expect(await refused(() => take(Uint8Array.of(0xc3)))).to.have.property("code", "CsvEncoding");
    });
  });

  describe("rows that are broken", () => {
    it("names text around a quoted cell, a NUL and ragged rows, and reads those after them", async () => {
      const rows = [
        head,
        '"a"b,c',
        good,
        'x"y,c',
        "a\0b,c",
        '"a\0b",c',
        `${good},more`,
        "Hügelbücherei,R-2",
        good,
      ];
      const taken = await take(rows.join("\n"));
      expect(taken.drafts).to.have.length(2);
      expect(reasons(taken)).to.deep.equal([
        ...[2, 4, 5, 6].map((row) => ["broken-row", `${row}`]),
        ...[7, 8].map((row) => ["ragged-row", `${row}`]),
      ]);
    });

    it("keeps nothing of a row of 10 MB, and reads the one after it", async () => {
      const taken = await take(`${head}\n${"x".repeat(10 << 20)},R-1\n${good}\n`, {}, 1 << 16);
      expect(reasons(taken)).to.deep.equal([["broken-row", "2"]]);
      expect(taken.drafts).to.have.length(1);
      expect(JSON.stringify(taken)).to.have.length.below(1000);
    });

    it("refuses a file whose quote is never closed, at once where it is long", async () => {
      const open = await refused(() => take(`${head}\n${good}\n"never,${good}\n${good}\n`));
      expect(open).to.include({ code: "CsvQuoteOpen" }).and.have.deep.property("values", { row: 3 });
      const long = await refused(() => take(`${head}\n"${"x".repeat(3 << 20)}",\n`, {}, 1 << 16));
      expect(long).to.include({ code: "CsvQuoteOpen" });
    });

    it("takes quotes as text where the dialect has none", async () => {
      const { drafts } = await take(`${head}\nHügelbücherei,5" disk,Kopie,2026-10-05,x\n`, { quote: "" });
      expect(drafts[0]?.request).to.equal('5" disk');
    });
  });

  describe("headers", () => {
    it("refuses one that repeats a name, none at all, and a column that is not there", async () => {
      const twice = await refused(() => take("Doe 21234,Doe 21234\n"));
      expect(twice).to.have.property("code", "CsvHeader");
      expect(String(twice)).to.include("columns 1 and 2").and.not.include("Doe");
      expect(await refused(() => take(`${head},No\n`))).to.have.property("code", "CsvHeader");
      expect(await refused(() => take(""))).to.have.property("code", "CsvHeader");
      expect(await refused(() => take(head, { cost: "Fee" }))).to.have.property("code", "CsvColumnMissing");
    });

    it("goes by positions where there is none", async () => {
      const columns = { header: false, consumer: 1, request: 2, service: 3, date: 4 };
      expect((await take(good, columns)).drafts).to.have.length(1);
      expect(await refused(() => take("a,b", columns))).to.have.property("code", "CsvColumnMissing");
      expect((await take("", columns)).drafts).to.deep.equal([]);
    });
  });

  describe("cells", () => {
    const one = async (
      columns: object,
      row: string,
      names: string,
    ): Promise<RecordDraft | string | undefined> => {
      const { drafts, omissions } = await take(`${names}\n${row}\n`, { delimiter: ";", ...columns });
      return drafts[0] ?? omissions[0]?.reason;
    };
    const dated = (format: string, text: string) =>
      one({ date: { column: "Sent", format } }, `Hügelbücherei;R;Kopie;${text}`, "Borrower;No;Type;Sent");

    for (const [format, text, time] of [
      ["ISO", "2026-10-05", "2026-10-05T00:00:00Z"],
      ["ISO", "2026-11-01T00:30:00+01:00", "2026-10-31T23:30:00Z"],
      ["ISO", "2026-10-05 14:03", "2026-10-05T14:03:00Z"],
      ["DD.MM.YYYY", "5.10.2026", "2026-10-05T00:00:00Z"],
      ["DD/MM/YYYY", "05/10/2026 09:00", "2026-10-05T09:00:00Z"],
      ["MM/DD/YYYY", "10/05/2026", "2026-10-05T00:00:00Z"],
      ["YYYYMMDD", "20261005", "2026-10-05T00:00:00Z"],
      ["YYYY-MM", "2026-12", "2026-12-31T23:59:59Z"],
    ] as const) {
      it(`reads ${text} as ${format}`, async () => {
        expect(await dated(format, text)).to.have.property("completedAt", Date.parse(time) / 1000);
      });
    }

    it("refuses days that are in no calendar, years of two digits and months that the ledger cannot name", async () => {
      for (const text of [
        "2026-02-29",
        "2026-13-01",
        "26-10-05",
        "1999-01-01",
        "9999-01-01",
        "",
        "5.10.2026",
      ]) {
        expect(await dated("ISO", text), text).to.equal("bad-date");
      }
      expect(await dated("MM/DD/YYYY", "31/10/2026")).to.equal("bad-date");
      expect(await dated("YYYY-MM", "2026-00")).to.equal("bad-date");
    });

    const priced = (amounts: object, text: string) =>
      one(
        { cost: "Fee", maximum: "Most", amounts },
        `Hügelbücherei;R;Kopie;2026-10-05;${text};`,
        "Borrower;No;Type;Sent;Fee;Most",
      );
    it("reads amounts exactly, with points or commas and groups where the columns say so", async () => {
      const exact = await priced({}, "9007199254740.993001");
      expect(exact).to.have.property("cost", parseCredits("9007199254740.993001"));
      expect(exact).not.to.have.property("maximum");
      const german = await priced({ decimal: ",", group: "." }, "1.234.567,50");
      expect(german).to.have.property("cost", parseCredits("1234567.5"));
      for (const text of ["12,50", "-1", "1e3", "€ 3", "1.2345678", "1.2.3", ".5", "5."]) {
        expect(await priced({}, text), text).to.equal("bad-amount");
      }
      expect(await priced({ decimal: ",", group: "." }, "12.50")).to.equal("bad-amount");
    });

    it("reads quantities up to 2^32 − 1, and no other", async () => {
      const counted = (text: string) =>
        one({ quantity: "Uses" }, `Hügelbücherei;R;Kopie;2026-10-05;${text}`, "Borrower;No;Type;Sent;Uses");
      expect(await counted("1000000000")).to.have.property("quantity", 1_000_000_000);
      for (const text of ["1e9", "4294967296", "0", "-1", "3.0", "", "9999999999999"]) {
        expect(await counted(text), text).to.equal("bad-quantity");
      }
    });

    it("names what the mapping lacks, and rows that are not chosen", async () => {
      const rows = ["Elsewhere,R-1,Kopie,2026-10-05,x", "Hügelbücherei,R-2,Scan,2026-10-05,x", good];
      const same = "Town Library,R-3,Kopie,2026-10-05,x";
      const other = [same, "Hügelbücherei,,Kopie,2026-10-05,x", "isil:DE-9,R-4,Kopie,2026-10-05,x"];
      const taken = await take([head, ...rows, ...other].join("\n"));
      expect(taken.omissions.map(({ reason }) => reason)).to.deep.equal([
        ...["unknown-agency", "unknown-service", "same-agency", "no-request"],
      ]);
      expect(taken.omissions[0]?.sentence).to.contain('"Elsewhere"').and.contain("Row 2");
      expect(taken.omissions[1]).to.include({ supplier: "ISIL:DE-1", consumer: "ISIL:DE-2", request: "R-2" });
      expect(taken.drafts.map(({ consumer }) => consumer)).to.deep.equal(["ISIL:DE-2", "ISIL:DE-9"]);
      const chosen = await take([head, ...rows].join("\n"), { where: { Type: ["Ausleihe"] } });
      expect(reasons(chosen)).to.deep.equal([
        ["not-chosen", "2"],
        ["not-chosen", "3"],
      ]);
    });
  });

  it("lets no cell of a column that is not named into drafts or omissions", async () => {
    const secret = ["Underhay", "leopold@example.org", "P-4711", "3 Mill Yard"];
    const rows = secret.flatMap((name) => [
      `Hügelbücherei,R-1,Kopie,2026-10-05,${name}`,
      `Hügelbücherei,R-1,Kopie,"${name}"x,2026-10-05`,
      `Hügelbücherei,R-1,Kopie,${name},2026-10-05,shifted`,
      `Hügelbücherei,R-1,Kopie,5.10.,${name}`,
    ]);
    const taken = await take([head, ...rows].join("\n"), { details: { title: "No" } });
    expect(taken.drafts).to.have.length(4);
    expect(taken.omissions).to.have.length(12);
    for (const name of secret) expect(JSON.stringify(taken)).not.to.contain(name);
  });

  it("holds one piece at a time however long the file is", async () => {
    const block = new TextEncoder().encode(`${good}\n`.repeat(2000));
    async function* long(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(`${head}\n`);
      for (let index = 0; index < 100; index++) yield await Promise.resolve(block);
    }
    let [count, ahead] = [0, 0];
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const piece of long()) {
        yield piece;
        // By the time the next piece is asked for, all rows of the one before must have been handed out.
        ahead = Math.max(ahead, Math.abs(count % 2000));
      }
    }
    for await (const one of readCsv(counted(), readColumns(usual), mapping))
      if ("completedAt" in one) count += 1;
    expect(count).to.equal(200_000);
    expect(ahead).to.equal(0);
  });
});
