import type { Signer } from "ethers";
import { receiptDigest, signReceipt as signLeaf } from "../chain/signing.ts";
import type { Hash } from "../core/ids.ts";
import { recordLeaf, treeDomain } from "../core/leaf.ts";
import type { ServiceRecord } from "../core/record.ts";
import type { Signature } from "../core/statement.ts";
import type { Consortium } from "./consortium.ts";
import { isSignedFor } from "./keys.ts";

/** A record's leaf: what its receipt covers. */
export function leafOf({ deployment }: Consortium, record: ServiceRecord): Hash {
  return recordLeaf(treeDomain(deployment.chainId, deployment.ledger), record);
}

/**
 * Signs a receipt for one record, as its consumer: whoever holds it can have this record charged in a claim, and no
 * other.
 */
export async function signReceipt(
  consortium: Consortium,
  signer: Signer,
  record: ServiceRecord,
): Promise<Signature> {
  return signLeaf(signer, consortium.domain, leafOf(consortium, record));
}

/** Whether a key of the consumer with the right to countersign signed for a record, as the register knows it now. */
export async function isReceipt(
  consortium: Consortium,
  record: ServiceRecord,
  signature: Signature,
): Promise<boolean> {
  const digest = receiptDigest(consortium.domain, leafOf(consortium, record));
  return isSignedFor(consortium, record.consumer, digest, signature);
}
