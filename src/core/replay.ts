import { ConsortiaError } from "./error.ts";
import type { MemberId, ServiceId } from "./ids.ts";
import { credits, formatCredits, ZERO } from "./money.ts";
import type { Credits } from "./money.ts";
import { formatPeriod } from "./period.ts";
import type { PeriodId } from "./period.ts";
import { compare, MemberSums, summed } from "./replay-sums.ts";
import type { Comparison, MemberReplay, Recharged, Sums } from "./replay-sums.ts";
import { lineGross, type Charge, type UnitPrice } from "./schedule.ts";
import type { Line } from "./statement.ts";

/** A statement that was charged, as a replay needs it. */
export interface PastCharge extends Charge {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  /** The month of service, which fixes prices and the tier. */
  readonly period: PeriodId;
  readonly lines: readonly Line[];
  /** The most that the consumer signed for, fee included. */
  readonly maximum: Credits;
  /** The consumer's tier in the month of service. */
  readonly tier: number;
  /** The supplier's. */
  readonly supplierTier: number;
  /** What of the gross was given back since; the fee stays. */
  readonly givenBack: Credits;
}

/** The price of one unit in a month between two tiers, or undefined where it is not offered. */
export type PriceOf = (
  period: PeriodId,
  service: ServiceId,
  tier: number,
  supplierTier: number,
) => UnitPrice | undefined;

/** A service that was used and would not be offered to a tier. */
export interface Dropped {
  readonly service: ServiceId;
  readonly tier: number;
  readonly statements: number;
  readonly quantity: number;
}

/** What past months would have come to under a proposed schedule. */
export interface Replay {
  readonly statements: number;
  readonly aboveMaximum: number;
  readonly notOffered: readonly Dropped[];
  /** All members together: nets come to what all pay to COMMONS, as a debit. */
  readonly totals: Comparison;
  /** By number. */
  readonly members: readonly MemberReplay[];
}

interface Prices {
  readonly inForce: PriceOf;
  readonly proposed: PriceOf;
}

/**
 * Charges past statements anew, with the same lines and tiers. Of a statement that was charged in part (an award,
 * receipts) or given back in part, the same part is charged under the proposal, rounded down; nothing else is divided. A
 * line that would not be offered is charged nothing. A statement above its maximum is charged all the same and counted.
 * @param members who has a row even where it neither gave nor drew
 * @throws `ReplayUnpriced`, `ReplayDiffers` where the charges are not of the schedule in force
 */
export function replay(
  charges: readonly PastCharge[],
  prices: Prices,
  members: Iterable<MemberId> = [],
): Replay {
  const rows = new Map<MemberId, MemberSums>();
  const rowOf = (member: MemberId): MemberSums => {
    const row = rows.get(member) ?? new MemberSums(member);
    rows.set(member, row);
    return row;
  };
  for (const member of members) rowOf(member);
  const dropped = new Map<string, Dropped>();
  let aboveMaximum = 0;
  for (const charge of charges) {
    const recharged = recharge(charge, prices);
    if (recharged.above) aboveMaximum += 1;
    rowOf(charge.supplier).supply(charge.period, recharged);
    rowOf(charge.consumer).consume(charge.period, recharged);
    drop(dropped, recharged.missing, charge.tier);
  }
  const sorted = [...rows.values()].map((row) => row.sum()).sort((a, b) => a.member - b.member);
  return {
    statements: charges.length,
    aboveMaximum,
    notOffered: [...dropped.values()].sort((a, b) => a.service - b.service || a.tier - b.tier),
    totals: compare(
      total(sorted, ({ charged }) => charged),
      total(sorted, ({ proposed }) => proposed),
      credits(sorted.reduce((all, row) => all + row.dropped, 0n)),
    ),
    members: sorted,
  };
}

