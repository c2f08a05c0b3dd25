import { dublinCoreOf, isDublinCore } from "../../../src/connectors/dublincore/record.ts";
import { oaiError } from "../../../src/connectors/oaipmh/error.ts";
import type { OaiHeader, OaiRecord } from "../../../src/connectors/oaipmh/record.ts";
import { readOaiResponse, type OaiPart } from "../../../src/connectors/oaipmh/response.ts";
import { piecesOf, type Figures, type Reader } from "../row.ts";

/** An answer of OAI-PMH: what it lists, what is deleted, where the list goes on; an error is a refusal. */
export const readOaiFile: Reader = async (file) => {
  const parts: OaiPart[] = [];
  for await (const part of readOaiResponse(piecesOf(file))) parts.push(part);
  const error = all(parts, "error")[0];
  if (error !== undefined) throw oaiError(error.code);
  const identify = all(parts, "identify")[0]?.identify;
  if (identify !== undefined) return { verb: "Identify", ...identify };
  const faults = all(parts, "refused").map(({ code }) => code);
  return {
    verb: all(parts, "verb")[0]?.verb,
    ...listed(
      all(parts, "record").map(({ record }) => record),
      all(parts, "header").map(({ header }) => header),
    ),
    ...tokenOf(parts),
    sets: some(all(parts, "set").map(({ spec }) => spec)),
    formats: some(all(parts, "format").map(({ prefix }) => prefix)),
    faults: some(faults),
  };
};

function all<K extends OaiPart["kind"]>(parts: readonly OaiPart[], kind: K): Extract<OaiPart, { kind: K }>[] {
  return parts.filter((part): part is Extract<OaiPart, { kind: K }> => part.kind === kind);
}

function listed(
  records: readonly OaiRecord[],
  plain: readonly OaiHeader[],
): Record<string, Figures | undefined> {
  const headers = [...plain, ...records.map(({ header }) => header)];
  if (headers.length === 0) return {};
  const metadata = records.flatMap((record) => record.metadata ?? []);
  return {
    identifiers: headers.map(({ identifier }) => identifier),
    datestamps: headers.map(({ datestamp }) => datestamp),
    deleted: headers.filter(({ deleted }) => deleted).length,
    metadata: metadata.length,
    titles: some(metadata.filter(isDublinCore).flatMap((node) => dublinCoreOf(node).titles)),
    names: some(metadata.filter(isDublinCore).flatMap((node) => dublinCoreOf(node).identifiers)),
  };
}

function tokenOf(parts: readonly OaiPart[]): Record<string, Figures | undefined> {
  const token = all(parts, "token")[0]?.token;
  return token === undefined ? {} : { token: token.token, listSize: token.completeListSize };
}

const some = (list: readonly string[]): readonly string[] | undefined =>
  list.length === 0 ? undefined : list;
