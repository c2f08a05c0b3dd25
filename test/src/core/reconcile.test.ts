import { expect } from "chai";
import fc from "fast-check";
import { buildStatements, type BilledRecord } from "../../../src/core/billing.ts";
import type { DifferenceKind } from "../../../src/core/difference.ts";
import { agency, hash, memberId, serviceId, statementNumber } from "../../../src/core/ids.ts";
import { treeDomain } from "../../../src/core/leaf.ts";
import { credits, formatCredits, parseCredits } from "../../../src/core/money.ts";
import { ownRecords, type Unrecorded } from "../../../src/core/own.ts";
import { addMonths, parsePeriod, periodEnd, periodStart } from "../../../src/core/period.ts";
import { reconcile, type ReconcileInput, type Reconciliation } from "../../../src/core/reconcile.ts";
import type { RecordDraft } from "../../../src/core/record.ts";

const OCTOBER = parsePeriod("2026-10");
const [ONE, TWO] = [agency("ISIL", "XA-ONE"), agency("ISIL", "XA-TWO")];
const CODES = ["loan", "copy", "lost"];
const PRICES = ["10", "4", "75"].map(parseCredits);
const FEE = parseCredits("0.26");

const serviceOf = (code: string) => (CODES.includes(code) ? serviceId(1 + CODES.indexOf(code)) : undefined);
const priceOf: ReconcileInput["priceOf"] = (service) =>
  PRICES[service - 1] === undefined ? undefined : { service, tier: 2, price: PRICES[service - 1]!, fee: FEE };

const draft = (changes: Partial<RecordDraft> = {}): RecordDraft => ({
  ...{ supplier: ONE, consumer: TWO, request: "R-1", service: "loan", quantity: 1 },
  completedAt: periodStart(OCTOBER) + 86_400,
  details: { title: "An Atlas of Coastal Dialects" },
  ...changes,
});

/** What the supplier bills of these drafts: the records of its one statement. */
function bill(drafts: readonly RecordDraft[]): readonly BilledRecord[] {
  const { statements } = buildStatements({
    drafts,
    period: addMonths(OCTOBER, 1),
    domain: treeDomain(31_337n, `0x${"aa".repeat(20)}`),
    partyOf: (name) => ({ id: memberId(name === ONE ? 3 : 4), tier: 2 }),
    serviceOf,
    priceOf: (_month, service) => priceOf(service),
    nextNumber: () => statementNumber(1),
    salt: () => hash(`0x${"07".repeat(32)}`),
  });
  return statements.flatMap(({ records }) => records);
}

function check(
  records: readonly BilledRecord[],
  own: readonly RecordDraft[] | undefined,
  changes: Partial<ReconcileInput> & { unrecorded?: readonly Unrecorded[] } = {},
): Reconciliation {
  return reconcile({
    supplier: { id: memberId(3), agency: ONE },
    consumer: { id: memberId(4), agency: TWO },
    period: OCTOBER,
    records,
    ...(own === undefined ? {} : { own: ownRecords(own, changes.unrecorded ?? [], serviceOf) }),
    priceOf,
    codeOf: (service) => CODES[service - 1],
    billedBefore: () => undefined,
    ...changes,
  });
}

const kinds = ({ differences }: Reconciliation) => differences.map(({ kind }) => kind);
const blocking = ({ differences }: Reconciliation) => differences.filter((one) => one.blocking);

