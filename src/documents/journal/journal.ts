import { ConsortiaError } from "../../core/error.ts";
import { credits, formatCredits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import { Balances, type Entry } from "./entry.ts";
import type { Movement } from "./movement.ts";

/** A month's entries in their order, and every account before and after them. */
export interface Journal<Role extends string> {
  readonly month: PeriodId;
  readonly entries: readonly Entry<Role>[];
  readonly balances: Balances<Role>;
}

/**
 * The journal of a month of the book.
 * @param movements all of them, in the order of the chain, from the ledger's first to the month's last at least
 * @param toEntry one movement in the books that are meant
 * @throws `JournalUnbalanced` where an entry's debits are not its credits
 */
export function journalOf<Role extends string>(
  movements: Iterable<Movement>,
  month: PeriodId,
  toEntry: (movement: Movement) => Entry<Role> | undefined,
): Journal<Role> {
  const balances = new Balances<Role>();
  const entries: Entry<Role>[] = [];
  for (const movement of movements) {
    if (movement.month > month) break;
    const entry = toEntry(movement);
    if (entry === undefined) continue;
    checkEntry(entry);
    if (movement.month < month) balances.carry(entry);
    else {
      balances.book(entry);
      entries.push(entry);
    }
  }
  return { month, entries, balances };
}

function checkEntry({ movement: { block, log, tx }, lines }: Entry<string>): void {
  const sum = credits(lines.reduce((all, { amount }) => all + amount, 0n));
  if (sum === 0n) return;
  throw new ConsortiaError(
    "JournalUnbalanced",
    `The entry of log ${log} in block ${block} is out of balance by ${formatCredits(sum)}. Nothing was written.`,
    { values: { block, log, tx, sum } },
  );
}
