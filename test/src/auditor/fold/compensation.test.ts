import { expect } from "chai";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { checkPots } from "../../../../src/auditor/conclude.ts";
import { COMMONS, RELIEF, type MemberId } from "../../../../src/core/ids.ts";
import { addMonths } from "../../../../src/core/period.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import { ADA, BOB, type MadeEvent, type MadeLedger } from "../../../support/made-ledger.ts";
import { goTo, NOVEMBER, richLedger, settledBatch } from "../../../support/made-prices.ts";
import { c, GROSS } from "../../../support/statements.ts";

const DECEMBER = addMonths(NOVEMBER, 1);
const CAP: bigint = c("100");
/** A naming as it should be: half of what ada nets in November, at most a hundred. */
const named = (
  changes: { period?: number; member?: number; rate?: number; cap?: bigint } = {},
): MadeEvent[] => {
  const { period = NOVEMBER, member = ADA, rate = 5_000, cap = CAP } = changes;
  return [
    ["CompensationNamed", period, member, rate, cap],
    ["PotFilled", cap],
    ["AccountWatched", member, true],
  ];
};
/** What a named member gets, as it should be. */
const compensated = (net: bigint, amount: bigint, member: MemberId = ADA): MadeEvent[] => [
  ["Compensated", NOVEMBER, member, net, amount],
  ...(amount === 0n ? [] : [["PotEmptied", member, amount] as const]),
  ...(amount === CAP ? [] : [["PotEmptied", RELIEF, CAP - amount] as const]),
  ["AccountWatched", member, false],
];
const pays = ([name, to]: MadeEvent, member: MemberId) => name === "PotEmptied" && to === member;
const lapsed = (amount: bigint = CAP): MadeEvent[] => [
  ["CompensationLapsed", NOVEMBER, ADA, amount],
  ["PotEmptied", RELIEF, amount],
  ["AccountWatched", ADA, false],
];
/** Ada is named for November and lends bob a loan in it; it is December. */
async function lent(): Promise<MadeLedger> {
  const made = goTo(richLedger().tell(...named()), NOVEMBER);
  return goTo(made.tell(...(await settledBatch([]))), DECEMBER);
}

