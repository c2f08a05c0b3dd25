import { credits, type Credits } from "../../../../core/money.ts";
import {
  readAccount,
  sendAdvance,
  sendAnnouncement,
  sendDeposit,
  sendWithdrawal,
} from "../../../../sdk/accounts.ts";
import { sendIssue } from "../../../../sdk/assets.ts";
import { sendInvoice, sendInvoicePayment } from "../../../../sdk/invoices.ts";
import { confirmRedemption, keepPromise, promise, redeem, reference } from "../bank.ts";
import type { Office, Party } from "../office.ts";
import type { Account } from "../plan.ts";
import type { Credit } from "../treasury.ts";

const DAY = 86_400;

/** Members promise so much each; the treasury issues it, and the sponsor advances it to them. */
export async function advanceAll(office: Office, { sponsor: name, members, each }: Credit): Promise<void> {
  const { admin } = office;
  const sponsor = office.party(name);
  for (const member of members) await promise(admin, office.party(member).id, each);
  const amount = credits(each * BigInt(members.length));
  await sendIssue(admin, { to: await addressOf(sponsor), amount });
  await sendDeposit(sponsor.as, { member: sponsor.id, amount });
  for (const member of members) {
    await sendAdvance(sponsor.as, { sponsor: sponsor.id, member: office.party(member).id, amount: each });
  }
}

/**
 * Sends an invoice to every member that spent of its advance, for what it spent. The members pay it to the bank, promise
 * as much anew, and the treasury has the credits issued for it repay the sponsor.
 * @returns what was paid, by member
 */
export async function invoiceAll(
  office: Office,
  { sponsor: name, members }: Credit,
  month: number,
): Promise<Map<Account, Credits>> {
  const { admin } = office;
  const sponsor = office.party(name);
  const due: { readonly party: Party; readonly invoice: number; readonly amount: Credits }[] = [];
  for (const member of members) {
    const party = office.party(member);
    const { position, cash, advances } = await readAccount(admin, party.id);
    const amount = credits(advances - cash - position);
    if (amount <= 0n) continue;
    const terms = { sponsor: sponsor.id, member: party.id, period: office.month(month), amount };
    const { invoice } = await sendInvoice(sponsor.as, { ...terms, document: reference() });
    due.push({ party, invoice, amount });
  }
  const sum = credits(due.reduce((all, { amount }) => all + amount, 0n));
  for (const { party, amount } of due) await keepPromise(admin, party.id, amount);
  if (sum > 0n) await sendIssue(admin, { to: await addressOf({ as: admin }), amount: sum });
  for (const { invoice, amount } of due) {
    await sendInvoicePayment(admin, { invoice, amount, payment: reference() });
  }
  return new Map(due.map(({ party, amount }) => [party.name, amount]));
}

/** Pays out whatever members have of their own: announced, a week later withdrawn, and paid out by the bank. */
export async function payOutAll(office: Office, members: readonly Account[]): Promise<void> {
  const { admin, stage } = office;
  const waiting: { readonly party: Party; readonly amount: Credits }[] = [];
  for (const name of members) {
    const party = office.party(name);
    const { free: amount } = await readAccount(admin, party.id);
    if (amount > 0n) waiting.push({ party, amount });
  }
  // Each has a key of its own, so nobody waits for another's transaction.
  await Promise.all(
    waiting.map(({ party: { id, as }, amount }) => sendAnnouncement(as, { member: id, amount })),
  );
  await stage.chain.setTime((await stage.chain.now()) + stage.preset.terms.withdrawalNotice + DAY);
  const redeemed = await Promise.all(
    waiting.map(async ({ party: { id, as }, amount }) => {
      await sendWithdrawal(as, id);
      return redeem(as, amount);
    }),
  );
  for (const redemption of redeemed) await confirmRedemption(admin, redemption);
}

async function addressOf({ as }: Pick<Party, "as">): Promise<string> {
  const address = await as.signer?.getAddress();
  if (address === undefined) throw new TypeError("nobody signs for the treasury");
  return address;
}
