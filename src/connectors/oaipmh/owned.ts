import type { Agency } from "../../core/ids.ts";
import type { Mapping } from "../mapping.ts";
import { draftOf, omitted, shownCode, type Contribution, type Item } from "./contribution.ts";
import type { OaiRecord } from "./record.ts";
import type { Services } from "./services.ts";

/**
 * Dublin Core names no cataloguing agency: the repository that a record came from first tells whose it is, else its set, else the
 * one institution that the harvested repository belongs to. It counts as made by that institution.
 */
export function owned(
  item: Item,
  { origin, header }: OaiRecord,
  mapping: Mapping,
  services: Services,
  contributor: Agency | undefined,
): Contribution[] {
  const { identifier } = item;
  const owners = new Set(
    origin === undefined
      ? header.sets.map((set) => mapping.agencyOf(set)).filter((one) => one !== undefined)
      : [mapping.agencyOf(origin)],
  );
  if (owners.size > 1)
    return [omitted("agency-ambiguous", identifier, "lies in sets of several institutions.")];
  const owner = [...owners][0] ?? (origin === undefined ? contributor : undefined);
  if (owner === undefined) return [omitted(...unknown(identifier, origin))];
  const service = services.of("creating", identifier);
  if (service === undefined) return [];
  return [typeof service === "object" ? service : draftOf(item, "creating", owner, service)];
}

function unknown(identifier: string, origin: string | undefined): Parameters<typeof omitted> {
  return origin === undefined
    ? ["no-cataloguing-agency", identifier, "is Dublin Core, which names no agency. Name it: --contributor."]
    : ["unknown-agency", identifier, `came from ${shownCode(origin)}, which the mapping does not name.`];
}
