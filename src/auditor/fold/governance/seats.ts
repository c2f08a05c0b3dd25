import type { SeatsSite } from "../../chain/governance.ts";
import type { Place } from "../../finding.ts";
import { tell } from "../ground.ts";
import type { FoldState } from "../state.ts";
import type { DelegatesFold } from "./delegates.ts";
import type { Electorate, KeyStanding } from "./electorate.ts";
import { Histories, History } from "./history.ts";
import { RollFold } from "./roll.ts";

export interface SeatEvents {
  AuthorityUpdated: { authority: string };
  ElectionsBound: { elections: string };
  SeatTaken: { constituency: number; seat: number; delegate: number; until: number; founding: boolean };
  SeatVacated: { constituency: number; seat: number; delegate: number };
  TermEnded: { constituency: number; seat: number; delegate: number };
}

/** A seat as it was last filled; see contracts/interfaces/ISeats.sol. */
export interface SeatState {
  readonly constituency: number;
  readonly seat: number;
  readonly delegate: number;
  readonly since: number;
  until: number;
  readonly founding: boolean;
}

/** What happened to a seat, for whatever has to explain it. */
export type SeatChange =
  | { readonly kind: "taken"; readonly at: string; readonly delegate: number; readonly until: number }
  | { readonly kind: "vacated" | "ended"; readonly at: string; readonly delegate: number };

const ELECTED = 0;
const FOUNDING = 1;

/** A seat's name within its body. */
export const seatName = (constituency: number, seat: number): string => `${constituency}/${seat}`;

