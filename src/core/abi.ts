/**
 * Big-endian packing, as `abi.encode` (32-byte words) and `abi.encodePacked` (bare integers) do it.
 * Callers have checked the ranges: a value too wide would be cut without a word.
 */

export const WORD = 32;

/** Writes an unsigned integer, right-aligned in `width` bytes. Safe integers only; see {@link putBig}. */
export function putUint(target: Uint8Array, offset: number, width: number, value: number): void {
  for (let i = offset + width - 1, rest = value; i >= offset; i--) {
    target[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** Writes an unsigned bigint, right-aligned in `width` bytes. */
export function putBig(target: Uint8Array, offset: number, width: number, value: bigint): void {
  for (let i = offset + width - 1, rest = value; i >= offset; i--) {
    target[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
}

/** Reads an unsigned integer of `width` bytes. */
export function getBig(source: Uint8Array, offset: number, width: number): bigint {
  let value = 0n;
  for (let i = offset; i < offset + width; i++) value = value * 256n + BigInt(source[i] ?? 0);
  return value;
}

/** Writes the bytes of a `0x` text, right-aligned in `width` bytes. */
export function putHex(target: Uint8Array, offset: number, width: number, text: string): void {
  const bytes = (text.length - 2) / 2;
  target.fill(0, offset, offset + width - bytes);
  for (let i = 0, at = offset + width - bytes; i < bytes; i++, at++) {
    target[at] = nibble(text.charCodeAt(2 + 2 * i)) * 16 + nibble(text.charCodeAt(3 + 2 * i));
  }
}

/** The value of one hexadecimal digit: `0` is 48, `A` 65 and `a` 97. */
function nibble(code: number): number {
  return code < 58 ? code - 48 : (code | 32) - 87;
}
