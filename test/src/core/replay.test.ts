import { expect } from "chai";
import fc from "fast-check";
import { isConsortiaError } from "../../../src/core/error.ts";
import { memberId, serviceId, type MemberId } from "../../../src/core/ids.ts";
import { credits, parseCredits } from "../../../src/core/money.ts";
import { addMonths, parsePeriod } from "../../../src/core/period.ts";
import { byPrices, mostChanged, replay, type PastCharge, type PriceOf } from "../../../src/core/replay.ts";
import type { Price } from "../../../src/core/schedule.ts";
import type { Line } from "../../../src/core/statement.ts";

const MAY = parsePeriod("2026-05");
const [LOAN, COPY] = [serviceId(1), serviceId(2)];
const [ADA, BOB, EVE] = [memberId(3), memberId(4), memberId(5)];
const c = parseCredits;

const price = (service: typeof LOAN, tier: number, amount: string, fee = "0.26"): Price => ({
  ...{ service, tier, price: c(amount), fee: c(fee) },
});
const table =
  (...prices: Price[]): PriceOf =>
  (_month, service, tier) =>
    prices.find((one) => one.service === service && one.tier === tier);

const IN_FORCE = table(price(LOAN, 1, "12"), price(LOAN, 2, "10"), price(COPY, 1, "5"), price(COPY, 2, "4"));

/** One loan for bob, who has tier 1, at the price in force. */
const charge = (changes: Partial<PastCharge> = {}): PastCharge => ({
  ...{ supplier: ADA, consumer: BOB, period: MAY, tier: 1, supplierTier: 1 },
  ...{ lines: [{ service: LOAN, quantity: 1 }], maximum: c("12.26") },
  ...{ gross: c("12"), fee: c("0.26"), givenBack: c("0"), ...changes },
});

