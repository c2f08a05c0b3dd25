import type { MemberId } from "../../core/ids.ts";
import { LAST_PERIOD } from "../../core/period.ts";
import type { MembershipState } from "../result.ts";

const NOBODY = `0x${"0".repeat(40)}`;

/** Months and tiers of a membership: what the ledger copies from the register. No month is 0. */
export interface Terms {
  since: number;
  until: number;
  tierSince: number;
  tier: number;
  priorTier: number;
  /** Whether it ever held something back. */
  choosy: boolean;
}

export interface Member extends Terms {
  readonly id: MemberId;
  readonly isil: string;
  state: MembershipState;
  kind: number;
  constituency: number;
  region: number;
  payee: string;
}

/** Whether a member could give and draw in a month. Twin of `AccountWord.ranIn`. */
export function ranIn({ since, until }: Terms, month: number): boolean {
  return since !== 0 && since <= month && month <= (until === 0 ? LAST_PERIOD : until);
}

/** Whether somebody was a member in a month, suspended or not. Twin of the register's view. */
export function wasMember({ since, until, state }: Member, month: number): boolean {
  return since !== 0 && since <= month && (state !== "left" || month <= until);
}

/** The price tier that held in a month. */
export function tierIn({ tierSince, tier, priorTier }: Terms, month: number): number {
  return month < tierSince ? priorTier : tier;
}

/** COMMONS or RELIEF, before anything is known of it. */
export function reserved(id: MemberId): Member {
  const facts = {
    id,
    isil: "",
    state: "admitted",
    kind: 0,
    constituency: 0,
    region: 0,
    payee: NOBODY,
  } as const;
  return { ...facts, since: 0, until: 0, tierSince: 0, tier: 0, priorTier: 0, choosy: false };
}
