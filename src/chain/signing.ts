import {
  Signature as EthersSignature,
  TypedDataEncoder,
  getBytes,
  hexlify,
  keccak256,
  recoverAddress,
} from "ethers";
import type { Signer } from "ethers";
import { LEDGER_NAME, LEDGER_VERSION, hashStatement } from "../core/digest.ts";
import type { Agreement } from "../core/agreements.ts";
import { hash } from "../core/ids.ts";
import type { Hash, MemberId } from "../core/ids.ts";
import { MODES } from "../core/statement.ts";
import type { Mode, Signature, Statement } from "../core/statement.ts";
import {
  AGREEMENT_TYPES,
  BATCH_TYPES,
  DISPUTE_TYPES,
  RECEIPT_TYPES,
  STATEMENT_TYPES,
  typedStatement,
} from "../core/typed-data.ts";

/** EIP-712 domain of a ledger. */
export interface LedgerDomain {
  readonly name: string;
  readonly version: string;
  readonly chainId: bigint;
  readonly verifyingContract: string;
}

/** Everything signed for a ledger names its chain and address, so that nothing counts on another. */
export function ledgerDomain(chainId: bigint, ledger: string): LedgerDomain {
  return { name: LEDGER_NAME, version: LEDGER_VERSION, chainId, verifyingContract: ledger };
}

/** EIP-712 digest of a statement: what the consumer countersigns. */
export function statementDigest(domain: LedgerDomain, statement: Statement): Hash {
  return hashStatement(domain.chainId, domain.verifyingContract, statement);
}

/** Countersigns a statement with a key pair. */
export async function signStatement(
  signer: Signer,
  domain: LedgerDomain,
  statement: Statement,
): Promise<Signature> {
  return compact(await signer.signTypedData(domain, STATEMENT_TYPES, typedStatement(statement)));
}

/** The address whose key pair countersigned, or undefined where the signature is none. */
export function recoverCountersigner(
  domain: LedgerDomain,
  statement: Statement,
  signature: Signature,
): string | undefined {
  return recoverSigner(statementDigest(domain, statement), signature);
}

/** The address whose key pair signed a digest, or who a contract's signature says it is; undefined where nobody did. */
export function recoverSigner(digest: Hash, signature: Signature): string | undefined {
  if (signature.kind === "contract") return signature.signer;
  try {
    return recoverAddress(digest, EthersSignature.from({ r: signature.r, yParityAndS: signature.vs }));
  } catch {
    return undefined;
  }
}

/** What a supplier signs so that somebody else may post its batch. */
export interface BatchOrder {
  readonly supplier: MemberId;
  readonly mode: Mode;
  readonly batch: Uint8Array;
  /** Last second in which the order counts. */
  readonly deadline: number;
}

/** Signs a batch for a relayer. */
export async function signBatch(signer: Signer, domain: LedgerDomain, order: BatchOrder): Promise<Signature> {
  const { supplier, mode, batch, deadline } = order;
  const value = { supplier, mode: MODES[mode], statements: keccak256(batch), deadline };
  return compact(await signer.signTypedData(domain, BATCH_TYPES, value));
}

/** What a consumer signs so that somebody else may dispute claims for it. */
export interface DisputeOrder {
  readonly consumer: MemberId;
  /** The claims' ids, in the order in which they are sent. */
  readonly claims: readonly Hash[];
  /** Last second in which the order counts. */
  readonly deadline: number;
}

/** Signs a list of claims to be disputed by a relayer. */
export async function signDispute(
  signer: Signer,
  domain: LedgerDomain,
  order: DisputeOrder,
): Promise<Signature> {
  return compact(await signer.signTypedData(domain, DISPUTE_TYPES, order));
}

/** EIP-712 digest of a receipt: what the consumer of a record signs. @param record the record's leaf */
export function receiptDigest(domain: LedgerDomain, record: Hash): Hash {
  return hash(TypedDataEncoder.hash(domain, RECEIPT_TYPES, { record }));
}

/** Signs a receipt for one record. */
export async function signReceipt(signer: Signer, domain: LedgerDomain, record: Hash): Promise<Signature> {
  return compact(await signer.signTypedData(domain, RECEIPT_TYPES, { record }));
}

/** A contract's signature, as its wallet software made it. */
export function contractSignature(signer: string, bytes: string): Signature {
  return { kind: "contract", signer, bytes: getBytes(bytes) };
}

/** A key pair's signature as ethers writes it, in 64 bytes. */
export function compact(serialized: string): Signature {
  const signature = EthersSignature.from(serialized);
  return { kind: "key", r: hash(signature.r), vs: hash(hexlify(signature.yParityAndS)) };
}

/** EIP-712 digest of an agreement: what each of its members signs. */
export function agreementDigest(domain: LedgerDomain, terms: Agreement): Hash {
  return hash(TypedDataEncoder.hash(domain, AGREEMENT_TYPES, terms));
}

/** Signs an agreement as one of its members. */
export async function signAgreement(
  signer: Signer,
  domain: LedgerDomain,
  terms: Agreement,
): Promise<Signature> {
  return compact(await signer.signTypedData(domain, AGREEMENT_TYPES, terms));
}
