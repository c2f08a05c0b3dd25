import { expect } from "chai";
import fc from "fast-check";
import type { Bill } from "../../../../src/documents/bill/bill.ts";
import { makeBill } from "../../../../src/documents/bill/make.ts";
import type { Office } from "../../../../src/documents/office/office.ts";
import { writeUbl } from "../../../../src/documents/ubl/ubl.ts";
import { isil } from "../../../../src/core/ids.ts";
import { credits, MAX_BACKING, ZERO } from "../../../../src/core/money.ts";
import { ADA, BOB, charged, factsOf, fullFacts, LOAN, OFFICE } from "../../../support/bills.ts";
import { broken, RULES } from "../../../support/en16931.ts";
import { hasSchemas, schemaFaults } from "../../../support/schemas.ts";

const KINDS = ["invoice", "creditMemo"] as const;
const TAXES: readonly Office["tax"][] = [
  OFFICE.tax,
  { category: "E", rate: 0, exemption: "Exempt as a service of libraries." },
  { category: "Z", rate: 0 },
  { category: "S", rate: 1_900 },
];

function billOf(kind: (typeof KINDS)[number], facts = fullFacts(), office = OFFICE): Bill {
  const bill = makeBill(kind, facts, office);
  if (bill === undefined) throw new Error("there is nothing to bill");
  return bill;
}

/** An invoice with one text for everything that an office writes. */
function named(name: string): string {
  const buyer = { name, address: { city: name, country: "DE" } };
  const members = new Map([[isil("XA-BOB"), buyer]]);
  return writeUbl(billOf("invoice", fullFacts(), { ...OFFICE, party: { ...OFFICE.party, name }, members }));
}

describe("UBL of a bill", () => {
  for (const kind of KINDS) {
    for (const tax of TAXES) {
      it(`keeps EN 16931's rules, and UBL's schema where it is at hand: ${kind}, tax category ${tax.category}`, async () => {
        const xml = writeUbl(billOf(kind, fullFacts(), { ...OFFICE, tax }));
        expect(broken(xml)).to.deep.equal([]);
        expect(
          await schemaFaults(xml, kind === "invoice" ? "UBL-Invoice-2.1" : "UBL-CreditNote-2.1"),
        ).to.deep.equal([]);
      });
    }
  }

  it("is found out by the published schema where a part is missing", async function () {
    if (!hasSchemas()) this.skip();
    const xml = writeUbl(billOf("invoice", fullFacts()));
    expect(
      await schemaFaults(xml.replace(/<cbc:IssueDate>.*<\/cbc:IssueDate>/, ""), "UBL-Invoice-2.1"),
    ).not.to.deep.equal([]);
  });

  it("keeps them for any amounts up to all that a ledger holds", () => {
    const amount = fc.bigInt({ min: 0n, max: MAX_BACKING }).map(credits);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, amount, fc.nat(9_999)), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...TAXES),
        (drawn, tax) => {
          const statements = drawn.map(([gross, fee, quantity], number) => ({
            ...charged({ supplier: ADA, consumer: BOB, number, lines: [[LOAN, quantity + 1]], gross: "1" }),
            ...{ gross, fee, acknowledged: gross },
          }));
          const bill = makeBill("invoice", factsOf({ statements }), { ...OFFICE, tax });
          return bill === undefined || broken(writeUbl(bill)).length === 0;
        },
      ),
      { numRuns: 40 },
    );
  });

  it("would be found out by each rule's own fault", () => {
    const xml = writeUbl(
      billOf("invoice", fullFacts({ demands: [{ invoice: 12, amount: credits(9_000_000n) }] })),
    );
    const without = (tag: string) => xml.replace(new RegExp(`<${tag}[ >][\\s\\S]*?</${tag}>`), "");
    const faults: readonly [string, string][] = [
      ["BR-02", without("cbc:ID")],
      ["BR-06", without("cbc:RegistrationName")],
      ["BR-CO-10", xml.replace(/(<cbc:LineExtensionAmount[^>]*>)\d/, "$19")],
      ["BR-CO-13", xml.replace(/(<cbc:TaxExclusiveAmount[^>]*>)\d/, "$19")],
      ["BR-CO-16", without("cbc:PrepaidAmount")],
      [
        "BR-O-05",
        xml
          .replace("<cbc:ID>O</cbc:ID>", "<cbc:ID>O</cbc:ID><cbc:Percent>0</cbc:Percent>")
          .replace(/(ClassifiedTaxCategory>\s*<cbc:ID>O<\/cbc:ID>)/, "$1<cbc:Percent>0</cbc:Percent>"),
      ],
      ["BR-O-10", without("cbc:TaxExemptionReason")],
    ];
    for (const [rule, hurt] of faults) {
      expect(hurt).to.not.equal(xml);
      expect(
        broken(hurt).some((one) => one.startsWith(rule)),
        rule,
      ).to.equal(true);
    }
    expect(RULES.length).to.be.greaterThan(35);
  });

  it("says what is due, what the ledger took, and which invoice on the chain asks for it", () => {
    const xml = writeUbl(
      billOf("invoice", fullFacts({ demands: [{ invoice: 12, amount: credits(9_000_000n) }] })),
    );
    expect(xml).to.include(
      "<cbc:DocumentDescription>Invoice 12 on the ledger's chain</cbc:DocumentDescription>",
    );
    expect(xml).to.match(/PayableAmount currencyID="EUR">12\.00</);
    expect(xml)
      .to.match(/<cbc:DocumentTypeCode>130/)
      .and.include("<cbc:ID>3-1</cbc:ID>");
    expect(xml).to.include("<cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>");
  });

  it("shows no VAT identifier outside the scope of VAT, and both inside", () => {
    const office = { ...OFFICE, tax: TAXES[3]!, party: { ...OFFICE.party, vatId: "DE987654321" } };
    expect(writeUbl(billOf("invoice", fullFacts(), office)))
      .to.include("DE987654321")
      .and.include("DE123456789");
    expect(writeUbl(billOf("invoice"))).to.not.include("DE123456789");
  });

  it("carries names with marks of XML, of both directions and of several lines as they are", () => {
    const name = `A&B <x y="1"> ]]> 'مكتبة' \u202e\n国家图书馆`;
    const xml = named(name);
    expect(broken(xml)).to.deep.equal([]);
    expect(xml).to.include(`A&amp;B &lt;x y=&quot;1&quot;&gt; ]]&gt; 'مكتبة' \u202e&#10;国家图书馆`);
    expect(() => named("A\u0000B")).to.throw(/XML cannot carry/);
    expect(() => named("A\ud800B")).to.throw(/XML cannot carry/);
  });

  it("holds ten thousand lines", () => {
    const statements = Array.from({ length: 10_000 }, (_, number) =>
      charged({ supplier: ADA, consumer: BOB, number, lines: [[LOAN, 3]], gross: "0.333335" }),
    );
    const bill = billOf("invoice", factsOf({ statements }));
    expect(bill.totals.rounding).to.not.equal(ZERO);
    expect(writeUbl(bill).match(/<cac:InvoiceLine>/g)).to.have.length(10_000);
  });
});
