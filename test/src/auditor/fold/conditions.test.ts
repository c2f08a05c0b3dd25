import { expect } from "chai";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { serviceId } from "../../../../src/core/ids.ts";
import { addMonths } from "../../../../src/core/period.ts";
import { LOAN } from "../../../support/consortium.ts";
import {
  foundedLedger,
  madeStatement,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { ACTS, condition, COPYING, goTo, NOVEMBER, settledBatch } from "../../../support/made-prices.ts";
import { c, FEE, GROSS } from "../../../support/statements.ts";

const service = serviceId(COPYING);
const DECEMBER = addMonths(NOVEMBER, 1);
const drafted = (changes: object = {}): MadeEvent => ["ConditionalPriceDrafted", 2, condition(changes)];
/** November, with these prices of copies beside the loans'. */
function priced(...conditions: readonly object[]): MadeLedger {
  const made = foundedLedger().tell(["PriceDrafted", 2, LOAN, 1, GROSS, FEE], ...conditions.map(drafted));
  return goTo(made.tell(["SchedulePublished", 2, NOVEMBER]), NOVEMBER);
}
const copies = (quantity: number) => ({ lines: [{ service, quantity }] });
const charged = (gross: bigint, quantity: number) => ({
  charges: [[gross, c("0.26") * BigInt(quantity)]] as const,
});

describe("conditional prices, folded", () => {
  it("hold for the tiers that they name, the narrowest first", async () => {
    const made = priced(
      { price: c("9") },
      { tier: 1, price: c("8") },
      { supplierTier: 1, price: c("7") },
      { tier: 1, supplierTier: 1, price: c("6") },
    );
    const { prices } = made.state.schedule;
    const told = [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ].map(([tier, from]) => prices.priceOf(NOVEMBER, service, tier!, from)?.price);
    expect(told).to.deep.equal([c("6"), c("8"), c("7"), c("9")]);
    made.tell(...(await settledBatch([], copies(1), charged(c("6"), 1))));
    expect(await made.codes()).to.deep.equal([]);
  });

  it("keep a line between its least and its most, and find what is not", async () => {
    const bounds = { minimum: c("8"), cap: c("20") };
    for (const [quantity, gross] of [
      [1, c("8")],
      [3, c("15")],
      [9, c("20")],
    ] as const) {
      const made = priced(bounds).tell(
        ...(await settledBatch([], copies(quantity), charged(gross, quantity))),
      );
      expect(await made.codes()).to.deep.equal([]);
      const plain = priced(bounds).tell(
        ...(await settledBatch([], copies(quantity), charged(gross + 1n, quantity))),
      );
      expect(await plain.codes()).to.deep.equal(["PriceWrong"]);
    }
  });

  it("promote a service for a while", async () => {
    const made = priced({ promotedFrom: NOVEMBER, promotedUntil: NOVEMBER, promotedPrice: c("1") });
    made.tell(...(await settledBatch([], copies(2), charged(c("2"), 2))));
    goTo(made, DECEMBER).tell(
      ...(await settledBatch(
        [],
        { ...copies(2), period: DECEMBER, number: madeStatement().number + 1 } as never,
        {
          ...charged(c("10"), 2),
          period: DECEMBER,
        },
      )),
    );
    expect(await made.codes()).to.deep.equal([]);
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], events: readonly MadeEvent[]][] = [
    ["no service", ["ConditionInvalid"], [drafted({ service: 0 })]],
    ["a least above the most", ["ConditionInvalid"], [drafted({ minimum: 2n, cap: 1n })]],
    [
      "a promotion that ends before it begins",
      ["ConditionInvalid"],
      [drafted({ promotedFrom: DECEMBER, promotedUntil: NOVEMBER })],
    ],
    ["a promotion without a beginning", ["ConditionInvalid"], [drafted({ promotedUntil: NOVEMBER })]],
    ["a promoted price without a promotion", ["ConditionInvalid"], [drafted({ promotedPrice: 1n })]],
    ["a draft out of turn", ["ScheduleNoDraft"], [["ConditionalPriceDrafted", 3, condition()]]],
    ["a draft that was published", ["ScheduleNoDraft"], [["ConditionalPriceDrafted", 1, condition()]]],
    [
      "a service described twice",
      ["ServiceRedescribed"],
      [
        ["ServiceDescribed", COPYING, 0, ACTS.lend],
        ["ServiceDescribed", COPYING, 1, ACTS.adapt],
      ],
    ],
  ];
  for (const [what, codes, events] of wrong) {
    it(`finds ${what}`, async () => {
      const made = foundedLedger().tell(...events);
      expect(await made.codes()).to.deep.equal(codes);
    });
  }
});
