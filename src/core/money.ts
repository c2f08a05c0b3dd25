import type { Brand } from "./brand.ts";
import { ConsortiaError } from "./error.ts";

/** An amount of credits in millionths, signed. One credit is one unit of the settlement currency. */
export type Credits = Brand<bigint, "Credits">;

/** Decimal places of a credit, on chain and off. */
export const CREDIT_DECIMALS = 6;

/** The most that all accounts may hold together, so that no position can overflow its 64 bits. */
export const MAX_BACKING = ((1n << 63n) - 1n) as Credits;

const ONE = 10n ** BigInt(CREDIT_DECIMALS);
const DECIMAL = /^(-?)(\d{1,19})(?:\.(\d+))?$/;

/** Takes millionths as credits. */
export function credits(millionths: bigint): Credits {
  return millionths as Credits;
}

export const ZERO = credits(0n);

/**
 * Reads a decimal number such as `12.50`. More than six decimals are accepted only where they are zeros:
 * nothing is ever rounded on the way in.
 * @throws `MoneyInvalid` where the text is no such number.
 */
export function parseCredits(text: string): Credits {
  const match = DECIMAL.exec(text.trim());
  const fraction = (match?.[3] ?? "").replace(/0+$/, "");
  if (match === null || fraction.length > CREDIT_DECIMALS) {
    throw new ConsortiaError(
      "MoneyInvalid",
      `"${text}" is not an amount of credits. Write a decimal number with at most ${CREDIT_DECIMALS} decimals, such as 12.50.`,
      { values: { text } },
    );
  }
  const units = BigInt(match[2] ?? "0") * ONE + BigInt(fraction.padEnd(CREDIT_DECIMALS, "0"));
  return credits(match[1] === "-" ? -units : units);
}

/** Writes credits as an exact decimal number with at least two decimals: `12.50`, `-0.000001`. */
export function formatCredits(amount: Credits): string {
  const sign = amount < 0n ? "-" : "";
  const units: bigint = amount < 0n ? -amount : amount;
  const fraction = (units % ONE).toString().padStart(CREDIT_DECIMALS, "0");
  return `${sign}${units / ONE}.${fraction.replace(/0{1,4}$/, "")}`;
}

/**
 * Units of the settlement asset that stand for an amount of credits, exactly.
 * @param decimals the asset's decimals, 6 to 18.
 * @throws `MoneyDecimals` where the asset cannot carry credits exactly.
 */
export function toAssetUnits(amount: Credits, decimals: number): bigint {
  if (!Number.isInteger(decimals) || decimals < CREDIT_DECIMALS || decimals > 18) {
    throw new ConsortiaError(
      "MoneyDecimals",
      `An asset of ${decimals} decimals cannot carry credits exactly. Use one of ${CREDIT_DECIMALS} to 18 decimals.`,
      { values: { decimals } },
    );
  }
  return amount * 10n ** BigInt(decimals - CREDIT_DECIMALS);
}
