import { expect } from "chai";
import fc from "fast-check";
import { memberId, serviceId, type MemberId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { addMonths, parsePeriod } from "../../../src/core/period.ts";
import { Reliefs, type Relief } from "../../../src/core/relief.ts";
import { ANY_TIER } from "../../../src/core/schedule.ts";
import { codeOf } from "../../support/records.ts";

const MAY = parsePeriod("2026-05");
const [LOAN, COPY] = [serviceId(1), serviceId(2)];
const [ADA, BOB] = [memberId(3), memberId(4)];
const PLENTY = 10n ** 9n;
const terms = (changes: Partial<Record<keyof Relief, bigint | number>> = {}): Relief =>
  ({
    ...{ service: 0, region: 0, tier: ANY_TIER, share: 5_000, from: MAY, until: 0 },
    ...{ memberCap: PLENTY, cap: PLENTY, ...changes },
  }) as Relief;
const whom = (changes: Partial<Parameters<Reliefs["allot"]>[0]> = {}) => ({
  ...{ consumer: ADA, period: MAY, tier: 1, region: 7, ...changes },
});
const loan = (gross: bigint) => [{ service: LOAN, gross: credits(gross) }];

/** Opens reliefs in turn, allots one line, and says what each leg pays. */
function paid(reliefs: Reliefs, gross = 101n, room = PLENTY, by = whom()): string {
  const { relieved, legs } = reliefs.allot(by, loan(gross), room);
  const words = legs.map((leg) => (leg.kind === "aid" ? `${leg.relief}:${leg.amount}` : "royalty"));
  expect(legs.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(relieved);
  return words.join(" ");
}

describe("Reliefs", () => {
  it("pay a share of a line, rounded down", () => {
    const reliefs = new Reliefs();
    reliefs.open(1, terms());
    expect(paid(reliefs)).to.equal("1:50");
    expect(paid(reliefs, 1n)).to.equal("");
    expect(paid(reliefs, 0n)).to.equal("");
  });

  it("cover a line where everything they name agrees", () => {
    const covered: [Partial<Record<keyof Relief, number>>, boolean][] = [
      [{ service: LOAN, region: 7, tier: 1 }, true],
      [{ service: COPY }, false],
      [{ region: 8 }, false],
      [{ tier: 2 }, false],
      [{ from: addMonths(MAY, 1) }, false],
      [{ until: MAY }, true],
      [{ from: addMonths(MAY, -3), until: addMonths(MAY, -1) }, false],
    ];
    for (const [changes, does] of covered) {
      const reliefs = new Reliefs();
      reliefs.open(1, terms(changes));
      expect(paid(reliefs), JSON.stringify(changes)).to.equal(does ? "1:50" : "");
      const may = does || "region" in changes;
      expect(reliefs.mayCover(MAY, LOAN, 1), JSON.stringify(changes)).to.equal(may);
    }
  });

  it("pay in the order of their opening, of every service or of one, never more than the price", () => {
    const reliefs = new Reliefs();
    reliefs.open(1, terms({ service: LOAN, share: 6_000 }));
    reliefs.open(2, terms({ share: 3_000 }));
    reliefs.open(3, terms({ service: LOAN, share: 10_000 }));
    reliefs.open(4, terms({ share: 10_000 }));
    expect(paid(reliefs)).to.equal("1:60 2:30 3:11");
  });

  it("end with a month", () => {
    const reliefs = new Reliefs();
    reliefs.open(1, terms());
    reliefs.end(1, MAY);
    expect(paid(reliefs)).to.equal("1:50");
    expect(paid(reliefs, 101n, PLENTY, whom({ period: addMonths(MAY, 1) }))).to.equal("");
    expect(reliefs.termsOf(1)).to.include({ until: MAY, isGrant: false });
    expect(codeOf(() => reliefs.end(2, MAY))).to.equal("ReliefUnknown");
    expect(reliefs.termsOf(2)).to.equal(undefined);
  });

  it("stop where RELIEF has no room, over all lines, and fail nothing", () => {
    const reliefs = new Reliefs();
    reliefs.open(1, terms());
    const lines = [...loan(100n), ...loan(100n)];
    expect(reliefs.allot(whom(), lines, 70n)).to.deep.equal({
      relieved: 70n,
      legs: [{ kind: "aid", relief: 1, amount: 70n }],
    });
    expect(reliefs.allot(whom(), lines, 0n)).to.deep.equal({ relieved: 0n, legs: [] });
  });

  it("stop at the cap of a member and at the cap of all, month by month", () => {
    const reliefs = new Reliefs();
    reliefs.open(1, terms({ memberCap: 60n, cap: 80n }));
    const post = (consumer: MemberId, period = MAY) => {
      const { relieved, legs } = reliefs.allot(whom({ consumer, period }), loan(100n), PLENTY);
      reliefs.settle(consumer, period, legs);
      return relieved;
    };
    expect([post(ADA), post(ADA), post(ADA)]).to.deep.equal([50n, 10n, 0n]);
    expect([post(BOB), post(BOB)]).to.deep.equal([20n, 0n]);
    expect([post(ADA, addMonths(MAY, 1)), post(BOB, addMonths(MAY, 1))]).to.deep.equal([50n, 30n]);
    expect(reliefs.paidIn(1, ADA, MAY)).to.deep.equal({ forMember: 60n, forAll: 80n });
    expect(reliefs.paidIn(9, ADA, MAY)).to.deep.equal({ forMember: 0n, forAll: 0n });
  });

  it("pay nothing, and not less, where more was paid than there was", () => {
    const reliefs = new Reliefs();
    reliefs.open(1, terms({ memberCap: 60n }));
    reliefs.openGrant(2, terms(), []);
    reliefs.open(3, terms());
    reliefs.settle(ADA, MAY, [
      { kind: "aid", relief: 1, amount: credits(70n) },
      { kind: "aid", relief: 2, amount: credits(5n) },
    ]);
    expect(paid(reliefs, 100n)).to.equal("3:50");
  });
});

describe("grants", () => {
  const granted = () => {
    const reliefs = new Reliefs();
    reliefs.openGrant(1, terms({ until: addMonths(MAY, 2), share: 10_000 }), [BOB]);
    return reliefs;
  };

  it("pay for the members they name as far as their money goes, whatever room RELIEF has", () => {
    const reliefs = granted();
    expect(paid(reliefs, 101n, 0n, whom({ consumer: BOB }))).to.equal("");
    reliefs.fund(1, "0xministry", credits(70n));
    expect(paid(reliefs, 101n, 0n, whom({ consumer: BOB }))).to.equal("1:70");
    expect(paid(reliefs, 101n, PLENTY)).to.equal("");
    expect(reliefs.termsOf(1)?.isGrant).to.equal(true);
  });

  it("tell what came out of them when it is settled", () => {
    const reliefs = granted();
    reliefs.open(2, terms());
    reliefs.fund(1, "0xministry", credits(70n));
    const { legs } = reliefs.allot(whom({ consumer: BOB }), loan(101n), PLENTY);
    expect(reliefs.settle(BOB, MAY, legs)).to.equal(70n);
    expect(reliefs.grantOf(1)).to.deep.equal({ balance: 0n, given: 70n });
    expect(reliefs.held).to.equal(0n);
    expect(reliefs.grantOf(2)).to.equal(undefined);
    expect(reliefs.settle(BOB, MAY, [{ kind: "royalty", holder: ADA, amount: credits(9n) }])).to.equal(0n);
  });

  it("give back what was not spent to all that gave, to the last unit", () => {
    const reliefs = granted();
    const givers = { "0xa": 10n, "0xb": 20n, "0xc": 41n };
    for (const [giver, amount] of Object.entries(givers)) reliefs.fund(1, giver, credits(amount));
    const { legs } = reliefs.allot(whom({ consumer: BOB }), loan(38n), PLENTY);
    reliefs.settle(BOB, MAY, legs);
    expect(reliefs.givenBy(1, "0xb")).to.equal(20n);
    expect(["0xa", "0xb", "0xc"].map((giver) => reliefs.giveBack(1, giver))).to.deep.equal([4n, 9n, 20n]);
    expect(reliefs.giveBack(1, "0xa")).to.equal(0n);
    expect(reliefs.grantOf(1)).to.deep.equal({ balance: 0n, given: 0n });
  });

  it("are no reliefs, nor the other way round", () => {
    const reliefs = granted();
    reliefs.open(2, terms());
    for (const act of [() => reliefs.fund(2, "0xa", credits(1n)), () => reliefs.giveBack(3, "0xa")]) {
      expect(codeOf(act)).to.equal("ReliefUnknown");
    }
  });
});

describe("an allotment, whatever is open", () => {
  const amount = fc.bigInt({ min: 0n, max: 1_000n });
  const cap = fc.bigInt({ min: 1n, max: 500n });
  const entry = fc.record({
    ...{
      service: fc.constantFrom(0, LOAN, COPY),
      region: fc.constantFrom(0, 7, 8),
      tier: fc.constantFrom(1, 2, ANY_TIER),
    },
    ...{ share: fc.integer({ min: 1, max: 10_000 }), memberCap: cap, cap, grant: fc.option(amount) },
  });
  const posting = fc.record({
    consumer: fc.constantFrom(ADA, BOB),
    period: fc.constantFrom(MAY, addMonths(MAY, 1)),
    lines: fc.array(fc.record({ service: fc.constantFrom(LOAN, COPY), gross: amount.map(credits) }), {
      maxLength: 4,
    }),
    room: amount,
  });

  it("keeps every cap, every grant's money, RELIEF's room and every line's price", () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 5 }),
        fc.array(posting, { maxLength: 6 }),
        (entries, postings) => {
          const reliefs = new Reliefs();
          entries.forEach(({ grant, ...changes }, index) => {
            if (grant === null) {
              reliefs.open(index + 1, terms(changes));
              return;
            }
            reliefs.openGrant(index + 1, terms({ ...changes, until: addMonths(MAY, 9) }), []);
            reliefs.fund(index + 1, "0xa", credits(grant));
          });
          for (const { consumer, period, lines, room } of postings) {
            const { relieved, legs } = reliefs.allot(whom({ consumer, period }), lines, room);
            expect(legs.reduce((sum, leg) => sum + leg.amount, 0n)).to.equal(relieved);
            expect(relieved <= lines.reduce((sum, { gross }) => sum + gross, 0n)).to.equal(true);
            const granted = reliefs.settle(consumer, period, legs);
            expect(relieved - granted <= room).to.equal(true);
          }
          entries.forEach(({ memberCap, cap: limit }, index) => {
            for (const consumer of [ADA, BOB]) {
              for (const period of [MAY, addMonths(MAY, 1)]) {
                const { forMember, forAll } = reliefs.paidIn(index + 1, consumer, period);
                expect(forMember <= memberCap && forAll <= limit && forMember <= forAll).to.equal(true);
              }
            }
            const grant = reliefs.grantOf(index + 1);
            if (grant !== undefined)
              expect(grant.balance >= 0n && grant.balance <= grant.given).to.equal(true);
          });
        },
      ),
    );
  });
});
