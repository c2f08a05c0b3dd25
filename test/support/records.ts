import { id, toBeHex } from "ethers";
import fc from "fast-check";
import { hash, memberId, serviceId } from "../../src/core/ids.ts";
import { treeDomain } from "../../src/core/leaf.ts";
import { credits } from "../../src/core/money.ts";
import type { ServiceRecord } from "../../src/core/record.ts";

export const LEDGER = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
export const DOMAIN = treeDomain(31337n, LEDGER);
export const UINT64 = (1n << 64n) - 1n;

export function record(n: number, amount: bigint = BigInt(n) * 1_000_000n): ServiceRecord {
  return {
    supplier: memberId(3),
    consumer: memberId(4),
    request: hash(id(`request ${n}`)),
    service: serviceId(1),
    charge: 0,
    quantity: n,
    amount: credits(amount),
    details: hash(id(`details ${n}`)),
  };
}

export const records = (count: number) => Array.from({ length: count }, (_, n) => record(n + 1));

export const anyRecord: fc.Arbitrary<ServiceRecord> = fc.record({
  supplier: fc.integer({ min: 1, max: 0xffff_ffff }).map(memberId),
  consumer: fc.integer({ min: 1, max: 0xffff_ffff }).map(memberId),
  request: fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }).map((n) => hash(toBeHex(n, 32))),
  service: fc.integer({ min: 1, max: 0xffff }).map(serviceId),
  charge: fc.integer({ min: 0, max: 0xffff }),
  quantity: fc.integer({ min: 0, max: 0xffff_ffff }),
  amount: fc.bigInt({ min: 0n, max: 1n << 56n }).map(credits),
  details: fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }).map((n) => hash(toBeHex(n, 32))),
});

/** Runs `act` and answers the code of the error it threw. */
export function codeOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return "nothing thrown";
}

/** The code that a promise is rejected with. */
export async function rejectionCode(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "nothing thrown",
    (error: unknown) => (error as { code?: unknown }).code,
  );
}
