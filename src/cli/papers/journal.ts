import { createWriteStream } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import type { MemberId } from "../../core/ids.ts";
import { credits } from "../../core/money.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import { fileName } from "../../documents/bill/number.ts";
import {
  accountIn,
  chartWith,
  CONSORTIUM_CHART,
  MEMBER_CHART,
  type Chart,
} from "../../documents/journal/chart.ts";
import { consortiumEntry } from "../../documents/journal/consortium.ts";
import { closingOf, type Entry } from "../../documents/journal/entry.ts";
import { journalOf, type Journal } from "../../documents/journal/journal.ts";
import { memberEntry } from "../../documents/journal/member.ts";
import type { Movement } from "../../documents/journal/movement.ts";
import {
  BALANCE_HEAD,
  balanceRows,
  JOURNAL_HEAD,
  journalRows,
  sortedBalances,
  type Style,
} from "../../documents/journal/rows.ts";
import { csv, csvRow } from "../report/csv.ts";
import { counted, monthName } from "../report/format.ts";
import { command, does, month as readMonth } from "../shell/command.ts";
import { memberNamed, type Context } from "../shell/context.ts";
import { readJson, writeText } from "../shell/files.ts";
import type { Answer } from "../shell/render.ts";
import { checkBooks } from "./checkBooks.ts";
import { readLedgerFacts, type LedgerFacts } from "./ledgerFacts.ts";
import { closeOf, monthsOf, namesOf } from "./paperMonth.ts";

interface JournalOptions {
  readonly out?: string;
  readonly balances?: string;
  readonly member?: string;
  readonly accounts?: string;
}

/** A journal's file, as bills are named: the consortium's where no member is. */
export function journalFile(month: PeriodId, isil: string | undefined): string {
  return `${fileName([formatPeriod(month), ...(isil === undefined ? [] : [isil]), "J"].join("-"))}.csv`;
}

/** Adds `document journal`. */
export function addJournal(noun: Command): void {
  const journal = command(
    noun,
    "journal",
    "a closed month's double entries for accounting, as CSV: the consortium's books, or one member's",
    "document journal 2026-10 --out journal-2026-10.csv\n  npm run consortia -- document journal 2026-10 --member DE-7 --accounts accounts.json",
  )
    .argument("<month>", "a closed month, such as 2026-10", readMonth)
    .option("--member <member>", "a member's own books: number, ISIL, commons or relief")
    .option("--out <file>", "where the journal goes; papers/<month>-<member>-J.csv by default")
    .option("--balances <file>", "also write every account's opening and closing balance")
    .option("--accounts <file>", "JSON with numbers and names of accounts in place of the usual ones")
    .addHelpText(
      "after",
      `\nAccounts, to be renumbered with --accounts:\n${chartText(CONSORTIUM_CHART)}\nOf a member's own books:\n${chartText(MEMBER_CHART)}`,
    );
  does(journal, async (context, month: PeriodId, options: JournalOptions) => {
    const { consortium, about } = await context.reader();
    const named = options.member === undefined ? undefined : await memberNamed(consortium, options.member);
    const given = options.accounts === undefined ? {} : await readJson(options.accounts);
    const chart = chartWith(CONSORTIUM_CHART, named === undefined ? given : {});
    const ownChart = chartWith(MEMBER_CHART, named === undefined ? {} : given);
    const facts = await readLedgerFacts(
      await context.provider(),
      about,
      context.progress("Reading the ledger"),
    );
    const close = closeOf(facts, month);
    const checked = await checkBooks(facts, close.block);
    const style = { nameOf: namesOf(facts), currency: about.currency };
    const check = { checkedAt: checked.block, figures: checked.figures, stray: checked.stray };
    if (named === undefined) {
      return write(context, facts, month, options, consortiumEntry, { ...style, chart }, check);
    }
    monthsOf(facts, named, [month, month]);
    const own = (movement: Movement) => memberEntry(movement, named);
    return write(
      context,
      facts,
      month,
      options,
      own,
      { ...style, chart: ownChart },
      { member: named, ...check },
    );
  });
}

async function write<Role extends string>(
  { settings }: Context,
  { movements }: LedgerFacts,
  month: PeriodId,
  options: JournalOptions,
  toEntry: (movement: Movement) => Entry<Role> | undefined,
  style: Style<Role>,
  check: { readonly member?: MemberId } & Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const journal = journalOf(movements, month, toEntry);
  const whose = check.member === undefined ? undefined : style.nameOf(check.member);
  const out = options.out ?? join("papers", journalFile(month, whose));
  await writeRows(out, JOURNAL_HEAD, journalRows(journal, style));
  if (options.balances !== undefined) {
    await writeText(options.balances, csv(BALANCE_HEAD, balanceRows(journal, style)));
  }
  const balances = balancesOf(journal, style);
  const sum = (pick: (balance: (typeof balances)[number]) => bigint) =>
    credits(balances.reduce((all, balance) => all + pick(balance), 0n));
  const books =
    check.member === undefined ? "the consortium's books" : `the books of ${style.nameOf(check.member)}`;
  return {
    title: `${monthName(month)}, ${books}: ${counted(journal.entries.length, "entry", "entries")} in ${out}; balances agree with the chain.`,
    data: {
      ...{ month: formatPeriod(month), ...check, entries: journal.entries.length },
      ...{ debits: sum(({ debits }) => debits), credits: sum((balance) => balance.credits) },
      ...{ out, ...(options.balances === undefined ? {} : { balancesOut: options.balances }) },
      ...(settings.json === true || balances.length <= 60 ? { balances } : {}),
    },
  };
}

/** Balances for people and programs: opening and closing above zero are debit balances. */
function balancesOf<Role extends string>(journal: Journal<Role>, { chart, nameOf }: Style<Role>) {
  return sortedBalances(journal, chart).map((balance) => {
    const { number: account, name } = accountIn(chart, balance, nameOf);
    const { opening, debits, credits: credited } = balance;
    return { account, name, opening, debits, credits: credited, closing: closingOf(balance) };
  });
}

/** Writes rows one by one, so that a month of any size fits in memory; a reader never sees half of the file. */
async function writeRows(
  path: string,
  head: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  function* lines(): Generator<string> {
    yield csv(head, []);
    for (const row of rows) yield csvRow(row);
  }
  await pipeline(Readable.from(lines()), createWriteStream(draft));
  await rename(draft, path);
}

function chartText(chart: Chart<string>): string {
  return Object.entries(chart)
    .map(([role, { number, name }]) => `  ${role.padEnd(17)}${number.padEnd(6)}${name}`)
    .join("\n");
}
