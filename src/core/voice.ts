import type { Credits } from "./money.ts";

/** What every member's word weighs at least, in units of voice. */
export const BASE_VOICE = 1_000_000n;

/** For how many months a new member has no voice. */
export const VOICE_WAITING_MONTHS = 3;

/**
 * What a member's word weighs: the base, and at most as much again that grows with the square root of its standing up
 * to the full one. Rounded down; what is lost is nobody's. Twin: Voice.unitsOf.
 */
export function voiceOf(standing: Credits, fullStanding: Credits): bigint {
  const capped: bigint = standing < fullStanding ? standing : fullStanding;
  return BASE_VOICE + squareRoot((BASE_VOICE * BASE_VOICE * capped) / fullStanding);
}

/** The largest whole number whose square is no more than a value, by Newton's method from above. */
export function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
