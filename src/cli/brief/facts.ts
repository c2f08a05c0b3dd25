import type { BriefFacts, BriefMember, BriefTerms } from "../../core/brief.ts";
import { addMonths, type PeriodId } from "../../core/period.ts";
import { readTextHash } from "../../sdk/charter.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readMemberships, tierIn } from "../../sdk/memberLog.ts";
import { readPrices } from "../statements/lookups.ts";
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
    ...within.flatMap(({ lines }) => lines.map(({ service }) => service)),
  ];
  const tiers = [
    ...terms.proposal.prices.map(({ tier }) => tier),
    ...members.map(({ tier }) => tier),
    ...within.map(({ tier }) => tier),
  ];
  // A month that has begun keeps its prices, so that they can be asked for at any later time.
  const months = monthsBetween(from, to > openMonth ? openMonth : to);
  const inForce = await readPrices(consortium, months, [...new Set(services)], [...new Set(tiers)]);
  const charterText = await readTextHash(consortium, block);
  return { openMonth, charterText, members, charges: within, inForce };
}

function monthsBetween(from: PeriodId, to: PeriodId): PeriodId[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => addMonths(from, at));
}
