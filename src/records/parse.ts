import { ConsortiaError, isConsortiaError } from "../core/error.ts";
import { agency, hash, memberId, serviceId, statementNumber } from "../core/ids.ts";
import { formatCredits, parseCredits } from "../core/money.ts";
import { period } from "../core/period.ts";
import type { Bundle, BundleRecord } from "./bundle.ts";
import { canonicalJson } from "./json.ts";

/**
 * Reads a bundle from JSON that someone else wrote. Members it does not know are refused, not dropped: what
 * is stored is what was given. It does not compare the root; see checkRoot.
 * @throws `BundleInvalid` naming the member.
 */
export function parseBundle(value: unknown): Bundle {
  const members = "version chainId ledger supplier consumer number period root records".split(" ");
  const source = object("bundle", value, members, ["statement"]);
  const { version, records, statement } = source;
  if (version !== 1) throw invalid("version", `is ${String(version)}; this software reads version 1`);
  if (!Array.isArray(records) || records.length === 0) throw invalid("records", "is not a list of records");
  if (statement !== undefined) at("statement", () => canonicalJson(statement));
  return {
    version,
    chainId: at("chainId", () => whole(source["chainId"], 1)),
    ledger: at("ledger", () => matching(source["ledger"], /^0x[0-9a-fA-F]{40}$/, "the address of a ledger")),
    supplier: at("supplier", () => memberId(whole(source["supplier"]))),
    consumer: at("consumer", () => memberId(whole(source["consumer"]))),
    number: at("number", () => statementNumber(whole(source["number"]))),
    period: at("period", () => period(whole(source["period"]))),
    root: at("root", () => hash(text(source["root"]))),
    records: records.map((record, i) => parseRecord(record, `records[${i}]`)),
    ...(statement === undefined ? {} : { statement }),
  };
}

function parseRecord(value: unknown, path: string): BundleRecord {
  const members = "request service charge quantity amount salt details completedAt".split(" ");
  const source = object(path, value, members);
  const request = object(`${path}.request`, source["request"], ["requesting", "supplying", "id"]);
  return {
    request: {
      requesting: at(`${path}.request.requesting`, () => parseAgency(request["requesting"])),
      supplying: at(`${path}.request.supplying`, () => parseAgency(request["supplying"])),
      id: at(`${path}.request.id`, () => matching(request["id"], /\S/, "an identifier")),
    },
    service: at(`${path}.service`, () => serviceId(whole(source["service"]))),
    charge: at(`${path}.charge`, () => whole(source["charge"], 0, 0xffff)),
    quantity: at(`${path}.quantity`, () => whole(source["quantity"], 0, 0xffff_ffff)),
    amount: at(`${path}.amount`, () => parseAmount(source["amount"])),
    salt: at(`${path}.salt`, () => hash(text(source["salt"]))),
    details: at(`${path}.details`, () => parseDetails(source["details"])),
    completedAt: at(`${path}.completedAt`, () => whole(source["completedAt"])),
  };
}

/** The agency just as it stands: folding its case here would change the request's hash. */
function parseAgency(value: unknown) {
  const [, scheme = "", symbol = ""] = /^([^:]*):(.*)$/s.exec(text(value)) ?? [];
  const parsed = agency(scheme, symbol);
  if (parsed !== value) throw new TypeError(`is written "${String(value)}" where "${parsed}" is meant`);
  return parsed;
}

/** One spelling for one amount, so that equal bundles are equal files. */
function parseAmount(value: unknown): string {
  const amount = parseCredits(text(value));
  if (amount < 0n) throw new TypeError("is negative");
  return formatCredits(amount);
}

function parseDetails(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError("is no object");
  return Object.fromEntries(Object.entries(value).map(([key, detail]) => [key, text(detail)]));
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("is not a text");
  return value;
}

function matching(value: unknown, pattern: RegExp, what: string): string {
  if (!pattern.test(text(value))) throw new TypeError(`is not ${what}`);
  return text(value);
}

function whole(value: unknown, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isInteger(value) || Number(value) < min || Number(value) > max) {
    throw new TypeError(`is not a whole number from ${min} to ${max}`);
  }
  return Number(value);
}

function object(path: string, value: unknown, required: string[], optional: string[] = []) {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(path, "is no object");
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) throw invalid(path, `has no member "${missing}"`);
  const unknown = Object.keys(value).find((name) => !required.includes(name) && !optional.includes(name));
  if (unknown !== undefined) throw invalid(path, `has a member "${unknown}" that a bundle does not know`);
  return value as Readonly<Record<string, unknown>>;
}

function at<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (isConsortiaError(cause)) throw invalid(path, `is not right. ${cause.message}`, cause);
    if (cause instanceof TypeError) throw invalid(path, cause.message, cause);
    throw cause;
  }
}

function invalid(path: string, what: string, cause?: unknown): ConsortiaError {
  const message = `The bundle cannot be read: ${path} ${what.replace(/\.$/, "")}.`;
  return new ConsortiaError("BundleInvalid", message, { cause, values: { path } });
}
