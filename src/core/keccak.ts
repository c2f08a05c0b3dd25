import { keccak_256 } from "@noble/hashes/sha3.js";
import type { Hash } from "./ids.ts";

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * Ethereum's hash. Every hash of the core passes through here, so that a faster engine has one place to go:
 * @noble/hashes permutes about 250,000 times a second, and a record costs five permutations.
 */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes);
}

/** Writes 32 bytes of `bytes`, from `offset` on, as a hash. */
export function toHash(bytes: Uint8Array, offset = 0): Hash {
  let text = "0x";
  for (let i = offset; i < offset + 32; i++) text += HEX[bytes[i] ?? 0] ?? "";
  return text as Hash;
}
