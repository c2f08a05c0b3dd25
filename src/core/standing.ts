import { credits } from "./money.ts";
import type { Credits } from "./money.ts";

/** After so many months any standing of 64 bits has decayed to nothing. */
const FORGOTTEN_AFTER = 512;

/**
 * Decays a standing by one twelfth a month, rounded down month by month, so that it does not matter how often
 * an account is touched. Twin: contracts/libraries/Standing.sol.
 */
export function decayStanding(standing: Credits, months: number): Credits {
  if (months >= FORGOTTEN_AFTER) return credits(0n);
  let decayed: bigint = standing;
  for (let i = 0; i < months && decayed !== 0n; i++) decayed = (decayed * 11n) / 12n;
  return credits(decayed);
}
