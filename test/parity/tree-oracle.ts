import { AbiCoder, concat, keccak256, solidityPacked, solidityPackedKeccak256 } from "ethers";
import type { Hash } from "../../src/core/ids.ts";
import type { ServiceRecord } from "../../src/core/record.ts";

/**
 * The record tree a second time, as simply as possible and with ethers' encoders alone: what src/core/tree.ts
 * and its Solidity twin are compared with.
 */

const FIELDS = "bytes32 uint32 uint32 bytes32 uint16 uint16 uint32 uint64 bytes32".split(" ");
const NODE = ["bytes1", "bytes32", "uint64", "bytes32", "uint64"];
const ROOT = ["bytes1", "bytes32", "bytes32", "uint64", "uint32"];

export interface OracleNode {
  hash: string;
  sum: bigint;
}

export interface OracleProof {
  count: number;
  indices: number[];
  siblings: OracleNode[];
}

export function oracleDomain(chainId: bigint, ledger: string): Hash {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["uint256", "address"], [chainId, ledger])) as Hash;
}

export function oracleLeaf(domain: Hash, r: ServiceRecord): Hash {
  const { supplier, consumer, request, service, charge, quantity, amount, details } = r;
  const values = [domain, supplier, consumer, request, service, charge, quantity, amount, details];
  return keccak256(keccak256(concat(["0x00", solidityPacked(FIELDS, values)]))) as Hash;
}

/** The tree's levels from the leaves to the top. */
function oracleLevels(domain: Hash, records: readonly ServiceRecord[]): OracleNode[][] {
  const levels = [records.map((r): OracleNode => ({ hash: oracleLeaf(domain, r), sum: r.amount }))];
  for (let level = levels[0]!; level.length > 1; levels.push(level)) {
    const above: OracleNode[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [l, r] = [level[i]!, level[i + 1]];
      if (r === undefined) above.push(l);
      else {
        const hash = solidityPackedKeccak256(NODE, ["0x01", l.hash, l.sum, r.hash, r.sum]);
        above.push({ hash, sum: l.sum + r.sum });
      }
    }
    level = above;
  }
  return levels;
}

export function oracleTree(domain: Hash, records: readonly ServiceRecord[]) {
  const levels = oracleLevels(domain, records);
  const top = levels.at(-1)![0]!;
  const root = solidityPackedKeccak256(ROOT, ["0x02", domain, top.hash, top.sum, records.length]) as Hash;
  /** Of each level, from left to right, the unknown nodes that stand beside a known one. */
  const prove = (indices: number[]): OracleProof => {
    const siblings = levels.flatMap((level, height) => {
      const known = new Set(indices.map((index) => Math.floor(index / 2 ** height)));
      return level.filter((_, at) => !known.has(at) && known.has(at % 2 === 0 ? at + 1 : at - 1));
    });
    return { count: records.length, indices, siblings };
  };
  return { root, sum: top.sum, prove };
}
