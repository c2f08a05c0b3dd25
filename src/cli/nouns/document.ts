import type { Command } from "commander";
import { addCreditMemo, addInvoicePaper } from "../papers/bill.ts";
import { addJournal } from "../papers/journal.ts";
import { addPaymentFile } from "../papers/paymentFile.ts";
import { addStatementPaper } from "../papers/statement.ts";

export function addDocument(program: Command): void {
  const noun = program
    .command("document")
    .description("papers for an office: what closed months came to, as files that its programs know");
  addInvoicePaper(noun);
  addCreditMemo(noun);
  addStatementPaper(noun);
  addJournal(noun);
  addPaymentFile(noun);
}
