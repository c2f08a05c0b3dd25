import { putBig, putHex, putUint, WORD } from "./abi.ts";
import { ConsortiaError } from "./error.ts";
import { hash, type Hash } from "./ids.ts";
import { keccak256, toHash } from "./keccak.ts";
import type { ServiceRecord } from "./record.ts";

/**
 * The leaf of a record tree.
 *
 *     domain = keccak256(abi.encode(uint256 chainId, address ledger))
 *     leaf   = keccak256(keccak256(abi.encode(RECORD_TYPEHASH, domain, supplier, consumer, request,
 *                                             service, charge, quantity, amount, details)))
 *
 * Ten words of 32 bytes inside, one outside: no preimage of a leaf has the length of a node's (81 bytes) or
 * of a root's (77), so neither can be shown as a record. The domain keeps a record to one ledger on one chain.
 */

export const RECORD_TYPE =
  "Record(bytes32 domain,uint32 supplier,uint32 consumer,bytes32 request,uint16 service,uint16 charge," +
  "uint32 quantity,uint64 amount,bytes32 details)";

export const RECORD_TYPEHASH: Hash = toHash(keccak256(new TextEncoder().encode(RECORD_TYPE)));

const UINT16 = 0xffff;
const UINT32 = 0xffff_ffff;
const UINT64 = (1n << 64n) - 1n;

/** What sets one ledger on one chain apart from every other. @throws `ChainIdInvalid`, `LedgerInvalid` */
export function treeDomain(chainId: bigint, ledger: string): Hash {
  if (chainId < 1n || chainId >= 1n << 256n) {
    throw new ConsortiaError("ChainIdInvalid", `${chainId} is not a chain's number.`, {
      values: { chainId },
    });
  }
  if (!/^0x[0-9a-fA-F]{40}$/.test(ledger)) {
    throw new ConsortiaError("LedgerInvalid", `"${ledger}" is not the address of a ledger.`, {
      values: { ledger },
    });
  }
  const words = new Uint8Array(2 * WORD);
  putBig(words, 0, WORD, chainId);
  putHex(words, WORD, WORD, ledger);
  return toHash(keccak256(words));
}

/** The leaf of one record. @throws `RecordInvalid` naming the field that is out of range. */
export function recordLeaf(domain: Hash, record: ServiceRecord): Hash {
  return toHash(createLeafHasher(domain)(record));
}

/** Hashes many records of one domain; the returned bytes are the caller's. */
export function createLeafHasher(domain: Hash): (record: ServiceRecord) => Uint8Array {
  const words = new Uint8Array(10 * WORD);
  putHex(words, 0, WORD, RECORD_TYPEHASH);
  putHex(words, WORD, WORD, hash(domain));
  return (record) => {
    checkRecord(record);
    putUint(words, 2 * WORD + 28, 4, record.supplier);
    putUint(words, 3 * WORD + 28, 4, record.consumer);
    putHex(words, 4 * WORD, WORD, record.request);
    putUint(words, 5 * WORD + 30, 2, record.service);
    putUint(words, 6 * WORD + 30, 2, record.charge);
    putUint(words, 7 * WORD + 28, 4, record.quantity);
    putBig(words, 8 * WORD + 24, 8, record.amount);
    putHex(words, 9 * WORD, WORD, record.details);
    return keccak256(keccak256(words));
  };
}

function checkRecord(record: ServiceRecord): void {
  checkUint("supplier", record.supplier, UINT32);
  checkUint("consumer", record.consumer, UINT32);
  checkHash("request", record.request);
  checkUint("service", record.service, UINT16);
  checkUint("charge", record.charge, UINT16);
  checkUint("quantity", record.quantity, UINT32);
  if (typeof record.amount !== "bigint" || record.amount < 0n || record.amount > UINT64) {
    throw invalid("amount", record.amount, `millionths of a credit from 0 to ${UINT64}`);
  }
  checkHash("details", record.details);
}

function checkUint(field: string, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw invalid(field, value, `a whole number from 0 to ${max}`);
  }
}

function checkHash(field: string, value: string): void {
  if (!/^0x[0-9a-fA-F]{64}$/.test(value)) throw invalid(field, value, "32 bytes as 0x and 64 digits");
}

function invalid(field: string, value: unknown, wanted: string): ConsortiaError {
  return new ConsortiaError("RecordInvalid", `A record's ${field} must be ${wanted}, not ${String(value)}.`, {
    values: { field, value },
  });
}
