import { expect } from "chai";
import { id } from "ethers";
import { conditioned, conditionOf, conditionRows } from "../../../src/core/brief-conditions.ts";
import { parseBriefTerms } from "../../../src/core/brief-terms.ts";
import * as briefs from "../../../src/core/brief.ts";
import type { BriefFacts, BriefTerms } from "../../../src/core/brief.ts";
import { isConsortiaError } from "../../../src/core/error.ts";
import { hash, memberId, serviceId } from "../../../src/core/ids.ts";
import { parseCredits, ZERO } from "../../../src/core/money.ts";
import { addMonths, parsePeriod } from "../../../src/core/period.ts";
import type { PastCharge } from "../../../src/core/replay.ts";
import { ANY_TIER, type ConditionalPrice, type Price } from "../../../src/core/schedule.ts";

const MAY = parsePeriod("2026-05");
const JUNE = addMonths(MAY, 1);
const [ADA, BOB] = [memberId(3), memberId(4)];
const LOAN = serviceId(1);
const c = parseCredits;

/** A loan at 10 and a fee of 1 for everybody, without conditions unless told otherwise. */
const condition = (changes: Partial<ConditionalPrice> = {}): ConditionalPrice => ({
  ...{ service: LOAN, tier: ANY_TIER, supplierTier: ANY_TIER, price: c("10"), fee: c("1") },
  ...{ minimum: ZERO, cap: ZERO, promotedFrom: 0, promotedUntil: 0, promotedPrice: ZERO },
  ...changes,
});
const plain = (tier: number, price: string): Price => ({
  ...{ service: LOAN, tier, price: c(price), fee: c("1") },
});
/** Three loans of Ada's for Bob in May, at 12 each. */
const charge = (changes: Partial<PastCharge> = {}): PastCharge => ({
  ...{ supplier: ADA, consumer: BOB, period: MAY, tier: 1, supplierTier: 2 },
  lines: [{ service: LOAN, quantity: 3 }],
  ...{ gross: c("36"), fee: c("3"), maximum: c("39"), givenBack: ZERO },
  ...changes,
});
const termsOf = (conditions: ConditionalPrice[], prices: Price[] = []): BriefTerms => ({
  ...{ consortium: "Alderland", currency: "EUR", chainId: 31337, ledger: `0x${"ab".repeat(20)}` },
  ...{ block: 70, from: MAY, to: JUNE, basis: "Article 7." },
  proposal: { version: null, file: "prices.json", prices, conditions },
  services: [{ id: LOAN, code: "loan" }],
});
const factsOf = (charges: PastCharge[], conditions: ConditionalPrice[] = []): BriefFacts => ({
  ...{ openMonth: addMonths(MAY, 2), charterText: hash(id("The members decide.")), members: [] },
  ...{ charges, conditions, inForce: () => plain(1, "12") },
});
const make = (
  conditions: ConditionalPrice[],
  {
    charges = [charge()],
    prices = [],
    inForce = [],
  }: Partial<Record<"charges", PastCharge[]>> & {
    readonly prices?: Price[];
    readonly inForce?: ConditionalPrice[];
  } = {},
) => briefs.makeBrief(termsOf(conditions, prices), factsOf(charges, inForce), briefs.NOTHING_AT_HAND);
const drawn = (...given: Parameters<typeof make>) => make(...given).costs.proposed.drawn;
const textOf = (brief: briefs.Brief) => briefs.briefText(briefs.plainBrief(brief));

