import { expect } from "chai";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { changeDelay, delayAt, delayOf } from "../../../../src/auditor/fold/delay.ts";
import { operationId } from "../../../../src/auditor/fold/operations.ts";
import {
  addressOf,
  DAY,
  foundedLedger,
  SITE,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";

const clerk = addressOf("clerk");
const VERB = "0x12121212";
const ID = operationId(clerk, SITE.schedule, VERB);

/** A clerk whose acts wait for two days. */
function waiting(): MadeLedger {
  const made = foundedLedger();
  return made.tell(
    ["RoleGranted", 2, clerk, 2 * DAY, made.now, true],
    ["TargetFunctionRoleUpdated", SITE.schedule, VERB, 2],
  );
}
const scheduled = (m: MadeLedger, when = m.now + 2 * DAY, nonce = 1): MadeEvent => [
  "OperationScheduled",
  ...[ID, nonce, when, clerk, SITE.schedule, VERB],
];
const executed: MadeEvent = ["OperationExecuted", ID, 1];

describe("acts that wait, folded", () => {
  it("can be executed from their time on for fourteen days, once", async () => {
    const made = waiting();
    const { operations } = made.fold.governance;
    const when = made.now + 2 * DAY;
    made.tell(scheduled(made));
    const seen = [made.now, when + 14 * DAY - 1, when + 14 * DAY].map((now) =>
      operations.scheduleOf(ID, now),
    );
    expect(seen).to.deep.equal([when, when, 0]);
    made.pass(3).tell(executed);
    expect([operations.scheduleOf(ID, made.now), operations.scheduleBefore(ID, made.now)]).to.deep.equal([
      0,
      when,
    ]);
    made.tell(scheduled(made, made.now + 2 * DAY, 2)).tell(["OperationCanceled", ID, 2]);
    expect([operations.scheduleOf(ID, made.now), await made.codes()]).to.deep.equal([0, []]);
  });

  const wrong: readonly [what: string, tell: (m: MadeLedger) => unknown][] = [
    ["one that waits for less than its caller must", (m) => m.tell(scheduled(m, m.now + DAY))],
    ["one of somebody without the right", (m) => m.tell(["RoleRevoked", 2, clerk]).tell(scheduled(m))],
    [
      "one under another id",
      (m) =>
        m.tell([
          "OperationScheduled",
          addressOf("x").padEnd(66, "0"),
          1,
          m.now + 9 * DAY,
          clerk,
          SITE.schedule,
          VERB,
        ]),
    ],
    ["one that waits already", (m) => m.tell(scheduled(m)).tell(scheduled(m, m.now + 2 * DAY, 2))],
    ["one out of turn", (m) => m.tell(scheduled(m, m.now + 2 * DAY, 3))],
    ["one executed before its time", (m) => m.tell(scheduled(m)).tell(executed)],
    ["one executed after it ran out", (m) => m.tell(scheduled(m)).pass(17).tell(executed)],
    ["one executed that nobody scheduled", (m) => m.tell(executed)],
    ["one cancelled that did not wait", (m) => m.tell(["OperationCanceled", ID, 1])],
  ];
  for (const [what, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = waiting();
      tell(made);
      expect(await made.codes()).to.deep.equal(["OperationWrong"] satisfies FindingCode[]);
    });
  }
});

describe("delays of rights", () => {
  it("shrink only after the difference, and grow at once", () => {
    const delay = delayOf(10);
    const shorter = changeDelay(delay, 4, 0, 100);
    expect([delayAt(shorter, 105), delayAt(shorter, 106), shorter.effect]).to.deep.equal([10, 4, 106]);
    const longer = changeDelay(shorter, 20, 0, 200);
    expect([delayAt(longer, 200), changeDelay(delay, 4, 50, 100).effect]).to.deep.equal([20, 150]);
  });

  it("are those that the charter logs, and nothing else", async () => {
    const made = waiting();
    made.tell(["RoleGranted", 2, clerk, DAY, made.now + DAY, false]);
    expect(await made.codes()).to.deep.equal([]);
    made.tell(["RoleGranted", 2, clerk, 0, made.now, false], ["RoleGrantDelayChanged", 2, DAY, made.now]);
    expect(await made.codes()).to.deep.equal(["RoleTimeWrong", "RoleTimeWrong"]);
  });

  it("close a contract to everybody", () => {
    const made = waiting();
    const access = () => made.state.charter.access(clerk, SITE.schedule, VERB);
    expect(access()).to.deep.equal({ immediate: false, delay: 2 * DAY });
    made.tell(["TargetClosed", SITE.schedule, true]);
    expect(access()).to.deep.equal({ immediate: false, delay: 0 });
  });
});