const thrown = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe("replay", () => {
  const higher = table(price(LOAN, 1, "15", "0.30"), price(LOAN, 2, "8", "0.30"));

  it("charges the same lines anew, for whoever gave and whoever drew", () => {
    const { members, totals } = replay([charge()], { inForce: IN_FORCE, proposed: higher });
    const [ada, bob] = members;
    expect(ada).to.deep.include({ member: ADA, difference: c("3"), supplied: 1, consumed: 0 });
    expect(bob?.charged).to.deep.equal({ given: 0n, drawn: c("12"), fees: c("0.26"), net: c("-12.26") });
    expect(bob?.proposed).to.deep.equal({ given: 0n, drawn: c("15"), fees: c("0.30"), net: c("-15.30") });
    expect(bob?.difference).to.equal(c("-3.04"));
    expect(totals.difference).to.equal(c("-0.04"));
  });

  it("takes the tier of the month of service, so that a change within the range counts", () => {
    const later = charge({ period: addMonths(MAY, 1), tier: 2, gross: c("10"), maximum: c("11") });
    const { members } = replay([charge(), later], { inForce: IN_FORCE, proposed: higher });
    expect(members[1]?.proposed.drawn).to.equal(c("23"));
    expect(members[1]?.months.map(({ month, drawn }) => [month, drawn])).to.deep.equal([
      [MAY, c("12")],
      [addMonths(MAY, 1), c("10")],
    ]);
  });

  it("counts what would exceed its maximum, and the maximum itself not", () => {
    const signed = [charge(), charge({ maximum: c("15.30") }), charge({ maximum: c("15.299999") })];
    const { aboveMaximum, members } = replay(signed, { inForce: IN_FORCE, proposed: higher });
    expect([aboveMaximum, members[1]?.aboveMaximum, members[0]?.aboveMaximum]).to.deep.equal([2, 2, 0]);
  });

  it("names what would not be offered, and charges nothing for it", () => {
    const lines = [
      { service: LOAN, quantity: 1 },
      { service: COPY, quantity: 2 },
      { service: COPY, quantity: 3 },
    ];
    const mixed = charge({ lines, gross: c("37"), fee: c("1.56"), maximum: c("100") });
    const { notOffered, members } = replay([mixed], { inForce: IN_FORCE, proposed: higher });
    expect(notOffered).to.deep.equal([{ service: COPY, tier: 1, statements: 1, quantity: 5 }]);
    expect(members[1]).to.deep.include({ notOffered: 1 });
    expect(members[1]?.proposed.drawn).to.equal(c("15"));
  });

  it("counts nobody as gaining by what it can no longer have", () => {
    const copies = charge({ lines: [{ service: COPY, quantity: 2 }], gross: c("10"), fee: c("0.52") });
    const replayed = replay([copies], { inForce: IN_FORCE, proposed: higher });
    const [ada, bob] = replayed.members;
    expect([ada?.difference, ada?.dropped]).to.deep.equal([c("-10"), c("-10")]);
    expect([bob?.difference, bob?.dropped]).to.deep.equal([c("10.52"), c("10.52")]);
    expect([byPrices(replayed.totals), replayed.totals.dropped]).to.deep.equal([0n, c("0.52")]);
    expect([mostChanged(replayed, "gain"), mostChanged(replayed, "loss")]).to.deep.equal([[], []]);
    const mixed = replay([copies, charge()], { inForce: IN_FORCE, proposed: higher });
    expect(mixed.members.map(byPrices)).to.deep.equal([c("3"), c("-3.04")]);
  });

  it("keeps the share of what was charged in part or given back, rounded down", () => {
    const lines = [{ service: LOAN, quantity: 3 }];
    const awarded = charge({ lines, gross: c("12"), fee: c("0.26"), maximum: c("100") });
    const odd = table(price(LOAN, 1, "0.000001", "0"));
    const [, partly] = replay([awarded], { inForce: IN_FORCE, proposed: higher }).members;
    expect(partly?.proposed).to.deep.include({ drawn: c("15"), fees: c("0.30") });
    const [, rounded] = replay([awarded], { inForce: IN_FORCE, proposed: odd }).members;
    expect(rounded?.proposed.drawn).to.equal(1n);
    const back = charge({ givenBack: c("12") });
    const [, returned] = replay([back], { inForce: IN_FORCE, proposed: higher }).members;
    expect([returned?.charged.drawn, returned?.proposed.drawn]).to.deep.equal([0n, 0n]);
    expect([returned?.charged.fees, returned?.proposed.fees]).to.deep.equal([c("0.26"), c("0.30")]);
  });

  it("prices anew what was free", () => {
    const free = table(price(LOAN, 1, "0", "0"));
    const gift = charge({ gross: c("0"), fee: c("0") });
    const [ada] = replay([gift], { inForce: free, proposed: higher }).members;
    expect(ada?.difference).to.equal(c("15"));
  });

  it("gives a row to members that did nothing, and is nothing where nothing was charged", () => {
    const empty = replay([], { inForce: IN_FORCE, proposed: higher }, [EVE]);
    expect(empty.members).to.have.length(1);
    expect(empty.members[0]).to.deep.include({ member: EVE, difference: 0n, months: [] });
    expect(empty).to.deep.include({ statements: 0, aboveMaximum: 0, notOffered: [] });
    expect([mostChanged(empty, "gain"), mostChanged(empty, "loss")]).to.deep.equal([[], []]);
  });

  it("believes no charge that the schedule in force does not give", () => {
    const prices = { inForce: IN_FORCE, proposed: higher };
    const cases: [Partial<PastCharge>, string][] = [
      [{ gross: c("12.000001") }, "ReplayDiffers"],
      [{ fee: c("0.260001") }, "ReplayDiffers"],
      [{ givenBack: c("13") }, "ReplayDiffers"],
      [{ lines: [{ service: serviceId(9), quantity: 1 }] }, "ReplayUnpriced"],
      [{ tier: 3 }, "ReplayUnpriced"],
    ];
    for (const [changes, code] of cases) {
      const error = thrown(() => replay([charge(changes)], prices));
      expect(isConsortiaError(error, code), String(error)).to.equal(true);
    }
  });

  it("orders whom it changes most, ties by number", () => {
    const both = [charge(), charge({ supplier: EVE, consumer: ADA }), charge({ supplier: EVE })];
    const replayed = replay(both, { inForce: IN_FORCE, proposed: higher });
    expect(mostChanged(replayed, "gain").map(({ member }) => member)).to.deep.equal([EVE]);
    expect(mostChanged(replayed, "loss").map(({ member }) => member)).to.deep.equal([BOB, ADA]);
    const even = replay([charge(), charge({ supplier: EVE })], { inForce: IN_FORCE, proposed: higher });
    expect(mostChanged(even, "gain").map(({ member }) => member)).to.deep.equal([ADA, EVE]);
    expect(mostChanged(even, "gain", 1)).to.have.length(1);
  });
});

interface Draft {
  readonly parties: readonly [MemberId, MemberId];
  readonly month: number;
  readonly tier: number;
  readonly lines: readonly Line[];
  /** How much of it was charged, and of that given back, in thousandths. */
  readonly share: number;
  readonly back: number;
  readonly maximum: bigint;
}

