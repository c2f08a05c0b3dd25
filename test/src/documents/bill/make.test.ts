import { expect } from "chai";
import { isil } from "../../../../src/core/ids.ts";
import { formatCredits, parseCredits, ZERO } from "../../../../src/core/money.ts";
import type { Bill, BillKind } from "../../../../src/documents/bill/bill.ts";
import type { BillFacts } from "../../../../src/documents/bill/facts.ts";
import { makeBill } from "../../../../src/documents/bill/make.ts";
import { billNumber, fileName } from "../../../../src/documents/bill/number.ts";
import { billPdf } from "../../../../src/documents/bill/pdf.ts";
import type { Office } from "../../../../src/documents/office/office.ts";
import { ADA, BOB, charged, EVE, factsOf, fullFacts, LOAN, MARCH, OFFICE } from "../../../support/bills.ts";
import { pagesOf, textOf } from "../../../support/pdf.ts";

function billOf(kind: BillKind, facts: BillFacts = fullFacts(), office: Office = OFFICE): Bill {
  const bill = makeBill(kind, facts, office);
  if (bill === undefined) throw new Error("there is nothing to bill");
  return bill;
}
const listed = ({ lines }: Bill) => lines.map(({ text, amount }) => [text, formatCredits(amount)]);
const ASKED = [{ invoice: 12, amount: parseCredits("9") }];

describe("an invoice", () => {
  it("lists what a member drew by statement, then fees, royalties and what it gave back, less relief", () => {
    const bill = billOf("invoice");
    expect(listed(bill)).to.deep.equal([
      ["loan from Ada's Library (XA-ADA)", "60.00"],
      ["1 × loan, 2 × copy from Ada's Library (XA-ADA), by a settled claim", "7.33"],
      ["loan from XA-EVE", "10.00"],
      ["Handling fees", "2.08"],
      ["Royalties to XA-EVE", "4.44"],
      ["Given back to Ada's Library (XA-ADA)", "5.00"],
    ]);
    expect(bill.deductions.map(({ text, amount }) => [text, formatCredits(amount)])).to.deep.equal([
      ["Relief 1", "20.00"],
    ]);
    expect(bill.lines.map(({ quantity }) => quantity)).to.deep.equal([5, 1, 3, 1, 1, 1]);
    expect(bill.lines[0]!.statement).to.include({ name: "3-1" });
  });

  it("asks for debts, less those that a refund cancelled, and for what it gave back without room", () => {
    // 2.50 became a debt, 0.50 of it was cancelled, and 1.00 of what it gave back is owed.
    expect(formatCredits(billOf("invoice").totals.due)).to.equal("3.00");
  });

  it("asks for what sponsors ask for on the chain as well, but never for more than it bills", () => {
    const bill = billOf("invoice", fullFacts({ demands: ASKED }));
    expect(bill.demands).to.deep.equal([12]);
    expect(formatCredits(bill.totals.due)).to.equal("12.00");
    const much = billOf(
      "invoice",
      fullFacts({ demands: [{ invoice: 12, amount: parseCredits("900") }] }),
    ).totals;
    expect([formatCredits(much.due), much.prepaid]).to.deep.equal(["68.86", ZERO]);
  });

  it("says that nothing is to be paid where the ledger took all of it", () => {
    const statements = [
      charged({ supplier: ADA, consumer: BOB, number: 1, lines: [[LOAN, 1]], gross: "12" }),
    ];
    const bill = billOf("invoice", factsOf({ statements }));
    expect(bill.totals.due).to.equal(0n);
    expect(bill.terms).to.include("nothing is to be paid");
  });
});

describe("a credit memo", () => {
  it("lists what a member supplied and contributed, what it got back, and compensation", () => {
    expect(listed(billOf("creditMemo"))).to.deep.equal([
      ["copy contributed to the commons", "7.70"],
      ["copy for Ada's Library (XA-ADA)", "20.00"],
      ["Given back by XA-EVE", "3.00"],
      ["Compensation as a net lender", "1.23"],
    ]);
  });

  it("leaves open what its consumers owe, the fee of which is not the supplier's", () => {
    const owing = {
      supplier: BOB,
      consumer: ADA,
      number: 7,
      lines: [[LOAN, 1]] as const,
      gross: "12",
      fee: "0.26",
    };
    const due = (acknowledged: string) =>
      formatCredits(
        billOf("creditMemo", factsOf({ statements: [charged({ ...owing, acknowledged })] })).totals.due,
      );
    expect([due("0.20"), due("0.26"), due("5"), due("12.26")]).to.deep.equal([
      "0.00",
      "0.00",
      "4.74",
      "12.00",
    ]);
  });

  it("tells a rights holder what it got, by whomever it was paid", () => {
    const legs = [{ kind: "royalty", holder: EVE, amount: parseCredits("4") }] as const;
    const statements = [
      charged({ supplier: ADA, consumer: BOB, number: 1, lines: [[LOAN, 1]], gross: "12", legs }),
    ];
    const office = { ...OFFICE, members: new Map([[isil("XA-EVE"), OFFICE.party]]) };
    const bill = billOf(
      "creditMemo",
      { ...factsOf({ statements }), member: EVE, isil: isil("XA-EVE") },
      office,
    );
    expect(listed(bill)).to.deep.equal([["Royalties for works that it holds", "4.00"]]);
  });
});

