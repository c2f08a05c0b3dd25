import type { RequestIdentity } from "../core/commitment.ts";
import { ConsortiaError, isConsortiaError } from "../core/error.ts";
import { agency, type Agency } from "../core/ids.ts";
import { formatCredits, parseCredits } from "../core/money.ts";

/** Reads a document that someone else wrote, and names the member that is not right. */
export interface Reader {
  /** The members of an object; ones that are missing or unknown are refused. */
  object(path: string, value: unknown, required: readonly string[], optional?: readonly string[]): Members;
  /** What `read` answers, its refusal told as the document's. */
  at<T>(path: string, read: () => T): T;
  invalid(path: string, what: string, cause?: unknown): ConsortiaError;
}

export type Members = Readonly<Record<string, unknown>>;

/**
 * @param document what is read, such as `bundle`
 * @param code the code of its errors, such as `BundleInvalid`
 */
export function createReader(document: string, code: string): Reader {
  function invalid(path: string, what: string, cause?: unknown): ConsortiaError {
    const message = `The ${document} cannot be read: ${path} ${what.replace(/\.$/, "")}.`;
    return new ConsortiaError(code, message, { cause, values: { path } });
  }

  function object(
    path: string,
    value: unknown,
    required: readonly string[],
    optional: readonly string[] = [],
  ): Members {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw invalid(path, "is no object");
    const missing = required.find((name) => !Object.hasOwn(value, name));
    if (missing !== undefined) throw invalid(path, `has no member "${missing}"`);
    const unknown = Object.keys(value).find((name) => !required.includes(name) && !optional.includes(name));
    if (unknown !== undefined) {
      throw invalid(path, `has a member "${unknown}" that a ${document} does not know`);
    }
    return value as Members;
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

  return { object, at, invalid };
}

/** @throws TypeError */
export function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("is not a text");
  return value;
}

function matching(value: unknown, pattern: RegExp, what: string): string {
  if (!pattern.test(text(value))) throw new TypeError(`is not ${what}`);
  return text(value);
}

/** @throws TypeError */
export function whole(value: unknown, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isInteger(value) || Number(value) < min || Number(value) > max) {
    throw new TypeError(`is not a whole number from ${min} to ${max}`);
  }
  return Number(value);
}

/** @throws TypeError */
export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("is not a list");
  return value;
}

/** @throws TypeError */
export function address(value: unknown): string {
  return matching(value, /^0x[0-9a-fA-F]{40}$/, "the address of a ledger");
}

/** A request in the clear. */
export function readRequest({ object, at }: Reader, path: string, value: unknown): RequestIdentity {
  const source = object(path, value, ["requesting", "supplying", "id"]);
  return {
    requesting: at(`${path}.requesting`, () => exactAgency(source["requesting"])),
    supplying: at(`${path}.supplying`, () => exactAgency(source["supplying"])),
    id: at(`${path}.id`, () => matching(source["id"], /\S/, "an identifier")),
  };
}

/** Agencies that were read before: one document after another names the same few. */
const known = new Set<Agency>();
const KNOWN_LIMIT = 1_000;

/** The agency just as it stands: folding its case here would change the request's hash. */
function exactAgency(value: unknown): Agency {
  if (known.has(value as Agency)) return value as Agency;
  const [, scheme = "", symbol = ""] = /^([^:]*):(.*)$/s.exec(text(value)) ?? [];
  const parsed = agency(scheme, symbol);
  if (parsed !== value) throw new TypeError(`is written "${String(value)}" where "${parsed}" is meant`);
  if (known.size === KNOWN_LIMIT) known.clear();
  known.add(parsed);
  return parsed;
}

/** An amount that is spelled as {@link formatCredits} does. */
const CANONICAL = /^(?:0|[1-9]\d{0,18})\.\d\d(?:\d{0,3}[1-9])?$/;

/** One spelling for one amount, so that equal documents are equal files. @throws TypeError */
export function amount(value: unknown): string {
  if (CANONICAL.test(text(value))) return text(value);
  const parsed = parseCredits(text(value));
  if (parsed < 0n) throw new TypeError("is negative");
  return formatCredits(parsed);
}
