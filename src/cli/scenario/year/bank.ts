import { randomBytes } from "node:crypto";
import { hash, type Hash, type MemberId } from "../../../core/ids.ts";
import type { Credits } from "../../../core/money.ts";
import { sendIssue } from "../../../sdk/assets.ts";
import { sendCommitment, sendPaymentConfirmation } from "../../../sdk/commitments.ts";
import type { Consortium } from "../../../sdk/consortium.ts";
import { sendRedemption, sendRedemptionConfirmation } from "../../../sdk/redemptions.ts";

/** A bank's reference, a document's hash: a fresh one on every call. */
export function reference(): Hash {
  return hash(`0x${randomBytes(32).toString("hex")}`);
}

/** A member pays to the bank; the treasury issues as many credits. @param treasury seen by the treasurer's key */
export async function payIn(
  treasury: Consortium,
  { member, to, amount }: { readonly member: MemberId; readonly to: string; readonly amount: Credits },
): Promise<void> {
  await sendPaymentConfirmation(treasury, { member, amount, payment: reference() });
  await sendIssue(treasury, { to, amount });
}

/** A member promises to pay, against which credits can be issued. @param treasury seen by the treasurer's key */
export async function promise(treasury: Consortium, member: MemberId, amount: Credits): Promise<void> {
  await sendCommitment(treasury, { member, amount, document: reference() });
}

/**
 * A member pays to the bank what it promised, and promises as much anew.
 * @param treasury seen by the treasurer's key
 */
export async function keepPromise(treasury: Consortium, member: MemberId, amount: Credits): Promise<void> {
  await sendPaymentConfirmation(treasury, { member, amount, payment: reference() });
  await promise(treasury, member, amount);
}

/** A holder of credits gives them back for the bank to pay out. @returns the redemption's number */
export async function redeem(holder: Consortium, amount: Credits): Promise<number> {
  return (await sendRedemption(holder, { amount, instruction: reference() })).redemption;
}

/** The bank has paid a redemption out. @param treasury seen by the treasurer's key */
export async function confirmRedemption(treasury: Consortium, redemption: number): Promise<void> {
  await sendRedemptionConfirmation(treasury, { redemption, payment: reference() });
}
