import type { TransactionReceipt } from "ethers";
import { ConsortiaError } from "../core/error.ts";
import { hash, memberId } from "../core/ids.ts";
import type { Hash, MemberId } from "../core/ids.ts";
import { credits, type Credits } from "../core/money.ts";
import { period, type PeriodId } from "../core/period.ts";
import { approveAsset } from "./assets.ts";
import type { Consortium } from "./consortium.ts";
import { readEvents } from "./log.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";

/** What a member is asked to pay a sponsor for what it spent of its advances. */
export interface Invoice {
  readonly invoice: number;
  readonly sponsor: MemberId;
  readonly member: MemberId;
  readonly period: PeriodId;
  readonly amount: Credits;
  /** What was paid of it so far. */
  readonly paid: Credits;
}

interface Demand extends Omit<Invoice, "invoice" | "paid"> {
  /** Hash of the invoice as it was sent. */
  readonly document: Hash;
}

interface Payment {
  readonly invoice: number;
  readonly amount: Credits;
  /** The bank's reference, or its hash. */
  readonly payment: Hash;
}

const demand = verb<Demand>((c, a) =>
  c.contracts.advances.raiseInvoice.populateTransaction(a.sponsor, a.member, a.period, a.amount, a.document),
);
const settling = verb<Payment>((c, a) =>
  c.contracts.advances.payInvoice.populateTransaction(a.invoice, a.amount, a.payment),
);

/** Sends a member an invoice. A cash key of the sponsor. */
export const prepareInvoice = demand.prepare;

/** Sends an invoice, and tells its number. */
export async function sendInvoice(
  consortium: Consortium,
  input: Demand,
): Promise<{ readonly invoice: number; readonly receipt: TransactionReceipt }> {
  const receipt = await demand.send(consortium, input);
  const { args } = eventOf(consortium.contracts.advances, receipt, "InvoiceRaised");
  return { invoice: Number(args.invoice), receipt };
}

/**
 * Pays the signer's assets into the member's account and with them back what it owes the sponsor. The asset must have been
 * approved; see {@link sendInvoicePayment}. Anyone.
 */
export const prepareInvoicePayment = settling.prepare;

/** Approves the asset where the allowance is short, pays, and tells which part repaid the sponsor. */
export async function sendInvoicePayment(
  consortium: Consortium,
  input: Payment,
): Promise<{ readonly repaid: Credits; readonly receipt: TransactionReceipt }> {
  await approveAsset(consortium, consortium.deployment.advances, input.amount);
  const receipt = await settling.send(consortium, input);
  const { args } = eventOf(consortium.contracts.advances, receipt, "InvoicePaid");
  return { repaid: credits(args.repaid as bigint), receipt };
}

/** One invoice as of now. @throws `InvoiceUnknown` */
export async function readInvoice({ contracts }: Consortium, invoice: number): Promise<Invoice> {
  const found = await read(contracts.advances.invoiceOf(invoice));
  if (found.sponsor === 0n) {
    throw new ConsortiaError(
      "InvoiceUnknown",
      `There is no invoice ${invoice}. See "consortia invoice list".`,
      { values: { invoice } },
    );
  }
  return {
    invoice,
    sponsor: memberId(Number(found.sponsor)),
    member: memberId(Number(found.member)),
    period: period(Number(found.period)),
    amount: credits(found.amount),
    paid: credits(found.paid),
  };
}

/** One payment of an invoice. */
export interface InvoicePayment {
  readonly from: string;
  readonly amount: Credits;
  /** The part that repaid the sponsor at once. */
  readonly repaid: Credits;
  readonly payment: Hash;
  readonly block: number;
}

/** What was paid of an invoice, in the order of the chain. */
export async function readInvoicePayments(
  consortium: Consortium,
  invoice: number,
): Promise<InvoicePayment[]> {
  const { advances } = consortium.contracts;
  const events = await readEvents(consortium, advances, { filter: advances.filters.InvoicePaid(invoice) });
  return events.map(({ args, block }) => ({
    from: String(args.from),
    amount: credits(args.amount as bigint),
    repaid: credits(args.repaid as bigint),
    payment: hash(args.payment as string),
    block,
  }));
}

/** Every invoice as of now, in the order of their numbers; those to or from one member where it is named. */
export async function listInvoices(consortium: Consortium, party?: MemberId): Promise<Invoice[]> {
  const { advances } = consortium.contracts;
  const raised = await readEvents(consortium, advances, { filter: advances.filters.InvoiceRaised() });
  const numbers = raised
    .filter(({ args }) => party === undefined || [args.sponsor, args.member].map(Number).includes(party))
    .map(({ args }) => Number(args.invoice));
  return Promise.all(numbers.map((number) => readInvoice(consortium, number)));
}
