import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { agency, type Agency } from "../../core/ids.ts";
import { formatCredits, parseCredits, type Credits } from "../../core/money.ts";
import type { Unrecorded } from "../../core/own.ts";
import type { RecordDraft } from "../../core/record.ts";

/** A draft as a file holds it: amounts as decimal text, so that no program rounds them. */
export function draftText({ maximum, cost, ...draft }: RecordDraft): string {
  return JSON.stringify({
    ...draft,
    ...(maximum === undefined ? {} : { maximum: formatCredits(maximum) }),
    ...(cost === undefined ? {} : { cost: formatCredits(cost) }),
  });
}

type Json = Readonly<Record<string, unknown>>;

/** Reads drafts that a person may have corrected. @throws `DraftsInvalid` naming the draft and its member */
export function parseDrafts(path: string, source: unknown): RecordDraft[] {
  const { version, drafts } = (typeof source === "object" && source !== null ? source : {}) as Json;
  if (version !== 1 || !Array.isArray(drafts)) throw invalid(path, "it holds no drafts of version 1");
  return drafts.map((draft: unknown, index) => {
    try {
      return readDraft(draft as Json);
    } catch (cause) {
      const reason =
        isConsortiaError(cause) || cause instanceof TypeError ? cause.message : "it is no object";
      throw invalid(path, `draft ${index}: ${reason}`, cause);
    }
  });
}

/** Reads what made no record; older files and files of other hands may not name any. @throws `DraftsInvalid` */
export function parseUnrecorded(path: string, source: unknown): Unrecorded[] {
  const { unrecorded = [] } = (typeof source === "object" && source !== null ? source : {}) as Json;
  if (!Array.isArray(unrecorded)) throw invalid(path, "what made no record is no list");
  return unrecorded.map((one: unknown, index) => {
    try {
      return { ...parties(one as Json), reason: text(one as Json, "reason") };
    } catch (cause) {
      throw invalid(path, `what made no record, entry ${index}, is incomplete`, cause);
    }
  });
}

function readDraft(draft: Json): RecordDraft {
  const details = draft["details"];
  if (typeof details !== "object" || details === null) throw new TypeError("details are missing");
  return {
    ...parties(draft),
    service: text(draft, "service"),
    quantity: whole(draft, "quantity", 1, 0xffff_ffff),
    completedAt: whole(draft, "completedAt", 0, 1e11),
    details: Object.fromEntries(Object.keys(details).map((key) => [key, text(details as Json, key)])),
    ...money("maximum", draft["maximum"]),
    ...money("cost", draft["cost"]),
  };
}

function parties(source: Json): Pick<RecordDraft, "supplier" | "consumer" | "request"> {
  return {
    supplier: agencyOf(text(source, "supplier")),
    consumer: agencyOf(text(source, "consumer")),
    request: text(source, "request"),
  };
}

function agencyOf(name: string): Agency {
  const at = name.indexOf(":");
  return agency(name.slice(0, Math.max(at, 0)), name.slice(at + 1));
}

function text(source: Json, name: string): string {
  const value = source[name];
  if (typeof value !== "string") throw new TypeError(`${name} is not a text`);
  return value;
}

function whole(source: Json, name: string, min: number, max: number): number {
  const value = source[name];
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return Number(value);
  throw new TypeError(`${name} is not a whole number from ${min} to ${max}`);
}

function money<Name extends string>(name: Name, value: unknown): Partial<Record<Name, Credits>> {
  if (value === undefined) return {};
  if (typeof value !== "string") throw new TypeError(`${name} is not an amount written as text`);
  return { [name]: parseCredits(value) } as Partial<Record<Name, Credits>>;
}

function invalid(path: string, reason: string, cause?: unknown): ConsortiaError {
  return new ConsortiaError(
    "DraftsInvalid",
    `${path} cannot be billed: ${reason}. Correct it or import anew.`,
    {
      cause,
      values: { path },
    },
  );
}
