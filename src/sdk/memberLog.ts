import { decodeIsil } from "../chain/isil.ts";
import { readLogs } from "../chain/events.ts";
import { memberId } from "../core/ids.ts";
import type { MemberId } from "../core/ids.ts";
import { period } from "../core/period.ts";
import type { PeriodId } from "../core/period.ts";
import type { Consortium } from "./consortium.ts";
import type { Standing } from "./members.ts";

/** A membership as the register's log tells it up to a block, with every tier it ever had. */
export interface Membership {
  readonly member: MemberId;
  readonly isil: string;
  readonly standing: Standing;
  /** First month of the membership; undefined before admission. */
  readonly since?: PeriodId;
  /** Price tiers, each from a month on; the first holds from the beginning. */
  readonly tiers: readonly { readonly from: PeriodId | undefined; readonly tier: number }[];
}

/** Every membership that was applied for up to a block, in order of number. */
export async function readMemberships(consortium: Consortium, toBlock: number): Promise<Membership[]> {
  const { contracts, deployment, provider } = consortium;
  const members = new Map<MemberId, Membership>();
  const range = { address: deployment.register, fromBlock: deployment.fromBlock, toBlock };
  for await (const log of readLogs(provider, range)) {
    const event = contracts.register.interface.parseLog(log);
    if (event === null) continue;
    const { name, args } = event;
    if (name === "MemberApplied") {
      const member = memberId(Number(args.member));
      const tiers = [{ from: undefined, tier: Number(args.tier) }];
      members.set(member, { member, isil: decodeIsil(args.isil as string), standing: "applied", tiers });
      continue;
    }
    const change = CHANGES[name];
    const before = change === undefined ? undefined : members.get(memberId(Number(args.member)));
    if (change === undefined || before === undefined) continue;
    members.set(before.member, { ...before, ...change(before, args.toObject()) });
  }
  return [...members.values()].sort((a, b) => a.member - b.member);
}

type Args = Readonly<Record<string, unknown>>;

const CHANGES: Readonly<Record<string, (before: Membership, args: Args) => Partial<Membership>>> = {
  MemberAdmitted: (_, { since }) => ({ standing: "admitted", since: period(Number(since)) }),
  MemberSuspended: () => ({ standing: "suspended" }),
  MemberReinstated: () => ({ standing: "admitted" }),
  MemberLeft: () => ({ standing: "left" }),
  TierScheduled: ({ tiers }, { tier, from }) => ({
    tiers: [...tiers, { from: period(Number(from)), tier: Number(tier) }],
  }),
};

/** The price tier that held in a month. */
export function tierIn({ tiers }: Pick<Membership, "tiers">, month: PeriodId): number {
  return tiers.findLast(({ from }) => from === undefined || from <= month)?.tier ?? 0;
}
