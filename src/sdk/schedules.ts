import type { TransactionReceipt } from "ethers";
import { agreeOn } from "../core/agreements.ts";
import { ConsortiaError } from "../core/error.ts";
import { serviceId, type MemberId, type ServiceId } from "../core/ids.ts";
import { ACTS, type Act } from "../core/licence.ts";
import { credits } from "../core/money.ts";
import { LAST_PERIOD, type PeriodId } from "../core/period.ts";
import { ANY_TIER, priceKey, UNITS, type ConditionalPrice, type Price } from "../core/schedule.ts";
import type { Unit, UnitPrice } from "../core/schedule.ts";
import { readAgreedPrice } from "./agreements.ts";
import type { Consortium } from "./consortium.ts";
import { readEvents, type Logged } from "./log.ts";
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
  const [tier, supplierTier, agreed] = await Promise.all([
    readTier(consortium, consumer, month),
    readTier(consortium, supplier, month),
    readAgreedPrice(consortium, { supplier, consumer }, month, service),
  ]);
  const scheduled = await readPrice(consortium, month, service, tier, supplierTier);
  return scheduled === undefined ? undefined : agreeOn(scheduled, agreed);
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

/** Every description that was given, by service. */
export async function listDescriptions(
  consortium: Consortium,
): Promise<ReadonlyMap<ServiceId, { readonly unit: Unit; readonly act: Act }>> {
  const { schedule } = consortium.contracts;
  const events = await readEvents(consortium, schedule, { filter: schedule.filters.ServiceDescribed() });
  return new Map(
    events.map(({ args }) => [
      serviceId(Number(args.service)),
      { unit: UNITS[Number(args.unit)] ?? "item", act: ACTS[Number(args.act)] ?? "lend" },
    ]),
  );
}

/** The number of the version in force in a month; undefined where there is none. */
export async function readVersionIn({ contracts }: Consortium, month: PeriodId): Promise<number | undefined> {
  const version = Number(await read(contracts.schedule.versionIn(month)));
  return version === 0 ? undefined : version;
}

/** Everything that was written into a version. */
export interface VersionPrices {
  readonly prices: readonly Price[];
  readonly conditions: readonly ConditionalPrice[];
}

/**
 * The prices that were written into a version up to a block, plain ones and those with conditions, by service and tiers. Of
 * two for the same tiers the later stands, with conditions or without.
 * @throws `VersionUnknown` where nothing was
 */
export async function readVersion(
  consortium: Consortium,
  version: number,
  toBlock?: number,
): Promise<VersionPrices> {
  const { schedule } = consortium.contracts;
  const written = new Map<string, Price | ConditionalPrice>();
  const query = toBlock === undefined ? {} : { toBlock };
  for (const { name, args } of await readEvents(consortium, schedule, query)) {
    if (!DRAFTED.has(name) || Number(args.version) !== version) continue;
    const price = name === "PriceDrafted" ? plainIn(args) : conditionalIn(args.price as LoggedPrice);
    written.set(priceKey(price), price);
  }
  if (written.size === 0) {
    throw new ConsortiaError(
      "VersionUnknown",
      `The schedule had no version ${version}${toBlock === undefined ? "" : ` at block ${toBlock}`}. Draft it with "consortia schedule draft".`,
      { values: { version, ...query } },
    );
  }
  const all = [...written.values()].sort((a, b) => a.service - b.service || a.tier - b.tier);
  const conditions = all.filter((price) => "supplierTier" in price);
  return {
    prices: all.filter((price) => !("supplierTier" in price)),
    conditions: conditions.sort(
      (a, b) => a.service - b.service || a.tier - b.tier || a.supplierTier - b.supplierTier,
    ),
  };
}

type LoggedPrice = Readonly<Record<string, bigint>>;

function plainIn({ service, tier, price, fee }: Logged["args"]): Price {
  return {
    ...{ service: serviceId(Number(service)), tier: Number(tier) },
    ...{ price: credits(price as bigint), fee: credits(fee as bigint) },
  };
}

function conditionalIn(logged: LoggedPrice): ConditionalPrice {
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
