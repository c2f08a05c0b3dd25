import { expect } from "chai";
import fc from "fast-check";
import { buildStatements, totalOf, type Billing, type BillingInput } from "../../../src/core/billing.ts";
import {
  agency,
  COMMONS,
  COMMONS_AGENCY,
  hash,
  memberId,
  serviceId,
  statementNumber,
} from "../../../src/core/ids.ts";
import { treeDomain } from "../../../src/core/leaf.ts";
import { credits, parseCredits } from "../../../src/core/money.ts";
import { formatPeriod, parsePeriod, periodEnd, periodOf, periodStart } from "../../../src/core/period.ts";
import { reconcile } from "../../../src/core/reconcile.ts";
import type { RecordDraft } from "../../../src/core/record.ts";
import { sealBundle } from "../../../src/records/bundle.ts";

const NOVEMBER = parsePeriod("2026-11");
const LEDGER = "0x00000000000000000000000000000000000000aa";
const NAMES = ["XA-ONE", "XA-TWO", "XA-SIX"];
const CODES = ["loan", "copy"];

const draft = (changes: Partial<RecordDraft> = {}): RecordDraft => ({
  supplier: agency("ISIL", "XA-ONE"),
  consumer: agency("ISIL", "XA-TWO"),
  request: "R-1",
  service: "loan",
  quantity: 1,
  completedAt: periodStart(NOVEMBER) + 86_400,
  details: { title: "An Atlas of Coastal Dialects" },
  ...changes,
});

/** Members 3, 4, 5 in tiers 1, 2, 3; loans at 12, 10, 6 and copies at 5, 4, 2.50; 0.26 on top. */
function build(drafts: readonly RecordDraft[], changes: Partial<BillingInput> = {}): Billing {
  const numbers = new Map<number, number>();
  const tiers: Record<string, readonly string[]> = { loan: ["12", "10", "6"], copy: ["5", "4", "2.5"] };
  return buildStatements({
    drafts,
    period: NOVEMBER,
    domain: treeDomain(31_337n, LEDGER),
    partyOf: (name) => {
      const at = NAMES.indexOf(name.replace("ISIL:", ""));
      return at < 0 ? undefined : { id: memberId(3 + at), tier: at + 1 };
    },
    serviceOf: (code) => (CODES.includes(code) ? serviceId(1 + CODES.indexOf(code)) : undefined),
    priceOf: (_month, service, { tier }) => ({
      service,
      tier,
      price: parseCredits(tiers[CODES[service - 1]!]![tier - 1]!),
      fee: parseCredits("0.26"),
    }),
    nextNumber: (supplier) => {
      const next = (numbers.get(supplier) ?? 0) + 1;
      numbers.set(supplier, next);
      return statementNumber(next);
    },
    salt: () => hash(`0x${"07".repeat(32)}`),
    ...changes,
  });
}

const reasons = (billing: Billing) => billing.exceptions.map(({ reason }) => reason);