/** Up to twenty drafts of one pair and month, each with a request of its own. */
const anyDrafts = fc
  .array(
    fc.record({
      service: fc.constantFrom("loan", "copy"),
      quantity: fc.integer({ min: 1, max: 40 }),
      second: fc.integer({ min: 0, max: periodEnd(OCTOBER) - periodStart(OCTOBER) - 1 }),
      priced: fc.boolean(),
      lost: fc.boolean(),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((all) =>
    all.flatMap(({ service, quantity, second, priced, lost }, index) => {
      const cost = credits(PRICES[CODES.indexOf(service)]! * BigInt(quantity));
      const due = credits(cost + FEE * BigInt(quantity));
      const one = draft({
        ...{ request: `R-${index}`, service, quantity, completedAt: periodStart(OCTOBER) + second },
        ...(priced ? { cost, maximum: due } : {}),
      });
      const { details, completedAt, request } = one;
      const loss = draft({ request, service: "lost", quantity: 1, details, completedAt });
      return service === "loan" && lost ? [one, loss] : [one];
    }),
  );

describe("reconcile", () => {
  describe("given the consumer's own copy of what is billed", () => {
    it("finds no difference, in whatever order either side has its records", () => {
      fc.assert(
        fc.property(anyDrafts, fc.infiniteStream(fc.nat()), (drafts, order) => {
          const shuffled = drafts.map((one) => ({ one, at: order.next().value as number }));
          shuffled.sort((a, b) => a.at - b.at);
          const found = check(
            bill(drafts),
            shuffled.map(({ one }) => one),
          );
          expect(found.differences).to.deep.equal([]);
          expect(
            found.records.every(({ own, differences }) => own !== undefined && differences.length === 0),
          ).to.equal(true);
        }),
      );
    });
  });

  describe("given records that only one side has", () => {
    it("is symmetrical: missing here for the one is missing there for the other", () => {
      fc.assert(
        fc.property(
          anyDrafts,
          fc.infiniteStream(fc.constantFrom("both", "here", "there")),
          (drafts, sides) => {
            const side = new Map(drafts.map(({ request }) => [request, sides.next().value as string]));
            const here = drafts.filter(({ request }) => side.get(request) !== "there");
            const there = drafts.filter(({ request }) => side.get(request) !== "here");
            const missing = (found: Reconciliation, kind: DifferenceKind) =>
              found.differences
                .filter((one) => one.kind === kind)
                .map(({ request, service }) => `${request.id}/${service}`)
                .sort();
            const [one, other] = [check(bill(there), here), check(bill(here), there)];
            expect(missing(one, "missingHere")).to.deep.equal(missing(other, "missingThere"));
            expect(missing(one, "missingThere")).to.deep.equal(missing(other, "missingHere"));
            expect(kinds(one).length).to.equal(
              drafts.filter(({ request }) => side.get(request) !== "both").length,
            );
            expect(blocking(one).every(({ kind }) => kind === "missingHere")).to.equal(true);
          },
        ),
      );
    });
  });

  describe("given one record that somebody changed", () => {
    type Mutation = (records: BilledRecord[], at: number) => BilledRecord[];
    const change =
      (how: (record: BilledRecord) => Partial<BilledRecord>): Mutation =>
      (records, at) =>
        records.map((record, index) => (index === at ? { ...record, ...how(record) } : record));
    const dearer = ({ amount }: BilledRecord) => formatCredits(credits(parseCredits(amount) + 1n));
    const mutations: Readonly<Record<string, readonly [DifferenceKind, Mutation]>> = {
      "an amount higher by a millionth": ["differentCost", change((one) => ({ amount: dearer(one) }))],
      "a quantity and its amount": [
        "differentQuantity",
        change(({ service, quantity }) => ({
          quantity: quantity + 1,
          amount: formatCredits(credits(PRICES[service - 1]! * BigInt(quantity + 1))),
        })),
      ],
      "a request nobody made": [
        "missingHere",
        change(({ request }) => ({ request: { ...request, id: "R-NONE" } })),
      ],
      "another library's request": [
        "unknownParty",
        change(({ request }) => ({ request: { ...request, requesting: agency("ISIL", "XA-SIX") } })),
      ],
      "another library's supply": [
        "unknownParty",
        change(({ request }) => ({ request: { ...request, supplying: agency("ISIL", "XA-SIX") } })),
      ],
      "a completion one second after the month": [
        "wrongPeriod",
        change(() => ({ completedAt: periodEnd(OCTOBER) })),
      ],
      "a completion one second before the month": [
        "wrongPeriod",
        change(() => ({ completedAt: periodStart(OCTOBER) - 1 })),
      ],
      "a completion at no time at all": [
        "wrongPeriod",
        change(() => ({ completedAt: Number.MAX_SAFE_INTEGER })),
      ],
      "the record a second time": ["duplicate", (records, at) => [...records, records[at]!]],
      "a second charge without a refund": ["duplicate", change(() => ({ charge: 1 }))],
      "a service that nobody offers": ["differentCost", change(() => ({ service: serviceId(9) }))],
      "no record where there was one": ["missingThere", (records, at) => records.filter((_, i) => i !== at)],
    };
    for (const [what, [kind, mutate]] of Object.entries(mutations)) {
      it(`names ${kind} given ${what}`, () => {
        fc.assert(
          fc.property(anyDrafts, fc.nat(), (drafts, pick) => {
            const records = [...bill(drafts)];
            const at = pick % records.length;
            const { id } = records[at]!.request;
            const found = check(mutate(records, at), drafts);
            const one = found.differences.find((each) => each.kind === kind);
            expect(one, JSON.stringify(kinds(found))).not.to.equal(undefined);
            expect(one?.sentence).to.match(/^Request \S+ of ISIL:\S+ to ISIL:\S+ \([^)]+\) .*\.$/);
            expect([id, "R-NONE"]).to.include(one?.request.id);
            expect(one?.blocking).to.equal(kind !== "missingThere");
          }),
        );
      });
    }
  });

  describe("given another service than was drawn", () => {
    it("names both services, and no record is missing on either side", () => {
      const found = check(bill([draft({ service: "loan" })]), [draft({ service: "copy" })]);
      expect(kinds(found)).to.deep.equal(["differentService"]);
      expect(found.differences[0]).to.include({ billed: "loan", own: "copy", charge: 0 });
    });

    it("takes a lost item beside a loan for a record of its own", () => {
      const [loan, lost] = [draft(), draft({ service: "lost" })];
      expect(kinds(check(bill([loan, lost]), [loan]))).to.deep.equal(["missingHere"]);
      expect(kinds(check(bill([loan]), [loan, lost]))).to.deep.equal(["missingThere"]);
    });
  });

  describe("given what the request said", () => {
    it("objects above its maximum, fee included, and not at it", () => {
      const dear = check(bill([draft()]), [draft({ maximum: parseCredits("10.259999") })]);
      expect(kinds(dear)).to.deep.equal(["aboveMaximum"]);
      expect(dear.differences[0]).to.include({ billed: "10.26", own: "10.259999", blocking: true });
      expect(kinds(check(bill([draft()]), [draft({ maximum: parseCredits("10.26") })]))).to.deep.equal([]);
    });

    it("objects where more is billed than the supplier's message said, and only tells where it is less", () => {
      const more = check(bill([draft()]), [draft({ cost: parseCredits("8") })]);
      expect(more.differences[0]).to.include({
        kind: "differentCost",
        billed: "10.00",
        own: "8.00",
        blocking: true,
      });
      const less = check(bill([draft()]), [draft({ cost: parseCredits("12") })]);
      expect(less.differences[0]).to.include({ kind: "differentCost", own: "12.00", blocking: false });
    });

    it("says why the consumer's messages make no record", () => {
      const because = (reason: string) => ({
        unrecorded: [{ supplier: ONE, consumer: TWO, request: "R-1", reason }],
      });
      const back = check(bill([draft()]), [], because("taken-back"));
      expect(kinds(back)).to.deep.equal(["missingHere"]);
      expect(back.differences[0]?.sentence).to.contain("(taken-back)");
      expect(kinds(check(bill([draft()]), [], because("above-maximum")))).to.deep.equal(["aboveMaximum"]);
    });
  });

  describe("given earlier statements", () => {
    const [first] = bill([draft()]);
    const again = { ...first!, charge: 1 };

    it("names the one that bills the record already", () => {
      const found = check([first!], [draft()], { billedBefore: () => "statement 3-1" });
      expect(found.differences[0]).to.include({ kind: "duplicate", own: "statement 3-1", blocking: true });
    });

    it("takes a corrected bill once the charge before it was refunded, and no other", () => {
      const refunded: ReconcileInput["refunded"] = (_request, _service, charge) => charge === 0;
      expect(kinds(check([again], [draft()], { refunded }))).to.deep.equal([]);
      expect(kinds(check([{ ...again, charge: 2 }], [draft()], { refunded }))).to.deep.equal(["duplicate"]);
    });

    it("misses nothing there that another statement bills", () => {
      const other = draft({ request: "R-2" });
      expect(kinds(check([first!], [draft(), other]))).to.deep.equal(["missingThere"]);
      expect(kinds(check([first!], [draft(), other], { billedBeside: () => true }))).to.deep.equal([]);
    });
  });

  describe("given no records of the consumer's own", () => {
    it("still checks prices, months, parties and repeats", () => {
      const [one] = bill([draft()]);
      expect(kinds(check([one!], undefined))).to.deep.equal([]);
      expect(kinds(check([{ ...one!, amount: "12.00" }], undefined))).to.deep.equal(["differentCost"]);
      expect(kinds(check([one!, one!], undefined))).to.deep.equal(["duplicate"]);
      expect(kinds(check([{ ...one!, completedAt: 0 }], undefined))).to.deep.equal(["wrongPeriod"]);
      const gone = { consumer: { id: memberId(4), agency: undefined } };
      expect(check([one!], undefined, gone).differences[0]?.own).to.equal("no member in 2026-10");
    });
  });

  it("counts a draft that was imported twice once, and leaves other pairs' and months' alone", () => {
    const others = [
      draft({ request: "R-7", consumer: agency("ISIL", "XA-SIX") }),
      draft({ request: "R-8", completedAt: periodEnd(OCTOBER) }),
      draft({ request: "R-9", service: "scan" }),
    ];
    expect(
      kinds(check(bill([draft()]), [draft(), draft({ completedAt: draft().completedAt + 9 }), ...others])),
    ).to.deep.equal([]);
  });
});