/** Who sits, and who sat when: a body of delegates. Twin of contracts/governance/Seats.sol. */
export class SeatsFold implements Electorate {
  readonly sort = "delegate";
  readonly address: string;
  readonly foundersUntil: number;
  readonly roll: RollFold;
  readonly delegates: DelegatesFold;
  elections: string | undefined;
  /** When the last seat was vacated. */
  emptySince = 0;
  /** What happened to seats in this transaction. */
  changes: (SeatChange & { readonly place: Place })[] = [];
  readonly #state: FoldState;
  readonly #seats = new Map<string, SeatState>();
  readonly #places = new Map<number, string>();
  readonly #votes = {
    elected: new Histories<number, bigint>(0n),
    founding: new Histories<number, bigint>(0n),
  };
  readonly #totals = { elected: new History(0n), founding: new History(0n) };
  /** The transaction that made the contract. */
  #birth: string | undefined;

  constructor(state: FoldState, { address, foundersUntil }: SeatsSite, delegates: DelegatesFold) {
    this.#state = state;
    this.address = address;
    this.foundersUntil = foundersUntil;
    this.delegates = delegates;
    this.roll = new RollFold(state.ground);
    this.handlers = { ...this.roll.handlers, ...this.own };
  }

  readonly handlers: object;

  readonly own: { [K in keyof SeatEvents]: (event: SeatEvents[K]) => void } = {
    AuthorityUpdated: () => {
      const { now, place } = this.#state.ground;
      if (this.#birth !== undefined) return;
      this.#birth = place.tx;
      this.emptySince = now;
    },
    ElectionsBound: ({ elections }) => {
      if (this.elections !== undefined) {
        const message = `The seats at ${this.address} knew their elections, and were bound to ${elections}.`;
        this.#state.ground.find("ChamberRebound", message, { found: elections });
      }
      this.elections = elections;
    },
    SeatTaken: ({ constituency, seat, delegate, until, founding }) => {
      const { ground, counts } = this.#state;
      const at = seatName(constituency, seat);
      counts.seats += 1;
      this.#check(at, delegate, founding);
      const roll = { entered: true, constituency: founding ? FOUNDING : ELECTED, voter: delegate };
      this.roll.settle([roll], `When delegate ${delegate} took seat ${at}`);
      this.#seats.set(at, { constituency, seat, delegate, since: ground.now, until, founding });
      this.#places.set(delegate, at);
      this.#count(delegate, founding, 1n);
      const founded = founding && ground.place.tx === this.#birth;
      if (!founded) this.#note({ kind: "taken", at, delegate, until });
    },
    SeatVacated: ({ constituency, seat, delegate }) => {
      const at = seatName(constituency, seat);
      const held = this.#held(at, delegate, "vacated");
      if (held === undefined) return;
      const { now } = this.#state.ground;
      this.#seats.delete(at);
      if (this.#places.get(held.delegate) === at) this.#places.delete(held.delegate);
      const roll = { entered: false, constituency: held.founding ? FOUNDING : ELECTED, voter: held.delegate };
      this.roll.settle([roll], `When delegate ${delegate} left seat ${at}`);
      this.#count(held.delegate, held.founding, -1n);
      const voteless = held.founding && now >= this.foundersUntil;
      this.emptySince = voteless ? Math.max(this.emptySince, this.foundersUntil) : now;
      this.#note({ kind: "vacated", at, delegate });
    },
    TermEnded: ({ constituency, seat, delegate }) => {
      const at = seatName(constituency, seat);
      const held = this.#held(at, delegate, "said to fall due");
      if (held !== undefined) held.until = this.#state.ground.now;
      this.#note({ kind: "ended", at, delegate });
    },
  };

  /** A seat with its holder, even one whose time as a founder is over. */
  seat(at: string): SeatState | undefined {
    return this.#seats.get(at);
  }

  seats(): Iterable<SeatState> {
    return this.#seats.values();
  }

  /** Who holds a seat; nobody once a founder's time is over. */
  holderAt(at: string, now: number): number {
    const held = this.#seats.get(at);
    return held === undefined || (held.founding && now >= this.foundersUntil) ? 0 : held.delegate;
  }

  /** Where a delegate sits now; undefined where it does not. */
  placeOf(delegate: number, now: number): string | undefined {
    const at = this.#places.get(delegate);
    return at !== undefined && this.holderAt(at, now) === delegate ? at : undefined;
  }

  /** From when no seat was held; zero while one is. */
  vacantSince(now: number): number {
    if (this.#totals.elected.latest !== 0n) return 0;
    if (this.#totals.founding.latest === 0n) return this.emptySince;
    if (now < this.foundersUntil) return 0;
    return Math.max(this.emptySince, this.foundersUntil);
  }

  mayVoteAt(voter: number, key: string, position: number): KeyStanding {
    return this.delegates.mayVoteAt(voter, key, position);
  }

  onRoll(constituency: number, voter: number, time: number): boolean {
    if (constituency !== 0) return false;
    if (this.roll.onRoll(ELECTED, voter, time)) return true;
    return time < this.foundersUntil && this.roll.onRoll(FOUNDING, voter, time);
  }

  electors(constituency: number, time: number): number {
    if (constituency !== 0) return 0;
    const elected = this.roll.count(ELECTED, time);
    return time < this.foundersUntil ? elected + this.roll.count(FOUNDING, time) : elected;
  }

  votesAt(voter: number, time: number): bigint {
    const elected = this.#votes.elected.at(voter, time);
    return time < this.foundersUntil ? elected + this.#votes.founding.at(voter, time) : elected;
  }

  totalAt(time: number): bigint {
    const elected = this.#totals.elected.at(time);
    return time < this.foundersUntil ? elected + this.#totals.founding.at(time) : elected;
  }

  endTransaction(): void {
    this.roll.endTransaction();
    this.changes = [];
  }

  #check(at: string, delegate: number, founding: boolean): void {
    const { ground } = this.#state;
    const { now, place } = ground;
    const fail = (why: string): void =>
      ground.find("SeatWrong", `Delegate ${delegate} took seat ${at}, and ${why}.`, { found: at });
    if (delegate === 0 || delegate > this.delegates.last) fail("nobody was enrolled under that number");
    const holder = this.#seats.get(at)?.delegate;
    if (holder !== undefined) fail(`delegate ${holder} had not left it`);
    const elsewhere = this.placeOf(delegate, now);
    if (elsewhere !== undefined && elsewhere !== at) fail(`it sat on ${elsewhere}`);
    if (founding && place.tx !== this.#birth) fail(`founders were seated ${tell.time(this.emptySince)}`);
  }

  #held(at: string, delegate: number, became: string): SeatState | undefined {
    const held = this.#seats.get(at);
    if (held?.delegate !== delegate) {
      const found = held === undefined ? "nobody" : `delegate ${held.delegate}`;
      const message = `Seat ${at} of delegate ${delegate} was ${became}, and ${found} held it.`;
      this.#state.ground.find("SeatWrong", message, { found });
    }
    return held;
  }

  #count(delegate: number, founding: boolean, change: bigint): void {
    const { now } = this.#state.ground;
    const sort = founding ? "founding" : "elected";
    const votes = this.#votes[sort].of(delegate);
    votes.push(now, votes.latest + change);
    this.#totals[sort].push(now, this.#totals[sort].latest + change);
  }

  #note(change: SeatChange): void {
    this.changes.push({ ...change, place: { ...this.#state.ground.place } });
  }
}