describe("a brief on prices with conditions", () => {
  it("charges a line its cap, and no less where it just comes to that", () => {
    expect(drawn([condition({ cap: c("29.999999") })])).to.equal(c("29.999999"));
    expect(drawn([condition({ cap: c("30") })])).to.equal(c("30"));
    expect(drawn([condition({ cap: c("30.000001") })])).to.equal(c("30"));
  });

  it("charges a line its minimum, each line of a statement anew", () => {
    expect(drawn([condition({ minimum: c("30.000001") })])).to.equal(c("30.000001"));
    const lines = [1, 2].map((quantity) => ({ service: LOAN, quantity }));
    const brief = make([condition({ minimum: c("25") })], { charges: [charge({ lines })] });
    expect(brief.costs.proposed).to.deep.include({ drawn: c("50"), fees: c("3") });
    expect(brief.costs.aboveMaximum).to.equal(1);
  });

  it("charges a promotion's price in its months, the first and the last too, and in no other", () => {
    const charges = [charge(), charge({ period: JUNE })];
    const promoted = (from: typeof MAY, until: typeof MAY) =>
      drawn([condition({ promotedFrom: from, promotedUntil: until, promotedPrice: c("1") })], { charges });
    expect(promoted(MAY, MAY)).to.equal(c("33"));
    expect(promoted(addMonths(MAY, -1), JUNE)).to.equal(c("6"));
    expect(promoted(addMonths(JUNE, 1), addMonths(JUNE, 2))).to.equal(c("60"));
  });

  it("takes the price of the supplier's tier, then of any", () => {
    const conditions = [condition({ supplierTier: 2, price: c("7") }), condition()];
    const charges = [charge(), charge({ supplierTier: 3 })];
    expect(drawn(conditions, { charges })).to.equal(c("51"));
    const { costs } = make(conditions.slice(0, 1), { charges });
    expect(costs.proposed.drawn).to.equal(c("21"));
    expect(costs.notOffered).to.deep.equal([{ service: LOAN, tier: 1, statements: 1, quantity: 3 }]);
  });

  it("takes the consumer's plain price before the supplier's, and both named before that", () => {
    const prices = [plain(1, "9")];
    expect(drawn([condition({ supplierTier: 2, price: c("7") })], { prices })).to.equal(c("27"));
    expect(drawn([condition({ tier: 1, supplierTier: 2, price: c("7") })], { prices })).to.equal(c("21"));
  });

  it("keeps the share of what was charged in part, of the line as its cap leaves it", () => {
    const agreed = charge({ gross: c("12") });
    expect(drawn([condition({ cap: c("15") })], { charges: [agreed] })).to.equal(c("5"));
  });

  it("counts a plain price for any tier", () => {
    expect(drawn([], { prices: [plain(ANY_TIER, "11")] })).to.equal(c("33"));
  });

  it("tells of conditions, in force and proposed, and gives them back", () => {
    const promotion = { promotedFrom: MAY, promotedUntil: JUNE, promotedPrice: ZERO };
    const conditions = [condition({ tier: 1, supplierTier: 2, minimum: c("1"), ...promotion })];
    const brief = make(conditions, { prices: [plain(1, "9")], inForce: [condition({ cap: c("40") })] });
    expect((JSON.parse(textOf(brief)) as Record<string, unknown>)["conditions"]).to.deep.equal({
      inForce: [
        {
          ...{ service: 1, code: "loan", tier: 255, supplierTier: 255, price: "10.00", fee: "1.00" },
          ...{ minimum: null, cap: "40.00", promotion: null },
        },
      ],
      proposed: [
        {
          ...{ service: 1, code: "loan", tier: 1, supplierTier: 2, price: "10.00", fee: "1.00" },
          ...{ minimum: "1.00", cap: null },
          promotion: { from: "2026-05", until: "2026-06", price: "0.00" },
        },
      ],
    });
    const read = parseBriefTerms(JSON.parse(textOf(brief)));
    expect(read).to.deep.equal(termsOf(conditions, [plain(1, "9")]));
    const again = briefs.makeBrief(
      read,
      factsOf([charge()], [condition({ cap: c("40") })]),
      briefs.NOTHING_AT_HAND,
    );
    expect(textOf(again)).to.equal(textOf(brief));
  });

  it("shows no plain price where a condition for the same tiers takes its place", () => {
    const brief = make([condition({ tier: 1 })], { prices: [plain(1, "9")] });
    expect(brief.prices.map(({ proposed }) => proposed)).to.deep.equal([null]);
    expect(brief.costs.proposed.drawn).to.equal(c("30"));
  });

  it("says nothing of conditions where there is none: the bytes of such a brief stay", () => {
    const text = textOf(make([], { prices: [plain(1, "9")] }));
    expect(text).to.not.contain("conditions");
    expect(id(text)).to.equal("0xe715a75823acc72eb1ffd283fd82bfcc01f72b36cd8e39bbdaf2d1e98427c4c8");
  });

  it("is none where a condition is none that a schedule would take", () => {
    const source = JSON.parse(textOf(make([condition()]))) as {
      conditions: { proposed: Record<string, unknown>[] };
    };
    const changes: Record<string, unknown>[] = [
      { minimum: "2.00", cap: "1.00" },
      { promotion: { from: "2026-06", until: "2026-05", price: "1.00" } },
      { promotion: { from: "2026-06", price: "1.00" } },
      ...[{ price: null }, { supplierTier: "1" }, { cap: 1 }],
    ];
    for (const change of changes) {
      const doctored = {
        ...source,
        conditions: { inForce: [], proposed: [{ ...source.conditions.proposed[0], ...change }] },
      };
      let error: unknown;
      try {
        parseBriefTerms(doctored);
      } catch (caught) {
        error = caught;
      }
      expect(isConsortiaError(error, "BriefInvalid"), JSON.stringify(change)).to.equal(true);
    }
  });
});

describe("conditionRows", () => {
  it("are sorted, of two for the same tiers the later, and lead back to what they were made of", () => {
    const [low, high] = [condition({ tier: 1, cap: c("3") }), condition({ tier: 2, supplierTier: 1 })];
    const rows = conditionRows([high, condition({ tier: 1 }), low], () => "loan");
    expect(rows.map(({ code: _code, ...row }) => conditionOf(row))).to.deep.equal([low, high]);
    expect(rows[0]).to.include({ code: "loan", minimum: null, cap: c("3"), promotion: null });
  });

  it("hold for their tier, or for any", () => {
    const rows = conditionRows([condition({ tier: 2 })], () => "loan");
    expect([1, 2].map((tier) => conditioned(rows, LOAN, tier))).to.deep.equal([false, true]);
    expect(
      conditioned(
        conditionRows([condition()], () => ""),
        LOAN,
        9,
      ),
    ).to.equal(true);
    expect(conditioned(rows, 2, 2)).to.equal(false);
  });
});
