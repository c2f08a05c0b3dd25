import { WORD } from "../../core/abi.ts";
import { ConsortiaError } from "../../core/error.ts";
import { keccak256 } from "../../core/keccak.ts";
import type { Curve } from "./secp256k1.ts";

/** A compact signature (EIP-2098) takes so many bytes: r, then s with the parity in its highest bit. */
export const SIGNATURE = 64;
export const ADDRESS = 20;

/** Half the order of secp256k1: of the two values of s that fit a signature only the lower counts. */
const HALF_ORDER = Uint8Array.from(
  Buffer.from("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", "hex"),
);

/**
 * The addresses whose keys signed, 20 bytes each, in the order of the digests; zeros where nobody did: a signature
 * that is malformed or has the higher s recovers nobody. Twin: contracts/libraries/Signers.sol.
 * @param digests 32 bytes each
 * @param signatures 64 bytes each
 * @throws `RecoverInvalid` where the lengths do not fit one another
 */
export function recoverAddresses(curve: Curve, digests: Uint8Array, signatures: Uint8Array): Uint8Array {
  const count = countOf(digests, signatures);
  const addresses = new Uint8Array(count * ADDRESS);
  const signature = new Uint8Array(SIGNATURE);
  for (let i = 0; i < count; i++) {
    signature.set(signatures.subarray(i * SIGNATURE, (i + 1) * SIGNATURE));
    const parity = signature[WORD]! >> 7;
    signature[WORD]! &= 0x7f;
    if (isHigh(signature)) continue;
    const key = curve.recoverKey(digests.subarray(i * WORD, (i + 1) * WORD), signature, parity);
    if (key !== undefined) addresses.set(keccak256(key.subarray(1)).subarray(WORD - ADDRESS), i * ADDRESS);
  }
  return addresses;
}

/** How many signatures there are. @throws `RecoverInvalid` */
export function countOf(digests: Uint8Array, signatures: Uint8Array): number {
  const count = digests.length / WORD;
  if (Number.isInteger(count) && signatures.length === count * SIGNATURE) return count;
  throw new ConsortiaError(
    "RecoverInvalid",
    `${digests.length} bytes of digests and ${signatures.length} of signatures do not fit: 32 and 64 bytes each are needed.`,
    { values: { digests: digests.length, signatures: signatures.length } },
  );
}

/** The address at a place of what {@link recoverAddresses} returns, in lower case, or undefined for nobody. */
export function addressAt(addresses: Uint8Array, index: number): string | undefined {
  const bytes = addresses.subarray(index * ADDRESS, (index + 1) * ADDRESS);
  return bytes.every((byte) => byte === 0) ? undefined : `0x${Buffer.from(bytes).toString("hex")}`;
}

function isHigh(signature: Uint8Array): boolean {
  for (let i = 0; i < WORD; i++) {
    const difference = signature[WORD + i]! - HALF_ORDER[i]!;
    if (difference !== 0) return difference > 0;
  }
  return false;
}
