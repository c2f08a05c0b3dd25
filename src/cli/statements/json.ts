import { agency, type Agency } from "../../core/ids.ts";

/** JSON of somebody else's, read member by member. Each reader throws a `TypeError` that names the member. */
export type Json = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new TypeError("a part of it is no object");
}

export function text(source: Json, name: string): string {
  const value = source[name];
  if (typeof value === "string") return value;
  throw new TypeError(`its ${name} is no text`);
}

export function whole(source: Json, name: string, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  const value = source[name];
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new TypeError(`its ${name} is out of range`);
}

export function list(source: Json, name: string, most = Infinity): readonly unknown[] {
  const value = source[name];
  if (Array.isArray(value) && value.length <= most) return value as readonly unknown[];
  throw new TypeError(`its ${name} are no list`);
}

/** The address of a ledger, in whatever case. */
export function address(source: Json, name: string): string {
  const value = text(source, name);
  if (/^0x[0-9a-fA-F]{40}$/.test(value)) return value;
  throw new TypeError(`its ${name} is no address`);
}

/** @throws `AgencyInvalid` */
export function agencyIn(source: Json, name: string): Agency {
  const value = text(source, name);
  const at = Math.max(value.indexOf(":"), 0);
  return agency(value.slice(0, at), value.slice(at + 1));
}
