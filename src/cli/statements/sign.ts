import { ConsortiaError } from "../../core/error.ts";
import type { Signature, Statement } from "../../core/statement.ts";
import type { Bundle } from "../../records/bundle.ts";
import { createCountersignedIndex } from "../../records/countersigned.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { countersign } from "../../sdk/statements.ts";
import { recordName } from "./held.ts";

/**
 * Countersigns a statement with the key at hand, once it is noted which records that is for: no signature is out of
 * which nobody here knows, and no record is signed for under two numbers.
 * @param store the folder of the record store, which keeps the index
 * @throws `RecordCountersigned`, `IndexDamaged`, `StoreFailed`, `SignerMissing`
 */
export async function signNoted(
  consortium: Consortium,
  store: string,
  statement: Statement,
  { records }: Bundle,
): Promise<Signature> {
  const { signer, deployment } = consortium;
  if (signer === undefined)
    throw new ConsortiaError("SignerMissing", "This needs the consumer's key. Name its --keystore.");
  const { supplier, consumer, number, root } = statement;
  const where = { chainId: Number(deployment.chainId), ledger: deployment.ledger };
  const names = records.map(recordName);
  await createCountersignedIndex(store).note({ ...where, supplier, consumer, number, root, records: names });
  return (await countersign(consortium, signer, statement)).countersignature;
}
