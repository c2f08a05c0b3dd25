import type { TransactionReceipt } from "ethers";
import { ConsortiaError } from "../core/error.ts";
import { delegateId } from "../core/ids.ts";
import type { DelegateId } from "../core/ids.ts";
import type { Consortium } from "./consortium.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";

const enrolment = verb<{ key: string }>((c, a) =>
  c.contracts.governance.delegates.enrol.populateTransaction(a.key),
);

/** Gives a person a number, behind which stands a key. Anyone; it gives no right by itself. */
export const prepareEnrolment = enrolment.prepare;

/** Enrols a person and returns the number. */
export async function sendEnrolment(
  consortium: Consortium,
  input: { key: string },
): Promise<{ delegate: DelegateId; receipt: TransactionReceipt }> {
  const receipt = await enrolment.send(consortium, input);
  const { args } = eventOf(consortium.contracts.governance.delegates, receipt, "DelegateEnrolled");
  return { delegate: delegateId(Number(args.delegate)), receipt };
}

/** Hands a delegate over to another key; what the old one signed and nobody posted is void. The delegate's key. */
export const { prepare: prepareDelegateRotation, send: sendDelegateRotation } = verb<{
  delegate: DelegateId;
  key: string;
}>((c, a) => c.contracts.governance.delegates.rotate.populateTransaction(a.delegate, a.key));

/** Voids everything that the delegate signed and nobody posted yet. The delegate's key. */
export const { prepare: prepareDelegateVoid, send: sendDelegateVoid } = verb<DelegateId>((c, delegate) =>
  c.contracts.governance.delegates.voidBallots.populateTransaction(delegate),
);

/** A person that can be elected. */
export interface Delegate {
  readonly id: DelegateId;
  readonly key: string;
  /** From when the key stands behind it, in seconds since 1970. */
  readonly since: number;
  /** The nonce that its ballots must bear. */
  readonly nonce: number;
}

/** One delegate. @throws `DelegateUnknown` */
export async function readDelegate(consortium: Consortium, id: DelegateId): Promise<Delegate> {
  const { key, since, ballots } = await read(consortium.contracts.governance.delegates.keyOf(id));
  if (since === 0n) {
    throw new ConsortiaError("DelegateUnknown", `There is no delegate ${id}.`, { values: { id } });
  }
  return { id, key, since: Number(since), nonce: Number(ballots) };
}
