import { FIRST_MEMBER, RELIEF, type MemberId, type ServiceId } from "../../core/ids.ts";
import { credits } from "../../core/money.ts";
import { POSTING_WINDOW, type PeriodId } from "../../core/period.ts";
import type { Reliefs } from "../../core/relief.ts";
import { WHOLE, type Relief } from "../../core/relief.ts";
import type { FindingCode } from "../codes.ts";
import { tell } from "./ground.ts";
import type { Pots } from "./pots.ts";
import type { FoldState } from "./state.ts";

/** Terms as they are logged. */
interface LoggedTerms {
  readonly service: ServiceId | 0;
  readonly region: number;
  readonly tier: number;
  readonly share: number;
  readonly from: PeriodId;
  readonly until: PeriodId | 0;
  readonly memberCap: number;
  readonly cap: number;
}

export interface ReliefEvents {
  ReliefOpened: { relief: number; terms: LoggedTerms };
  ReliefEnded: { relief: number; last: PeriodId };
  GrantOpened: { relief: number; terms: LoggedTerms; members: readonly MemberId[] };
  GrantFunded: { relief: number; giver: string; amount: bigint };
  GrantReturned: { relief: number; giver: string; amount: bigint };
}

/** How many reliefs and grants can wait, run or still be posted for a service, and how many members a grant can name. */
const LIMITS = { service: 8, grants: 4, members: 256 };
/** How many months ahead the last of a grant can lie. */
const GRANT_TERM = 60;

/** Who pays less, and who gave the money for it. Twin of contracts/desks/{Reliefs,Grants}.sol. */
export class ReliefsFold {
  readonly reliefs: Reliefs;
  /** How many were opened; their numbers run from 1. */
  count = 0;
  /** Everybody who ever gave to a grant. */
  readonly givers = new Map<number, Set<string>>();
  readonly #state: FoldState;
  readonly #pots: Pots;

  constructor(state: FoldState, pots: Pots) {
    this.#state = state;
    this.#pots = pots;
    this.reliefs = state.reliefs;
  }

