import { encodeBytes32String, decodeBytes32String } from "ethers";
import { isil } from "../core/ids.ts";
import type { Isil } from "../core/ids.ts";

/** An ISIL as the register keeps it: ASCII in 16 bytes, padded with zeros. */
export function encodeIsil(text: Isil): string {
  return encodeBytes32String(isil(text)).slice(0, 2 + 32);
}

/** Reads the register's 16 bytes as text, without judging it. */
export function decodeIsil(bytes16: string): string {
  return decodeBytes32String(`${bytes16}${"0".repeat(32)}`);
}
