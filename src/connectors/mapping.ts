import { ConsortiaError, isConsortiaError } from "../core/error.ts";
import { agency, COMMONS_AGENCY, type Agency } from "../core/ids.ts";

/**
 * What another system's names stand for here. A name that is not listed stands for nothing: it is reported and never
 * guessed.
 */
export interface Mapping {
  /** The institution behind another system's name for it, such as a MARC organization code or a platform. */
  agencyOf(name: string): Agency | undefined;
  /** The schedule's code of what another system counts, such as a metric type. */
  serviceOf(name: string): string | undefined;
}

/**
 * Reads `{"agencies": {"DLC": "ISIL:US-DLC"}, "services": {"Total_Item_Requests": "e-use"}}`. An agency without a scheme
 * is an ISIL; `COMMONS` is the common good. Names are compared without regard to case and spaces around them.
 * @throws `MappingInvalid` that names the entry
 */
export function readMapping(source: unknown): Mapping {
  const { agencies = {}, services = {}, ...rest } = object(source, "the mapping");
  const stray = Object.keys(rest)[0];
  if (stray !== undefined) throw invalid(`"${stray}" is neither "agencies" nor "services"`);
  const institutions = entries(agencies, "agencies", agencyOf);
  const codes = entries(services, "services", (code) => code);
  return {
    agencyOf: (name) => institutions.get(key(name)),
    serviceOf: (name) => codes.get(key(name)),
  };
}

/** The institution that a name with or without a scheme means. @throws `AgencyInvalid` */
export function agencyOf(name: string): Agency {
  const colon = name.indexOf(":");
  if (name === "COMMONS") return COMMONS_AGENCY;
  return colon < 0 ? agency("ISIL", name) : agency(name.slice(0, colon), name.slice(colon + 1));
}

const key = (name: string) => name.normalize("NFC").trim().toLowerCase();

function entries<T>(source: unknown, part: string, read: (text: string) => T): Map<string, T> {
  const known = new Map<string, T>();
  for (const [name, value] of Object.entries(object(source, part))) {
    if (typeof value !== "string" || value === "") throw invalid(`${part}: "${name}" is no text`);
    if (known.has(key(name))) throw invalid(`${part}: "${name}" stands there twice`);
    try {
      known.set(key(name), read(value));
    } catch (error) {
      throw invalid(`${part}: "${name}": ${isConsortiaError(error) ? error.message : String(error)}`);
    }
  }
  return known;
}

function object(source: unknown, what: string): Record<string, unknown> {
  if (typeof source === "object" && source !== null && !Array.isArray(source)) {
    return source as Record<string, unknown>;
  }
  throw invalid(`${what} is no object`);
}

function invalid(reason: string): ConsortiaError {
  return new ConsortiaError("MappingInvalid", `The mapping cannot be used: ${reason}. Correct it.`);
}
