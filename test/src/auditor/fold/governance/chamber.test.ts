import { concat } from "ethers";
import { expect } from "chai";
import type { FindingCode } from "../../../../../src/auditor/codes.ts";
import { operationId } from "../../../../../src/auditor/fold/operations.ts";
import {
  BOARD_DELAY,
  foundedGovernance,
  HOUSES,
  weight,
  type MadeGovernance,
} from "../../../../support/made-governance.ts";
import { ADA, addressOf, BOB, DAY, EVE, SITE, type MadeEvent } from "../../../../support/made-ledger.ts";
import {
  classifying,
  madeProposal,
  madeSignature,
  madeVote,
  type MadeProposal,
} from "../../../../support/made-motions.ts";

const CALL = classifying(ADA);
const NOBODY = `0x${"0".repeat(40)}`;
const CAST = "BallotsCast";

/** A proposal of the Board to place a member, voted for by its one trustee. */
async function passed(changes: Parameters<typeof madeProposal>[4] = {}) {
  const made = foundedGovernance();
  const one = madeProposal(made, "board", [SITE.register], [CALL], changes);
  made.tell(...one.events).pass(2);
  made.tell(["board:BallotsCast", one.id, 1n, await madeVote("board", one.id, 4, 1, "delegate 4")]);
  return { made: made.pass(6), one };
}

const queued = (m: MadeGovernance, one: MadeProposal, when = m.now + BOARD_DELAY): MadeEvent[] => [
  [
    "OperationScheduled",
    operationId(HOUSES.board, SITE.register, CALL),
    1,
    when,
    HOUSES.board,
    SITE.register,
    CALL,
  ],
  ["board:ProposalQueued", one.id, when],
];
const executed = (one: MadeProposal): MadeEvent[] => [
  ["OperationExecuted", operationId(HOUSES.board, SITE.register, CALL), 1],
  ["MemberClassified", ADA, 1, 7],
  ["VoiceSynced", ADA, weight()],
  ["board:ProposalExecuted", one.id],
];
const stage = (m: MadeGovernance, house: "board" | "assembly" = "board") => {
  const chamber = m.chamber(house);
  return [...chamber.all()].map((one) => chamber.stages.at(one, m.now)).join();
};
const synced = (m: MadeGovernance): MadeEvent => {
  const { since } = m.state.register.member(ADA)!;
  return ["AccountSynced", ADA, since, 0, since, 1, 1, false];
};

