import type { Licence } from "../../../core/licence.ts";
import type { Credits } from "../../../core/money.ts";
import type { Player } from "../cast.ts";

/** Who gives or draws: a member's ISIL, or one of the accounts that are nobody's. */
export type Account = string;
export const COMMONS_ACCOUNT = "COMMONS";
export const RELIEF_ACCOUNT = "RELIEF";

/** How many units of a service a statement bills. */
export interface DealLine {
  /** The service's code. */
  readonly service: string;
  readonly quantity: number;
  /** The work's URN, where the service uses one. */
  readonly work?: string;
}

/** What a supplier did for a consumer in a month: a statement to be. */
export interface Deal {
  /** 0 to 11. */
  readonly month: number;
  readonly supplier: Account;
  readonly consumer: Account;
  readonly lines: readonly DealLine[];
  /** The most that the consumer signs for. */
  readonly maximum: Credits;
}

/** A work that was registered before the year, with what its holder asks for by service. */
export interface Work {
  readonly urn: string;
  readonly holder: Account;
  readonly licence: Licence;
  readonly permitted: readonly { readonly service: string; readonly royalty: Credits }[];
}

/** A net lender that the council names for a month, in the month before. */
export interface Reward {
  readonly month: number;
  readonly member: Account;
  /** In hundredths. */
  readonly percent: number;
  readonly cap: Credits;
}

/** Money that somebody gives before a month begins: to RELIEF, or to the preset's grant of that place. */
export interface Gift {
  readonly month: number;
  readonly giver: Account;
  readonly grant?: number;
  readonly amount: Credits;
}

/** Two members that supply each other for nothing. */
export interface Pact {
  /** From this month on. */
  readonly month: number;
  readonly between: readonly [Account, Account];
  readonly services: readonly string[];
}

/** Everything that happens in a year, before anybody knows what it costs. */
export interface YearPlan {
  /** Twelve, or fewer for a year that is cut short. */
  readonly months: number;
  readonly members: readonly Player[];
  /** In the order in which they are posted. */
  readonly deals: readonly Deal[];
  readonly works: readonly Work[];
  readonly rewards: readonly Reward[];
  readonly gifts: readonly Gift[];
  readonly pacts: readonly Pact[];
}

export const MONTHS = 12;

/** The first months of a year, and nothing of the others. */
export function firstMonths(plan: YearPlan, months: number): YearPlan {
  const within = <T extends { readonly month: number }>(list: readonly T[]) =>
    list.filter(({ month }) => month < months);
  return {
    ...plan,
    months,
    deals: within(plan.deals),
    rewards: within(plan.rewards),
    gifts: within(plan.gifts),
    pacts: within(plan.pacts),
  };
}
