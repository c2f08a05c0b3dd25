import { agreeOn } from "../../core/agreements.ts";
import type { BillingInput, Party } from "../../core/billing.ts";
import { COMMONS, COMMONS_AGENCY, statementNumber } from "../../core/ids.ts";
import type { Agency, MemberId, ServiceId } from "../../core/ids.ts";
import type { StatementNumber } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import type { UnitPrice } from "../../core/schedule.ts";
import { readAgreedPrice } from "../../sdk/agreements.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { listAttestors } from "../../sdk/attestors.ts";
import { listMembers, readMember, type Member } from "../../sdk/members.ts";
import { readPrice } from "../../sdk/schedules.ts";
import { isNumberUsed } from "../../sdk/statements.ts";
import { read } from "../../sdk/verb.ts";

export type PartyOf = (agency: Agency, month: PeriodId) => Party | undefined;
export type PriceOf = BillingInput["priceOf"];

/**
 * Members by agency, as the register has them: an agency is an ISIL, in the tier of the month of service. The common good
 * is a party under a name of its own.
 */
export async function readParties(consortium: Consortium): Promise<Parties> {
  const byName = new Map<string, (Member & { tierIn(month: PeriodId): number })[]>();
  const choosy = new Set<MemberId>();
  for (const member of [await readMember(consortium, COMMONS), ...(await listMembers(consortium))]) {
    const entry = { ...member, tierIn: await tiersOf(consortium, member, choosy) };
    const name = member.id === COMMONS ? COMMONS_AGENCY : `ISIL:${member.isil}`;
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  const partyOf: PartyOf = (agency, month) => {
    const member = byName
      .get(agency)
      ?.find(({ since, until }) => since !== undefined && since <= month && month <= (until ?? month));
    return member === undefined ? undefined : { id: member.id, tier: member.tierIn(month) };
  };
  return { partyOf, choosy };
}

/** Members by agency, and those that ever chose or agreed on anything. */
export interface Parties {
  readonly partyOf: PartyOf;
  readonly choosy: ReadonlySet<MemberId>;
}

async function tiersOf(consortium: Consortium, { id }: Member, choosy: Set<MemberId>) {
  const word = await read(consortium.contracts.register.membership(id));
  const [tier, prior, from] = [Number(word.tier), Number(word.priorTier), Number(word.tierSince)];
  if (word.choosy) choosy.add(id);
  return (month: PeriodId) => (month >= from ? tier : prior);
}

/**
 * Who may attest a contribution to the common good, by service: those accredited that may countersign for COMMONS, as one
 * text that is the same where they are.
 */
export async function readAttestations(consortium: Consortium): Promise<ReadonlyMap<ServiceId, string>> {
  const keys = new Map<ServiceId, string[]>();
  for (const { key, services, countersigns } of await listAttestors(consortium)) {
    if (!countersigns) continue;
    for (const service of services) keys.set(service, [...(keys.get(service) ?? []), key]);
  }
  return new Map([...keys].map(([service, own]) => [service, own.sort().join(" ")]));
}

/** What is asked about once before anything is billed. */
export interface Wanted {
  readonly month: PeriodId;
  readonly service: ServiceId;
  readonly consumer: Party;
  readonly supplier: Party;
}

/** The prices between all parties that are wanted, read once: the schedule's by tiers, what two agreed on by members. */
export async function readPrices(
  consortium: Consortium,
  wanted: readonly Wanted[],
  choosy: ReadonlySet<MemberId>,
): Promise<PriceOf> {
  const scheduled = new Map<string, Promise<UnitPrice | undefined>>();
  const agreed = new Map<string, Promise<Credits | undefined>>();
  const tiersKey = ({ month, service, consumer, supplier }: Wanted) =>
    [month, service, consumer.tier, supplier.tier].join("/");
  const pairKey = ({ month, service, consumer, supplier }: Wanted) =>
    [month, service, consumer.id, supplier.id].join("/");
  for (const one of wanted) {
    const { month, service, consumer, supplier } = one;
    if (!scheduled.has(tiersKey(one))) {
      scheduled.set(tiersKey(one), readPrice(consortium, month, service, consumer.tier, supplier.tier));
    }
    // Whoever is party to an agreement is choosy.
    if (agreed.has(pairKey(one)) || !choosy.has(consumer.id) || !choosy.has(supplier.id)) continue;
    const pair = { supplier: supplier.id, consumer: consumer.id };
    agreed.set(pairKey(one), readAgreedPrice(consortium, pair, month, service));
  }
  const [prices, agreements] = await Promise.all([settled(scheduled), settled(agreed)]);
  return (month, service, consumer, supplier) => {
    const one = { month, service, consumer, supplier };
    const price = prices.get(tiersKey(one));
    return price === undefined ? undefined : agreeOn(price, agreements.get(pairKey(one)));
  };
}

async function settled<T>(waiting: ReadonlyMap<string, Promise<T>>): Promise<Map<string, T>> {
  const entries = [...waiting].map(async ([key, value]) => [key, await value] as const);
  return new Map(await Promise.all(entries));
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
