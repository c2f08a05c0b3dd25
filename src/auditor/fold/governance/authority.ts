import { ADMIN, PUBLIC_ROLE, type CharterFold } from "../charter.ts";
import { delayAt } from "../delay.ts";
import type { Ground } from "../ground.ts";
import { selectorOf } from "./acts.ts";
import type { SeatsFold } from "./seats.ts";

/** How long the Board stands vacant before the Council may act for it; as contracts/Charter.sol. */
const DEVOLUTION_AFTER = 30 * 86_400;
const GRANTS = ["grantRole(uint64,address,uint32)", "revokeRole(uint64,address)"].map(selectorOf);

/** Who may act, and for whom: what the charter says, and what falls to the Council while the Board stands vacant. */
export class Authority {
  readonly #ground: Ground;
  readonly #charter: CharterFold;
  readonly #address: string;
  readonly #seats: ReadonlyMap<string, SeatsFold>;

  /** @param seats bodies by the addresses of their seats */
  constructor(ground: Ground, charter: CharterFold, address: string, seats: ReadonlyMap<string, SeatsFold>) {
    this.#ground = ground;
    this.#charter = charter;
    this.#address = address.toLowerCase();
    this.#seats = seats;
  }

  /** Whether the Council may act for the Board at a second. */
  devolvedAt(now: number): boolean {
    const { bound } = this.#charter;
    const since = bound === undefined ? 0 : (this.#seats.get(bound.boardSeats)?.vacantSince(now) ?? 0);
    return since !== 0 && now >= since + DEVOLUTION_AFTER;
  }

  /** Whether somebody may act for those who hold a right. */
  standsIn(actor: string, holders: ReadonlySet<string>): boolean {
    const { bound } = this.#charter;
    return (
      bound !== undefined &&
      actor === bound.council &&
      holders.has(bound.board) &&
      this.devolvedAt(this.#ground.now)
    );
  }

  /** How long a call must wait, zero where it need not; undefined where the caller may not make it. */
  delayOf(caller: string, target: string, data: string): number | undefined {
    if (target === this.#address) return this.#ownDelay(caller, data);
    const selector = data.slice(0, 10);
    const { immediate, delay } = this.#charter.access(caller, target, selector);
    if (immediate || delay > 0) return delay;
    const { bound } = this.#charter;
    if (bound === undefined || !this.standsIn(caller, new Set([bound.board]))) return undefined;
    const boards = this.#charter.access(bound.board, target, selector);
    return boards.immediate || boards.delay > 0 ? boards.delay : undefined;
  }

  /** The same of the charter's own functions, which ask for administrators. */
  #ownDelay(caller: string, data: string): number | undefined {
    const granting = GRANTS.includes(data.slice(0, 10));
    const role = granting ? this.#charter.adminOf(BigInt(`0x${data.slice(10, 74) || "0"}`)) : ADMIN;
    if (!this.#charter.holds(role, caller)) return undefined;
    if (role === PUBLIC_ROLE) return 0;
    for (const [held, account, { delay }] of this.#charter.holdings()) {
      if (held === role && account === caller) return delayAt(delay, this.#ground.now);
    }
    return undefined;
  }
}
