import type { TransactionReceipt } from "ethers";
import { agreeOn } from "../core/agreements.ts";
import { ConsortiaError } from "../core/error.ts";
import { serviceId, type MemberId, type ServiceId } from "../core/ids.ts";
import { ACTS, type Act } from "../core/licence.ts";
import { credits } from "../core/money.ts";
import { LAST_PERIOD, type PeriodId } from "../core/period.ts";
import { ANY_TIER, UNITS, type ConditionalPrice, type Price } from "../core/schedule.ts";
import type { Unit, UnitPrice } from "../core/schedule.ts";
import type { Consortium } from "./consortium.ts";
import { readEvents } from "./log.ts";
import { readTier } from "./members.ts";
import { read, verb } from "./verb.ts";

const draft = verb<{ version: bigint; prices: readonly Price[] }>((c, a) =>
  c.contracts.schedule.draft.populateTransaction(
    a.version,
    a.prices.map(({ service, tier, price, fee }) => ({ service, tier, price, fee })),
  ),
);

const conditional = verb<{ version: bigint; prices: readonly ConditionalPrice[] }>((c, a) =>
  c.contracts.schedule.draftConditional.populateTransaction(a.version, [...a.prices]),
);

/** What was drafted, and in which transaction. */
export interface Drafted {
  readonly version: bigint;
  readonly receipt: TransactionReceipt;
}

/** Writes prices into a draft; version 0 opens a new one. Scheduler. */
export const prepareDraft = draft.prepare;

/** Writes a draft and returns its version. */
export async function sendDraft(
  consortium: Consortium,
  prices: readonly Price[],
  version = 0n,
): Promise<Drafted> {
  return drafted(consortium, await draft.send(consortium, { version, prices }));
}

/** Writes conditional prices into a draft; version 0 opens a new one. Scheduler. */
export const prepareConditionalDraft = conditional.prepare;

/** Writes conditional prices into a draft and returns its version. */
export async function sendConditionalDraft(
  consortium: Consortium,
  prices: readonly ConditionalPrice[],
  version = 0n,
): Promise<Drafted> {
  return drafted(consortium, await conditional.send(consortium, { version, prices }));
}

function drafted({ contracts }: Consortium, receipt: TransactionReceipt): Drafted {
  for (const log of receipt.logs) {
    const event = contracts.schedule.interface.parseLog(log);
    if (event !== null && DRAFTED.has(event.name)) return { version: event.args.version as bigint, receipt };
  }
  throw new ConsortiaError("DraftLost", `Transaction ${receipt.hash} names no draft.`);
}

const DRAFTED = new Set(["PriceDrafted", "ConditionalPriceDrafted"]);

/** Says what a service counts and what it does with a work, once. Scheduler. */
export const { prepare: prepareDescription, send: sendDescription } = verb<{
  service: ServiceId;
  unit: Unit;
  act: Act;
}>((c, a) =>
  c.contracts.schedule.describe.populateTransaction(a.service, UNITS.indexOf(a.unit), ACTS.indexOf(a.act)),
);

/** Puts a draft in force from a month that has not begun. Scheduler. */
export const { prepare: preparePublication, send: sendPublication } = verb<{
  version: bigint;
  from: PeriodId;
}>((c, a) => c.contracts.schedule.publish.populateTransaction(a.version, a.from));

/** Takes back what was published for a month that has not begun. Scheduler. */
export const { prepare: prepareScheduleWithdrawal, send: sendScheduleWithdrawal } = verb<PeriodId>(
  (c, from) => c.contracts.schedule.withdrawFrom.populateTransaction(from),
);

/** The price of one unit in a month between a consumer and a supplier of these tiers, or undefined where it is not offered. */
export async function readPrice(
  { contracts }: Consortium,
  month: PeriodId,
  service: ServiceId,
  tier: number,
  supplierTier: number = ANY_TIER,
): Promise<(Price & UnitPrice) | undefined> {
  const { schedule } = contracts;
  const found = await read(schedule.priceOf(month, service, tier, supplierTier));
  if (!found.offered) return undefined;
  const unit = { service, tier, price: credits(found.price), fee: credits(found.fee) };
  if (!found.bounded) return unit;
  const { minimum, cap } = await read(schedule.boundsOf(month, service, tier, supplierTier));
  return {
    ...unit,
    ...(minimum === 0n ? {} : { minimum: credits(minimum) }),
    ...(cap === UNCAPPED ? {} : { cap: credits(cap) }),
  };
}

