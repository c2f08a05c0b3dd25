import { isConsortiaError } from "../../core/error.ts";
import { agency, isil, type Agency } from "../../core/ids.ts";
import type { Mapping } from "../mapping.ts";
import { quoted } from "./flaw.ts";
import type { Identifier, Institution } from "./report.ts";

/** The institution whose usage is counted: by its ISIL, else by what the mapping knows of its other names. */
export function consumerOf({ name, identifiers }: Institution, mapping: Mapping): Agency | undefined {
  for (const { type, value } of identifiers) {
    const known = type.toUpperCase() === "ISIL" ? isilOf(value) : undefined;
    if (known !== undefined) return known;
  }
  for (const one of [...identifiers.flatMap(spellings), name]) {
    const known = one === "" ? undefined : mapping.agencyOf(one);
    if (known !== undefined) return known;
  }
  return undefined;
}

function isilOf(text: string): Agency | undefined {
  try {
    return agency("ISIL", isil(text.trim()));
  } catch (error) {
    if (isConsortiaError(error)) return undefined;
    throw error;
  }
}

/** `ISNI:0000000419369078`, its value, and the value behind a platform's own prefix. */
function spellings({ type, value }: Identifier): string[] {
  const colon = value.indexOf(":");
  return [`${type}:${value}`, value, ...(colon < 0 ? [] : [value.slice(colon + 1)])];
}

/** The institution's name for whoever completes the mapping; never its account at the provider. */
export function namedInstitution({ name, identifiers }: Institution): string {
  const isAccount = identifiers.some((one) => spellings(one).includes(name));
  return name === "" || isAccount ? "without a name of its own" : quoted(name);
}
