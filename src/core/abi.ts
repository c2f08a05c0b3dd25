/**
 * Big-endian packing, as `abi.encode` (32-byte words) and `abi.encodePacked` (bare integers) do it.
 * Callers have checked the ranges: a value too wide would be cut without a word.
 */

export const WORD = 32;

/** The values of hexadecimal digits by their character's code; 255 for every other character. */
const NIBBLES = new Uint8Array(128).fill(255);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  NIBBLES[digit.charCodeAt(0)] = value;
  NIBBLES[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Writes an unsigned integer, right-aligned in `width` bytes. Safe integers only; see {@link putBig}. */
export function putUint(target: Uint8Array, offset: number, width: number, value: number): void {
  for (let i = offset + width - 1, rest = value; i >= offset; i--) {
    target[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** Writes an unsigned bigint, right-aligned in `width` bytes. */
export function putBig(target: Uint8Array, offset: number, width: number, value: bigint): void {
  let rest = value;
  for (let end = offset + width; end > offset; end -= 6) {
    if (rest === 0n) {
      target.fill(0, offset, end);
      return;
    }
    // As many bytes at once as a safe integer holds: arithmetic on bigints allocates.
    const bytes = Math.min(6, end - offset);
    putUint(target, end - bytes, bytes, Number(BigInt.asUintN(8 * bytes, rest)));
    rest >>= 48n;
  }
}

/** Reads an unsigned integer of up to six bytes; a wider one may not be a safe integer. */
export function getUint(source: Uint8Array, offset: number, width: number): number {
  let value = 0;
  for (let i = offset; i < offset + width; i++) value = value * 256 + (source[i] ?? 0);
  return value;
}

/** Reads an unsigned integer of `width` bytes. */
export function getBig(source: Uint8Array, offset: number, width: number): bigint {
  if (width > 6) {
    const low = getUint(source, offset + width - 6, 6);
    return (getBig(source, offset, width - 6) << 48n) | BigInt(low);
  }
  return BigInt(getUint(source, offset, width));
}

/** Writes the bytes of a `0x` text, right-aligned in `width` bytes. */
export function putHex(target: Uint8Array, offset: number, width: number, text: string): void {
  const bytes = (text.length - 2) / 2;
  target.fill(0, offset, offset + width - bytes);
  putDigits(target, offset + width - bytes, bytes, text);
}

/** Writes 32 bytes given as `0x` and 64 digits; false where the text is anything else. */
export function putHash(target: Uint8Array, offset: number, text: string): boolean {
  return text.length === 66 && text.startsWith("0x") && putDigits(target, offset, WORD, text);
}

function putDigits(target: Uint8Array, offset: number, bytes: number, text: string): boolean {
  let seen = 0;
  for (let i = 0; i < bytes; i++) {
    const high = NIBBLES[text.charCodeAt(2 + 2 * i)] ?? 255;
    const low = NIBBLES[text.charCodeAt(3 + 2 * i)] ?? 255;
    seen |= high | low;
    target[offset + i] = (high << 4) | low;
  }
  return seen < 16;
}
