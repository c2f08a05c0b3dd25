import { hashFields, hashRequest, type Field, type RequestIdentity } from "./commitment.ts";
import { ConsortiaError } from "./error.ts";
import type { Hash, MemberId, ServiceId, StatementNumber } from "./ids.ts";
import { recordLeaf, treeDomain } from "./leaf.ts";
import { parseCredits } from "./money.ts";
import type { TreeRoot } from "./node.ts";
import { provenTree, type RecordProof } from "./proof.ts";
import type { ServiceRecord } from "./record.ts";

/**
 * One record of a statement, shown to a third party without the others: what its leaf commits to, as much of the
 * request and of the details as the holder chose, and the way up to the statement's root. Plain JSON.
 *
 * Of the other records it tells how many there are and, in the siblings, the sums of some of them, as any proof does;
 * their hashes tell nothing, since each of them holds a salt. Details not opened cannot be guessed. A request that is
 * not opened can be, by someone who tries all identifiers it may have; see commitment.ts.
 */
export interface Disclosure {
  readonly version: 1;
  readonly chainId: number;
  readonly ledger: string;
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  /** The supplier's number of the statement that carries the root; where to look on the ledger. */
  readonly number: StatementNumber;
  readonly root: Hash;
  readonly record: DisclosedRecord;
  readonly leaf: Hash;
  readonly proof: DisclosedProof;
}

export interface DisclosedRecord {
  readonly request: { readonly hash: Hash; readonly opened?: RequestIdentity };
  readonly service: ServiceId;
  readonly charge: number;
  readonly quantity: number;
  /** Credits as a decimal number, such as `12.50`. */
  readonly amount: string;
  readonly details: { readonly hash: Hash; readonly fields?: readonly Field[] };
}

/** A proof of one record whose sums are decimal text, in credits. */
export interface DisclosedProof {
  readonly count: number;
  readonly index: number;
  readonly siblings: readonly { readonly hash: Hash; readonly sum: string }[];
}

/**
 * The tree that a disclosed record was proven to stand in. Nothing is asked of anybody: whether the ledger holds a
 * statement with this root is for the reader to look up, or to give as `trusted`.
 * @param trusted the root that the reader has from the ledger or from a countersigned statement
 * @throws `DisclosureRequestMismatch`, `DisclosureDetailsMismatch`, `DisclosureLeafMismatch`,
 * `DisclosureProofInvalid`, `DisclosureRootMismatch`, `DisclosureRootUntrusted`; `HashInvalid`, `MoneyInvalid`,
 * `RecordInvalid` and others where it is no disclosure at all
 */
export function verifyDisclosure(disclosure: Disclosure, trusted?: Hash): TreeRoot {
  const { chainId, ledger, supplier, consumer, root, record, leaf } = disclosure;
  const { opened } = record.request;
  if (opened !== undefined) {
    const request = hashRequest(opened.requesting, opened.supplying, opened.id);
    if (request !== record.request.hash)
      throw mismatch("Request", "the request shown", record.request.hash, request);
  }
  const { fields } = record.details;
  if (fields !== undefined) {
    const details = hashFields(fields);
    if (details !== record.details.hash) {
      throw mismatch("Details", "the details shown", record.details.hash, details ?? "no commitment");
    }
  }
  const domain = treeDomain(BigInt(chainId), ledger);
  const plain: ServiceRecord = {
    ...{ supplier, consumer, service: record.service, charge: record.charge, quantity: record.quantity },
    request: record.request.hash,
    amount: parseCredits(record.amount),
    details: record.details.hash,
  };
  const found = recordLeaf(domain, plain);
  if (found !== leaf) throw mismatch("Leaf", "the record, its parties or its ledger", leaf, found);
  const tree = provenTree(domain, [plain], proofOf(disclosure.proof));
  if (tree === undefined) {
    throw new ConsortiaError(
      "DisclosureProofInvalid",
      `The proof places the record in no tree: of ${disclosure.proof.count} records, record ` +
        `${disclosure.proof.index} needs other siblings. Ask for the disclosure anew.`,
      { values: { index: disclosure.proof.index, count: disclosure.proof.count } },
    );
  }
  if (tree.root !== root) throw mismatch("Root", "the record with its proof", root, tree.root);
  if (trusted !== undefined && tree.root !== trusted) {
    throw new ConsortiaError(
      "DisclosureRootUntrusted",
      `The record stands under ${tree.root}, not under ${trusted}: it belongs to another statement.`,
      { values: { expected: trusted, actual: tree.root } },
    );
  }
  return tree;
}

function proofOf({ count, index, siblings }: DisclosedProof): RecordProof {
  const nodes = siblings.map(({ hash, sum }) => ({ hash, sum: parseCredits(sum) }));
  return { count, indices: [index], siblings: nodes };
}

function mismatch(part: string, subject: string, expected: Hash, actual: string): ConsortiaError {
  return new ConsortiaError(
    `Disclosure${part}Mismatch`,
    `Something was changed: ${subject} hashes to ${actual}, where the disclosure says ${expected}. ` +
      "Ask for the disclosure anew.",
    { values: { expected, actual } },
  );
}
