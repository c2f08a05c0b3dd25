import { isConsortiaError } from "../../core/error.ts";
import type { ServiceId } from "../../core/ids.ts";
import { toUrn } from "../../core/urn.ts";
import type { BundleRecord } from "../../records/bundle.ts";
import type { NamedWork } from "./report.ts";

/** Fields of the details that identify a work: several identifiers stand apart by semicolons. */
const IDENTIFIERS = new Set(["identifier", "isbn", "issn", "doi", "urn"]);

/** The works that records of some services name in their details, each with how much was used of it. */
export function namedWorks(records: readonly BundleRecord[], using: readonly ServiceId[]): NamedWork[] {
  const found = new Map<string, NamedWork>();
  for (const [record, { service, quantity, details }] of records.entries()) {
    if (!using.includes(service)) continue;
    for (const urn of urnsIn(details)) {
      const key = `${service}/${urn}`;
      const before = found.get(key) ?? { service, urn, quantity: 0, record };
      found.set(key, { ...before, quantity: before.quantity + quantity });
    }
  }
  return [...found.values()];
}

function urnsIn(details: Readonly<Record<string, string>>): Set<string> {
  const texts = Object.entries(details)
    .filter(([key]) => IDENTIFIERS.has(key.toLowerCase()))
    .flatMap(([, value]) => value.split(";"));
  return new Set(texts.flatMap(urnOf));
}

/** The standard form of an identifier; nothing where it names no work. */
function urnOf(text: string): string[] {
  try {
    return [toUrn(text)];
  } catch (error) {
    if (!isConsortiaError(error)) throw error;
    return [];
  }
}