describe("a bill", () => {
  it("is none where nothing happened, and refused where the office file names no party", () => {
    expect(makeBill("invoice", factsOf(), OFFICE)).to.equal(undefined);
    expect(() => makeBill("invoice", fullFacts(), { ...OFFICE, members: new Map() })).to.throw(
      /names no party for XA-BOB/,
    );
  });

  it("rounds to the currency's own unit: none below the yen", () => {
    const bill = billOf("invoice", fullFacts(), { ...OFFICE, currency: "JPY" });
    expect(bill.lines.map(({ amount }) => amount % 1_000_000n)).to.not.include(1n);
    expect(formatCredits(bill.lines[1]!.amount)).to.equal("7.00");
  });

  it("bears one number for one member, month and kind, whose file stays in its folder", () => {
    expect(billNumber(MARCH, isil("DE-7"), "invoice")).to.equal("2026-03-DE-7-I");
    expect(billNumber(MARCH, isil("DE-7"), "creditMemo")).to.equal("2026-03-DE-7-C");
    const names = ["XA-a/b", "XA-a:b", "XA-//x", "XA-:::"].map((one) =>
      fileName(billNumber(MARCH, isil(one), "invoice")),
    );
    expect(new Set(names).size).to.equal(4);
    for (const name of names) expect(name).to.match(/^[A-Za-z0-9~-]+$/);
  });
});

describe("a bill's PDF", () => {
  it("says all that an office needs, and the same bytes twice", async () => {
    const bill = billOf("invoice", fullFacts({ demands: ASKED }));
    const bytes = await billPdf(bill);
    const text = await textOf(bytes);
    for (const part of [
      ...[
        "Invoice",
        "2026-03-XA-BOB-I",
        "2026-04-01",
        "2026-05-01",
        "Bob & Söhne <Bibliothek>",
        "VR 20260",
        "60.00",
      ],
      ...[
        "Relief 1",
        "−20.00",
        "−56.86",
        "Rounding",
        "0.01",
        "Due, EUR",
        "12.00",
        "IBAN DE89 3704 0044 0532 0130 00",
      ],
      ...[
        "invoice 12",
        "Statement 3-1, service of 2026-02",
        "Ledger 0x5FbDB2315678afecb367f032d93F642f64180aa3",
      ],
      ...["chain 31337", "consortia audit run", "Outside the scope of VAT"],
    ]) {
      expect(text).to.include(part);
    }
    expect(text).to.include(bill.lines[0]!.statement!.root);
    expect(Buffer.compare(bytes, await billPdf(bill))).to.equal(0);
  });

  it("shows the tax where there is one", async () => {
    const text = await textOf(
      await billPdf(billOf("invoice", fullFacts(), { ...OFFICE, tax: { category: "S", rate: 1_900 } })),
    );
    expect(text).to.include("VAT 19 %").and.include("Total with VAT").and.include("VAT DE123456789");
  });

  it("stands names with marks of PDF, of both directions, of several lines and of any script", async () => {
    const name = "(a\\) Tj ET\nendobj\r\u202e>> 国家图书馆 📚";
    const party = { name, address: { city: "北京", country: "CN" } };
    const office = { ...OFFICE, members: new Map([[isil("XA-BOB"), party]]) };
    const text = await textOf(await billPdf(billOf("invoice", fullFacts(), office)));
    expect(text)
      .to.include("(a\\) Tj ET endobj")
      .and.include("国家图书馆")
      .and.include("[U+1F4DA]")
      .and.include("[U+202E]");
  });

  it("goes on over pages with the head of its table on each", async () => {
    const statements = Array.from({ length: 150 }, (_, number) =>
      charged({ supplier: ADA, consumer: BOB, number, lines: [[LOAN, 3]], gross: "0.333335" }),
    );
    const pages = await pagesOf(await billPdf(billOf("invoice", factsOf({ statements }))));
    expect(pages.length).to.be.greaterThan(5);
    for (const text of pages.slice(0, -1)) expect(text).to.include("Quantity");
    expect(pages.at(-1)).to.include("Due, EUR");
    expect(pages.join(" ")).to.include("Statement 3-149");
  });
});
