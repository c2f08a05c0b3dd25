import { expect } from "chai";
import type { FindingCode } from "../../../../../src/auditor/codes.ts";
import { History } from "../../../../../src/auditor/fold/governance/history.ts";
import { memberId } from "../../../../../src/core/ids.ts";
import { foundedGovernance, heard, HOUSES, weight } from "../../../../support/made-governance.ts";
import type { MadeGovernance } from "../../../../support/made-governance.ts";
import { ADA, addressOf, applied, BOB, DAY, EVE, synced } from "../../../../support/made-ledger.ts";

describe("a history", () => {
  it("tells what held at a point, the last of several at one, and nothing before the first", () => {
    const history = new History("nothing");
    history.push(10, "a");
    history.push(20, "b");
    history.push(20, "c");
    expect([9, 10, 19, 20, 99].map((point) => history.at(point))).to.deep.equal([
      ...["nothing", "a", "a", "c", "c"],
    ]);
    expect([new History(1).latest, history.latest]).to.deep.equal([1, "c"]);
  });
});

describe("voice, folded", () => {
  it("knows who votes, where, and with how much, at any second", async () => {
    const made = foundedGovernance();
    const voice = made.governance.voices.get(HOUSES.voice)!;
    const then = made.now - DAY;
    expect([voice.votesAt(ADA, then), voice.votesAt(ADA, then - DAY)]).to.deep.equal([weight(), 0n]);
    expect([voice.totalAt(then), voice.electors(0, then), voice.electors(1, then)]).to.deep.equal([
      ...[3n * weight(), 3, 3],
    ]);
    expect([voice.onRoll(1, BOB, then), voice.onRoll(2, BOB, then), voice.onRoll(1, BOB, 0)]).to.deep.equal([
      ...[true, false, false],
    ]);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("moves a voter to its constituency's roll, and strikes off who left", async () => {
    const made = foundedGovernance().pass(1);
    made.tell(
      ["MemberLeft", BOB, made.state.ground.month],
      synced(BOB, { until: made.state.ground.month }),
      ["voice:VoterStruck", 1, BOB],
      ["voice:VoterStruck", 0, BOB],
      ["VoiceSynced", BOB, 0],
    );
    const voice = made.governance.voices.get(HOUSES.voice)!;
    expect([voice.electors(0, made.now), voice.totalAt(made.now)]).to.deep.equal([2, 2n * weight()]);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("judges a key by its right and its nonce when the log was written", () => {
    const made = foundedGovernance();
    const voice = made.governance.voices.get(HOUSES.voice)!;
    const before = made.state.ground.position + 1;
    made.tell(["BallotsVoided", ADA, addressOf("ada"), 1], ["KeySet", ADA, addressOf("ada"), 0]);
    const after = made.state.ground.position + 1;
    const ada = addressOf("ada");
    expect([voice.mayVoteAt(ADA, ada, before), voice.mayVoteAt(ADA, ada, after)]).to.deep.equal([
      { may: true, nonce: 0 },
      { may: false, nonce: 2 },
    ]);
  });

  const wrong: readonly [
    what: string,
    codes: readonly FindingCode[],
    tell: (m: MadeGovernance) => unknown,
  ][] = [
    ["more voice than standing gives", ["VoiceWrong"], (m) => m.tell(["VoiceSynced", ADA, weight() + 1n])],
    ["voice of nobody", ["MemberUnknown"], (m) => m.tell(["VoiceSynced", 99, 0])],
    ["a voter struck off without cause", ["RollWrong"], (m) => m.tell(["voice:VoterStruck", 1, ADA])],
    [
      "a voter entered twice",
      ["RollWrong", "RollWrong"],
      (m) => m.tell(["voice:VoterEntered", 1, ADA], ["VoiceSynced", ADA, weight()]),
    ],
    [
      "a voter that is not entered where it must be",
      ["RollWrong"],
      (m) => enterEarly(m.tell(applied(memberId(6)), ["KeySet", 6, addressOf("dan"), 63])),
    ],
    [
      "a membership that changed without the rolls being told",
      ["ActUnexplained", "VoiceUntold"],
      (m) => m.tell(["MemberClassified", EVE, 2, 1], synced(EVE)),
    ],
    [
      "a suspension confirmed of who is not suspended",
      ["ActUnexplained", "MembershipImpossible"],
      (m) => m.tell(["SuspensionConfirmed", ADA], ["VoiceSynced", ADA, weight()]),
    ],
    ["a nonce that skips", ["NonceWrong"], (m) => m.tell(["BallotsVoided", ADA, addressOf("ada"), 2])],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = foundedGovernance();
      tell(made);
      expect((await made.codes()).sort()).to.deep.equal([...codes].sort());
    });
  }
});

/** An applicant of this month on the rolls. */
function enterEarly(made: MadeGovernance): MadeGovernance {
  return made.tell(...heard(6).slice(0, 2), ["VoiceSynced", 6, 0]);
}
