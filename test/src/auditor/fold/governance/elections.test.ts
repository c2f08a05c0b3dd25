import { concat } from "ethers";
import { expect } from "chai";
import type { FindingCode } from "../../../../../src/auditor/codes.ts";
import { ballot, recallSignature } from "../../../../support/ballots.ts";
import {
  FOUNDERS_UNTIL,
  foundedGovernance,
  RULES,
  taken,
  vacated,
  type MadeGovernance,
} from "../../../../support/made-governance.ts";
import { ADA, addressOf, BOB, DAY, EVE, keyOf, type MadeEvent } from "../../../../support/made-ledger.ts";
import { ELECTIONS_DOMAIN, madeSupport } from "../../../../support/made-motions.ts";

const nameOf = (voter: number) =>
  new Map<number, string>([
    [ADA, "ada"],
    [BOB, "bob"],
    [EVE, "eve"],
  ]).get(voter) ?? "";

/** An election as it has to be opened: the founders' seats fall due, three voters, half of whom must vote. */
const opened = (m: MadeGovernance, changes: object = {}): MadeEvent => [
  "ElectionOpened",
  ...[1, 1],
  Object.values({
    ...{ constituency: 1, openedAt: m.now, nominateUntil: m.now + RULES.nominationTime },
    ...{ ballotUntil: m.now + RULES.nominationTime + RULES.ballotTime, support: 1, electors: 3 },
    ...{ candidates: 0, counted: false, seats: 7n, quorum: 2, ballots: 0, ...changes },
  }),
];

const nominated = async (candidate: number, delegate: number, voter: number, counted = 1n) => {
  const support = await madeSupport(1, delegate, voter, nameOf(voter));
  const statement = `0x${"00".repeat(32)}`;
  return ["CandidateNominated", 1, candidate, delegate, statement, counted, support] as MadeEvent;
};

const word = (voter: number, candidates: readonly number[], by: string, nonce = 0) =>
  ballot(ELECTIONS_DOMAIN, 1, candidates, { voter, signer: keyOf(by), nonce });

/** An election at the time of its ballots, with delegates 5 and 6 as candidates. */
async function voting(): Promise<MadeGovernance> {
  const made = foundedGovernance();
  made.now = FOUNDERS_UNTIL - 90 * DAY;
  made.tell(
    ["DelegateEnrolled", 5, addressOf("five")],
    ["DelegateEnrolled", 6, addressOf("six")],
    opened(made),
  );
  made.tell(await nominated(0, 5, ADA), await nominated(1, 6, BOB));
  return made.pass(8);
}

/** The same once two have voted for the second candidate and one of them for the first as well. */
async function voted(): Promise<MadeGovernance> {
  const made = await voting();
  const ballots = concat([await word(ADA, [0, 1], "ada"), await word(BOB, [1], "bob")]);
  return made.tell(["BallotsCast(uint32,uint256,bytes)", 1, 3n, ballots]).pass(7);
}

const until = (m: MadeGovernance) =>
  m.elections.constituencies.untilOf(m.elections.constituencies.of(1), 0, m.now);
const seating = (m: MadeGovernance): MadeEvent[] => [
  ...[0, 1, 2].flatMap((seat) => vacated(seat, seat + 1)),
  ...[...taken(0, 6, until(m)), ...taken(1, 5, until(m))],
];

