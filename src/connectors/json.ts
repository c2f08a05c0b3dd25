import { credits, parseCredits, type Credits } from "../core/money.ts";

export type Json = Readonly<Record<string, unknown>>;

/** An object of a JSON document that somebody else wrote, or undefined where the value is none. */
export function objectOf(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** What stands at the end of a path of names, as far as it leads. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const name of path) {
    const object = objectOf(here);
    here = object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
  }
  return here;
}

/** A text or number there, without spaces around it; undefined where there is none or it is empty. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  const text = typeof found === "number" ? String(found) : typeof found === "string" ? found.trim() : "";
  return text === "" ? undefined : text;
}

/** The objects of a list there; what is no object is left in place as an empty one, so that nothing vanishes. */
export function listAt(value: unknown, ...path: readonly string[]): readonly Json[] | undefined {
  const found = path.length === 0 ? value : at(value, ...path);
  return Array.isArray(found) ? found.map((one: unknown) => objectOf(one) ?? {}) : undefined;
}

/**
 * An exact amount of zero or more: a decimal number or text, or digits and how many of them are decimals (`{"Base": 1250,
 * "Exp": 2}`, as Go programs write a decimal). Undefined where it is none.
 */
export function amountOf(value: unknown): Credits | undefined {
  const base = at(value, "Base");
  const decimals = at(value, "Exp");
  if (typeof base === "number" && typeof decimals === "number") return scaled(base, decimals);
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^\d{1,19}(\.\d+)?$/.test(text.trim())) return undefined;
  try {
    return parseCredits(text);
  } catch {
    return undefined;
  }
}

function scaled(base: number, decimals: number): Credits | undefined {
  if (!Number.isSafeInteger(base) || base < 0 || !Number.isInteger(decimals)) return undefined;
  if (decimals < 0 || decimals > 6) return undefined;
  return credits(BigInt(base) * 10n ** BigInt(6 - decimals));
}
