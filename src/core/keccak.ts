import { createKeccak } from "hash-wasm";
import type { Hash } from "./ids.ts";

const DIGITS = Array.from({ length: 16 }, (_, value) => value.toString(16).charCodeAt(0));
const hasher = await createKeccak(256);
const text: number[] = [...new TextEncoder().encode(`0x${"0".repeat(64)}`)];

/** Ethereum's hash, in WebAssembly. Every hash of the core passes through here; the bytes are the caller's. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return hasher.init().update(bytes).digest("binary");
}

/** Writes 32 bytes of `bytes`, from `offset` on, as a hash. */
export function toHash(bytes: Uint8Array, offset = 0): Hash {
  // One flat text at once: one that grows digit by digit takes ten times as long and keeps every piece.
  for (let i = 0; i < 32; i++) {
    const byte = bytes[offset + i] ?? 0;
    text[2 + 2 * i] = DIGITS[byte >> 4]!;
    text[3 + 2 * i] = DIGITS[byte & 15]!;
  }
  return String.fromCharCode(...text) as Hash;
}
