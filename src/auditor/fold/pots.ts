import { RELIEF, type MemberId } from "../../core/ids.ts";
import { credits } from "../../core/money.ts";
import type { FindingCode } from "../codes.ts";
import type { Place } from "../finding.ts";
import { tell } from "./ground.ts";
import type { FoldState } from "./state.ts";

export interface PotEvents {
  PotFilled: { amount: bigint };
  PotEmptied: { member: MemberId; amount: bigint };
  PotReturned: { to: string; amount: bigint };
  AccountWatched: { member: MemberId; watched: boolean };
}

/** What a desk's log says must have happened to what is set aside, or to who is watched. */
interface Due {
  readonly code: FindingCode;
  /** What is asked for less what was logged. */
  left: bigint;
  readonly place: Place;
}

/**
 * What is set aside beside the bonds of claims: for grants and for compensation. The ledger logs how it moves; the desks
 * log why, in the same transaction, before or after. Twin of the pot in contracts/ledger/.
 */
export class Pots {
  readonly #state: FoldState;
  readonly #dues = new Map<string, Due>();

  constructor(state: FoldState) {
    this.#state = state;
  }

  readonly handlers: { [K in keyof PotEvents]: (event: PotEvents[K]) => void } = {
    PotFilled: ({ amount }) => {
      const { book } = this.#state;
      const { free } = book.account(RELIEF);
      if (amount > free) this.#wrong(`${tell.amount(amount)} was set aside`, "RELIEF had free", free, amount);
      book.moveBond(RELIEF, credits(amount));
      this.#state.count(RELIEF, "setAside", amount);
      this.#settle("filled", -amount);
    },
    PotEmptied: ({ member, amount }) => {
      const { book } = this.#state;
      this.#checkHeld(amount);
      if (!this.#state.known(member)) return;
      book.moveBond(member, credits(-amount));
      this.#state.count(member, "fromSetAside", amount);
      this.#settle(`paid to ${tell.member(member)}`, -amount);
    },
    PotReturned: ({ to, amount }) => {
      const { book } = this.#state;
      this.#checkHeld(amount);
      book.returnPot(credits(amount));
      this.#settle(`returned to ${to}`, -amount);
    },
    AccountWatched: ({ member, watched }) => {
      if (!this.#state.known(member)) return;
      this.#state.book.accounts.watch(member, watched);
      this.#settle(watchKey(member, watched), -1n, "WatchWrong");
    },
  };

  /** Told by the ledger of what was deposited: the pricing desk brings in what is given to grants, and nothing else. */
  deposited(from: string, member: MemberId, amount: bigint): void {
    if (from === this.#state.site.pricing.toLowerCase()) this.#settle(brought(member), -amount);
  }

  /** The pricing desk must bring an amount in for RELIEF in this transaction. */
  bring(amount: bigint): void {
    this.#settle(brought(RELIEF), amount);
  }

  /** RELIEF must set an amount aside in this transaction. */
  fill(amount: bigint): void {
    this.#settle("filled", amount);
  }

  /** An account must be paid out of what is set aside in this transaction. */
  pay(member: MemberId, amount: bigint): void {
    this.#settle(`paid to ${tell.member(member)}`, amount);
  }

  /** A giver must be paid out of what is set aside in this transaction. */
  giveBack(to: string, amount: bigint): void {
    this.#settle(`returned to ${to}`, amount);
  }

  /** An account must be watched from this transaction on, or no longer. */
  watch(member: MemberId, watched: boolean): void {
    this.#settle(watchKey(member, watched), 1n, "WatchWrong");
  }

  /** Ends a transaction: what moved was asked for, and what was asked for moved. */
  endTransaction(): void {
    for (const [what, { code, left, place }] of this.#dues) {
      if (left === 0n) continue;
      const much = code === "WatchWrong" ? "" : `${tell.amount(left < 0n ? -left : left)} was `;
      const message =
        left < 0n
          ? `${much}${what}, and no desk says what for.`
          : `A desk says that ${much}${what}, and the ledger logged nothing of it.`;
      this.#state.ground.find(code, message, place);
    }
    this.#dues.clear();
  }

  #settle(what: string, amount: bigint, code: FindingCode = "PotUnexplained"): void {
    if (amount === 0n) return;
    const due = this.#dues.get(what);
    if (due !== undefined) due.left += amount;
    else this.#dues.set(what, { code, left: amount, place: { ...this.#state.ground.place } });
  }

  #checkHeld(amount: bigint): void {
    const { bonds } = this.#state.book;
    if (amount > bonds) this.#wrong(`${tell.amount(amount)} was taken`, "there lay", bonds, amount);
  }

  #wrong(what: string, where: string, limit: bigint, found: bigint): void {
    const figures = { expected: tell.amount(limit), found: tell.amount(found) };
    this.#state.ground.find("PotWrong", `${what}, and ${where} ${figures.expected}.`, figures);
  }
}

const brought = (member: MemberId): string => `brought in by the pricing desk for ${tell.member(member)}`;
const watchKey = (member: MemberId, watched: boolean): string =>
  `account ${member} ${watched ? "is watched" : "is no longer watched"}`;
