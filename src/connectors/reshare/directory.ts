import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { agency, type Agency } from "../../core/ids.ts";
import type { Omission } from "../gathering.ts";
import { listAt, objectOf, textAt, type Json } from "../json.ts";

/** An institution of a directory and the agencies that its symbols name. */
export interface Institution {
  readonly name: string;
  readonly agencies: readonly Agency[];
}

export interface Directory {
  readonly institutions: readonly Institution[];
  /** Entries without a symbol of their own, such as branches, and symbols that name no agency. */
  readonly omissions: readonly Omission[];
}

/**
 * Reads directory entries of ReShare or CrossLink: a list, bare or under `items` or `results`, or one entry. Names and
 * symbols are copied, addresses and people are not.
 * @throws `DirectoryUnreadable`
 */
export function readDirectory(source: unknown): Directory {
  const one = objectOf(source);
  const entries =
    listAt(source) ??
    listAt(source, "items") ??
    listAt(source, "results") ??
    (one !== undefined && textAt(one, "name") !== undefined ? [one] : undefined);
  if (entries === undefined) {
    throw new ConsortiaError(
      "DirectoryUnreadable",
      "It holds no directory entries. Take the directory's list.",
    );
  }
  const found: Institution[] = [];
  const omissions: Omission[] = [];
  for (const entry of entries) {
    const name = textAt(entry, "name") ?? "";
    const agencies: Agency[] = [];
    for (const symbol of listAt(entry, "symbols") ?? []) {
      const read = agencyOf(symbol);
      if (read === undefined) omissions.push(omit(name, "bad-symbol"));
      else agencies.push(read);
    }
    if (agencies.length > 0) found.push({ name, agencies });
    else if ((listAt(entry, "symbols") ?? []).length === 0) omissions.push(omit(name, "no-symbol"));
  }
  return { institutions: found, omissions };
}

function agencyOf(symbol: Json): Agency | undefined {
  const scheme = textAt(symbol, "authority", "symbol") ?? textAt(symbol, "authority") ?? "";
  try {
    return agency(scheme, textAt(symbol, "symbol") ?? "");
  } catch (error) {
    if (isConsortiaError(error)) return undefined;
    throw error;
  }
}

function omit(name: string, reason: "no-symbol" | "bad-symbol"): Omission {
  const what = reason === "no-symbol" ? "has no symbol of its own" : "has a symbol that names no agency";
  const todo = reason === "no-symbol" ? "Nothing is to be done where its parent has one" : "Correct it there";
  return { reason, request: "", sentence: `The directory's entry "${name.slice(0, 64)}" ${what}. ${todo}.` };
}
