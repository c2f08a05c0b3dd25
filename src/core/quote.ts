import { agreeOn, type Agreements } from "./agreements.ts";
import type { Choices, Declined } from "./choices.ts";
import { FIRST_MEMBER } from "./ids.ts";
import type { MemberId, ServiceId } from "./ids.ts";
import type { Leg } from "./legs.ts";
import type { Act } from "./licence.ts";
import { credits } from "./money.ts";
import type { Credits } from "./money.ts";
import type { PeriodId } from "./period.ts";
import type { ReliefLine, Reliefs } from "./relief.ts";
import { lineGross, type Charge, type Schedule, type UnitPrice } from "./schedule.ts";
import type { Line } from "./statement.ts";
import { royaltyOf, type Works } from "./works.ts";

/** Who asks for what: a statement with what the register says of its parties. */
export interface Order {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly period: PeriodId;
  readonly lines: readonly Line[];
  readonly maximum: Credits;
  /** The consumer's in the month of service. */
  readonly tier: number;
  /** The supplier's in the month of service. */
  readonly supplierTier: number;
  /** Whether choices and agreements of the two must be asked about. */
  readonly choosy: boolean;
  /** False for a claim: it is never relieved and bears no royalty. */
  readonly countersigned: boolean;
  /** The consumer's kind and region. */
  readonly kind: number;
  readonly region: number;
  /** What RELIEF can still pay. */
  readonly reliefRoom: bigint;
}

/** What is asked about prices, parties and works. */
export interface Policies {
  readonly schedule: Pick<Schedule, "priceOf">;
  readonly choices: Pick<Choices, "declined">;
  readonly agreements: Pick<Agreements, "priceOf">;
  readonly reliefs: Pick<Reliefs, "allot">;
  readonly works: Pick<Works, "useOf">;
  /** What a service does with a work in a month. */
  readonly actOf: (service: ServiceId, month: PeriodId) => Act;
}

/** What a statement comes to. */
export interface Quote extends Charge {
  /** The part of the gross that others pay for the consumer. */
  readonly relieved: Credits;
  /** What rights holders are due. */
  readonly royalties: Credits;
  /** One for each relief that pays, then one for each rights holder. */
  readonly legs: readonly Leg[];
}

/** Why a statement cannot be posted at its price, with the figures of the contract's fault. */
export type Objection =
  | Declined
  | {
      readonly fault: "NoLines" | "NotOffered" | "LicenceForbids" | "WorkClaimed" | "AboveMaximum";
      readonly found: bigint;
      readonly limit: bigint;
    };

/** What a statement comes to, or what stands against it. */
export type Quoted =
  | { readonly quote: Quote; readonly objection?: never }
  | { readonly objection: Objection; readonly quote?: never };

/**
 * What a statement comes to. What stands against it is asked in this order: no lines; the two's choices; what is not
 * offered; works; the maximum. Twin: contracts/desks/Pricing.sol.
 */
export function quote(order: Order, policies: Policies): Quoted {
  const units = order.lines.map((line) => unitOf(order, policies, line.service));
  const objection = offered(order, policies, units);
  if (objection !== undefined) return { objection };
  const licensed = royaltiesOf(order, policies);
  if ("objection" in licensed) return licensed;
  const { dues } = licensed;

  let [gross, fee] = [0n, 0n];
  const priced = order.lines.map(({ service, quantity }, index): ReliefLine => {
    const unit = units[index]!;
    const line = { service, gross: lineGross(unit, quantity) };
    gross += line.gross;
    fee += unit.fee * BigInt(quantity);
    return line;
  });
  const royalties = [...dues.values()].reduce((sum, due) => sum + due, 0n);
  const due = gross + fee + royalties;
  if (due > order.maximum) {
    return { objection: { fault: "AboveMaximum", found: due, limit: order.maximum } };
  }
  const { relieved, legs } = reliefOf(order, policies, priced);
  return {
    quote: {
      ...{ gross: credits(gross), fee: credits(fee), relieved, royalties: credits(royalties) },
      legs: [
        ...legs,
        ...[...dues].map(([holder, amount]): Leg => ({ kind: "royalty", holder, amount: credits(amount) })),
      ],
    },
  };
}

/** What a consumer is debited for a statement. */
export function dueOf({ gross, fee, royalties, relieved }: Quote): Credits {
  return credits(gross + fee + royalties - relieved);
}

/** The price of a unit between two members, agreements considered; undefined where it is not offered. */
export function unitOf(
  { supplier, consumer, period, tier, supplierTier, choosy }: Omit<Order, "lines" | "maximum">,
  { schedule, agreements }: Pick<Policies, "schedule" | "agreements">,
  service: ServiceId,
): UnitPrice | undefined {
  const unit = schedule.priceOf(period, service, tier, supplierTier);
  if (unit === undefined || !choosy) return unit;
  return agreeOn(unit, agreements.priceOf(supplier, consumer, period, service));
}

function offered(
  order: Order,
  { choices }: Policies,
  units: readonly (UnitPrice | undefined)[],
): Objection | undefined {
  const { lines, tier, choosy } = order;
  if (lines.length === 0) return { fault: "NoLines", found: 0n, limit: 0n };
  if (choosy) {
    const asked = lines.map(({ service }, index) => {
      const unit = units[index];
      return { service, price: unit === undefined ? 0n : unit.price + unit.fee };
    });
    const declined = choices.declined(order, asked);
    if (declined !== undefined) return declined;
  }
  const missing = lines.find((_, index) => units[index] === undefined);
  if (missing === undefined) return undefined;
  return { fault: "NotOffered", found: BigInt(missing.service), limit: BigInt(tier) };
}

/**
 * What the holders of the works are due, in the order of the lines. A holder may let itself be supplied, and may supply,
 * without permission of its own; it owes itself nothing.
 */
function royaltiesOf(
  { supplier, consumer, period, lines, countersigned, kind }: Order,
  { works, actOf }: Policies,
): { readonly dues: ReadonlyMap<MemberId, bigint> } | { readonly objection: Objection } {
  const dues = new Map<MemberId, bigint>();
  for (const { service, quantity, resource } of lines) {
    if (resource === undefined) continue;
    const found = BigInt(resource);
    if (!countersigned) return { objection: { fault: "WorkClaimed", found, limit: 0n } };
    const use = works.useOf(resource, { service, act: actOf(service, period), kind, period });
    const { holder, allowed } = use;
    if (holder === consumer) continue;
    if (!allowed) {
      if (holder === supplier) continue;
      return { objection: { fault: "LicenceForbids", found, limit: BigInt(service) } };
    }
    const royalty = royaltyOf(use, quantity);
    if (holder !== undefined && royalty > 0n) dues.set(holder, (dues.get(holder) ?? 0n) + royalty);
  }
  return { dues };
}

/** What reliefs pay; nothing of a claim, nor for COMMONS, which is no member. */
function reliefOf(order: Order, { reliefs }: Policies, lines: readonly ReliefLine[]) {
  if (!order.countersigned || order.consumer < FIRST_MEMBER) return { relieved: credits(0n), legs: [] };
  return reliefs.allot(order, lines, order.reliefRoom);
}