  readonly handlers: { [K in keyof ReliefEvents]: (event: ReliefEvents[K]) => void } = {
    ReliefOpened: ({ relief, terms }) => {
      const read = this.#open(relief, terms, false);
      this.reliefs.open(this.count, read);
    },
    ReliefEnded: ({ relief, last }) => {
      const terms = this.reliefs.termsOf(relief);
      if (terms === undefined || terms.isGrant) {
        this.#find("ReliefUnknown", `Relief ${relief} was ended, and there is no such relief`, "", relief);
        return;
      }
      const { month } = this.#state.ground;
      if (last < month || (terms.until !== 0 && terms.until <= last)) {
        const limits = terms.until === 0 ? "" : ` and before ${tell.month(terms.until)}`;
        const expected = `not before ${tell.month(month)}${limits}`;
        this.#find(
          "ReliefUntimely",
          `Relief ${relief} was ended with ${tell.month(last)}`,
          expected,
          tell.month(last),
        );
      }
      this.reliefs.end(relief, last);
    },
    GrantOpened: ({ relief, terms, members }) => {
      const read = this.#open(relief, terms, true);
      const { register } = this.#state;
      const sound = members.every(
        (member, i) =>
          member >= FIRST_MEMBER && member <= register.lastMember && (i === 0 || members[i - 1]! < member),
      );
      if (!sound || members.length > LIMITS.members) {
        this.#find("ReliefInvalid", `Grant ${relief} does not name members in order`, "", members.join(", "));
      }
      this.reliefs.openGrant(this.count, read, members);
    },
    GrantFunded: ({ relief, giver, amount }) => {
      const terms = this.#grant(relief, "funded");
      if (terms === undefined) return;
      const { month } = this.#state.ground;
      if (amount === 0n || (terms.until !== 0 && terms.until < month)) {
        const what = `Grant ${relief} was given ${tell.amount(amount)} in ${tell.month(month)}`;
        this.#find("GrantWrong", what, `something until ${tell.month(terms.until)}`, tell.amount(amount));
      }
      this.#state.counts.grants += 1;
      this.reliefs.fund(relief, giver, credits(amount));
      const givers = this.givers.get(relief) ?? new Set();
      this.givers.set(relief, givers.add(giver));
      this.#pots.bring(amount);
      this.#pots.fill(amount);
    },
    GrantReturned: ({ relief, giver, amount }) => {
      const terms = this.#grant(relief, "given back");
      if (terms === undefined) return;
      const { month } = this.#state.ground;
      if (terms.until === 0 || terms.until + POSTING_WINDOW >= month) {
        const what = `Grant ${relief} was given back in ${tell.month(month)}`;
        const expected = `after ${tell.month(terms.until + POSTING_WINDOW)}`;
        this.#find("GrantWrong", what, expected, tell.month(month));
      }
      const [gave, left] = [this.reliefs.givenBy(relief, giver), this.reliefs.grantOf(relief)?.balance ?? 0n];
      const due = this.reliefs.giveBack(relief, giver);
      if (gave === 0n || left <= 0n || due !== amount) {
        const what = `Grant ${relief} gave ${tell.amount(amount)} of ${tell.amount(left)} back to ${giver}`;
        this.#find("GrantWrong", what, tell.amount(due), tell.amount(amount));
      }
      this.#pots.giveBack(giver, amount);
    },
  };

  /** Checks what is opened. @returns its terms */
  #open(relief: number, logged: LoggedTerms, grant: boolean): Relief {
    const { ground } = this.#state;
    this.count += 1;
    const what = `${grant ? "Grant" : "Relief"} ${relief}`;
    if (relief !== this.count) {
      this.#find("ReliefInvalid", `${what} was opened out of turn`, this.count, relief);
    }
    const { from, until, share, memberCap, cap, service } = logged;
    if (from <= ground.month) {
      const expected = `${tell.month(ground.month + 1)} or later`;
      this.#find(
        "ReliefUntimely",
        `${what} is for ${tell.month(from)} on, which had begun`,
        expected,
        tell.month(from),
      );
    }
    const endless = until === 0;
    const sound = share > 0 && share <= Number(WHOLE) && memberCap > 0 && cap > 0;
    const tooLong = grant && until > ground.month + GRANT_TERM;
    if (!sound || tooLong || (endless ? grant : until < from)) {
      const found = `${share} ten-thousandths until ${tell.month(until)}, at most ${memberCap} and ${cap}`;
      this.#find("ReliefInvalid", `${what} has terms that nothing can have: ${found}`, "", found);
    }
    const alive = this.#aliveFor(service);
    const grants = alive.filter(({ isGrant }) => isGrant);
    const [others, limit] =
      grant && alive.length < LIMITS.service
        ? [grants.length, LIMITS.grants]
        : [alive.length, LIMITS.service];
    if (others >= limit) {
      this.#find("ReliefInvalid", `${what} is one too many for service ${service}`, limit, limit + 1);
    }
    return { ...logged, memberCap: credits(BigInt(memberCap)), cap: credits(BigInt(cap)) };
  }

  /** The earlier reliefs and grants of a service that have months that can still be posted. */
  #aliveFor(service: number): { readonly isGrant: boolean }[] {
    const first = this.#state.ground.month - POSTING_WINDOW;
    return Array.from({ length: this.count - 1 }, (_, place) => this.reliefs.termsOf(place + 1))
      .filter((terms) => terms !== undefined)
      .filter((terms) => terms.service === service && (terms.until === 0 || terms.until >= first));
  }

  #grant(relief: number, what: string) {
    const terms = this.reliefs.termsOf(relief);
    if (terms?.isGrant === true) return terms;
    this.#find("ReliefUnknown", `Grant ${relief} was ${what}, and nobody opened it`, "", relief);
    return undefined;
  }

  #find(code: FindingCode, what: string, expected: string | number, found: string | number): void {
    const figures = { ...(expected === "" ? {} : { expected: String(expected) }), found: String(found) };
    this.#state.ground.find(code, `${what}.`, { member: RELIEF, ...figures });
  }
}
