import type { Ground } from "../ground.ts";
import { seatName, type SeatChange, type SeatsFold } from "./seats.ts";

/** How elections run; see contracts/interfaces/IElections.sol. */
export interface Rules {
  readonly nominationTime: number;
  readonly ballotTime: number;
  readonly term: number;
  readonly minSupport: number;
  readonly quorumBps: number;
  readonly recallBps: number;
}

/** Voters who fill seats together. */
export interface Constituency {
  seats: number;
  groups: number;
  /** From when terms are reckoned. */
  origin: number;
  /** The election that is under way; zero where there is none. */
  running: number;
  misses: number;
  missedAt: number;
}

export interface ConstituencyEvents {
  RulesSet: { rules: Rules };
  ConstituencySet: { constituency: number; seats: number; groups: number };
}

const NO_RULES: Rules = {
  ...{ nominationTime: 0, ballotTime: 0, term: 0, minSupport: 0, quorumBps: 0, recallBps: 0 },
};
const WHOLE = 10_000;
const CANDIDATES_LIMIT = 500;

/** A share of voters, rounded up; at least one. */
export const shareOf = (voters: number, bps: number): number =>
  Math.max(1, Math.ceil((voters * bps) / WHOLE));

/** Which voters fill how many seats, by what rules. Twin of contracts/governance/Constituencies.sol. */
export class ConstituencyFold {
  rules = NO_RULES;
  readonly seats: SeatsFold;
  readonly #ground: Ground;
  readonly #groups = new Map<number, Constituency>();
  /** What has to become of seats in this transaction. */
  readonly #due: SeatChange[];

  constructor(ground: Ground, seats: SeatsFold, due: SeatChange[]) {
    this.#ground = ground;
    this.seats = seats;
    this.#due = due;
  }

  readonly handlers: { [K in keyof ConstituencyEvents]: (event: ConstituencyEvents[K]) => void } = {
    RulesSet: ({ rules }) => {
      this.rules = rules;
    },
    ConstituencySet: ({ constituency, seats, groups }) => {
      const group = this.of(constituency);
      if (group.running !== 0) {
        const message = `The seats of constituency ${constituency} were changed while election ${group.running} was under way.`;
        this.#ground.find("ElectionWrong", message, { found: String(group.running) });
      }
      if (group.origin === 0) group.origin = this.#ground.now;
      for (let seat = seats; seat < group.seats; seat++) this.#vacate(seatName(constituency, seat));
      Object.assign(group, { seats, groups });
    },
  };

  /** A constituency, empty where it was never set up. */
  of(constituency: number): Constituency {
    let group = this.#groups.get(constituency);
    if (group === undefined) {
      group = { seats: 0, groups: 0, origin: 0, running: 0, misses: 0, missedAt: 0 };
      this.#groups.set(constituency, group);
    }
    return group;
  }

  all(): Iterable<readonly [number, Constituency]> {
    return this.#groups;
  }

  /** Which of a constituency's seats fall due, a bit each. */
  dueSeats(constituency: number, now: number): bigint {
    let due = 0n;
    for (let seat = 0; seat < this.of(constituency).seats; seat++) {
      const at = seatName(constituency, seat);
      const until = this.seats.seat(at)?.until ?? 0;
      if (this.seats.holderAt(at, now) === 0 || now >= until) due |= 1n << BigInt(seat);
    }
    return due;
  }

  /** When a seat that is filled now falls due. */
  untilOf({ origin, groups }: Constituency, seat: number, now: number): number {
    const { term } = this.rules;
    if (groups === 0 || term === 0) return 0;
    const first = origin + Math.floor((term * (seat % groups)) / groups);
    const soonest = now + Math.floor(term / 4);
    if (first > soonest) return first;
    return first + term * (Math.floor((soonest - first) / term) + 1);
  }

  /** How many must support a nomination. */
  supportNeeded(voters: number): number {
    const asked = Math.min(this.rules.minSupport, Math.ceil(voters / 10));
    return Math.max(asked, Math.ceil(voters / CANDIDATES_LIMIT));
  }

  /** A seat that is no more is vacated, before that is logged. */
  #vacate(at: string): void {
    const left = this.seats.changes.find((one) => one.kind === "vacated" && one.at === at);
    const delegate = left?.delegate ?? this.seats.seat(at)?.delegate;
    if (delegate !== undefined) this.#due.push({ kind: "vacated", at, delegate });
  }
}
