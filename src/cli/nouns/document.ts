import type { Command } from "commander";
import { addCreditMemo, addInvoicePaper } from "../papers/bill.ts";

export function addDocument(program: Command): void {
  const noun = program
    .command("document")
    .description("papers for an office: what closed months came to, as files that its programs know");
  addInvoicePaper(noun);
  addCreditMemo(noun);
}
