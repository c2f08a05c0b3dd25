import { basename, join, relative } from "node:path";
import type { MemberId } from "../../../core/ids.ts";
import { makeBill } from "../../../documents/bill/make.ts";
import { chartWith, CONSORTIUM_CHART, MEMBER_CHART } from "../../../documents/journal/chart.ts";
import { consortiumEntry } from "../../../documents/journal/consortium.ts";
import { journalOf } from "../../../documents/journal/journal.ts";
import { memberEntry } from "../../../documents/journal/member.ts";
import { JOURNAL_HEAD, journalRows } from "../../../documents/journal/rows.ts";
import { writeBill } from "../../papers/bill.ts";
import { readBillFacts } from "../../papers/billFacts.ts";
import { checkBooks } from "../../papers/checkBooks.ts";
import { readLedgerFacts, type LedgerFacts } from "../../papers/ledgerFacts.ts";
import { journalFile } from "../../papers/journal.ts";
import { readOffice } from "../../papers/officeFile.ts";
import { closeOf, namesOf } from "../../papers/paperMonth.ts";
import { writeStatementPaper } from "../../papers/statement.ts";
import { csv } from "../../report/csv.ts";
import { writeText } from "../../shell/files.ts";
import type { SettledCommons } from "./run.ts";

/** A paper of a closed month, and the files that it was written to. */
export interface Paper {
  /** The member's ISIL; empty for the consortium's own. */
  readonly member: string;
  readonly kind: "invoice" | "creditMemo" | "statement" | "journal";
  /** Below the scenario's folder. */
  readonly files: readonly string[];
}

/**
 * Writes what an office hands out once the month is closed: to every member its bills, what it gained and its books, and the
 * consortium's books. Whoever drew or gave nothing gets no bill.
 * @throws `JournalUnbalanced` where the books are not what the chain says
 */
export async function writePapers(month: SettledCommons): Promise<Paper[]> {
  const { sample, stage, preset, out } = month;
  const { admin, chain, actors } = stage;
  const office = await readOffice(sample.office, preset);
  const facts = await readLedgerFacts(chain.provider, admin.deployment);
  await checkBooks(facts, closeOf(facts, sample.month).block);
  const source = { office, file: basename(sample.office) };
  const span = [sample.month, sample.month] as const;
  const folder = join(out, "papers");
  const papers: Paper[] = [];
  const add = (member: string, kind: Paper["kind"], files: readonly string[]) =>
    papers.push({ member, kind, files: files.map((file) => relative(out, file)) });
  for (const { id, isil } of actors) {
    const billed = await readBillFacts(admin, preset, id, sample.month);
    for (const kind of ["invoice", "creditMemo"] as const) {
      const bill = makeBill(kind, billed, office);
      if (bill === undefined) continue;
      add(isil, kind, Object.values(await writeBill(bill, folder)));
    }
    const { file } = await writeStatementPaper({ facts, about: preset, source }, id, span, folder);
    add(isil, "statement", [file]);
    add(isil, "journal", [await writeJournal(month, facts, id)]);
  }
  add("", "journal", [await writeJournal(month, facts)]);
  return papers;
}

/** A member's double entries, or the consortium's. @returns the file's path */
async function writeJournal(
  { sample, preset, out }: SettledCommons,
  facts: LedgerFacts,
  member?: MemberId,
): Promise<string> {
  const style = { nameOf: namesOf(facts), currency: preset.currency };
  const rows =
    member === undefined
      ? journalRows(journalOf(facts.movements, sample.month, consortiumEntry), {
          ...style,
          chart: chartWith(CONSORTIUM_CHART, {}),
        })
      : journalRows(
          journalOf(facts.movements, sample.month, (movement) => memberEntry(movement, member)),
          { ...style, chart: chartWith(MEMBER_CHART, {}) },
        );
  const whose = member === undefined ? undefined : style.nameOf(member);
  const file = join(out, "papers", journalFile(sample.month, whose));
  await writeText(file, csv(JOURNAL_HEAD, [...rows]));
  return file;
}
