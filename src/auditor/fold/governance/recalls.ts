import { decodeSignatories } from "../../../core/ballot.ts";
import { tell } from "../ground.ts";
import { shareOf, type ConstituencyFold } from "./constituencies.ts";
import { TYPES } from "./digests.ts";
import { seatName, type SeatChange } from "./seats.ts";
import type { VoteGround } from "./votes.ts";

export interface RecallEvents {
  RecallSigned: {
    constituency: number;
    seat: number;
    delegate: number;
    counted: bigint;
    signatures: Uint8Array;
  };
}

/** A petition against one holding of one seat. */
export interface RecallState {
  readonly constituency: number;
  readonly seat: number;
  readonly delegate: number;
  readonly since: number;
  /** The roll is that of the second before. */
  readonly openedAt: number;
  readonly needed: number;
  readonly signed: Set<number>;
}

/** For how long a seat cannot be recalled, and for how long a petition gathers signatures on one roll, in seconds. */
const REST = 90 * 86_400;
const GATHERING = 90 * 86_400;

/** Petitions that end a seat's term. Twin of contracts/governance/Recalls.sol. */
export class RecallFold {
  readonly #votes: VoteGround;
  readonly #constituencies: ConstituencyFold;
  readonly #recalls = new Map<string, RecallState>();
  /** What has to become of seats in this transaction. */
  readonly #due: SeatChange[];

  constructor(votes: VoteGround, constituencies: ConstituencyFold, due: SeatChange[]) {
    this.#votes = votes;
    this.#constituencies = constituencies;
    this.#due = due;
  }

  readonly handlers: { [K in keyof RecallEvents]: (event: RecallEvents[K]) => void } = {
    RecallSigned: ({ constituency, seat, delegate, counted, signatures }) => {
      const { papers, hasher, electorate, address, state } = this.#votes;
      const { now } = state.ground;
      const at = seatName(constituency, seat);
      const held = this.#constituencies.seats.seat(at);
      const holder = this.#constituencies.seats.holderAt(at, now);
      const since = held?.since ?? 0;
      if (holder !== delegate || now >= (held?.until ?? 0)) {
        this.#find(at, `it was ${holder === delegate ? "due anyway" : "not held by that delegate"}`);
      } else if (now < since + REST) this.#find(at, `it was taken only at ${tell.time(since)}`);

      const petition = this.#petition(constituency, seat, delegate, since);
      const what = `A signature for the recall from seat ${at}`;
      const all = papers.read(signatures, what, decodeSignatories, ({ voter, nonce }) => ({
        digest: hasher.digest([TYPES.recall, constituency, seat, delegate, since, voter, nonce]),
      }));
      if (all === undefined) return;
      state.counts.ballots += all.length;
      papers.judge({
        ...{ electorate, contract: address, papers: all, counted, what },
        misfit: ({ voter }) => {
          if (petition.signed.has(voter)) return ["BallotTwice", "it had signed before"];
          const eligible = electorate.onRoll(constituency, voter, petition.openedAt - 1);
          return eligible ? undefined : ["BallotIneligible", "it was not on the roll"];
        },
        take: ({ voter }) => petition.signed.add(voter),
      });
      if (petition.signed.size >= petition.needed) this.#due.push({ kind: "ended", at, delegate });
    },
  };

  /** The petition against whoever holds a seat. */
  of(constituency: number, seat: number, delegate: number, since: number): RecallState | undefined {
    return this.#recalls.get([constituency, seat, delegate, since].join("/"));
  }

  #petition(constituency: number, seat: number, delegate: number, since: number): RecallState {
    const known = this.of(constituency, seat, delegate, since);
    const { electorate, state } = this.#votes;
    const openedAt = state.ground.now;
    if (known !== undefined && openedAt <= known.openedAt + GATHERING) return known;
    const voters = electorate.electors(constituency, openedAt - 1);
    const needed = shareOf(voters, this.#constituencies.rules.recallBps);
    const fresh = { constituency, seat, delegate, since, openedAt, needed, signed: new Set<number>() };
    this.#recalls.set([constituency, seat, delegate, since].join("/"), fresh);
    return fresh;
  }

  #find(at: string, why: string): void {
    const message = `The recall from seat ${at} was signed, and ${why}.`;
    this.#votes.state.ground.find("RecallWrong", message, { found: at });
  }
}