describe("buildStatements", () => {
  describe("given drafts of one pair and month", () => {
    const billing = build([
      draft(),
      draft({ request: "R-2", service: "copy", quantity: 3 }),
      draft({ request: "R-3" }),
    ]);
    const [first] = billing.statements;

    it("makes one statement, priced by the consumer's tier", () => {
      expect(billing.statements).to.have.length(1);
      expect(first?.statement.lines).to.deep.equal([
        { service: 1, quantity: 2 },
        { service: 2, quantity: 3 },
      ]);
      expect(first?.gross).to.equal(parseCredits("32.00"));
      expect(first?.fee).to.equal(parseCredits("1.30"));
    });

    it("asks the consumer to sign what is due and no more", () => {
      expect(first?.statement.maximum).to.equal(parseCredits("33.30"));
      expect(formatPeriod(first!.statement.lastPeriod)).to.equal("2027-02");
    });

    it("commits to the records just as a bundle of them does", () => {
      const { supplier, consumer, number, period, root } = first!.statement;
      const facts = { chainId: 31_337, ledger: LEDGER, supplier, consumer, number, period };
      expect(sealBundle({ ...facts, records: first!.records }).root).to.equal(root);
    });
  });

  describe("given contributions to the common good", () => {
    const gift = (request: string, service = "loan") => draft({ request, service, consumer: COMMONS_AGENCY });
    const partyOf: BillingInput["partyOf"] = (name) =>
      name === COMMONS_AGENCY ? { id: COMMONS, tier: 1 } : { id: memberId(3), tier: 1 };
    const drafts = [gift("R-1"), gift("R-2", "copy"), gift("R-3")];
    const linesOf = ({ statements }: Billing) => statements.map(({ statement }) => statement.lines);
    const apart = { partyOf, attestorsOf: (service: number) => (service === 1 ? "0xa 0xb" : "0xc") };

    it("bills together what the same keys attest", () => {
      const both = build(drafts, { partyOf, attestorsOf: () => "0xa 0xb" });
      expect(linesOf(both)).to.deep.equal([
        [
          { service: 1, quantity: 2 },
          { service: 2, quantity: 1 },
        ],
      ]);
    });

    it("bills apart what different keys attest, whatever the order of the drafts", () => {
      const lines = [[{ service: 1, quantity: 2 }], [{ service: 2, quantity: 1 }]];
      expect(linesOf(build(drafts, apart))).to.deep.equal(lines);
      expect(linesOf(build([...drafts].reverse(), apart))).to.deep.equal(lines);
    });

    it("bills nothing that nobody attests, and says so of each", () => {
      const none = build(drafts, {
        partyOf,
        attestorsOf: (service) => (service === 1 ? undefined : "0xc"),
      });
      expect(reasons(none)).to.deep.equal(["not-attested", "not-attested"]);
      expect(none.exceptions[0]?.sentence).to.contain('("loan"). Have a key of COMMONS accredited');
      expect(linesOf(none)).to.deep.equal([[{ service: 2, quantity: 1 }]]);
    });

    it("asks nobody about what members draw", () => {
      const drawn = build([draft()], { attestorsOf: () => undefined });
      expect(drawn.exceptions).to.deep.equal([]);
    });
  });

  describe("given prices that bound a line", () => {
    const pages = [2, 3, 9].map((quantity, index) =>
      draft({ request: `R-${index}`, service: "copy", quantity, completedAt: periodStart(NOVEMBER) + index }),
    );
    const bounded = (bounds: { minimum?: string; cap?: string }) =>
      build(pages, {
        priceOf: () => ({
          ...{ price: parseCredits("0.30"), fee: parseCredits("0.01") },
          ...(bounds.minimum === undefined ? {} : { minimum: parseCredits(bounds.minimum) }),
          ...(bounds.cap === undefined ? {} : { cap: parseCredits(bounds.cap) }),
        }),
      });
    const amounts = ({ statements: [first] }: Billing) => first?.records.map(({ amount }) => amount);

    it("charges records in order until the most of the line is reached", () => {
      const billing = bounded({ cap: "2.00" });
      expect(amounts(billing)).to.deep.equal(["0.60", "0.90", "0.50"]);
      expect(billing.statements[0]).to.include({ gross: parseCredits("2"), fee: parseCredits("0.14") });
      expect(billing.statements[0]?.statement.maximum).to.equal(parseCredits("2.14"));
    });

    it("lets the first record bear what is missing to the least of the line", () => {
      expect(amounts(bounded({ minimum: "5.00" }))).to.deep.equal(["1.40", "0.90", "2.70"]);
    });

    it("makes records that their consumer finds fair, and no others", () => {
      const unit = { price: parseCredits("0.30"), fee: parseCredits("0.01"), cap: parseCredits("2") };
      const records = bounded({ cap: "2.00" }).statements[0]!.records;
      const costs = (billed: typeof records) =>
        reconcile({
          ...{ supplier: { id: memberId(3), agency: agency("ISIL", "XA-ONE") }, period: NOVEMBER },
          ...{ consumer: { id: memberId(4), agency: agency("ISIL", "XA-TWO") }, records: billed },
          ...{ priceOf: () => unit, codeOf: () => "copy", billedBefore: () => undefined },
        }).differences.map(({ kind }) => kind);
      expect(costs(records)).to.deep.equal([]);
      expect(costs([...records].reverse())).to.have.length(3);
    });

    it("asks a request's maximum for what its record could bear alone", () => {
      const [cheap] = pages;
      const least = { price: parseCredits("0.30"), fee: parseCredits("0.01"), minimum: parseCredits("5") };
      const { exceptions } = build([{ ...cheap!, maximum: parseCredits("5.01") }], { priceOf: () => least });
      expect(exceptions.map(({ reason }) => reason)).to.deep.equal(["above-maximum"]);
      const { statements } = build([{ ...cheap!, maximum: parseCredits("5.02") }], { priceOf: () => least });
      expect(statements).to.have.length(1);
    });
  });

  it("asks for the price between the two parties", () => {
    const asked: string[] = [];
    build([draft()], {
      priceOf: (_month, service, consumer, supplier) => {
        asked.push(
          `${service}: ${supplier.id} in tier ${supplier.tier} for ${consumer.id} in ${consumer.tier}`,
        );
        return undefined;
      },
    });
    expect(asked).to.deep.equal(["1: 3 in tier 1 for 4 in 2"]);
  });

  it("separates suppliers, consumers and months, and numbers them by supplier", () => {
    const { statements } = build([
      draft(),
      draft({ request: "R-2", consumer: agency("ISIL", "XA-SIX") }),
      draft({ request: "R-3", completedAt: periodStart(NOVEMBER) - 1 }),
      draft({ request: "R-4", supplier: agency("ISIL", "XA-TWO"), consumer: agency("ISIL", "XA-ONE") }),
    ]);
    const found = statements.map(
      ({ statement: s }) => `${s.supplier}>${s.consumer} ${formatPeriod(s.period)} #${s.number}`,
    );
    expect(found).to.deep.equal(["3>4 2026-10 #1", "3>4 2026-11 #2", "3>5 2026-11 #3", "4>3 2026-11 #1"]);
  });

  it("gives a pair several statements where one would hold too many records", () => {
    const drafts = Array.from({ length: 5 }, (_, index) => draft({ request: `R-${index}` }));
    const { statements } = build(drafts, { recordLimit: 2 });
    expect(statements.map(({ records }) => records.length)).to.deep.equal([2, 2, 1]);
  });

  describe("given a draft that cannot be billed", () => {
    const cases: readonly [reason: string, changes: Partial<RecordDraft>][] = [
      ["unknown-agency", { supplier: agency("ISIL", "XZ-NONE") }],
      ["unknown-agency", { consumer: agency("RESHARE", "XA-TWO2") }],
      ["same-member", { supplier: agency("ISIL", "XA-TWO") }],
      ["not-offered", { service: "scan" }],
      ["above-maximum", { maximum: parseCredits("10.25") }],
      ["month-ahead", { completedAt: periodEnd(NOVEMBER) }],
      ["month-past", { completedAt: periodStart(parsePeriod("2026-08")) - 1 }],
      ["month-past", { completedAt: 0 }],
    ];
    for (const [reason, changes] of cases) {
      it(`makes an exception: ${reason} (${Object.keys(changes).join()})`, () => {
        const { statements, exceptions } = build([draft(changes)]);
        expect(statements).to.deep.equal([]);
        expect(exceptions.map((one) => one.reason)).to.deep.equal([reason]);
        expect(exceptions[0]?.sentence).to.match(/^Request R-1 of .+\.$/);
      });
    }

    it("bills what the consumer said it would pay at most, to the cent", () => {
      expect(build([draft({ maximum: parseCredits("10.26") })]).exceptions).to.deep.equal([]);
    });

    it("bills a request once for a service, in this run and after others", () => {
      expect(reasons(build([draft(), draft()]))).to.deep.equal(["duplicate"]);
      expect(reasons(build([draft(), draft({ service: "copy" })]))).to.deep.equal([]);
      expect(reasons(build([draft()], { isBilled: () => true }))).to.deep.equal(["already-billed"]);
    });
  });

  it("accounts for every draft, whatever their order, and its roots' sums are the gross", () => {
    const name = fc.constantFrom(...NAMES, "XZ-NONE").map((symbol) => agency("ISIL", symbol));
    const drafts = fc.array(
      fc.record({
        supplier: name,
        consumer: name,
        request: fc.constantFrom("R-1", "R-2", "R-3", "R-4", "R-5"),
        service: fc.constantFrom("loan", "copy", "scan"),
        quantity: fc.integer({ min: 1, max: 9 }),
        completedAt: fc.integer({ min: periodStart(parsePeriod("2026-06")), max: periodEnd(NOVEMBER) + 10 }),
        details: fc.constant({}),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(drafts, fc.integer(), (given, seed) => {
        const billing = build(given);
        const records = billing.statements.flatMap((one) => one.records);
        expect(records.length + billing.exceptions.length).to.equal(given.length);
        const amounts = records.reduce((sum, { amount }) => sum + parseCredits(amount), 0n);
        const { gross, fee } = totalOf(billing.statements);
        expect(amounts).to.equal(gross);
        const signed = billing.statements.reduce((sum, { statement }) => sum + statement.maximum, 0n);
        expect(signed).to.equal(credits(gross + fee));
        for (const { statement, records: own } of billing.statements) {
          expect(own.every(({ completedAt }) => periodOf(completedAt) === statement.period)).to.equal(true);
        }
        const shuffled = [...given].sort((a, b) => (a.completedAt ^ seed) - (b.completedAt ^ seed));
        expect(build(shuffled).statements).to.deep.equal(billing.statements);
      }),
      { numRuns: 200 },
    );
  });
});