function recharge(charge: PastCharge, { inForce, proposed }: Prices): Recharged {
  const { tier, supplierTier, period, supplier, consumer } = charge;
  const full = priced(charge, inForce);
  const [unpriced] = full.missing;
  if (unpriced !== undefined) {
    throw new ConsortiaError(
      "ReplayUnpriced",
      `Service ${unpriced.service} has no price for tier ${tier} in ${formatPeriod(period)}, and member ${consumer} was charged for it. Ask another node.`,
      { values: { period, service: unpriced.service, tier, consumer } },
    );
  }
  const kept = charge.gross - charge.givenBack;
  if (charge.gross > full.gross || charge.fee > full.fee || kept < 0n) {
    throw new ConsortiaError(
      "ReplayDiffers",
      `Member ${supplier} charged member ${consumer} ${formatCredits(charge.gross)} and a fee of ${formatCredits(charge.fee)} for ${formatPeriod(period)}; the schedule allows ${formatCredits(full.gross)} and ${formatCredits(full.fee)}. Ask another node.`,
      { values: { supplier, consumer, period, gross: charge.gross, fee: charge.fee } },
    );
  }
  const { missing, ...whole } = priced(charge, proposed);
  const gone = priced({ lines: missing, tier, supplierTier, period }, inForce);
  const [grossPart, feePart] = [
    { of: charge.gross, in: full.gross },
    { of: charge.fee, in: full.fee },
  ];
  const grossOf = (amount: Credits) => part(amount, [{ of: kept, in: full.gross }, feePart]);
  const feeOf = (amount: Credits) => part(amount, [feePart, grossPart]);
  return {
    charged: { gross: credits(kept), fee: charge.fee },
    proposed: { gross: grossOf(whole.gross), fee: feeOf(whole.fee) },
    dropped: { gross: grossOf(gone.gross), fee: feeOf(gone.fee) },
    missing,
    above: whole.gross + whole.fee > charge.maximum,
  };
}

/** The first part that says anything, of an amount; all of it where what was charged had no price at all. */
function part(amount: Credits, parts: readonly { readonly of: bigint; readonly in: bigint }[]): Credits {
  const share = parts.find((one) => one.in > 0n);
  return share === undefined ? amount : credits((amount * share.of) / share.in);
}

function priced(
  { lines, tier, supplierTier, period }: Pick<PastCharge, "lines" | "tier" | "supplierTier" | "period">,
  priceOf: PriceOf,
): Charge & { readonly missing: readonly Line[] } {
  let [gross, fee] = [0n, 0n];
  const missing: Line[] = [];
  for (const line of lines) {
    const price = priceOf(period, line.service, tier, supplierTier);
    if (price === undefined) missing.push(line);
    else gross += lineGross(price, line.quantity);
    fee += (price?.fee ?? 0n) * BigInt(line.quantity);
  }
  return { gross: credits(gross), fee: credits(fee), missing };
}

function drop(dropped: Map<string, Dropped>, missing: readonly Line[], tier: number): void {
  const seen = new Set<ServiceId>();
  for (const { service, quantity } of missing) {
    const before = dropped.get(`${service}/${tier}`) ?? { service, tier, statements: 0, quantity: 0 };
    const statements = before.statements + (seen.has(service) ? 0 : 1);
    dropped.set(`${service}/${tier}`, { ...before, statements, quantity: before.quantity + quantity });
    seen.add(service);
  }
}

function total(rows: readonly MemberReplay[], pick: (row: MemberReplay) => Sums): Sums {
  const sum = (name: keyof Sums) => rows.reduce<bigint>((all, row) => all + pick(row)[name], ZERO);
  return summed({ given: sum("given"), drawn: sum("drawn"), fees: sum("fees") });
}

/** What a proposal's prices alone change, for what would still be offered. */
export function byPrices({ difference, dropped }: Comparison): Credits {
  return credits(difference - dropped);
}

/**
 * Whom the prices of a proposal leave better off, most first, or worse off, most first; of equals the lower number first.
 * Whoever loses a service is not counted as gaining its price.
 */
export function mostChanged(replayed: Replay, side: "gain" | "loss", count = 5): MemberReplay[] {
  const sign = side === "gain" ? 1n : -1n;
  return replayed.members
    .map((row) => ({ row, change: byPrices(row) * sign }))
    .filter(({ change }) => change > 0n)
    .sort((a, b) => (a.change < b.change ? 1 : a.change > b.change ? -1 : a.row.member - b.row.member))
    .slice(0, count)
    .map(({ row }) => row);
}
