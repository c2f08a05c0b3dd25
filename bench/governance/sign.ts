import { concat, Signature, type ContractTransactionReceipt, type ContractTransactionResponse } from "ethers";
import type { TypedDataDomain } from "ethers";

/** Typed data, as ethers wants it. */
export type Fields = Record<string, { name: string; type: string }[]>;

/** A key pair's signature as it travels: kind 0, r and vs. */
export function signature(signed: string): string {
  return concat(["0x00", Signature.from(signed).compactSerialized]);
}

/** What a contract says its signatures are for. */
export async function domainOf(contract: {
  eip712Domain(): Promise<{ name: string; version: string; chainId: bigint; verifyingContract: string }>;
}): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await contract.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

/** Waits for a transaction that must succeed. */
export async function sent(call: Promise<ContractTransactionResponse>): Promise<ContractTransactionReceipt> {
  const receipt = await (await call).wait();
  if (receipt?.status !== 1) throw new Error("a transaction of the bench was reverted");
  return receipt;
}
