import { expect } from "chai";
import { csv, exceptionsCsv, membersCsv, recordsCsv, statementsCsv } from "../../../../src/cli/report/csv.ts";
import { amount, money, percent, placesOf, signed } from "../../../../src/cli/report/format.ts";
import { consortiumJson, memberJson } from "../../../../src/cli/report/json.ts";
import { clip, columnsOf, marks } from "../../../../src/cli/report/scale.ts";
import { settlementText } from "../../../../src/cli/report/terminal.ts";
import { memberId } from "../../../../src/core/ids.ts";
import { credits, parseCredits, ZERO } from "../../../../src/core/money.ts";
import { sampleMonth } from "../../../support/month.ts";

const month = sampleMonth();

describe("amount and money", () => {
  it("are exact, with thousands apart", () => {
    expect(amount(parseCredits("1234567.5"))).to.equal("1,234,567.50");
    expect(amount(parseCredits("-999.000001"))).to.equal("-999.000001");
    expect(money(parseCredits("-1000"), 3).markup).to.equal("−1,000.000");
    expect(signed(parseCredits("2")).markup).to.include("+2.00");
    expect(placesOf([ZERO, parseCredits("0.125")])).to.equal(3);
  });

  it("give a share of nothing as nothing", () => {
    expect(percent(credits(1n), credits(3n))).to.equal("33.3");
    expect(percent(ZERO, ZERO)).to.equal("0.0");
  });
});

describe("csv", () => {
  it("quotes what RFC 4180 wants quoted and ends lines with CRLF", () => {
    expect(
      csv(
        ["a", "b"],
        [
          ['say "hi"', "one,two"],
          ["line\nbreak", 3],
        ],
      ),
    ).to.equal('\ufeffa,b\r\n"say ""hi""","one,two"\r\n"line\nbreak",3\r\n');
  });

  it("disarms formulas in texts, and leaves negative amounts alone", () => {
    expect(csv(["a"], [["=1+1"], ["@SUM(A1)"], ["-2"], [{ credits: parseCredits("-2.5") }]])).to.equal(
      "\ufeffa\r\n'=1+1\r\n'@SUM(A1)\r\n'-2\r\n-2.50\r\n",
    );
  });

  it("has a row for each member, statement, exception and service used", () => {
    const rows = (text: string) => text.trimEnd().split("\r\n").slice(1);
    expect(rows(membersCsv(month))).to.have.length(12);
    expect(rows(statementsCsv(month))).to.have.length(month.statements.length);
    expect(rows(exceptionsCsv(month))).to.have.length(9);
    expect(rows(recordsCsv(month))).to.have.length(24);
    for (const text of [membersCsv(month), statementsCsv(month), recordsCsv(month)]) {
      const [head, ...body] = text.trimEnd().split("\r\n");
      for (const row of body) expect(row.split(",").length).to.equal(head?.split(",").length);
    }
    expect(rows(membersCsv(month))[0]).to.match(
      /^3,DE-1,Staatsbibliothek zu Berlin,1,Berlin,library,14336\.10,/,
    );
  });
});

describe("JSON", () => {
  it("writes amounts as decimal text, months as such and gas as numbers", () => {
    const report = JSON.parse(consortiumJson(month)) as Record<string, unknown>;
    expect(report).to.deep.include({ period: "2026-11", currency: "EUR", invariants: "held" });
    expect(report["totals"]).to.deep.include({ gross: "88019.30", acknowledged: "75.40" });
    expect(report["gas"]).to.deep.include({ close: 41_880 });
    expect((report["statements"] as { period: string }[])[0]?.period).to.match(/^2026-1[01]$/);
  });

  it("gives a member its own statements and exceptions", () => {
    const member = month.members[10]!;
    const { statements, ...rest } = JSON.parse(memberJson(month, member)) as {
      statements: { supplier: number; consumer: number }[];
      member: { debts: object };
    };
    expect(rest.member.debts).to.deep.equal({ owed: "75.40", due: "0.00" });
    for (const s of statements) expect([s.supplier, s.consumer]).to.include(member.id);
  });
});

describe("settlementText", () => {
  const lines = (text: string) => text.split("\n");

  it("keeps to the width, whatever the width", () => {
    for (const width of [40, 60, 80, 100, 120, 200]) {
      for (const line of lines(settlementText(month, { width })).slice(0, 18)) {
        expect(columnsOf(line), `${width}: ${line}`).to.be.at.most(width);
      }
    }
  });

  it("aligns its columns, wide and right-to-left names included", () => {
    const table = lines(settlementText(month)).slice(4, 16);
    expect(new Set(table.map(columnsOf)).size).to.equal(1);
  });

  it("says which columns found no room", () => {
    expect(settlementText(month, { width: 60 })).to.include("No room for");
    expect(settlementText(month)).to.not.include("No room for");
  });

  it("has columns for relief and royalties only where somebody had any", () => {
    expect(settlementText(month)).to.not.match(/relief|royalties/);
    const [one, ...rest] = month.members;
    const members = [{ ...one!, relief: parseCredits("4.5") }, ...rest];
    const text = settlementText({ ...month, members }, { width: 160 });
    expect(text)
      .to.match(/fees +relief +net/)
      .and.include("4.50");
  });

  it("colours only when told", () => {
    expect(settlementText(month)).to.not.include("\u001b");
    expect(settlementText(month, { colour: true })).to.include("\u001b[36m");
  });

  it("lets no name drive the terminal", () => {
    const one = { ...month.members[0]!, name: "\u001b[2J\u202eevil\r\nname" };
    const text = settlementText({ ...month, members: [one], consortium: "\u001b]0;x\u0007" });
    expect(text).to.not.match(/[\u001b\u0007\r\u202e]/);
  });

  it("names each invariant that did not hold", () => {
    expect(settlementText({ ...month, invariants: ["3: touching early differs"] })).to.include(
      "does not balance: 74 statements, 9 exceptions.\n  3: touching early differs",
    );
  });

  it("holds the largest amounts and no members at all", () => {
    const rich = { ...month.members[0]!, id: memberId(3), given: credits((1n << 63n) - 1n) };
    expect(settlementText({ ...month, members: [rich] })).to.include("9,223,372,036,854.775807");
    expect(settlementText({ ...month, members: [] })).to.include("all");
  });
});

describe("scale", () => {
  it("marks an axis in steps of 1, 2 or 5", () => {
    expect(marks(14_336)).to.deep.equal([5000, 10_000, 15_000]);
    expect(marks(1)).to.deep.equal([0.5, 1]);
    expect(marks(0)).to.deep.equal([1]);
  });

  it("counts East Asian signs twice and combining ones not at all", () => {
    expect(columnsOf("国家")).to.equal(4);
    expect(columnsOf("e\u0301")).to.equal(1);
    expect(clip("国家图书馆", 6)).to.equal("国家…");
  });
});
