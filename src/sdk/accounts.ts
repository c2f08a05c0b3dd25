import type { TransactionReceipt } from "ethers";
import type { AccountState } from "../core/book.ts";
import type { MemberId } from "../core/ids.ts";
import { credits } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import { approveAsset } from "./assets.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";

interface Amount {
  readonly member: MemberId;
  readonly amount: Credits;
}

interface AdvanceAmount extends Amount {
  readonly sponsor: MemberId;
}

/** Pays the signer's assets into an account. The asset must have been approved; see {@link sendDeposit}. */
const deposit = verb<Amount>((c, a) => c.contracts.ledger.deposit.populateTransaction(a.member, a.amount));
export const prepareDeposit = deposit.prepare;

/** Approves the asset where the allowance is short, then deposits. */
export async function sendDeposit(consortium: Consortium, input: Amount): Promise<TransactionReceipt> {
  await approveAsset(consortium, consortium.deployment.ledger, input.amount);
  return deposit.send(consortium, input);
}

/** Announces a withdrawal, replacing an earlier one; zero cancels. A cash key. */
export const { prepare: prepareAnnouncement, send: sendAnnouncement } = verb<Amount>((c, a) =>
  c.contracts.ledger.announceWithdrawal.populateTransaction(a.member, a.amount),
);

/** Executes an announced withdrawal after its notice. Anyone in full; a cash key for what is free. */
export const { prepare: prepareWithdrawal, send: sendWithdrawal } = verb<MemberId>((c, member) =>
  c.contracts.ledger.withdraw.populateTransaction(member),
);

/** Lends a sponsor's free cash to a member. A cash key of the sponsor. */
export const { prepare: prepareAdvance, send: sendAdvance } = verb<AdvanceAmount>((c, a) =>
  c.contracts.advances.advance.populateTransaction(a.sponsor, a.member, a.amount),
);

/** Takes an advance back. A cash key of the sponsor. */
export const { prepare: prepareRecall, send: sendRecall } = verb<AdvanceAmount>((c, a) =>
  c.contracts.advances.recallAdvance.populateTransaction(a.sponsor, a.member, a.amount),
);

/** Pays an advance back. A cash key of the member. */
export const { prepare: prepareRepayment, send: sendRepayment } = verb<AdvanceAmount>((c, a) =>
  c.contracts.advances.repayAdvance.populateTransaction(a.member, a.sponsor, a.amount),
);

/** Pays an acknowledged debt as far as the debtor's account reaches. Anyone. */
export const { prepare: prepareDebtPayment, send: sendDebtPayment } = verb<{
  debtor: MemberId;
  creditor: MemberId;
}>((c, a) => c.contracts.ledger.payDebt.populateTransaction(a.debtor, a.creditor));

/** Has a member suspended that is overdue. Anyone. */
export const { prepare: prepareDebtorSuspension, send: sendDebtorSuspension } = verb<MemberId>((c, member) =>
  c.contracts.register.suspendDebtor.populateTransaction(member),
);

/** Rolls an account into the open month. Anyone. */
export const { prepare: prepareTouch, send: sendTouch } = verb<MemberId>((c, member) =>
  c.contracts.ledger.touch.populateTransaction(member),
);

/** Copies a membership's months and tier into its account. Anyone. */
export const { prepare: prepareSync, send: sendSync } = verb<MemberId>((c, member) =>
  c.contracts.ledger.sync.populateTransaction(member),
);

/** An account as of now, rolled into the open month. */
export async function readAccount(
  consortium: Consortium,
  member: MemberId,
  block?: number,
): Promise<AccountState> {
  const overrides = block === undefined ? {} : { blockTag: block };
  const view = await read(consortium.contracts.ledger.account(member, overrides));
  return {
    position: credits(view.position),
    cash: credits(view.cash),
    supplied: credits(view.supplied),
    room: credits(view.room),
    free: credits(view.free),
    advances: credits(view.advances),
    debts: credits(view.debts),
    standing: credits(view.standing),
  };
}

/** A withdrawal that waits for its notice. */
export interface AnnouncedWithdrawal {
  readonly amount: Credits;
  /** From when it can be executed, seconds since 1970. */
  readonly readyAt: number;
  readonly payee: string;
}

export async function readWithdrawal(
  consortium: Consortium,
  member: MemberId,
): Promise<AnnouncedWithdrawal | undefined> {
  const { amount, readyAt, payee } = await read(consortium.contracts.ledger.withdrawalOf(member));
  return amount === 0n ? undefined : { amount: credits(amount), readyAt: Number(readyAt), payee };
}

export async function readAdvance(
  consortium: Consortium,
  sponsor: MemberId,
  member: MemberId,
): Promise<Credits> {
  return credits(await read(consortium.contracts.advances.advanceOf(sponsor, member)));
}

export async function readDebt(
  consortium: Consortium,
  debtor: MemberId,
  creditor: MemberId,
): Promise<Credits> {
  return credits(await read(consortium.contracts.ledger.debtOf(debtor, creditor)));
}
