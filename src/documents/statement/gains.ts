import { COMMONS, type MemberId, type ServiceId } from "../../core/ids.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import { CASH_FIGURES, effectsOf, POSITION_FIGURES, type Figure } from "../journal/effects.ts";
import type { Charged, Movement, Place } from "../journal/movement.ts";
import { documentOf } from "../journal/wording.ts";
import { savingOf, type Replacements, type Saving } from "./saving.ts";

/** Every figure by name, in the order of a statement. */
export const FIGURES: readonly Figure[] = [...POSITION_FIGURES, ...CASH_FIGURES];

/** What was given or drawn of one service; without one, by claims that were settled for a part. */
export interface ServiceRow {
  readonly service: ServiceId | undefined;
  readonly quantity: number;
  readonly gross: Credits;
  readonly fee: Credits;
}

/** What was given to or drawn from one partner. */
export interface PartnerRow {
  readonly partner: MemberId;
  readonly statements: number;
  readonly gross: Credits;
  readonly fee: Credits;
}

export interface Side {
  readonly services: readonly ServiceRow[];
  readonly partners: readonly PartnerRow[];
}

/** Where a figure is proven: a statement or another transaction. */
export interface Proof extends Pick<Place, "month" | "block" | "log" | "tx"> {
  readonly figure: Figure;
  /** More where above zero, as the member's account has it. */
  readonly amount: Credits;
  readonly document: string;
}

/** Costs and benefits of one member in some months, exact: nothing is divided or rounded. */
export interface Gains {
  readonly member: MemberId;
  readonly from: PeriodId;
  readonly to: PeriodId;
  /** The months that are counted: those of the membership, and those in which the account moved. */
  readonly months: readonly PeriodId[];
  readonly given: Side;
  readonly drawn: Side;
  /** What moved the account, by name: more where above zero. */
  readonly figures: Readonly<Record<Figure, Credits>>;
  /** Of what was given and drawn: to and from the common good. */
  readonly toCommons: Credits;
  readonly fromCommons: Credits;
  /** What services, fees, relief, royalties, refunds and debts come to: what the closes settled. */
  readonly net: Credits;
  /** Position and cash together, before and after. */
  readonly opening: Credits;
  readonly closing: Credits;
  /** Of `closing`: what the last month's close settles, and what was settled before. */
  readonly position: Credits;
  readonly cash: Credits;
  /** Own debts and advances at the end. */
  readonly debts: Credits;
  readonly advances: Credits;
  /** Against buying alone; undefined where no replacement price is given. */
  readonly saving: Saving | undefined;
  readonly proofs: readonly Proof[];
}

/**
 * A member's costs and benefits in a span of months.
 * @param movements all of them, from the ledger's first on
 * @param months those of the span that count for the member
 */
export function gainsOf(
  movements: readonly Movement[],
  member: MemberId,
  [from, to]: readonly [PeriodId, PeriodId],
  months: readonly PeriodId[],
  replacements: Replacements,
): Gains {
  const sums = new Map<Figure, bigint>();
  const [proofs, charges]: [Proof[], Charged[]] = [[], []];
  let [opening, position, debts, advances] = [0n, 0n, 0n, 0n];
  for (const movement of movements) {
    const { kind, month, block, log, tx } = movement;
    if (month > to) break;
    for (const { member: of, figure, amount } of effectsOf(movement)) {
      if (of !== member) continue;
      if (figure === "debtsOwed") debts += amount;
      if (figure === "advancesReceived") advances += amount;
      if (month === to && isPosition(figure)) position += amount;
      if (month < from) opening += amount;
      else {
        sums.set(figure, (sums.get(figure) ?? 0n) + amount);
        proofs.push({ figure, amount, document: documentOf(movement), month, block, log, tx });
      }
    }
    if (kind === "charged" && month >= from) charges.push(movement);
  }
  const sumOf = (names: readonly Figure[]) => names.reduce((sum, name) => sum + (sums.get(name) ?? 0n), 0n);
  const closing = opening + sumOf([...sums.keys()]);
  const [given, drawn] = [
    charges.filter(({ supplier }) => supplier === member),
    charges.filter(({ consumer }) => consumer === member),
  ];
  return {
    ...{ member, from, to, months, proofs },
    given: sideOf(given, ({ consumer }) => consumer),
    drawn: sideOf(drawn, ({ supplier }) => supplier),
    figures: figuresOf(sums),
    toCommons: grossOf(given.filter(({ consumer }) => consumer === COMMONS)),
    fromCommons: grossOf(drawn.filter(({ supplier }) => supplier === COMMONS)),
    net: credits(sumOf(POSITION_FIGURES)),
    ...{ opening: credits(opening), closing: credits(closing) },
    ...{ position: credits(position), cash: credits(closing - position) },
    ...{ debts: credits(debts), advances: credits(advances) },
    saving: savingOf(movements, member, [from, to], replacements),
  };
}

function sideOf(charges: readonly Charged[], partnerOf: (charge: Charged) => MemberId): Side {
  const services = new Map<ServiceId | undefined, { quantity: number; gross: bigint; fee: bigint }>();
  const partners = new Map<MemberId, { statements: number; gross: bigint; fee: bigint }>();
  for (const charge of charges) {
    const { gross, fee, lines = [{ service: undefined, quantity: 0, gross, fee }] } = charge;
    for (const line of lines) {
      const row = services.get(line.service) ?? { quantity: 0, gross: 0n, fee: 0n };
      row.quantity += line.quantity;
      row.gross += line.gross;
      row.fee += line.fee;
      services.set(line.service, row);
    }
    const partner = partnerOf(charge);
    const row = partners.get(partner) ?? { statements: 0, gross: 0n, fee: 0n };
    row.statements += 1;
    row.gross += gross;
    row.fee += fee;
    partners.set(partner, row);
  }
  const amounts = ({ gross, fee }: { gross: bigint; fee: bigint }) => ({
    gross: credits(gross),
    fee: credits(fee),
  });
  return {
    services: [...services]
      .sort(([a = Infinity], [b = Infinity]) => a - b)
      .map(([service, row]) => ({ service, quantity: row.quantity, ...amounts(row) })),
    partners: [...partners]
      .sort(([a], [b]) => a - b)
      .map(([partner, row]) => ({ partner, statements: row.statements, ...amounts(row) })),
  };
}

const grossOf = (charges: readonly Charged[]): Credits =>
  credits(charges.reduce((sum, { gross }) => sum + gross, 0n));

function isPosition(figure: Figure): boolean {
  return (POSITION_FIGURES as readonly Figure[]).includes(figure);
}

function figuresOf(sums: ReadonlyMap<Figure, bigint>): Record<Figure, Credits> {
  return Object.fromEntries(FIGURES.map((figure) => [figure, credits(sums.get(figure) ?? ZERO)])) as Record<
    Figure,
    Credits
  >;
}
