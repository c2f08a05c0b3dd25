import { isValidBIC, isValidIBAN } from "ibantools";

/** Countries that CLDR names and ISO 3166-1 has not assigned: reserved, or a user's own. */
const UNASSIGNED = /^(A[AC]|C[PQ]|DG|E[AUZ]|IC|Q[M-Z]|TA|U[KN]|X[A-Z]|ZZ)$/;

/** Whether it is an assigned country code of ISO 3166-1 alpha-2. */
export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || UNASSIGNED.test(code)) return false;
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  // A code that was withdrawn has a successor.
  return names.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code;
}

/** Whether it is a currency of ISO 4217 that people pay with. */
export function isCurrency(code: string): boolean {
  return (
    /^[A-Z]{3}$/.test(code) && !code.startsWith("X") && Intl.supportedValuesOf("currency").includes(code)
  );
}

/**
 * Decimals of an amount on paper: those of the currency (ISO 4217), at most two, which is all that EN 16931 takes
 * (BR-DEC).
 */
export function minorUnits(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return Math.min(maximumFractionDigits, 2);
}

/** Whether an IBAN's country, length, form and check digits are right (ISO 13616); written without spaces. */
export function isIban(text: string): boolean {
  return isValidIBAN(text);
}

/** Whether a BIC has the form of ISO 9362. */
export function isBic(text: string): boolean {
  return isValidBIC(text);
}

/** Whether a VAT identifier begins with a country (BR-CO-09; Greece writes EL). */
export function isVatId(text: string): boolean {
  return (
    /^[A-Z]{2}[A-Za-z0-9+*.]{2,18}$/.test(text) && (text.startsWith("EL") || isCountry(text.slice(0, 2)))
  );
}