const UNCAPPED = 2n ** 64n - 1n;

/**
 * What one unit costs between two members in a month, by the schedule for their tiers or by what they agreed where that is
 * no higher; undefined where it is not offered.
 */
export async function readPriceBetween(
  consortium: Consortium,
  { supplier, consumer }: { readonly supplier: MemberId; readonly consumer: MemberId },
  month: PeriodId,
  service: ServiceId,
): Promise<UnitPrice | undefined> {
  const [tier, supplierTier, { agreed, price }] = await Promise.all([
    readTier(consortium, consumer, month),
    readTier(consortium, supplier, month),
    read(consortium.contracts.register.agreedPrice(supplier, consumer, month, service)),
  ]);
  const scheduled = await readPrice(consortium, month, service, tier, supplierTier);
  return scheduled === undefined ? undefined : agreeOn(scheduled, agreed ? credits(price) : undefined);
}

/** What a service counts, and what it does with a work from the month after it was described on. */
export async function readDescription(
  { contracts }: Consortium,
  service: ServiceId,
): Promise<{ readonly unit: Unit; readonly act: Act }> {
  const { schedule } = contracts;
  const [unit, act] = await read(
    Promise.all([schedule.unitOf(service), schedule.actOf(service, LAST_PERIOD)]),
  );
  return { unit: UNITS[Number(unit)] ?? "item", act: ACTS[Number(act)] ?? "lend" };
}

/** The number of the version in force in a month; undefined where there is none. */
export async function readVersionIn({ contracts }: Consortium, month: PeriodId): Promise<number | undefined> {
  const version = Number(await read(contracts.schedule.versionIn(month)));
  return version === 0 ? undefined : version;
}

/**
 * The plain prices that were written into a version up to a block, by service and tier.
 * @throws `VersionUnknown` where nothing was, with or without conditions
 */
export async function readVersion(
  consortium: Consortium,
  version: number,
  toBlock: number,
): Promise<Price[]> {
  const { schedule } = consortium.contracts;
  const filter = schedule.filters.PriceDrafted(version);
  const prices = new Map<string, Price>();
  for (const { args } of await readEvents(consortium, schedule, { filter, toBlock })) {
    const [service, tier] = [serviceId(Number(args.service)), Number(args.tier)];
    const [price, fee] = [credits(args.price as bigint), credits(args.fee as bigint)];
    prices.set(`${service}/${tier}`, { service, tier, price, fee });
  }
  if (prices.size > 0) return [...prices.values()].sort((a, b) => a.service - b.service || a.tier - b.tier);
  if ((await readConditions(consortium, version, toBlock)).length > 0) return [];
  throw new ConsortiaError(
    "VersionUnknown",
    `The schedule had no version ${version} at block ${toBlock}. Draft it with "consortia schedule draft".`,
    { values: { version, toBlock } },
  );
}

/** The prices with conditions that were written into a version up to a block, by service and tiers. */
export async function readConditions(
  consortium: Consortium,
  version: number,
  toBlock?: number,
): Promise<ConditionalPrice[]> {
  const { schedule } = consortium.contracts;
  const filter = schedule.filters.ConditionalPriceDrafted(version);
  const prices = new Map<string, ConditionalPrice>();
  const query = { filter, ...(toBlock === undefined ? {} : { toBlock }) };
  for (const { args } of await readEvents(consortium, schedule, query)) {
    const price = conditionalIn(args.price as Readonly<Record<string, bigint>>);
    prices.set(`${price.service}/${price.tier}/${price.supplierTier}`, price);
  }
  return [...prices.values()].sort(
    (a, b) => a.service - b.service || a.tier - b.tier || a.supplierTier - b.supplierTier,
  );
}

function conditionalIn(logged: Readonly<Record<string, bigint>>): ConditionalPrice {
  const amount = (field: string) => credits(logged[field] ?? 0n);
  const month = (field: string) => Number(logged[field] ?? 0n) as PeriodId | 0;
  return {
    service: serviceId(Number(logged["service"])),
    tier: Number(logged["tier"]),
    supplierTier: Number(logged["supplierTier"]),
    price: amount("price"),
    fee: amount("fee"),
    minimum: amount("minimum"),
    cap: amount("cap"),
    promotedFrom: month("promotedFrom"),
    promotedUntil: month("promotedUntil"),
    promotedPrice: amount("promotedPrice"),
  };
}
