import type { Agency } from "../../core/ids.ts";
import type { Mapping } from "../mapping.ts";
import { cataloguersOf, ROLES, type Role } from "../marc/cataloguing.ts";
import type { MarcRecord } from "../marc/record.ts";
import { draftOf, omitted, shownCode, type Contribution, type Item } from "./contribution.ts";
import type { Services } from "./services.ts";

/**
 * What each agency that a MARC record names did for it. An institution counts once for a role, whichever of its codes stands there
 * how often; one that made the record did not also transcribe it, but may have modified it.
 */
export function* catalogued(
  item: Item,
  record: MarcRecord,
  mapping: Mapping,
  services: Services,
): Generator<Contribution, void, undefined> {
  const { identifier } = item;
  const cataloguers = cataloguersOf(record);
  if (cataloguers.length === 0)
    yield omitted("no-cataloguing-agency", identifier, "does not say which agency catalogued it.");
  const named = (role: Role) =>
    distinct(
      mapping,
      cataloguers.filter((one) => one.role === role).map(({ code }) => code),
    );
  const creators = named("creating");
  for (const role of ROLES) {
    const all = named(role);
    const others = role === "transcribing" ? all.filter(({ key }) => !has(creators, key)) : all;
    if (others.length === 0) continue;
    if (role !== "modifying" && others.length > 1) {
      yield omitted("agency-ambiguous", identifier, `names several agencies as ${role}; there can be one.`);
      continue;
    }
    const service = services.of(role, identifier);
    if (typeof service === "object") yield service;
    if (typeof service !== "string") continue;
    for (const { code, agency } of others) {
      if (agency !== undefined) yield draftOf(item, role, agency, service);
      else yield omitted("unknown-agency", identifier, unknown(role, code));
    }
  }
}

interface Named {
  readonly key: string;
  readonly code: string;
  readonly agency: Agency | undefined;
}

function distinct(mapping: Mapping, codes: readonly string[]): Named[] {
  const names = new Map<string, Named>();
  for (const code of codes) {
    const agency = mapping.agencyOf(code);
    const key = agency ?? `code ${code.toLowerCase()}`;
    if (!names.has(key)) names.set(key, { key, code, agency });
  }
  return [...names.values()];
}

const has = (names: readonly Named[], key: string) => names.some((one) => one.key === key);

const unknown = (role: Role, code: string): string =>
  `was catalogued (${role}) by ${shownCode(code)}, which the mapping does not name. Add it, or leave it out.`;
