import { expect } from "chai";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { addMonths } from "../../../../src/core/period.ts";
import { COPY, LOAN, OCTOBER } from "../../../support/consortium.ts";
import {
  addressOf,
  DAY,
  foundedLedger,
  SITE,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { c, FEE, GROSS } from "../../../support/statements.ts";

const [arbiter, other] = [addressOf("arbiter"), addressOf("other")];
const granted = (m: MadeLedger, who: string, fresh = true, since = m.now): MadeEvent => [
  "RoleGranted",
  ...[6, who, 0, since, fresh],
];

describe("the charter, folded", () => {
  it("knows how long nobody held a role, however often it was taken up", async () => {
    const made = foundedLedger();
    const vacant = () => made.state.charter.vacantSecondsAt(6n, made.now);
    const before = vacant();
    made.tell(["RoleRevoked", 6, arbiter]).pass(3);
    expect(vacant() - before).to.equal(3 * DAY);
    made.tell(granted(made, arbiter)).pass(2).tell(granted(made, other)).tell(["RoleRevoked", 6, arbiter]);
    expect([vacant() - before, made.state.charter.holders(6n)]).to.deep.equal([3 * DAY, 1]);
    made.tell(["RoleRevoked", 6, other]).pass(1);
    expect(vacant() - before).to.equal(4 * DAY);
    expect(made.state.charter.vacantSecondsAt(99n, made.now)).to.be.greaterThan(4 * DAY);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("lets a role count from its second on, and the charter itself do what it decided", () => {
    const made = foundedLedger();
    made.tell(granted(made, other, true, made.now + DAY));
    const { charter, ground } = made.state;
    const selector = `0x${"12".repeat(4)}`;
    made.tell(["TargetFunctionRoleUpdated", SITE.claims, selector, 6]);
    const may = (who: string) => charter.mayCall(who, SITE.claims ?? "", selector);
    expect([may(arbiter), may(other), may(SITE.charter), may(addressOf("ada"))]).to.deep.equal([
      true,
      false,
      true,
      false,
    ]);
    ground.now += DAY;
    expect(may(other)).to.equal(true);
    made.tell(["TargetFunctionRoleUpdated", SITE.claims, selector, (1n << 64n) - 1n]);
    expect(may(addressOf("ada"))).to.equal(true);
  });

  const wrong: readonly [what: string, tell: (m: MadeLedger) => unknown][] = [
    ["a new holder who held it", (m) => m.tell(granted(m, arbiter))],
    ["an old holder who did not", (m) => m.tell(granted(m, other, false))],
    ["a loss of what was not held", (m) => m.tell(["RoleRevoked", 6, other])],
  ];
  for (const [what, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = foundedLedger();
      tell(made);
      expect(await made.codes()).to.deep.equal(["RoleImpossible"]);
      expect(made.state.charter.holders(6n)).to.equal(1);
    });
  }
});

describe("the schedule, folded", () => {
  const draft = (version: number, price = c("13")): MadeEvent => [
    "PriceDrafted",
    version,
    LOAN,
    1,
    price,
    FEE,
  ];
  const published = (version: number, from: number): MadeEvent => ["SchedulePublished", version, from];
  const withdrawn = (version: number, from: number): MadeEvent => ["ScheduleWithdrawn", version, from];

  it("holds a version from its month until the next, and none that was withdrawn", async () => {
    const made = foundedLedger().tell(draft(2), published(2, OCTOBER + 2));
    made.tell(draft(3, c("14")), published(3, OCTOBER + 4), withdrawn(3, OCTOBER + 4));
    const prices = [0, 1, 2, 5].map(
      (months) => made.state.schedule.prices.priceOf(addMonths(OCTOBER, months), LOAN, 1)?.price,
    );
    expect(prices).to.deep.equal([GROSS, GROSS, c("13"), c("13")]);
    expect(made.state.schedule.prices.priceOf(OCTOBER, COPY, 1)).to.equal(undefined);
    expect(made.state.schedule.prices.priceOf(addMonths(OCTOBER, -1), LOAN, 1)).to.equal(undefined);
    expect([...made.state.schedule.questionsAround(OCTOBER)]).to.have.length(5);
    expect(await made.codes()).to.deep.equal([]);
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], tell: (m: MadeLedger) => unknown][] = [
    ["prices of a month that has begun", ["ScheduleTooLate"], (m) => m.tell(draft(2), published(2, OCTOBER))],
    ["prices taken back in their month", ["ScheduleTooLate"], (m) => m.tell(withdrawn(1, OCTOBER))],
    [
      "prices before those published last",
      ["ScheduleOutOfOrder"],
      (m) => m.tell(draft(2), published(2, OCTOBER + 3), draft(3), published(3, OCTOBER + 2)),
    ],
    [
      "prices taken back that are not the last",
      ["ScheduleOutOfOrder"],
      (m) =>
        m.tell(
          draft(2),
          published(2, OCTOBER + 2),
          draft(3),
          published(3, OCTOBER + 3),
          withdrawn(2, OCTOBER + 2),
        ),
    ],
    ["a version out of turn", ["ScheduleNoDraft"], (m) => m.tell(draft(7))],
    ["a version changed when it was published", ["ScheduleNoDraft"], (m) => m.tell(draft(1))],
    ["a version that nobody drafted", ["ScheduleNoDraft"], (m) => m.tell(published(9, OCTOBER + 2))],
    [
      "another version taken back than holds",
      ["ScheduleNoDraft"],
      (m) => m.tell(draft(2), published(2, OCTOBER + 2), withdrawn(1, OCTOBER + 2)),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = foundedLedger();
      tell(made);
      expect(await made.codes()).to.deep.equal(codes);
    });
  }
});
