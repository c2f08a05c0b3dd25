import type { TransactionReceipt } from "ethers";
import { readLogs } from "../chain/events.ts";
import { ConsortiaError } from "../core/error.ts";
import type { PeriodId } from "../core/period.ts";
import { credits } from "../core/money.ts";
import type { Price } from "../core/schedule.ts";
import { serviceId, type ServiceId } from "../core/ids.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";

const draft = verb<{ version: bigint; prices: readonly Price[] }>((c, a) =>
  c.contracts.schedule.draft.populateTransaction(
    a.version,
    a.prices.map(({ service, tier, price, fee }) => ({ service, tier, price, fee })),
  ),
);

/** Writes prices into a draft; version 0 opens a new one. Scheduler. */
export const prepareDraft = draft.prepare;

/** Writes a draft and returns its version. */
export async function sendDraft(
  consortium: Consortium,
  prices: readonly Price[],
  version = 0n,
): Promise<{ version: bigint; receipt: TransactionReceipt }> {
  const receipt = await draft.send(consortium, { version, prices });
  for (const log of receipt.logs) {
    const event = consortium.contracts.schedule.interface.parseLog(log);
    if (event?.name === "PriceDrafted") return { version: event.args.version as bigint, receipt };
  }
  throw new ConsortiaError("DraftLost", `Transaction ${receipt.hash} names no draft.`);
}

/** Puts a draft in force from a month that has not begun. Scheduler. */
export const { prepare: preparePublication, send: sendPublication } = verb<{
  version: bigint;
  from: PeriodId;
}>((c, a) => c.contracts.schedule.publish.populateTransaction(a.version, a.from));

/** Takes back what was published for a month that has not begun. Scheduler. */
export const { prepare: prepareScheduleWithdrawal, send: sendScheduleWithdrawal } = verb<PeriodId>(
  (c, from) => c.contracts.schedule.withdrawFrom.populateTransaction(from),
);

/** The price of one unit in a month, or undefined where it is not offered. */
export async function readPrice(
  consortium: Consortium,
  month: PeriodId,
  service: ServiceId,
  tier: number,
): Promise<Price | undefined> {
  const { offered, price, fee } = await read(consortium.contracts.schedule.priceOf(month, service, tier));
  return offered ? { service, tier, price: credits(price), fee: credits(fee) } : undefined;
}

/**
 * The prices that were written into a version up to a block, by service and tier.
 * @throws `VersionUnknown` where nothing was
 */
export async function readVersion(
  { contracts, deployment, provider }: Consortium,
  version: number,
  toBlock: number,
): Promise<Price[]> {
  const { schedule } = contracts;
  const topics = await schedule.filters.PriceDrafted(version).getTopicFilter();
  const range = { address: deployment.schedule, topics, fromBlock: deployment.fromBlock, toBlock };
  const prices = new Map<string, Price>();
  for await (const log of readLogs(provider, range)) {
    const args = schedule.interface.parseLog(log)?.args;
    if (args === undefined) continue;
    const [service, tier] = [serviceId(Number(args.service)), Number(args.tier)];
    const [price, fee] = [credits(args.price as bigint), credits(args.fee as bigint)];
    prices.set(`${service}/${tier}`, { service, tier, price, fee });
  }
  if (prices.size > 0) return [...prices.values()].sort((a, b) => a.service - b.service || a.tier - b.tier);
  throw new ConsortiaError(
    "VersionUnknown",
    `The schedule had no version ${version} at block ${toBlock}. Draft it with "consortia schedule draft".`,
    { values: { version, toBlock } },
  );
}
