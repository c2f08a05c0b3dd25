import type { BriefFacts, BriefMember, BriefTerms } from "../../core/brief.ts";
import type { ServiceId } from "../../core/ids.ts";
import { addMonths, type PeriodId } from "../../core/period.ts";
import type { PriceOf } from "../../core/replay.ts";
import { ANY_TIER, type UnitPrice } from "../../core/schedule.ts";
import { readTextHash } from "../../sdk/charter.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readMemberships, tierIn } from "../../sdk/memberLog.ts";
import { readPrice, readVersion, readVersionIn } from "../../sdk/schedules.ts";
import { readPast, type PastStatement } from "./past.ts";

/** What the chain says as of a block, and the statements it says so of. */
export interface ReadFacts extends Omit<BriefFacts, "charges"> {
  readonly charges: readonly PastStatement[];
}

/** Reads what a brief needs, as of its block: the logs up to it, and prices of months that had begun. */
export async function readFacts(
  consortium: Consortium,
  terms: Pick<BriefTerms, "block" | "from" | "to" | "proposal" | "services">,
): Promise<ReadFacts> {
  const { block, from, to } = terms;
  const memberships = await readMemberships(consortium, block);
  const { book, openMonth, charges } = await readPast(consortium, memberships, block);
  const members = memberships.flatMap((one): BriefMember[] => {
    const { member, isil, standing, since } = one;
    if (since === undefined) return [];
    const tier = tierIn(one, openMonth);
    return [{ member, isil, standing, tier, since, account: book.account(member) }];
  });
  const within = charges.filter(({ period }) => from <= period && period <= to);
  const services = [
    ...terms.services.map(({ id }) => id),
    ...terms.proposal.prices.map(({ service }) => service),
    ...terms.proposal.conditions.map(({ service }) => service),
    ...within.flatMap(({ lines }) => lines.map(({ service }) => service)),
  ];
  const tiers = [
    ...terms.proposal.prices.map(({ tier }) => tier),
    ...members.map(({ tier }) => tier),
    ...within.map(({ tier }) => tier),
  ];
  const supplierTiers = [ANY_TIER, ...within.map(({ supplierTier }) => supplierTier)];
  // A month that has begun keeps its prices, so that they can be asked for at any later time.
  const last = to > openMonth ? openMonth : to;
  const months = monthsBetween(from, last);
  const inForce = await readPrices(consortium, months, services, { tiers, supplierTiers });
  const charterText = await readTextHash(consortium, block);
  const version = await readVersionIn(consortium, last);
  const { conditions } = version === undefined ? { conditions: [] } : await readVersion(consortium, version);
  return { openMonth, charterText, members, charges: within, inForce, conditions };
}

/** Prices of all services, months and tiers, read once. */
async function readPrices(
  consortium: Consortium,
  months: readonly PeriodId[],
  services: readonly ServiceId[],
  { tiers, supplierTiers }: { readonly tiers: readonly number[]; readonly supplierTiers: readonly number[] },
): Promise<PriceOf> {
  const prices = new Map<string, UnitPrice | undefined>();
  const key = (...parts: number[]) => parts.join("/");
  const parties = [...new Set(tiers)].flatMap((tier) =>
    [...new Set(supplierTiers)].map((supplierTier) => [tier, supplierTier] as const),
  );
  await Promise.all(
    months.flatMap((month) =>
      [...new Set(services)].flatMap((service) =>
        parties.map(async ([tier, supplierTier]) => {
          const price = await readPrice(consortium, month, service, tier, supplierTier);
          prices.set(key(month, service, tier, supplierTier), price);
        }),
      ),
    ),
  );
  return (month, service, tier, supplierTier) => prices.get(key(month, service, tier, supplierTier));
}

function monthsBetween(from: PeriodId, to: PeriodId): PeriodId[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => addMonths(from, at));
}