describe("compensation, folded", () => {
  it("pays a share of what was netted, and gives the rest of the cap back to RELIEF", async () => {
    const made = (await lent()).tell(...compensated(GROSS, GROSS / 2n));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(ADA).cash).to.equal(c("100") + GROSS + GROSS / 2n);
    expect(made.account(RELIEF).cash).to.equal(c("500") - GROSS / 2n);
    expect(made.state.book.bonds).to.equal(0n);
    expect(made.state.counts.compensations).to.equal(1);
    checkPots(made.fold, made.findings);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("pays no more than the cap, and nothing to who drew more than it gave", async () => {
    const made = goTo(richLedger().tell(...named({ cap: 5n })), NOVEMBER);
    made.tell(...named({ member: BOB, period: DECEMBER }));
    made.tell(...(await settledBatch([])));
    goTo(made, DECEMBER).tell(...compensated(GROSS, 5n).filter((event) => !pays(event, RELIEF)));
    expect(await made.codes()).to.deep.equal([]);
    goTo(made, addMonths(DECEMBER, 1)).tell(
      ["Compensated", DECEMBER, BOB, 0n, 0n],
      ["PotEmptied", RELIEF, CAP],
      ["AccountWatched", BOB, false],
    );
    expect(await made.codes()).to.deep.equal([]);
  });

  it("watches a member once, however often it is named, until nothing is open", async () => {
    const made = richLedger().tell(...named(), ...named({ period: DECEMBER }).slice(0, 2));
    goTo(made, addMonths(DECEMBER, 1)).tell(...compensated(0n, 0n).slice(0, 2));
    made.tell(
      ["Compensated", DECEMBER, ADA, 0n, 0n],
      ["PotEmptied", RELIEF, CAP],
      ["AccountWatched", ADA, false],
    );
    expect(await made.codes()).to.deep.equal([]);
  });

  it("goes back to RELIEF where nobody drew it within twelve months", async () => {
    const made = goTo(richLedger().tell(...named()), addMonths(NOVEMBER, 13)).tell(...lapsed());
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(RELIEF).cash).to.equal(c("500"));
  });

  const wrong: readonly [
    what: string,
    codes: readonly FindingCode[],
    tell: (m: MadeLedger) => MadeLedger | Promise<MadeLedger>,
  ][] = [
    ["a month that has begun", ["CompensationUntimely"], (m) => m.tell(...named({ period: OCTOBER }))],
    ["a month far ahead", ["CompensationUntimely"], (m) => m.tell(...named({ period: OCTOBER + 13 }))],
    ["no rate", ["CompensationWrong"], (m) => m.tell(...named({ rate: 0 }))],
    ["more than the whole", ["CompensationWrong"], (m) => m.tell(...named({ rate: 10_001 }))],
    ["COMMONS", ["CompensationWrong"], (m) => m.tell(...named({ member: COMMONS }))],
    ["a member named twice", ["CompensationWrong"], (m) => m.tell(...named()).tell(...named().slice(0, 2))],
    [
      "a cap that was not set aside",
      ["PotUnexplained"],
      (m) => m.tell(...named().filter(([name]) => name !== "PotFilled")),
    ],
    ["a member that is not watched", ["WatchWrong"], (m) => m.tell(...named().slice(0, 2))],
    ["a member watched for nothing", ["WatchWrong"], (m) => m.tell(["AccountWatched", BOB, true])],
    ["more set aside than RELIEF has free", ["PotWrong"], (m) => m.tell(...named({ cap: c("501") }))],
    [
      "somebody who was not named",
      ["CompensationUnknown"],
      async (m) => m.tell(["Compensated", NOVEMBER, BOB, 0n, 0n]),
    ],
    [
      "what is paid twice",
      ["CompensationUnknown"],
      async () =>
        (await lent()).tell(...compensated(GROSS, GROSS / 2n)).tell(["Compensated", NOVEMBER, ADA, 0n, 0n]),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`finds ${what}`, async () => {
      const made = richLedger();
      const told = await tell(made);
      expect(await told.codes()).to.deep.equal(codes);
    });
  }

  const unpaid: readonly [what: string, codes: readonly FindingCode[], events: readonly MadeEvent[]][] = [
    ["another net", ["CompensationWrong"], compensated(GROSS + 1n, GROSS / 2n)],
    ["more than its share", ["CompensationWrong"], compensated(GROSS, GROSS / 2n + 1n)],
    ["less than its share", ["CompensationWrong"], compensated(GROSS, GROSS / 2n - 1n)],
    [
      "what was not paid",
      ["PotUnexplained"],
      compensated(GROSS, GROSS / 2n).filter((event) => !pays(event, ADA)),
    ],
    [
      "a rest that RELIEF did not get",
      ["PotUnexplained"],
      compensated(GROSS, GROSS / 2n).filter((event) => !pays(event, RELIEF)),
    ],
    ["a member that is watched on", ["WatchWrong"], compensated(GROSS, GROSS / 2n).slice(0, 3)],
    ["money taken out for nothing", ["PotUnexplained"], [["PotEmptied", ADA, 5n]]],
    ["what lapses too early", ["CompensationUntimely"], lapsed()],
    ["what lapses in part", ["CompensationUntimely", "CompensationWrong"], lapsed(CAP - 1n)],
  ];
  for (const [what, codes, events] of unpaid) {
    it(`finds ${what}`, async () => {
      const made = (await lent()).tell(...events);
      expect(await made.codes()).to.deep.equal(codes);
    });
  }

  it("finds what is paid before the close", async () => {
    const made = goTo(richLedger().tell(...named()), NOVEMBER).tell(...compensated(0n, 0n));
    expect(await made.codes()).to.deep.equal(["CompensationUntimely"]);
  });

  it("finds what is set aside for nothing that stands", async () => {
    const made = richLedger().tell(["PotFilled", 7n]);
    checkPots(made.fold, made.findings);
    expect(await made.codes()).to.deep.equal(["PotUnexplained", "PotWrong"]);
  });
});
