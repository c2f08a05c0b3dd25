import type { Brief } from "../../core/brief.ts";
import type { DemandCounts } from "../../core/demand.ts";
import type { MemberId } from "../../core/ids.ts";
import { ZERO, type Credits } from "../../core/money.ts";
import { byPrices } from "../../core/replay.ts";
import { formatSpan } from "../../core/span.ts";
import { amount, count, counted, monthName } from "../report/format.ts";

/** What members are called: by their ISIL. */
export function isilOf(brief: Brief): (member: MemberId) => string {
  const names = new Map(brief.members.map(({ member, isil }) => [member, isil]));
  return (member) => names.get(member) ?? `member ${member}`;
}

/** What services are called: by their code, where they have one. */
export function codeOf(brief: Brief): (service: number) => string {
  const { prices, conditions: { inForce = [], proposed = [] } = {} } = brief;
  const codes = new Map(
    [...inForce, ...proposed, ...prices].map(({ service, code }) => [service as number, code]),
  );
  return (service) => {
    const code = codes.get(service) ?? "";
    return code === "" ? `service ${service}` : code;
  };
}

/** What is proposed, in a few words. */
export function proposalName({ proposal: { version, file } }: Brief): string {
  return version === null ? `the prices of ${file ?? "a file"}` : `version ${version} of the fee schedule`;
}

/** With its sign: a gain has one too. */
export function change(value: Credits): string {
  return value > 0n ? `+${amount(value)}` : amount(value);
}

export function monthsName({ from, to }: Brief): string {
  return from === to ? monthName(from) : `${monthName(from)} to ${monthName(to)}`;
}

/** The brief in a few sentences. */
export function costSentences(brief: Brief): string[] {
  const { costs, currency, members } = brief;
  const name = isilOf(brief);
  const { charged, proposed, statements, aboveMaximum, notOffered } = costs;
  if (statements === 0) {
    return [`Nothing was charged for ${monthsName(brief)}: there is no past to compare the proposal with.`];
  }
  const list = (ids: readonly MemberId[]) =>
    ids
      .map((id) => {
        const row = members.find(({ member }) => member === id);
        return `${name(id)} ${change(row === undefined || row.costs === null ? ZERO : byPrices(row.costs))}`;
      })
      .join(", ");
  const offered = notOffered.map(
    ({ service, tier, quantity }) => `${codeOf(brief)(service)} in tier ${tier} (${count(quantity)} used)`,
  );
  return [
    `${counted(statements, "statement")} of ${monthsName(brief)} came to ${amount(charged.drawn)} ${currency} and ${amount(charged.fees)} of fees; under ${proposalName(brief)} to ${amount(proposed.drawn)} and ${amount(proposed.fees)}.`,
    costs.gains.length === 0
      ? "Nobody gains by the prices."
      : `Who gains most by the prices: ${list(costs.gains)}.`,
    costs.losses.length === 0
      ? "Nobody loses by the prices."
      : `Who loses most by the prices: ${list(costs.losses)}.`,
    aboveMaximum === 0
      ? "Every statement stays within what its consumer signed for."
      : `${counted(aboveMaximum, "statement")} would have come to more than the consumer signed for; at such prices they could not have been posted as they were signed.`,
    offered.length === 0
      ? "Every service that was used is still offered."
      : `No longer offered: ${offered.join(", ")}. What was charged for them counts as nothing under the proposal, which is no gain: it is not to be had.`,
    "The schedules alone are compared. What was charged below the schedule, by agreement or in part, keeps its share of the proposed price; what was signed for is compared with the whole of it. Reliefs and royalties are not considered.",
  ];
}

/** What is known of users' demand, and what is not. */
export function demandSentences(brief: Brief): string[] {
  const { charged, records, requests } = brief.demand;
  const code = codeOf(brief);
  return [
    charged.length === 0
      ? "Charged: nothing."
      : `Charged: ${charged.map((one) => `${count(one.quantity)} of ${code(one.service)} in ${counted(one.statements, "statement")}`).join(", ")}.`,
    records === null
      ? "Records: none are at hand, so how many requests these were is not known here."
      : `Records: ${counted(records.records, "record")} under ${counted(records.statements, "statement")} of ${count(brief.costs.statements)}.`,
    requests === null
      ? "Requests: no messages are at hand, so fill rate and turnaround are not known here."
      : `Requests: ${counted(requests.requests, "request")}, ${count(requests.filled)} filled, ${count(requests.unfilled)} not, ${count(requests.open)} open; fill rate ${fillRate(requests)}, turnaround ${turnaround(requests)}.`,
  ];
}

/** In percent, or that it is not known. */
export function fillRate({ fillRate: rate }: DemandCounts): string {
  return rate === null ? "not known" : `${Math.floor(rate / 10)}.${rate % 10} %`;
}

/** The median span, or that it is not known. */
export function turnaround({ turnaround: seconds }: DemandCounts): string {
  return seconds === null ? "not known" : formatSpan(seconds);
}
