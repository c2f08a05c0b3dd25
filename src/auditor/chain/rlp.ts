/** Bytes, or a list of the same. */
export type Rlp = Uint8Array | readonly Rlp[];

const NOTHING = new Uint8Array();

/** Recursive length prefix (yellow paper, appendix B): what headers and receipts are hashed as. */
export function encodeRlp(value: Rlp): Uint8Array {
  if (value instanceof Uint8Array) {
    const [first] = value;
    return value.length === 1 && first! < 0x80 ? value : Buffer.concat([prefix(0x80, value.length), value]);
  }
  const items = value.map(encodeRlp);
  const length = items.reduce((sum, item) => sum + item.length, 0);
  return Buffer.concat([prefix(0xc0, length), ...items]);
}

function prefix(base: number, length: number): Uint8Array {
  if (length < 56) return Uint8Array.of(base + length);
  const size = rlpNumber(BigInt(length));
  return Uint8Array.of(base + 55 + size.length, ...size);
}

/** A number as RLP takes it: its bytes without leading zeros, none for zero. */
export function rlpNumber(value: bigint): Uint8Array {
  if (value === 0n) return NOTHING;
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
}

/** The bytes of a hexadecimal text that was checked before. */
export const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.slice(2), "hex");
