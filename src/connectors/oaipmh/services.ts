import type { Omission } from "../gathering.ts";
import type { Mapping } from "../mapping.ts";
import type { Role } from "../marc/cataloguing.ts";
import { omitted } from "./contribution.ts";

/** The schedule's codes of what agencies do for a catalogue. */
export interface Services {
  /** Where the mapping names no service for a role, that is said once: undefined from then on. */
  of(role: Role, identifier: string): string | Omission | undefined;
}

export function createServices(mapping: Mapping): Services {
  const unpriced = new Set<Role>();
  return {
    of(role, identifier) {
      const service = mapping.serviceOf(role);
      if (service !== undefined || unpriced.has(role)) return service;
      unpriced.add(role);
      const what = `and all others make no contribution for ${role}: the mapping names no service for it.`;
      return omitted("no-service", identifier, what);
    },
  };
}
