import { concat, dataSlice, type Result } from "ethers";
import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import { drop, edit, inBlock, insert, patch, type Args, type Which } from "./edit.ts";
import { editing, nth, plus, type EditedLie } from "./edited.ts";
import type { GovernedWorld } from "./governed.ts";
import type { Lie } from "./lie.ts";

/** Ballots in elections and in chambers, which share a name. */
const ELECTION = "BallotsCast(uint32,uint256,bytes)";
const CHAMBER = "BallotsCast(uint256,uint256,bytes)";
/** A ballot for two candidates, and a support: who, nonce, and what else stands before a key's signature. */
const BALLOT = 4 + 4 + 1 + 4 + 1 + 64;
const VOTE_SIGNATURE = 4 + 4 + 1 + 1;

const counting: Which = ({ counted }) => counted !== 0n;
const flip = (name: string, at: number) => (args: Args) => ({
  [name]: patch(args[name], at, (byte) => byte ^ 1),
});
const bit = (places: number) => (args: Args) => ({
  counted: (args["counted"] as bigint) ^ (1n << BigInt(places)),
});

/** The same block, later by some days. */
const later = (days: number) => (block: AuditBlock) => ({
  ...block,
  timestamp: block.timestamp + days * 86_400,
});

const elected: Which = ({ founding }) => founding === false;
const tuple = (value: unknown): Args => (value as Result).toObject();

const BALLOTS: readonly EditedLie[] = [
  [
    "a ballot added that its voter had cast before",
    "BallotTwice",
    (b) =>
      edit(
        b,
        ELECTION,
        ({ ballots, counted }) => ({
          ballots: concat([String(ballots), dataSlice(String(ballots), 0, BALLOT)]),
          counted: (counted as bigint) | (1n << 10n),
        }),
        counting,
      ),
  ],
  [
    "a ballot whose signature is forged",
    "BallotForged",
    (b) => edit(b, ELECTION, flip("ballots", BALLOT - 1), counting),
  ],
  [
    "a ballot changed to another candidate",
    "BallotForged",
    (b) => edit(b, ELECTION, flip("ballots", 10), counting),
  ],
  [
    "a ballot counted twice",
    "BallotTwice",
    (b) => edit(b, ELECTION, bit(0), ({ counted }) => counted === 0n),
  ],
  ["a good ballot left out", "BallotLeftOut", (b) => edit(b, ELECTION, bit(3), counting)],
  [
    "ballots that break off",
    "BallotsMalformed",
    (b) =>
      edit(b, ELECTION, ({ ballots }) => ({ ballots: dataSlice(String(ballots), 0, BALLOT + 5) }), counting),
  ],
  ["more counted than was cast", "BallotsMalformed", (b) => edit(b, ELECTION, bit(200), counting)],
  [
    "ballots after the end of an election",
    "BallotsUntimely",
    (b) => inBlock(b, ELECTION, later(30), counting),
  ],
  ["a vote in a chamber changed", "BallotForged", (b) => edit(b, CHAMBER, flip("ballots", 8), counting)],
  [
    "a vote in a chamber forged",
    "BallotForged",
    (b) => edit(b, CHAMBER, flip("ballots", VOTE_SIGNATURE + 9), counting),
  ],
  ["a vote after a chamber's deadline", "BallotsUntimely", (b) => inBlock(b, CHAMBER, later(30), counting)],
  [
    "a vote of somebody without a seat",
    "BallotIneligible",
    (b) => edit(b, CHAMBER, ({ ballots }) => ({ ballots: patch(ballots, 3, () => 200) }), counting),
  ],
];

const ELECTIONS: readonly EditedLie[] = [
  [
    "an election of more seats than are due",
    "ElectionWrong",
    (b) => edit(b, "ElectionOpened", ({ opened }) => ({ opened: { ...tuple(opened), seats: 63n } })),
  ],
  [
    "an election with a lower quorum",
    "ElectionWrong",
    (b) => edit(b, "ElectionOpened", ({ opened }) => ({ opened: { ...tuple(opened), quorum: 1n } })),
  ],
  ["an election that nobody opened", "ElectionUnknown", (b) => drop(b, "ElectionOpened")],
  [
    "a candidate without support",
    "NominationWrong",
    (b) => edit(b, "CandidateNominated", () => ({ counted: 0n, supporters: "0x" })),
  ],
  [
    "a candidate nominated twice",
    "NominationWrong",
    (b) => edit(b, "CandidateNominated", ({ delegate }) => ({ delegate: (delegate as bigint) - 1n }), nth(1)),
  ],
  [
    "a support that its voter did not sign",
    "BallotForged",
    (b) => edit(b, "CandidateNominated", flip("supporters", 30)),
  ],
  [
    "another ranking than was counted",
    "RankingWrong",
    (b) => edit(b, "ElectionCounted", ({ ranked }) => ({ ranked: [...(ranked as bigint[])].reverse() })),
  ],
  [
    "another winner than was counted",
    "WinnersWrong",
    (b) => edit(b, "SeatTaken", ({ delegate }) => ({ delegate: (delegate as bigint) + 1n }), elected),
  ],
  [
    "a winner seated for longer",
    "WinnersWrong",
    (b) => edit(b, "SeatTaken", plus("until", 86_400n), elected),
  ],
  [
    "an election decided without its quorum",
    "QuorumWrong",
    (b) => edit(b, "ElectionMissed", () => ({ quorum: 0n })),
  ],
  [
    "a seat taken without an election",
    "SeatUnexplained",
    (b) =>
      insert(
        b,
        "AmendmentProposed",
        { event: "SeatTaken", values: [1, 9, 3, 2_000_000_000, false] },
        "SeatVacated",
      ),
  ],
  ["a recall that nobody signed", "SeatUnexplained", (b) => drop(b, "RecallSigned", nth(1))],
  ["a delegate's nonce that skips", "NonceWrong", (b) => edit(b, "DelegateKeyRotated", plus("ballots", 1n))],
];

const VOICE: readonly EditedLie[] = [
  [
    "voice without standing",
    "VoiceWrong",
    (b) => edit(b, "VoiceSynced", plus("units", 500_000n), ({ units }) => units !== 0n),
  ],
  ["a membership that the rolls were not told of", "VoiceUntold", (b) => drop(b, "VoiceSynced")],
  [
    "a roll entered before three months",
    "RollWrong",
    (b) =>
      insert(
        b,
        "VoiceSynced",
        { event: "VoterEntered", values: [1, 13] },
        undefined,
        ({ units }) => units === 0n,
      ),
  ],
  [
    "a voter struck off without cause",
    "RollWrong",
    (b) =>
      insert(
        b,
        "VoiceSynced",
        { event: "VoterStruck", values: [1, 3] },
        undefined,
        ({ units }) => units !== 0n,
      ),
  ],
];

/** Lies about ballots, elections, seats and voice. */
export const VOTING_LIES: readonly Lie<GovernedWorld>[] = [...BALLOTS, ...ELECTIONS, ...VOICE].map(editing);
