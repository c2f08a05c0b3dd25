import type { ContractTransaction, TransactionReceipt } from "ethers";
import { decodeError } from "../chain/errors.ts";
import { ConsortiaError } from "../core/error.ts";
import type { Consortium } from "./consortium.ts";

/** An unsigned call: what it does, where it goes, and its bytes. Any wallet can sign and send it. */
export interface PreparedCall {
  readonly to: string;
  readonly data: string;
}

/** One act: prepared for somebody else's wallet, or sent with the consortium's signer. */
export interface Verb<Input> {
  prepare(...given: Given<Input>): Promise<PreparedCall>;
  send(...given: Given<Input>): Promise<TransactionReceipt>;
}

/** What a verb is given: nothing but the consortium where it needs no input. */
type Given<Input> = undefined extends Input ? [Consortium, input?: Input] : [Consortium, Input];

/** Makes both halves of a verb from the contract call that it is. */
export function verb<Input>(
  build: (consortium: Consortium, input: Input) => Promise<ContractTransaction> | ContractTransaction,
): Verb<Input> {
  async function prepare(...[consortium, input]: Given<Input>): Promise<PreparedCall> {
    const { to, data } = await build(consortium, input as Input);
    return { to, data };
  }
  async function send(...given: Given<Input>): Promise<TransactionReceipt> {
    return sendCall(given[0], await prepare(...given));
  }
  return { prepare, send };
}

/**
 * One part in so many more gas than the node reckons, which does so for the second of its last block: in the next one a
 * history may need a new entry where the last was only changed.
 */
const GAS_MARGIN = 4n;

/**
 * Sends a prepared call and waits until it is in a block.
 * @throws {@link ConsortiaError} in plain words: the contract's own error where it refuses
 */
export async function sendCall(consortium: Consortium, call: PreparedCall): Promise<TransactionReceipt> {
  const { signer } = consortium;
  if (signer === undefined) {
    throw new ConsortiaError("SignerMissing", "This needs a key. Name a keystore, or set CONSORTIA_KEY.");
  }
  try {
    const gas = await signer.estimateGas(call);
    const sent = await signer.sendTransaction({ ...call, gasLimit: gas + gas / GAS_MARGIN });
    const receipt = await sent.wait();
    if (receipt?.status === 1) return receipt;
    throw new ConsortiaError("TransactionReverted", `Transaction ${sent.hash} was reverted in its block.`, {
      values: { hash: sent.hash },
    });
  } catch (error) {
    throw decodeError(error);
  }
}

/** Runs a reading call and translates what it throws. */
export async function read<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw decodeError(error);
  }
}
