import { encodeBytes32String, getBytes } from "ethers";
import { isil } from "../core/ids.ts";
import type { Isil } from "../core/ids.ts";

/** An ISIL as the register keeps it: ASCII in 16 bytes, padded with zeros. */
export function encodeIsil(text: Isil): string {
  return encodeBytes32String(isil(text)).slice(0, 2 + 32);
}

/** Reads the register's 16 bytes as text, without judging it. */
export function decodeIsil(bytes16: string): string {
  return String.fromCharCode(...getBytes(bytes16).filter((byte) => byte !== 0));
}
