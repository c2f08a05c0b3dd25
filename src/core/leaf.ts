import { putBig, putHash, putHex, WORD } from "./abi.ts";
import { ConsortiaError } from "./error.ts";
import { hash, type Hash } from "./ids.ts";
import { keccak256, toHash } from "./keccak.ts";
import type { ServiceRecord } from "./record.ts";

/**
 * The leaf of a record tree, integers big-endian.
 *
 *     domain = keccak256(abi.encode(uint256 chainId, address ledger))
 *     inner  = keccak256(0x00 ‖ domain ‖ uint32 supplier ‖ uint32 consumer ‖ request ‖ uint16 service ‖
 *                        uint16 charge ‖ uint32 quantity ‖ uint64 amount ‖ details)    121 bytes
 *     leaf   = keccak256(inner)                                                          32 bytes
 *
 * A record, a node (tree.ts) and a root begin with a byte of their own and have a length of their own, so that none
 * can be shown as another; a leaf is hashed twice, so that none of them is the preimage of a leaf. 121 bytes are one
 * permutation of Keccak. The domain keeps a record to one ledger on one chain. Twin: contracts/libraries/RecordTree.sol.
 */

const UINT16 = 0xffff;
const UINT32 = 0xffff_ffff;
const UINT64 = (1n << 64n) - 1n;
const HASH = "32 bytes as 0x and 64 digits";

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
  const node = new Uint8Array(WORD + 8);
  createLeafHasher(domain)(record, node, 0);
  return toHash(node);
}

/** Hashes many records of one domain: writes each as a node, leaf and amount, at an offset of a target. */
export function createLeafHasher(
  domain: Hash,
): (record: ServiceRecord, target: Uint8Array, offset: number) => void {
  const packed = new Uint8Array(121);
  const view = new DataView(packed.buffer);
  const inner = new Uint8Array(WORD);
  putHex(packed, 1, WORD, hash(domain));
  return (record, target, offset) => {
    const { supplier, consumer, request, service, charge, quantity, amount, details } = record;
    checkUint("supplier", supplier, UINT32);
    checkUint("consumer", consumer, UINT32);
    checkUint("service", service, UINT16);
    checkUint("charge", charge, UINT16);
    checkUint("quantity", quantity, UINT32);
    if (typeof amount !== "bigint" || amount < 0n || amount > UINT64) {
      throw invalid("amount", amount, `millionths of a credit from 0 to ${UINT64}`);
    }
    view.setUint32(33, supplier);
    view.setUint32(37, consumer);
    if (!putHash(packed, 41, request)) throw invalid("request", request, HASH);
    view.setUint16(73, service);
    view.setUint16(75, charge);
    view.setUint32(77, quantity);
    view.setBigUint64(81, amount);
    if (!putHash(packed, 89, details)) throw invalid("details", details, HASH);
    inner.set(keccak256(packed));
    target.set(keccak256(inner), offset);
    for (let i = 0; i < 8; i++) target[offset + WORD + i] = packed[81 + i]!;
  };
}

function checkUint(field: string, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw invalid(field, value, `a whole number from 0 to ${max}`);
  }
}

function invalid(field: string, value: unknown, wanted: string): ConsortiaError {
  return new ConsortiaError("RecordInvalid", `A record's ${field} must be ${wanted}, not ${String(value)}.`, {
    values: { field, value },
  });
}
