import { memberId, serviceId, type Hash } from "../src/core/ids.ts";
import { treeDomain } from "../src/core/leaf.ts";
import { credits } from "../src/core/money.ts";
import type { ServiceRecord } from "../src/core/record.ts";
import { keccak256, toHash } from "../src/core/keccak.ts";

export const DOMAIN: Hash = treeDomain(31337n, "0x5FbDB2315678afecb367f032d93F642f64180aa3");

const seed = new Uint8Array(8);
const view = new DataView(seed.buffer);

/** The record of a place: every one differs in its hashes, its quantity and its amount. */
export function benchRecord(place: number): ServiceRecord {
  const hashOf = (kind: number): Hash => {
    view.setUint32(0, place);
    view.setUint32(4, kind);
    return toHash(keccak256(seed));
  };
  return {
    supplier: memberId(3),
    consumer: memberId(4),
    request: hashOf(0),
    service: serviceId(1 + (place % 5)),
    charge: 0,
    quantity: 1 + (place % 30),
    amount: credits(BigInt(1 + (place % 997)) * 250_000n),
    details: hashOf(1),
  };
}

/** The records of the places from `from` on. */
export const benchRecords = (from: number, count: number): ServiceRecord[] =>
  Array.from({ length: count }, (_, i) => benchRecord(from + i));
