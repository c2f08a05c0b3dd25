import { keccak256 } from "../../core/keccak.ts";
import { bytesOf } from "./rlp.ts";

/** The three bits that a value sets in a bloom of 2,048 (yellow paper, 4.3.1). */
export type BloomBits = readonly [number, number, number];

/** The bits of an address or a topic. */
export function bloomBits(value: string): BloomBits {
  const hash = keccak256(bytesOf(value));
  const bit = (at: number) => ((hash[at]! << 8) | hash[at + 1]!) & 2_047;
  return [bit(0), bit(2), bit(4)];
}

/** Whether a bloom may hold the value; where not, it does not. */
export function bloomHas(bloom: string, bits: BloomBits): boolean {
  return bits.every((bit) => {
    // Bit 0 is the lowest of the last byte, and a digit holds four.
    const digit = parseInt(bloom.charAt(bloom.length - 1 - (bit >> 2)), 16);
    return ((digit >> (bit & 3)) & 1) === 1;
  });
}
