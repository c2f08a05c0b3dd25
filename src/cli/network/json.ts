/** What a preset's file holds. Each reader throws a TypeError that names the member and what it must be. */
export type Json = Readonly<Record<string, unknown>>;

export function object(source: Json, name: string): Json {
  const value = source[name];
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(name, "an object");
  return value as Json;
}

export function list(source: Json, name: string): Json[] {
  const value = source[name];
  if (!Array.isArray(value) || value.length === 0) throw wrong(name, "a list");
  return value.map((item: unknown, index) => object({ [`${name}[${index}]`]: item }, `${name}[${index}]`));
}

export function text(source: Json, name: string): string {
  const value = source[name];
  if (typeof value !== "string" || value === "") throw wrong(name, "a text");
  return value;
}

export function number(source: Json, name: string): number {
  const value = source[name];
  if (!Number.isInteger(value) || Number(value) < 0) throw wrong(name, "a whole number");
  return Number(value);
}

function wrong(name: string, wanted: string): TypeError {
  return new TypeError(`"${name}" must be ${wanted}.`);
}

/** A number of days, in seconds. */
export function days(source: Json, name: string): number {
  return number(source, name) * 86_400;
}

/** A share such as 0.25, in basis points. */
export function share(source: Json, name: string): number {
  const value = source[name];
  const bps = typeof value === "number" ? Math.round(value * 10_000) : 0;
  if (typeof value !== "number" || bps < 1 || bps > 10_000 || Math.abs(value * 10_000 - bps) > 1e-6) {
    throw wrong(name, "a share from 0.0001 to 1, with at most four decimals");
  }
  return bps;
}
