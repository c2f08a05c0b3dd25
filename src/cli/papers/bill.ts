import { join } from "node:path";
import type { Command } from "commander";
import { formatCredits } from "../../core/money.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import type { Bill, BillKind } from "../../documents/bill/bill.ts";
import { makeBill } from "../../documents/bill/make.ts";
import { fileName } from "../../documents/bill/number.ts";
import { billPdf } from "../../documents/bill/pdf.ts";
import { writeUbl } from "../../documents/ubl/ubl.ts";
import { counted } from "../report/format.ts";
import { command, does, month } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { writeText } from "../shell/files.ts";
import type { Answer } from "../shell/render.ts";
import { readBillFacts } from "./billFacts.ts";
import { readOffice } from "./officeFile.ts";

interface BillOptions {
  readonly office: string;
  readonly out: string;
}

/** Adds `document invoice`. */
export function addInvoicePaper(noun: Command): void {
  addBill(noun, "invoice", "invoice", "what a member drew in a closed month, as PDF and e-invoice");
}

/** Adds `document credit-memo`. */
export function addCreditMemo(noun: Command): void {
  addBill(
    noun,
    "creditMemo",
    "credit-memo",
    "what a member supplied in a closed month, as PDF and e-invoice",
  );
}

function addBill(noun: Command, kind: BillKind, word: string, summary: string): void {
  const verb = command(noun, word, summary, `document ${word} DE-7 2026-03 --office office.json`)
    .argument("<member>", "number or ISIL")
    .argument("<month>", "a closed month", month)
    .requiredOption("--office <file>", "who bills and whom; examples/office.json shows what it holds")
    .option("--out <folder>", "where the papers go", "papers");
  does(verb, async ({ reader }, name: string, period: PeriodId, options: BillOptions) => {
    const { consortium, about } = await reader();
    const office = await readOffice(options.office, about);
    const facts = await readBillFacts(consortium, about, await memberNamed(consortium, name), period);
    const bill = makeBill(kind, facts, office);
    if (bill !== undefined) return written(bill, options.out);
    const what = kind === "invoice" ? "drew" : "supplied";
    const data = { member: facts.isil, month: formatPeriod(period), files: {} };
    return {
      data,
      title: `${facts.isil} ${what} nothing in ${formatPeriod(period)}: there is no paper to make.`,
    };
  });
}

/** Writes a bill as PDF and as e-invoice into a folder. */
export async function writeBill(
  bill: Bill,
  out: string,
): Promise<{ readonly pdf: string; readonly xml: string }> {
  const path = join(out, fileName(bill.number));
  const files = { pdf: `${path}.pdf`, xml: `${path}.xml` };
  // Both are made before either is written: what one refuses leaves no half.
  const [pdf, xml] = [await billPdf(bill), writeUbl(bill)];
  await writeText(files.pdf, pdf);
  await writeText(files.xml, xml);
  return files;
}

async function written(bill: Bill, out: string): Promise<Answer> {
  const { number, isil, period, lines, deductions, totals, currency } = bill;
  const files = await writeBill(bill, out);
  const { taxed, prepaid, rounding, due } = totals;
  const asked = due === 0n ? "nothing is left to pay" : `${formatCredits(due)} ${currency} is left`;
  const title = `${number}: ${counted(lines.length, "line")}, ${asked}.`;
  return {
    title,
    data: {
      ...{ number, member: isil, month: formatPeriod(period), currency },
      ...{ lines: lines.length, deductions: deductions.length, total: taxed, prepaid, rounding, due, files },
    },
  };
}