describe("elections, folded", () => {
  it("counts ballots, ranks by approvals and seats who won, in the order of the seats", async () => {
    const made = await voted();
    made.tell(["ElectionCounted", 1, 2, [1, 0]], ...seating(made));
    expect(await made.codes()).to.deep.equal([]);
    expect([0, 1, 2].map((seat) => made.seats.holderAt(`1/${seat}`, made.now))).to.deep.equal([6, 5, 0]);
    expect(made.elections.constituencies.dueSeats(1, made.now)).to.equal(4n);
    expect([made.seats.totalAt(made.now), made.seats.votesAt(6, made.now)]).to.deep.equal([2n, 1n]);
    expect(made.state.counts).to.include({ elections: 1, ballots: 4, seats: 6 });
  });

  it("leaves everybody seated where the quorum is missed, and halves it for the repeat", async () => {
    const made = (await voting()).pass(7).tell(["ElectionMissed", 1, 0, 2]).pass(31);
    const again = opened(made, { quorum: 1 }).with(1, 2) as unknown as MadeEvent;
    expect(await made.tell(again).codes()).to.deep.equal([]);
    expect(made.seats.holderAt("1/0", made.now)).to.equal(1);
  });

  it("lets founders go by themselves, and knows for how long no seat was held", () => {
    const made = foundedGovernance();
    expect([made.seats.vacantSince(made.now), made.seats.vacantSince(FOUNDERS_UNTIL)]).to.deep.equal([
      ...[0, FOUNDERS_UNTIL],
    ]);
    expect([made.seats.votesAt(1, FOUNDERS_UNTIL - 1), made.seats.votesAt(1, FOUNDERS_UNTIL)]).to.deep.equal([
      ...[1n, 0n],
    ]);
    expect([made.seats.electors(0, made.now), made.seats.onRoll(0, 1, FOUNDERS_UNTIL)]).to.deep.equal([
      ...[3, false],
    ]);
  });

  it("ends a term once enough have signed, and knows a delegate by the key of that day", async () => {
    const made = foundedGovernance().pass(91);
    const held = { constituency: 1, seat: 0, delegate: 1, since: made.seats.seat("1/0")!.since };
    const signed = [ADA, BOB].map((voter) =>
      recallSignature(ELECTIONS_DOMAIN, held, { voter, signer: keyOf(nameOf(voter)) }),
    );
    const packed = concat(await Promise.all(signed));
    made.tell(["RecallSigned", 1, 0, 1, 3n, packed], ["seats:TermEnded", 1, 0, 1]);
    expect(await made.codes()).to.deep.equal([]);
    expect(made.elections.constituencies.dueSeats(1, made.now)).to.equal(1n);
    made.tell(["DelegateKeyRotated", 1, addressOf("new"), 1]);
    const { position } = made.state.ground;
    const keys = ["delegate 1", "new"].map((name) => made.seats.mayVoteAt(1, addressOf(name), position + 1));
    expect(keys).to.deep.equal([
      { may: false, nonce: 1 },
      { may: true, nonce: 1 },
    ]);
  });

  type Wrong = readonly [
    what: string,
    codes: readonly FindingCode[],
    from: () => Promise<MadeGovernance> | MadeGovernance,
    tell: (m: MadeGovernance) => unknown,
  ];
  const cast = (m: MadeGovernance, counted: bigint, ...ballots: string[]) =>
    m.tell(["BallotsCast(uint32,uint256,bytes)", 1, counted, concat(ballots)]);
  const wrong: readonly Wrong[] = [
    [
      "an election that is not due",
      ["ElectionUndue", "ElectionWrong"],
      foundedGovernance,
      (m) => m.tell(opened(m)),
    ],
    [
      "ballots before their time",
      ["BallotsUntimely"],
      () => voting().then((m) => m.pass(-3)),
      async (m) => cast(m, 1n, await word(ADA, [0], "ada")),
    ],
    [
      "a ballot of another key",
      ["BallotForged"],
      voting,
      async (m) => cast(m, 1n, await word(ADA, [0], "bob")),
    ],
    [
      "a ballot with a void nonce",
      ["BallotForged"],
      voting,
      async (m) => cast(m, 1n, await word(ADA, [0], "ada", 1)),
    ],
    [
      "a good ballot left out",
      ["BallotLeftOut"],
      voting,
      async (m) => cast(m, 0n, await word(ADA, [0], "ada")),
    ],
    [
      "a voter counted twice",
      ["BallotTwice"],
      voting,
      async (m) => cast(m, 3n, await word(ADA, [0], "ada"), await word(ADA, [1], "ada")),
    ],
    [
      "a voter that is not on the roll",
      ["BallotIneligible"],
      voting,
      async (m) => cast(m, 1n, await word(9, [0], "ada")),
    ],
    ["a ballot for nobody", ["BallotUnsound"], voting, async (m) => cast(m, 1n, await word(ADA, [], "ada"))],
    [
      "a ballot for one who does not stand",
      ["BallotUnsound"],
      voting,
      async (m) => cast(m, 1n, await word(ADA, [0, 7], "ada")),
    ],
    ["ballots that break off", ["BallotsMalformed"], voting, (m) => cast(m, 0n, "0x0000")],
    [
      "a ballot that nobody signed but its caller",
      [],
      voting,
      (m) => cast(m, 1n, "0x0000000300000000" + "01" + "0000" + "02"),
    ],
    [
      "a candidate out of turn",
      ["NominationWrong"],
      voting,
      async (m) => m.pass(-2).tell(await nominated(3, 4, EVE)),
    ],
    [
      "a candidate after the time",
      ["NominationUntimely"],
      voting,
      async (m) => m.tell(await nominated(2, 4, EVE)),
    ],
    ["a supporter of two", ["BallotTwice"], voting, async (m) => m.pass(-2).tell(await nominated(2, 4, ADA))],
    [
      "another count of ballots",
      ["BallotsMiscounted"],
      voted,
      (m) => m.tell(["ElectionCounted", 1, 3, [1, 0]], ...seating(m)),
    ],
    [
      "another ranking",
      ["RankingWrong"],
      voted,
      (m) =>
        m.tell(
          ["ElectionCounted", 1, 2, [0, 1]],
          ...seating(m).slice(0, 6),
          ...taken(0, 5, until(m)),
          ...taken(1, 6, until(m)),
        ),
    ],
    ["winners who are not seated", ["WinnersWrong"], voted, (m) => m.tell(["ElectionCounted", 1, 2, [1, 0]])],
    [
      "a count before the end",
      ["CountUntimely"],
      voted,
      (m) => m.pass(-5).tell(["ElectionCounted", 1, 2, [1, 0]], ...seating(m)),
    ],
    [
      "a decision without the quorum",
      ["QuorumWrong"],
      voting,
      (m) => m.pass(7).tell(["ElectionCounted", 1, 0, []], ...seating(m).slice(0, 6)),
    ],
    ["a quorum missed that was not", ["QuorumWrong"], voted, (m) => m.tell(["ElectionMissed", 1, 2, 2])],
    [
      "an election that nobody opened",
      ["ElectionUnknown"],
      voting,
      (m) => m.tell(["ElectionMissed", 7, 0, 1]),
    ],
    [
      "a seat taken without an election",
      ["SeatUnexplained"],
      voting,
      (m) => m.tell(...vacated(0, 1), ...taken(0, 5, until(m))),
    ],
    [
      "a seat that is held taken",
      ["SeatUnexplained", "SeatWrong"],
      voting,
      (m) => m.tell(...taken(0, 5, until(m))),
    ],
    ["a term that nobody recalled", ["SeatUnexplained"], voting, (m) => m.tell(["seats:TermEnded", 1, 0, 1])],
    [
      "a recall in the first ninety days",
      ["RecallWrong"],
      () => foundedGovernance().pass(-60),
      (m) => m.tell(["RecallSigned", 1, 0, 1, 0n, "0x"]),
    ],
    [
      "a delegate out of turn",
      ["DelegateNumberWrong"],
      voting,
      (m) => m.tell(["DelegateEnrolled", 9, addressOf("nine")]),
    ],
    [
      "seats bound a second time",
      ["ActUnexplained", "ChamberRebound"],
      voting,
      (m) => m.tell(["seats:ElectionsBound", addressOf("other")]),
    ],
    [
      "rules that nobody decided on",
      ["ActUnexplained"],
      voting,
      (m) => m.tell(["RulesSet", Object.values(RULES)]),
    ],
  ];
  for (const [what, codes, from, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = await from();
      await tell(made);
      expect((await made.codes()).filter((code) => code !== "LogsReordered").sort()).to.deep.equal(
        [...codes].sort(),
      );
    });
  }
});
