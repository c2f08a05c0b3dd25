import { ConsortiaError } from "./error.ts";
import type { MemberId, ServiceId } from "./ids.ts";
import { credits, formatCredits, ZERO } from "./money.ts";
import type { Credits } from "./money.ts";
import { formatPeriod } from "./period.ts";
import type { PeriodId } from "./period.ts";
import type { Charge, Price } from "./schedule.ts";
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
  /** What of the gross was given back since; the fee stays. */
  readonly givenBack: Credits;
}

/** The price of one unit in a month for a tier, or undefined where it is not offered. */
export type PriceOf = (period: PeriodId, service: ServiceId, tier: number) => Price | undefined;

/** What a member gave and drew, what it paid to COMMONS, and what that leaves: given − drawn − fees. */
export interface Sums {
  readonly given: Credits;
  readonly drawn: Credits;
  readonly fees: Credits;
  readonly net: Credits;
}

/** The same past under two schedules. */
export interface Comparison {
  /** As charged, less what was given back. */
  readonly charged: Sums;
  readonly proposed: Sums;
  /** What the proposal changes: proposed net − net as charged. */
  readonly difference: Credits;
}

export interface MemberReplay extends Comparison {
  readonly member: MemberId;
  /** Statements that it supplied and consumed. */
  readonly supplied: number;
  readonly consumed: number;
  /** Of those consumed: how many would have come to more than it signed for. */
  readonly aboveMaximum: number;
  /** Of those consumed: how many name a service that its tier would not be offered. */
  readonly notOffered: number;
  /** As charged, by month of service; months in which it neither gave nor drew are left out. */
  readonly months: readonly MemberMonth[];
}

export interface MemberMonth {
  readonly month: PeriodId;
  readonly given: Credits;
  readonly drawn: Credits;
  readonly fees: Credits;
}

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
  const rows = new Map<MemberId, Row>();
  const rowOf = (member: MemberId): Row => {
    const row = rows.get(member) ?? new Row(member);
    rows.set(member, row);
    return row;
  };
  for (const member of members) rowOf(member);
  const dropped = new Map<string, Dropped>();
  let aboveMaximum = 0;
  for (const charge of charges) {
    const kept = { gross: credits(charge.gross - charge.givenBack), fee: charge.fee };
    const { proposed, whole, missing } = recharge(charge, prices);
    const above = whole.gross + whole.fee > charge.maximum;
    if (above) aboveMaximum += 1;
    rowOf(charge.supplier).supply(charge.period, kept, proposed);
    rowOf(charge.consumer).consume(charge.period, kept, proposed, above, missing.length > 0);
    drop(dropped, missing, charge.tier);
  }
  const sorted = [...rows.values()].map((row) => row.sum()).sort((a, b) => a.member - b.member);
  return {
    statements: charges.length,
    aboveMaximum,
    notOffered: [...dropped.values()].sort((a, b) => a.service - b.service || a.tier - b.tier),
    totals: compare(
      total(sorted, ({ charged }) => charged),
      total(sorted, ({ proposed }) => proposed),
    ),
    members: sorted,
  };
}

interface Recharge {
  readonly proposed: Charge;
  /** What the whole statement would come to. */
  readonly whole: Charge;
  readonly missing: readonly Line[];
}

function recharge(charge: PastCharge, { inForce, proposed }: Prices): Recharge {
  const { lines, tier, period, supplier, consumer } = charge;
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
  const { missing, ...whole } = priced({ lines, tier, period }, proposed);
  const [grossPart, feePart] = [
    { of: charge.gross, in: full.gross },
    { of: charge.fee, in: full.fee },
  ];
  const gross = part(whole.gross, [{ of: kept, in: full.gross }, feePart]);
  const fee = part(whole.fee, [feePart, grossPart]);
  return { proposed: { gross, fee }, whole, missing };
}

