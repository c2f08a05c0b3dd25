import type { MemberId } from "./ids.ts";
import { credits } from "./money.ts";
import type { Credits } from "./money.ts";

/** What somebody else pays of a statement, a relief or a grant, or gets of it, a rights holder. */
export type Leg =
  | { readonly kind: "aid"; readonly relief: number; readonly amount: Credits }
  | { readonly kind: "royalty"; readonly holder: MemberId; readonly amount: Credits };

const AID = 1n << 255n;

/** A leg as the contracts log it, in one word. Twin: contracts/libraries/Legs.sol. */
export function encodeLeg(leg: Leg): bigint {
  if (leg.kind === "aid") return AID | (BigInt(leg.relief) << 64n) | leg.amount;
  return (BigInt(leg.holder) << 64n) | leg.amount;
}

/** Reads a leg back. */
export function decodeLeg(word: bigint): Leg {
  const amount = credits(BigInt.asUintN(64, word));
  const target = Number(BigInt.asUintN(32, word >> 64n));
  return (word & AID) === 0n
    ? { kind: "royalty", holder: target as MemberId, amount }
    : { kind: "aid", relief: target, amount };
}

/** What the legs of one kind come to. */
export function sumLegs(legs: readonly Leg[], kind: Leg["kind"]): Credits {
  return credits(legs.reduce((sum, leg) => (leg.kind === kind ? sum + leg.amount : sum), 0n));
}
