import { id, toBeHex } from "ethers";
import { hash, memberId, serviceId } from "../../src/core/ids.ts";
import { credits } from "../../src/core/money.ts";
import type { ServiceRecord } from "../../src/core/record.ts";
import { oracleDomain, oracleLeaf, oracleTree } from "./tree-oracle.ts";

/**
 * What test/parity/vectors/tree.json holds: every shape up to nine leaves, then the edges of every field. Of trees of up
 * to four records every set is proven; of larger ones each record, all of them, every other and the two ends.
 * Write it anew with `node --import tsx test/parity/write-vectors.ts` after the tree's definition has changed.
 */
export function treeVectors(): string {
  const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const vectors = [
    ...sizes.map((count) => vector(count === 1 ? "one record" : `${count} records`, 31337n, many(count))),
    vector("every field at its highest", (1n << 256n) - 1n, [highest(0n), highest(1n)]),
    vector("a sum of 2^64 - 1", 1n, [highest((1n << 64n) - 2n), highest(0n), highest(1n)]),
    vector("amounts of nothing", 1n, [plain(1, 0n), plain(2, 0n)]),
    vector("the same record twice", 1n, [plain(1, 5n), plain(1, 5n)]),
  ];
  return `${JSON.stringify({ vectors }, (_, v: unknown) => (typeof v === "bigint" ? v.toString() : v), 1)}\n`;
}

const LEDGER = "0x5FbDB2315678afecb367f032d93F642f64180aa3";

function vector(name: string, chainId: bigint, records: ServiceRecord[]) {
  const domain = oracleDomain(chainId, LEDGER);
  const leaves = records.map((record) => ({ ...record, leaf: oracleLeaf(domain, record) }));
  const { root, sum, prove } = oracleTree(domain, records);
  const proofs = places(records.length).map(prove);
  return { name, chainId, ledger: LEDGER, domain, records: leaves, root, sum, proofs };
}

function places(count: number): number[][] {
  const all = Array.from({ length: count }, (_, place) => place);
  if (count <= 4) {
    const sets = Array.from({ length: 2 ** count - 1 }, (_, set) => set + 1);
    return sets.map((set) => all.filter((place) => ((set >> place) & 1) === 1));
  }
  return [...all.map((place) => [place]), all, all.filter((place) => place % 2 === 0), [0, count - 1]];
}

function many(count: number): ServiceRecord[] {
  return Array.from({ length: count }, (_, n) => plain(n + 1, BigInt(n + 1) * 1_250_000n));
}

function plain(n: number, amount: bigint): ServiceRecord {
  return {
    supplier: memberId(3),
    consumer: memberId(4),
    request: hash(id(`request ${n}`)),
    service: serviceId(1 + (n % 2)),
    charge: n === 7 ? 1 : 0,
    quantity: n,
    amount: credits(amount),
    details: hash(id(`details ${n}`)),
  };
}

function highest(amount: bigint): ServiceRecord {
  const ones = hash(toBeHex((1n << 256n) - 1n, 32));
  const [supplier, consumer] = [memberId(0xffff_ffff), memberId(0xffff_fffe)];
  const numbers = { service: serviceId(0xffff), charge: 0xffff, quantity: 0xffff_ffff };
  return { supplier, consumer, request: ones, ...numbers, amount: credits(amount), details: ones };
}
