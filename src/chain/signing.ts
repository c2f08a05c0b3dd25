import {
  Signature as EthersSignature,
  TypedDataEncoder,
  getBytes,
  hexlify,
  keccak256,
  recoverAddress,
} from "ethers";
import type { Signer, TypedDataDomain } from "ethers";
import { hash } from "../core/ids.ts";
import type { Hash, MemberId } from "../core/ids.ts";
import { BATCH_TYPES, MODES, STATEMENT_TYPES } from "../core/statement.ts";
import type { Mode, Signature, Statement } from "../core/statement.ts";

/** Everything signed for a ledger names its chain and address, so that nothing counts on another. */
export function ledgerDomain(chainId: bigint, ledger: string): TypedDataDomain {
  return { name: "Consortia Ledger", version: "1", chainId, verifyingContract: ledger };
}

/** EIP-712 digest of a statement: what the consumer countersigns. */
export function statementDigest(domain: TypedDataDomain, statement: Statement): Hash {
  return hash(TypedDataEncoder.hash(domain, STATEMENT_TYPES, statement));
}

/** Countersigns a statement with a key pair. */
export async function signStatement(
  signer: Signer,
  domain: TypedDataDomain,
  statement: Statement,
): Promise<Signature> {
  return compact(await signer.signTypedData(domain, STATEMENT_TYPES, statement));
}

/** The address whose key pair countersigned, or undefined where the signature is none. */
export function recoverCountersigner(
  domain: TypedDataDomain,
  statement: Statement,
  signature: Signature,
): string | undefined {
  if (signature.kind === "contract") return signature.signer;
  try {
    const joined = EthersSignature.from({ r: signature.r, yParityAndS: signature.vs });
    return recoverAddress(statementDigest(domain, statement), joined);
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
export async function signBatch(
  signer: Signer,
  domain: TypedDataDomain,
  order: BatchOrder,
): Promise<Signature> {
  const { supplier, mode, batch, deadline } = order;
  const value = { supplier, mode: MODES[mode], statements: keccak256(batch), deadline };
  return compact(await signer.signTypedData(domain, BATCH_TYPES, value));
}

/** A contract's signature, as its wallet software made it. */
export function contractSignature(signer: string, bytes: string): Signature {
  return { kind: "contract", signer, bytes: getBytes(bytes) };
}

function compact(serialized: string): Signature {
  const signature = EthersSignature.from(serialized);
  return { kind: "key", r: hash(signature.r), vs: hash(hexlify(signature.yParityAndS)) };
}