describe("replay, whatever was charged", () => {
  const services = [LOAN, COPY, serviceId(3)];
  const amount = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 10n ** 9n }));
  const tariff = (offered: boolean) =>
    fc.array(fc.tuple(amount, amount, fc.boolean()), { minLength: 6, maxLength: 6 }).map((all) =>
      all.flatMap(([one, fee, there], at): Price[] =>
        offered || there
          ? [
              {
                ...{ service: services[at % 3]!, tier: 1 + (at % 2) },
                ...{ price: credits(one), fee: credits(fee) },
              },
            ]
          : [],
      ),
    );
  const line = fc.record({
    service: fc.constantFrom(...services),
    quantity: fc.integer({ min: 1, max: 50 }),
  });
  const drafted: fc.Arbitrary<Draft> = fc.record({
    parties: fc.constantFrom([ADA, BOB] as const, [BOB, ADA] as const, [EVE, ADA] as const),
    month: fc.integer({ min: 0, max: 11 }),
    tier: fc.constantFrom(1, 2),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    share: fc.integer({ min: 0, max: 1000 }),
    back: fc.integer({ min: 0, max: 1000 }),
    maximum: amount,
  });

  /** A charge as the schedule in force gives it, some of it in part or given back. */
  const chargesOf = (drafts: readonly Draft[], prices: Price[]): PastCharge[] =>
    drafts.map((draft) => {
      const priceOf = table(...prices);
      let [gross, fee] = [0n, 0n];
      for (const { service, quantity } of draft.lines) {
        const one = priceOf(MAY, service, draft.tier, 1)!;
        gross += one.price * BigInt(quantity);
        fee += one.fee * BigInt(quantity);
      }
      const part = (whole: bigint, share: number) => credits((whole * BigInt(share)) / 1000n);
      const charged = part(gross, draft.share);
      return {
        ...{ supplier: draft.parties[0], consumer: draft.parties[1], period: addMonths(MAY, draft.month) },
        ...{ lines: draft.lines, tier: draft.tier, supplierTier: 1, maximum: credits(draft.maximum) },
        ...{ gross: charged, fee: part(fee, draft.share), givenBack: part(charged, draft.back) },
      };
    });
  it("changes nothing where the proposal is the schedule in force", () => {
    fc.assert(
      fc.property(fc.array(drafted, { maxLength: 20 }), tariff(true), (drafts, prices) => {
        const same = table(...prices);
        const { members, totals, notOffered } = replay(chargesOf(drafts, prices), {
          ...{ inForce: same, proposed: same },
        });
        expect(notOffered).to.deep.equal([]);
        for (const one of [totals, ...members]) {
          expect([one.difference, one.dropped]).to.deep.equal([0n, 0n]);
          expect(one.proposed).to.deep.equal(one.charged);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("has totals that are the sums of its members, and what one gives another draws", () => {
    fc.assert(
      fc.property(
        fc.array(drafted, { maxLength: 20 }),
        tariff(true),
        tariff(false),
        (drafts, prices, others) => {
          const charges = chargesOf(drafts, prices);
          const proposed = table(...others);
          const result = replay(charges, { inForce: table(...prices), proposed });
          const { members, totals } = result;
          for (const side of ["charged", "proposed"] as const) {
            for (const name of ["given", "drawn", "fees", "net"] as const) {
              const sum = members.reduce((all, one) => all + one[side][name], 0n);
              expect(sum, `${side} ${name}`).to.equal(totals[side][name]);
            }
            expect(totals[side].given).to.equal(totals[side].drawn);
            expect(totals[side].net).to.equal(-totals[side].fees);
          }
          expect(members.reduce((all, one) => all + one.difference, 0n)).to.equal(totals.difference);
          expect(members.reduce((all, one) => all + one.dropped, 0n)).to.equal(totals.dropped);
          if (result.notOffered.length === 0) expect(totals.dropped).to.equal(0n);
          expect(members.reduce((all, one) => all + one.consumed, 0)).to.equal(result.statements);
          expect(members.reduce((all, one) => all + one.aboveMaximum, 0)).to.equal(result.aboveMaximum);
          for (const { months, charged } of members) {
            expect(months.reduce((all, one) => all + one.given, 0n)).to.equal(charged.given);
            expect(months.reduce((all, one) => all + one.drawn, 0n)).to.equal(charged.drawn);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
