import type { Party } from "../../core/billing.ts";
import { statementNumber, type Agency, type MemberId, type ServiceId } from "../../core/ids.ts";
import type { StatementNumber } from "../../core/ids.ts";
import { addMonths, FIRST_PERIOD, period, POSTING_WINDOW, type PeriodId } from "../../core/period.ts";
import type { Price } from "../../core/schedule.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { listMembers, type Member } from "../../sdk/members.ts";
import { readPrice } from "../../sdk/schedules.ts";
import { isNumberUsed } from "../../sdk/statements.ts";
import { read } from "../../sdk/verb.ts";

export type PartyOf = (agency: Agency, month: PeriodId) => Party | undefined;
export type PriceOf = (month: PeriodId, service: ServiceId, tier: number) => Price | undefined;

/** Months that can be billed while `open` is the open one. */
export function billableMonths(open: PeriodId): PeriodId[] {
  const earliest = Math.max(FIRST_PERIOD, open - POSTING_WINDOW);
  return Array.from({ length: open - earliest + 1 }, (_, at) => addMonths(period(earliest), at));
}

/** Members by agency, as the register has them: an agency is an ISIL, in the tier of the month of service. */
export async function readParties(consortium: Consortium): Promise<{ partyOf: PartyOf; tiers: number[] }> {
  const byName = new Map<string, (Member & { tierIn(month: PeriodId): number })[]>();
  const tiers = new Set<number>();
  for (const member of await listMembers(consortium)) {
    const entry = { ...member, tierIn: await tiersOf(consortium, member, tiers) };
    const name = `ISIL:${member.isil}`;
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  const partyOf: PartyOf = (agency, month) => {
    const member = byName
      .get(agency)
      ?.find(({ since, until }) => since !== undefined && since <= month && month <= (until ?? month));
    return member === undefined ? undefined : { id: member.id, tier: member.tierIn(month) };
  };
  return { partyOf, tiers: [...tiers] };
}

async function tiersOf(consortium: Consortium, { id }: Member, tiers: Set<number>) {
  const word = await read(consortium.contracts.register.membership(id));
  const [tier, prior, from] = [Number(word.tier), Number(word.priorTier), Number(word.tierSince)];
  tiers.add(tier).add(prior);
  return (month: PeriodId) => (month >= from ? tier : prior);
}

/** Prices of all services, tiers and billable months, read once. */
export async function readPrices(
  consortium: Consortium,
  months: readonly PeriodId[],
  services: readonly ServiceId[],
  tiers: readonly number[],
): Promise<PriceOf> {
  const prices = new Map<string, Price | undefined>();
  const key = (...parts: number[]) => parts.join("/");
  await Promise.all(
    months.flatMap((month) =>
      services.flatMap((service) =>
        tiers.map(async (tier) => {
          prices.set(key(month, service, tier), await readPrice(consortium, month, service, tier));
        }),
      ),
    ),
  );
  return (month, service, tier) => prices.get(key(month, service, tier));
}

/** The first numbers of a supplier that neither the chain nor a statement in the folder has used. */
export async function unusedNumbers(
  consortium: Consortium,
  supplier: MemberId,
  taken: ReadonlySet<number>,
  count: number,
): Promise<StatementNumber[]> {
  const found: StatementNumber[] = [];
  for (let start = 1; found.length < count; start += 50) {
    const candidates = Array.from({ length: 50 }, (_, at) => statementNumber(start + at));
    const used = await Promise.all(candidates.map((number) => isNumberUsed(consortium, supplier, number)));
    found.push(...candidates.filter((number, at) => used[at] !== true && !taken.has(number)));
  }
  return found.slice(0, count);
}
