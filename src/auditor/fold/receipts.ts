import { getBytes } from "ethers";
import { ledgerDomain, receiptDigest } from "../../chain/signing.ts";
import { toHash } from "../../core/keccak.ts";
import { recordLeaf } from "../../core/leaf.ts";
import { credits, type Credits } from "../../core/money.ts";
import { provenTree, type RecordProof } from "../../core/proof.ts";
import type { ServiceRecord } from "../../core/record.ts";
import type { Signature } from "../../core/statement.ts";
import type { FindingCode } from "../codes.ts";
import { sentence, tell } from "./ground.ts";
import { RIGHTS } from "./keys.ts";
import type { FoldState } from "./state.ts";
import { nameOf, refOf, type KnownStatement } from "./statements.ts";
import { isBounded, unitIn } from "./units.ts";

/** Records shown with the consumer's receipts, as the claims desk logs them. */
export interface ShownReceipts {
  /** Without the parties, which are the statement's. */
  readonly records: readonly Omit<ServiceRecord, "supplier" | "consumer">[];
  readonly proof: RecordProof;
  readonly receipts: readonly Uint8Array[];
}

/**
 * Whether shown records are the claimed statement's, each with its price and the consumer's signature.
 * @returns what they come to
 */
export function checkReceipts(
  state: FoldState,
  known: KnownStatement,
  { records: shown, proof, receipts }: ShownReceipts,
): { readonly gross: Credits; readonly fee: Credits } {
  const { statement } = known;
  const { supplier, consumer } = statement;
  const find = (
    code: FindingCode,
    message: string,
    figures: { expected?: string; found?: string } = {},
  ): void => {
    state.ground.find(code, sentence(message), { member: supplier, statement: refOf(statement), ...figures });
  };
  const records = shown.map((record): ServiceRecord => ({ ...record, supplier, consumer }));
  const root = provenTree(state.recordDomain, records, proof)?.root;
  if (root !== statement.root) {
    const message = `records were shown that are not those of ${nameOf(statement)}.`;
    find("RecordsUnproven", message, { expected: statement.root, found: root ?? "no tree" });
  }
  if (records.length !== receipts.length) {
    find(
      "ReceiptsWrong",
      `${records.length} records of ${nameOf(statement)} were shown with ${receipts.length} receipts.`,
    );
  }
  let [gross, fee] = [0n, 0n];
  records.forEach((record, i) => {
    const unit = unitIn(state, known, record.service);
    const due = (unit?.price ?? 0n) * BigInt(record.quantity);
    if (unit === undefined || (record.amount !== due && !isBounded(unit))) {
      const message = `a record of ${nameOf(statement)} was shown with ${tell.amount(record.amount)} for what costs ${tell.amount(due)}.`;
      find("RecordPriceWrong", message, { expected: tell.amount(due), found: tell.amount(record.amount) });
    }
    gross += record.amount;
    fee += (unit?.fee ?? 0n) * BigInt(record.quantity);
    const receipt = receipts[i];
    if (receipt === undefined) return;
    const digest = receiptOf(state, record);
    const spent = toHash(digest);
    if (state.receipts.has(spent)) {
      find("ReceiptsWrong", `a receipt for ${nameOf(statement)} was shown that had counted before.`);
    }
    state.receipts.add(spent);
    checkSignature(state, known, digest, receipt, "ReceiptsWrong", "A receipt for");
  });
  return { gross: credits(gross), fee: credits(fee) };
}

/** Has a signature that travelled alone judged: of the consumer's key with the right to countersign. */
export function checkSignature(
  state: FoldState,
  { statement }: KnownStatement,
  digest: Uint8Array,
  bytes: Uint8Array,
  code: FindingCode,
  what: string,
): void {
  const { position, place } = state.ground;
  const signature = readSignature(bytes);
  const ref = refOf(statement);
  if (signature === undefined) {
    const message = `${what} ${nameOf(statement)} carries bytes that are no signature.`;
    state.ground.find(code, message, { member: statement.consumer, statement: ref });
    return;
  }
  state.signatures.add(digest, signature, {
    ...{ member: statement.consumer, right: RIGHTS.countersign, position, place, code },
    statement: ref,
    what: () => `${what} ${nameOf(statement)}`,
  });
}

function receiptOf({ site, recordDomain }: FoldState, record: ServiceRecord): Uint8Array {
  const domain = ledgerDomain(site.chainId, site.ledger);
  return getBytes(receiptDigest(domain, recordLeaf(recordDomain, record)));
}

/** A signature with its kind in front; undefined where it is none. Twin of contracts/libraries/KeySignature.sol. */
function readSignature(bytes: Uint8Array): Signature | undefined {
  if (bytes[0] === 0 && bytes.length === 65)
    return { kind: "key", r: toHash(bytes, 1), vs: toHash(bytes, 33) };
  if (bytes[0] !== 1 || bytes.length < 23) return undefined;
  const signer = `0x${Buffer.from(bytes.subarray(1, 21)).toString("hex")}`;
  return { kind: "contract", signer, bytes: bytes.slice(23) };
}
