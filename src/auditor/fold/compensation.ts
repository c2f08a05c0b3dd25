import { COMPENSATION_TERM, compensationOf, lapseMonth } from "../../core/compensation.ts";
import { FIRST_MEMBER, RELIEF, type MemberId } from "../../core/ids.ts";
import { credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import { WHOLE } from "../../core/relief.ts";
import type { FindingCode } from "../codes.ts";
import { tell } from "./ground.ts";
import type { Pots } from "./pots.ts";
import type { FoldState } from "./state.ts";

export interface CompensationEvents {
  CompensationNamed: { period: PeriodId; member: MemberId; rate: number; cap: bigint };
  Compensated: { period: PeriodId; member: MemberId; net: bigint; amount: bigint };
  CompensationLapsed: { period: PeriodId; member: MemberId; amount: bigint };
}

/** A member that was named for a month and neither drew what it is due nor let it lapse. */
export interface Naming {
  readonly member: MemberId;
  readonly period: PeriodId;
  readonly rate: number;
  readonly cap: bigint;
}

/** Net lenders: who was named, and what each got. Twin of contracts/desks/Compensation.sol. */
export class CompensationFold {
  /** Every naming there ever was, so that those that are gone can be compared as well. */
  readonly named = new Map<string, Naming>();
  readonly #open = new Set<string>();
  readonly #drawn = new Set<string>();
  /** How many namings of a member are open; it is watched while there is one. */
  readonly #watching = new Map<MemberId, number>();
  readonly #state: FoldState;
  readonly #pots: Pots;

  constructor(state: FoldState, pots: Pots) {
    this.#state = state;
    this.#pots = pots;
  }

  readonly handlers: { [K in keyof CompensationEvents]: (event: CompensationEvents[K]) => void } = {
    CompensationNamed: (naming) => {
      const { member, period, rate, cap } = naming;
      const { ground, register } = this.#state;
      if (period <= ground.month || period > ground.month + COMPENSATION_TERM) {
        const months = `${tell.month(ground.month + 1)} to ${tell.month(ground.month + COMPENSATION_TERM)}`;
        this.#find("CompensationUntimely", naming, "was named", months, tell.month(period));
      }
      const known = member >= FIRST_MEMBER && register.member(member) !== undefined;
      if (!known || rate === 0 || BigInt(rate) > WHOLE || cap === 0n || this.#isOpen(naming)) {
        const found = `${rate} ten-thousandths up to ${tell.amount(cap)}`;
        this.#find(
          "CompensationWrong",
          naming,
          "was named",
          "once, as a member, with a rate and a cap",
          found,
        );
      }
      const before = this.#openOf(member);
      if (!this.#isOpen(naming)) this.#watching.set(member, before + 1);
      this.named.set(keyOf(naming), naming);
      this.#open.add(keyOf(naming));
      this.#pots.fill(cap);
      if (before === 0) this.#pots.watch(member, true);
    },
    Compensated: (event) => {
      const { member, period, net, amount } = event;
      const naming = this.#close(event, "was compensated");
      if (naming === undefined) return;
      const { book, counts } = this.#state;
      counts.compensations += 1;
      this.#drawn.add(keyOf(event));
      if (book.openPeriod <= period) {
        const expected = `after ${tell.month(period)}`;
        this.#find("CompensationUntimely", event, "was compensated", expected, tell.month(book.openPeriod));
      }
      // The desk has the account rolled out of that month first.
      book.touch(member);
      const earned = book.accounts.netOf(member, period);
      const due = compensationOf(earned, { rate: naming.rate, cap: credits(naming.cap) });
      if (net !== earned || amount !== due) {
        const expected = `${tell.amount(due)} of ${tell.amount(earned)} net`;
        const found = `${tell.amount(amount)} of ${tell.amount(net)} net`;
        this.#find("CompensationWrong", event, "was compensated", expected, found);
      }
      this.#pots.pay(member, amount);
      this.#pots.pay(RELIEF, naming.cap - amount);
    },
    CompensationLapsed: (event) => {
      const { period, amount } = event;
      const naming = this.#close(event, "lapsed");
      if (naming === undefined) return;
      const { month } = this.#state.ground;
      if (month < lapseMonth(period)) {
        const expected = tell.month(lapseMonth(period));
        this.#find("CompensationUntimely", event, "lapsed", expected, tell.month(month));
      }
      if (amount !== naming.cap) {
        this.#find("CompensationWrong", event, "lapsed", tell.amount(naming.cap), tell.amount(amount));
      }
      this.#pots.pay(RELIEF, amount);
    },
  };

  /** What is named for a member and month, neither drawn nor lapsed. */
  namedFor(naming: Naming): Naming | undefined {
    return this.#isOpen(naming) ? naming : undefined;
  }

  /** Whether a named member was paid, or was found due nothing. */
  isDrawn(naming: Naming): boolean {
    return this.#drawn.has(keyOf(naming));
  }

  /** The sum of what is set aside for namings that are open. */
  get setAside(): bigint {
    return [...this.#open].reduce((sum, key) => sum + (this.named.get(key)?.cap ?? 0n), 0n);
  }

  #isOpen(of: Pick<Naming, "member" | "period">): boolean {
    return this.#open.has(keyOf(of));
  }

  #openOf(member: MemberId): number {
    return this.#watching.get(member) ?? 0;
  }

  /** Takes a naming off those that are open; a finding where it is none. */
  #close(of: Pick<Naming, "member" | "period">, what: string): Naming | undefined {
    const naming = this.#open.delete(keyOf(of)) ? this.named.get(keyOf(of)) : undefined;
    if (naming === undefined) {
      this.#find("CompensationUnknown", of, what, "a naming", "none");
      return undefined;
    }
    const left = this.#openOf(naming.member) - 1;
    this.#watching.set(naming.member, left);
    if (left === 0) this.#pots.watch(naming.member, false);
    return naming;
  }

  #find(
    code: FindingCode,
    { member, period }: Pick<Naming, "member" | "period">,
    what: string,
    expected: string,
    found: string,
  ): void {
    const message = `Compensation of member ${member} for ${tell.month(period)} ${what}: ${found}, and by the rules ${expected}.`;
    this.#state.ground.find(code, message, { member, expected, found });
  }
}

const keyOf = ({ member, period }: Pick<Naming, "member" | "period">): string => `${member}/${period}`;
