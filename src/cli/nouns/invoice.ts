import type { Command } from "commander";
import { credits, formatCredits, type Credits } from "../../core/money.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import { readAdvance } from "../../sdk/accounts.ts";
import * as invoices from "../../sdk/invoices.ts";
import { amount, command, does, month, whole } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { documentHash, referenceHash } from "../terms/named.ts";
import { sent } from "./member.ts";

export function addInvoice(program: Command): void {
  const noun = program
    .command("invoice")
    .description("what members are asked to pay for the advances they spent; paying repays the sponsor");

  const raise = command(
    noun,
    "raise",
    "send a member an invoice (the sponsor's cash key)",
    "invoice raise commons DE-7 2026-12 180.00 --document invoice.pdf --keystore keys/treasury.json",
  )
    .argument("<sponsor>", "number, ISIL, or commons")
    .argument("<member>", "number or ISIL")
    .argument("<month>", "the month it is for", month)
    .argument("<amount>", "credits", amount)
    .requiredOption("--document <file>", "the invoice as it was sent; its hash is logged");
  does(
    raise,
    async (
      { writer },
      from: string,
      to: string,
      period: PeriodId,
      sum: Credits,
      { document }: { document: string },
    ) => {
      const consortium = await writer();
      const [sponsor, member] = [await memberNamed(consortium, from), await memberNamed(consortium, to)];
      const { invoice, receipt } = await invoices.sendInvoice(consortium, {
        ...{ sponsor, member, period, amount: sum, document: await documentHash(document) },
      });
      const title = `Invoice ${invoice} asks member ${member} for ${formatCredits(sum)}.`;
      return sent(title, receipt, { invoice, sponsor, member, month: formatPeriod(period), amount: sum });
    },
  );

  const pay = command(
    noun,
    "pay",
    "pay an invoice, whole or in part, with the key's assets; approves what is needed (anyone)",
    "invoice pay 12 180.00 --payment RF18539007547034",
  )
    .argument("<invoice>", "its number", whole(1))
    .argument("<amount>", "credits", amount)
    .requiredOption("--payment <reference>", "the bank's reference; its hash is logged");
  does(pay, async ({ writer }, invoice: number, sum: Credits, { payment }: { payment: string }) => {
    const consortium = await writer();
    const { repaid, receipt } = await invoices.sendInvoicePayment(consortium, {
      ...{ invoice, amount: sum, payment: referenceHash(payment) },
    });
    const { amount: asked, paid } = await invoices.readInvoice(consortium, invoice);
    const title = `${formatCredits(repaid)} repaid the sponsor; ${formatCredits(credits(asked - paid))} is still asked for.`;
    return sent(title, receipt, { invoice, amount: sum, repaid, left: credits(asked - paid) });
  });

  const list = command(
    noun,
    "list",
    "invoices and what was paid of them",
    "invoice list --member DE-7",
  ).option("--member <member>", "only those to it or from it, by number or ISIL");
  does(list, async ({ reader }, { member: name }: { member?: string }) => {
    const { consortium } = await reader();
    const party = name === undefined ? undefined : await memberNamed(consortium, name);
    const rows = (await invoices.listInvoices(consortium, party)).map(invoiceRow);
    return { data: { invoices: rows }, ...(rows.length === 0 ? { title: "There are no invoices." } : {}) };
  });

  const show = command(noun, "show", "one invoice with its payments", "invoice show 12").argument(
    "<invoice>",
    "its number",
    whole(1),
  );
  does(show, async ({ reader }, number: number) => {
    const { consortium } = await reader();
    const invoice = await invoices.readInvoice(consortium, number);
    const [payments, owed] = await Promise.all([
      invoices.readInvoicePayments(consortium, number),
      readAdvance(consortium, invoice.sponsor, invoice.member),
    ]);
    return { data: { ...invoiceRow(invoice), advanceOwed: owed, payments } };
  });
}

function invoiceRow({ invoice, sponsor, member, period, amount: sum, paid }: invoices.Invoice) {
  const left = credits(sum - paid);
  return { invoice, sponsor, member, month: formatPeriod(period), amount: sum, paid, left };
}
