import { AbiCoder, id, keccak256, solidityPackedKeccak256 } from "ethers";
import type { Hash } from "../../src/core/ids.ts";
import type { ServiceRecord } from "../../src/core/record.ts";

/**
 * The record tree a second time, as simply as possible and with ethers' encoders alone: what src/core/tree.ts
 * and its Solidity twin are compared with.
 */

const TYPE =
  "Record(bytes32 domain,uint32 supplier,uint32 consumer,bytes32 request,uint16 service,uint16 charge," +
  "uint32 quantity,uint64 amount,bytes32 details)";
const WORDS = "bytes32 bytes32 uint32 uint32 bytes32 uint16 uint16 uint32 uint64 bytes32".split(" ");
const NODE = ["bytes1", "bytes32", "uint64", "bytes32", "uint64"];
const ROOT = ["bytes1", "bytes32", "bytes32", "uint64", "uint32"];

interface OracleNode {
  hash: string;
  sum: bigint;
}

export interface OracleProof {
  index: number;
  count: number;
  siblings: OracleNode[];
}

const encode = (types: string[], values: unknown[]) => AbiCoder.defaultAbiCoder().encode(types, values);

export function oracleDomain(chainId: bigint, ledger: string): Hash {
  return keccak256(encode(["uint256", "address"], [chainId, ledger])) as Hash;
}

export function oracleLeaf(domain: Hash, r: ServiceRecord): Hash {
  const { supplier, consumer, request, service, charge, quantity, amount, details } = r;
  const values = [id(TYPE), domain, supplier, consumer, request, service, charge, quantity, amount, details];
  return keccak256(keccak256(encode(WORDS, values))) as Hash;
}

export function oracleTree(domain: Hash, records: readonly ServiceRecord[]) {
  let level: OracleNode[] = records.map((r) => ({ hash: oracleLeaf(domain, r), sum: r.amount }));
  const proofs: OracleProof[] = records.map((_, index) => ({ index, count: records.length, siblings: [] }));
  for (let height = 0; level.length > 1; height++) {
    for (const proof of proofs) {
      const sibling = level[Math.floor(proof.index / 2 ** height) ^ 1];
      if (sibling !== undefined) proof.siblings.push(sibling);
    }
    const above: OracleNode[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [l, r] = [level[i]!, level[i + 1]];
      if (r === undefined) above.push(l);
      else {
        const parts = ["0x01", l.hash, l.sum, r.hash, r.sum];
        above.push({ hash: solidityPackedKeccak256(NODE, parts), sum: l.sum + r.sum });
      }
    }
    level = above;
  }
  const top = level[0]!;
  const root = solidityPackedKeccak256(ROOT, ["0x02", domain, top.hash, top.sum, records.length]);
  return { root, sum: top.sum, proofs };
}
