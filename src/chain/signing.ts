import { Signature as EthersSignature, getBytes, hexlify, keccak256, recoverAddress } from "ethers";
import type { Signer } from "ethers";
import { LEDGER_NAME, LEDGER_VERSION, hashStatement } from "../core/digest.ts";
import { hash } from "../core/ids.ts";
import type { Hash, MemberId } from "../core/ids.ts";
import { BATCH_TYPES, MODES, STATEMENT_TYPES } from "../core/statement.ts";
import type { Mode, Signature, Statement } from "../core/statement.ts";

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
  return compact(await signer.signTypedData(domain, STATEMENT_TYPES, statement));
}

/** The address whose key pair countersigned, or undefined where the signature is none. */
export function recoverCountersigner(
  domain: LedgerDomain,
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
export async function signBatch(signer: Signer, domain: LedgerDomain, order: BatchOrder): Promise<Signature> {
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
