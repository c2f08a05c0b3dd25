import { setTimeout as sleep } from "node:timers/promises";
import { JsonRpcProvider, type Provider, type TransactionReceipt } from "ethers";
import { decodeError } from "../chain/errors.ts";
import { ConsortiaError } from "../core/error.ts";
import { period } from "../core/period.ts";
import { prepareDebtPayment, prepareWithdrawal } from "../sdk/accounts.ts";
import { prepareSettlement } from "../sdk/claims.ts";
import type { Consortium } from "../sdk/consortium.ts";
import { prepareRekey } from "../sdk/keys.ts";
import { preparePayeeChange } from "../sdk/members.ts";
import { prepareClose } from "../sdk/periods.ts";
import type { PreparedCall } from "../sdk/verb.ts";
import type { Act, DoneAct } from "./act.ts";

/** How long a transaction may stay out of a block before the keeper asks anew what is due. */
const PATIENCE_MS = 120_000;
/** How long a node may not know a transaction that it was given. */
const FORGOTTEN_MS = 2_000;

/** Carries an act out. @throws whatever the contract or the node says; a lost race is among it */
export async function performAct(consortium: Consortium, act: Act): Promise<DoneAct> {
  const receipt = await submit(consortium, await prepareAct(consortium, act));
  const done = { hash: receipt.hash, gas: Number(receipt.gasUsed) };
  // Whoever closed the month meant, this call closed the one that was open when it was mined.
  return act.kind === "close"
    ? { ...act, period: closedPeriod(consortium, receipt) ?? act.period, ...done }
    : { ...act, ...done };
}

/** The unsigned call that an act is. */
export function prepareAct(consortium: Consortium, act: Act): Promise<PreparedCall> {
  switch (act.kind) {
    case "close":
      return prepareClose(consortium);
    case "withdraw":
      return prepareWithdrawal(consortium, act.member);
    case "pay-debt":
      return prepareDebtPayment(consortium, act);
    case "settle-claim":
      return prepareSettlement(consortium, act.claim);
    case "apply-payee":
      return preparePayeeChange(consortium, act.member);
    case "rekey":
      return prepareRekey(consortium, act.member);
  }
}

async function submit({ signer, provider }: Consortium, call: PreparedCall): Promise<TransactionReceipt> {
  if (signer === undefined) {
    throw new ConsortiaError("SignerMissing", "The keeper needs a key with coins for gas.");
  }
  try {
    const { hash } = await signer.sendTransaction(call);
    const receipt = await mined(provider, hash);
    if (receipt.status === 1) return receipt;
    throw new ConsortiaError("TransactionReverted", `Transaction ${hash} was reverted in its block.`);
  } catch (error) {
    throw decodeError(error);
  }
}

/** Waits for a block, but not for ever: a chain that was rolled back has forgotten the transaction. */
async function mined(provider: Provider, hash: string): Promise<TransactionReceipt> {
  const pause = provider instanceof JsonRpcProvider ? provider.pollingInterval : 1_000;
  const sent = Date.now();
  let known = sent;
  while (Date.now() - sent < PATIENCE_MS) {
    const receipt = await provider.getTransactionReceipt(hash);
    if (receipt !== null) return receipt;
    if (await isOnItsWay(provider, hash)) known = Date.now();
    else if (Date.now() - known > FORGOTTEN_MS) break;
    await sleep(pause);
  }
  throw new ConsortiaError(
    "TransactionForgotten",
    `No block holds transaction ${hash}. Another took its place, or the chain was rolled back.`,
    { retryable: true, values: { hash } },
  );
}

/**
 * Whether a node knows a transaction that can still be mined. One whose number lies ahead of its sender's next
 * waits for a transaction that a rollback took away.
 */
async function isOnItsWay(provider: Provider, hash: string): Promise<boolean> {
  const transaction = await provider.getTransaction(hash);
  if (transaction === null) return false;
  return transaction.nonce <= (await provider.getTransactionCount(transaction.from));
}

function closedPeriod({ contracts: { ledger } }: Consortium, receipt: TransactionReceipt) {
  for (const log of receipt.logs) {
    const event = ledger.interface.parseLog(log);
    if (event?.name === "PeriodClosed") return period(Number(event.args.period));
  }
  return undefined;
}