describe("a chamber, folded", () => {
  it("passes, waits, executes and is done", async () => {
    const { made, one } = await passed();
    expect(stage(made)).to.equal("succeeded");
    made.tell(...queued(made, one));
    expect(stage(made)).to.equal("queued");
    made.pass(9).tell(...executed(one).toSpliced(2, 0, synced(made)));
    expect([stage(made), await made.codes()]).to.deep.equal(["executed", []]);
    expect(made.state.counts).to.include({ proposals: 1, ballots: 1 });
  });

  it("is vetoed by whoever may cancel its act, and expires where nobody does anything", async () => {
    const { made, one } = await passed();
    made.tell(...queued(made, one));
    expect([stage(made), stage(made.pass(30))]).to.deep.equal(["queued", "expired"]);
    const other = await passed();
    other.made.tell(...queued(other.made, other.one));
    const id = operationId(HOUSES.board, SITE.register, CALL);
    other.made.tell(["OperationCanceled", id, 1]);
    expect([stage(other.made), await other.made.codes()]).to.deep.equal(["canceled", ["ActUnexplained"]]);
  });

  it("is prolonged by a late quorum, and takes a petition for a proposer", async () => {
    const made = foundedGovernance();
    const one = madeProposal(made, "assembly", [SITE.register], [CALL], { proposer: HOUSES.assembly });
    const signed = await madeSignature(one.id, ADA, "ada");
    made.tell(["assembly:PetitionFiled", one.id, weight(), signed], ...one.events).pass(5.5);
    const votes = await Promise.all([
      ...[madeVote("assembly", one.id, ADA, 2, "ada"), madeVote("assembly", one.id, BOB, 1, "bob")],
    ]);
    made.tell(
      [`assembly:${CAST}`, one.id, 3n, concat(votes)],
      ["assembly:ProposalExtended", one.id, made.now + DAY],
    );
    made.pass(0.9);
    expect([stage(made, "assembly"), stage(made.pass(1), "assembly")]).to.deep.equal(["active", "succeeded"]);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("halves the quorum of calls that missed it, thirty days later", async () => {
    const made = foundedGovernance();
    made.tell(...madeProposal(made, "board", [SITE.register], [CALL]).events).pass(10);
    made.tell(...madeProposal(made, "board", [SITE.register], [CALL], { description: "soon" }).events);
    made.pass(40);
    const again = { description: "again", halvings: 1 };
    made.tell(...madeProposal(made, "board", [SITE.register], [CALL], again).events);
    expect(await made.codes()).to.deep.equal([]);
  });

  type Wrong = readonly [
    what: string,
    codes: readonly FindingCode[],
    tell: () => Promise<MadeGovernance> | MadeGovernance,
  ];
  const proposing = (
    changes: Parameters<typeof madeProposal>[4],
    calls = [CALL],
    targets = [SITE.register],
  ) => {
    const made = foundedGovernance();
    return made.tell(...madeProposal(made, "board", targets, calls, changes).events);
  };
  const board = (name: string, ...values: unknown[]): MadeEvent => [`board:${name}`, ...values];
  const wrong: readonly Wrong[] = [
    ["a proposer without votes", ["ProposerUnentitled"], () => proposing({ proposer: addressOf("ada") })],
    [
      "a voter of another house",
      ["ProposerUnentitled"],
      () => proposing({ proposer: `0x${Buffer.from("Consortia member").toString("hex")}00000003` }),
    ],
    ["a petition that nobody filed", ["ProposerUnentitled"], () => proposing({ proposer: HOUSES.board })],
    [
      "two proposals of one voter at a time",
      ["ProposerUnentitled"],
      () => {
        const made = proposing({});
        return made.tell(...madeProposal(made, "board", [SITE.register], [classifying(BOB)]).events);
      },
    ],
    ["a quorum that was never missed", ["ProposalWeighedWrong"], () => proposing({ halvings: 1 })],
    ["two thirds that nothing asks for", ["ProposalWeighedWrong"], () => proposing({ twoThirds: true })],
    [
      "a call of the charter that chambers have not",
      ["ProposalWrong"],
      () => proposing({}, ["0x6d5115bd"], [SITE.charter]),
    ],
    [
      "a ballot of another key",
      ["BallotForged"],
      async () => {
        const made = proposing({}).pass(2);
        const [one] = made.chamber("board").all();
        return made.tell(board(CAST, one!.id, 1n, await madeVote("board", one!.id, 4, 1, "delegate 1")));
      },
    ],
    [
      "a ballot of who has no seat",
      ["BallotIneligible"],
      async () => {
        const made = proposing({}).pass(2);
        const [one] = made.chamber("board").all();
        return made.tell(board(CAST, one!.id, 1n, await madeVote("board", one!.id, 1, 1, "delegate 1")));
      },
    ],
    [
      "a ballot for nothing known",
      ["BallotUnsound"],
      async () => {
        const made = proposing({}).pass(2);
        const [one] = made.chamber("board").all();
        return made.tell(board(CAST, one!.id, 1n, await madeVote("board", one!.id, 4, 3, "delegate 4")));
      },
    ],
    [
      "ballots before voting begins",
      ["BallotsUntimely"],
      async () => {
        const made = proposing({});
        const [one] = made.chamber("board").all();
        return made.tell(board(CAST, one!.id, 1n, await madeVote("board", one!.id, 4, 1, "delegate 4")));
      },
    ],
    [
      "a proposal queued that was defeated",
      ["ProposalUnpassed"],
      () => {
        const made = proposing({}).pass(7);
        const [one] = made.chamber("board").all();
        return made.tell(...queued(made, { ...one!, calls: [], events: [] }));
      },
    ],
    [
      "an act that waits for less",
      ["OperationWrong", "ProposalDelayWrong"],
      async () => {
        const { made, one } = await passed();
        return made.tell(...queued(made, one, made.now + DAY));
      },
    ],
    [
      "an act executed before its time",
      ["OperationWrong", "ProposalDelayWrong"],
      async () => {
        const { made, one } = await passed();
        made.tell(...queued(made, one)).pass(8);
        return made.tell(...executed(one).toSpliced(2, 0, synced(made)));
      },
    ],
    [
      "a decision that came to nothing",
      ["ActWithoutEffect"],
      async () => {
        const { made, one } = await passed();
        const [first, , , last] = executed(one) as [MadeEvent, MadeEvent, MadeEvent, MadeEvent];
        return made
          .tell(...queued(made, one))
          .pass(9)
          .tell(first, last);
      },
    ],
    [
      "a proposal that nobody made",
      ["ProposalUnknown"],
      () => foundedGovernance().tell(board("ProposalExecuted", 7n)),
    ],
    [
      "a vote prolonged without cause",
      ["DeadlineWrong"],
      () => {
        const made = proposing({}).pass(2);
        const [one] = made.chamber("board").all();
        return made.tell(board("ProposalExtended", one!.id, made.now + 9 * DAY));
      },
    ],
    [
      "a petition of too little weight",
      ["PetitionWrong", "PetitionWrong"],
      () => {
        const made = foundedGovernance();
        const one = madeProposal(made, "assembly", [SITE.register], [CALL], { proposer: HOUSES.assembly });
        return made.tell(["assembly:PetitionFiled", one.id, 1n, "0x0000"], ...one.events);
      },
    ],
    [
      "a petition heavier than its good signatures",
      ["PetitionWrong"],
      async () => {
        const made = foundedGovernance();
        const one = madeProposal(made, "assembly", [SITE.register], [CALL], { proposer: HOUSES.assembly });
        const signed = [await madeSignature(one.id, ADA, "ada"), await madeSignature(one.id, EVE, "bob")];
        return made.tell(["assembly:PetitionFiled", one.id, 2n * weight(), concat(signed)], ...one.events);
      },
    ],
    [
      "a sponsor that asked for nothing",
      ["ActUnexplained"],
      () => {
        const made = foundedGovernance();
        return made.tell(
          ...madeProposal(made, "assembly", [SITE.register], [CALL], { proposer: HOUSES.council }).events,
        );
      },
    ],
    [
      "settings that nobody decided on",
      ["ActUnexplained"],
      () => foundedGovernance().tell(board("SharesSet", 1, 1)),
    ],
    [
      "a contract that answers to somebody else",
      ["AuthorityForeign"],
      () => foundedGovernance().tell(["seats:AuthorityUpdated", NOBODY]),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = await tell();
      const found = new Set((await made.codes()).filter((code) => code !== "BallotsMalformed"));
      expect([...found].sort()).to.deep.equal([...new Set(codes)].sort());
    });
  }
});