/** The first part that says anything, of an amount; all of it where what was charged had no price at all. */
function part(amount: Credits, parts: readonly { readonly of: bigint; readonly in: bigint }[]): Credits {
  const share = parts.find((one) => one.in > 0n);
  return share === undefined ? amount : credits((amount * share.of) / share.in);
}

function priced(
  { lines, tier, period }: Pick<PastCharge, "lines" | "tier" | "period">,
  priceOf: PriceOf,
): Charge & { readonly missing: readonly Line[] } {
  let [gross, fee] = [0n, 0n];
  const missing: Line[] = [];
  for (const line of lines) {
    const price = priceOf(period, line.service, tier);
    if (price === undefined) missing.push(line);
    gross += (price?.price ?? 0n) * BigInt(line.quantity);
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

class Row {
  readonly #member: MemberId;
  readonly #charged = { given: 0n, drawn: 0n, fees: 0n };
  readonly #proposed = { given: 0n, drawn: 0n, fees: 0n };
  readonly #months = new Map<PeriodId, { given: bigint; drawn: bigint; fees: bigint }>();
  #supplied = 0;
  #consumed = 0;
  #above = 0;
  #notOffered = 0;

  constructor(member: MemberId) {
    this.#member = member;
  }

  supply(month: PeriodId, charged: Charge, proposed: Charge): void {
    this.#supplied += 1;
    this.#charged.given += charged.gross;
    this.#proposed.given += proposed.gross;
    this.#month(month).given += charged.gross;
  }

  consume(month: PeriodId, charged: Charge, proposed: Charge, above: boolean, notOffered: boolean): void {
    this.#consumed += 1;
    if (above) this.#above += 1;
    if (notOffered) this.#notOffered += 1;
    for (const [sums, { gross, fee }] of [
      [this.#charged, charged],
      [this.#proposed, proposed],
      [this.#month(month), charged],
    ] as const) {
      sums.drawn += gross;
      sums.fees += fee;
    }
  }

  #month(month: PeriodId) {
    const sums = this.#months.get(month) ?? { given: 0n, drawn: 0n, fees: 0n };
    this.#months.set(month, sums);
    return sums;
  }

  sum(): MemberReplay {
    return {
      member: this.#member,
      ...compare(summed(this.#charged), summed(this.#proposed)),
      ...{ supplied: this.#supplied, consumed: this.#consumed },
      ...{ aboveMaximum: this.#above, notOffered: this.#notOffered },
      months: [...this.#months]
        .sort(([a], [b]) => a - b)
        .map(([month, { given, drawn, fees }]) => ({
          ...{ month, given: credits(given), drawn: credits(drawn), fees: credits(fees) },
        })),
    };
  }
}

function summed({ given, drawn, fees }: { given: bigint; drawn: bigint; fees: bigint }): Sums {
  const net = credits(given - drawn - fees);
  return { given: credits(given), drawn: credits(drawn), fees: credits(fees), net };
}

function compare(charged: Sums, proposed: Sums): Comparison {
  return { charged, proposed, difference: credits(proposed.net - charged.net) };
}

function total(rows: readonly MemberReplay[], pick: (row: MemberReplay) => Sums): Sums {
  const sum = (name: keyof Sums) => rows.reduce<bigint>((all, row) => all + pick(row)[name], ZERO);
  return summed({ given: sum("given"), drawn: sum("drawn"), fees: sum("fees") });
}

/** Whom a replay leaves better off, most first, or worse off, most first; of equals the lower number first. */
export function mostChanged(replayed: Replay, side: "gain" | "loss", count = 5): MemberReplay[] {
  const sign = side === "gain" ? 1n : -1n;
  return replayed.members
    .filter(({ difference }) => difference * sign > 0n)
    .sort((a, b) => {
      const apart = (b.difference - a.difference) * sign;
      return apart > 0n ? 1 : apart < 0n ? -1 : a.member - b.member;
    })
    .slice(0, count);
}
