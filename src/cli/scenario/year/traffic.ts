import type { Credits } from "../../../core/money.ts";
import type { Player } from "../cast.ts";
import { createDice, type Dice } from "./dice.ts";
import { MONTHS, type Account, type Deal, type DealLine } from "./plan.ts";

/** One kind of traffic: who gives, to how many, and what. */
export interface Stream {
  readonly suppliers: readonly Account[];
  readonly consumers: readonly Account[];
  /** How many consumers one supplier has in a month, from and to. */
  readonly partners: (supplier: Account) => readonly [number, number];
  /** Each line for itself: one order of copies, or some loans. None where the throw fell so. */
  readonly lines: (dice: Dice, supplier: Account, consumer: Account) => readonly DealLine[];
  readonly maximum: (consumer: Account, lines: readonly DealLine[]) => Credits;
}

/** How busy libraries are from January to December, in hundredths: examinations in May, nobody in July and August. */
const SEASON = [90, 110, 120, 110, 130, 100, 60, 60, 110, 120, 110, 80] as const;

/**
 * A year of traffic. The same seed makes the same year, to the last page.
 * @returns deals by month, in each month stream by stream and supplier by supplier
 */
export function yearOfTraffic(seed: number, streams: readonly Stream[]): Deal[] {
  const dice = createDice(seed);
  const deals: Deal[] = [];
  for (let month = 0; month < MONTHS; month++) {
    for (const stream of streams) {
      for (const supplier of stream.suppliers) deals.push(...dealsOf(dice, stream, supplier, month));
    }
  }
  return deals;
}

function dealsOf(dice: Dice, stream: Stream, supplier: Account, month: number): Deal[] {
  const [least, most] = stream.partners(supplier);
  const count = Math.round((dice.int(least, most) * (SEASON[month] ?? 100)) / 100);
  const others = stream.consumers.filter((consumer) => consumer !== supplier);
  return dice.some(others, count).flatMap((consumer): Deal[] => {
    const lines = stream.lines(dice, supplier, consumer);
    if (lines.length === 0) return [];
    return [{ month, supplier, consumer, lines, maximum: stream.maximum(consumer, lines) }];
  });
}

/** The ISILs of members that answer a description. */
export function isilsOf(
  members: readonly Player[],
  fits: (member: Player) => boolean = () => true,
): Account[] {
  return members.filter(fits).map(({ isil }) => isil);
}
