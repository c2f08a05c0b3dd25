import type { GetOptions } from "../http/get.ts";
import { MARCXML } from "../marc/xml.ts";
import { ask, type Verb } from "./ask.ts";
import { oaiError } from "./error.ts";
import { listLoops } from "./place.ts";
import type { OaiPart } from "./response.ts";

/** Of a list that fits in memory: sets and formats. Longer ones are refused. */
const LONGEST = 100_000;

export interface OaiSet {
  readonly spec: string;
  readonly name: string;
}

export interface OaiFormat {
  readonly prefix: string;
  readonly namespace: string;
}

/** The sets of a repository; none where it has no sets. @throws its other errors, and what asking throws */
export async function listSets(base: URL, options: GetOptions = {}): Promise<OaiSet[]> {
  const found = await wholeList(base, "ListSets", options, "noSetHierarchy");
  return found.flatMap((part) => (part.kind === "set" ? [{ spec: part.spec, name: part.name }] : []));
}

/** The formats of a repository. @throws its errors, and what asking throws */
export async function listFormats(base: URL, options: GetOptions = {}): Promise<OaiFormat[]> {
  const found = await wholeList(base, "ListMetadataFormats", options, "noMetadataFormats");
  return found.flatMap((part) =>
    part.kind === "format" ? [{ prefix: part.prefix, namespace: part.namespace }] : [],
  );
}

/** The prefix under which a repository gives MARC 21, whatever it calls it; else Dublin Core, which each must have. */
export function prefixOf(formats: readonly OaiFormat[]): string {
  const named = ["marc21", "marcxml", "marc"].find((name) => formats.some(({ prefix }) => prefix === name));
  return named ?? formats.find(({ namespace }) => namespace === MARCXML)?.prefix ?? "oai_dc";
}

async function wholeList(base: URL, verb: Verb, options: GetOptions, none: string): Promise<OaiPart[]> {
  const found: OaiPart[] = [];
  const tokens = new Set<string>();
  for (let token: string | undefined; ; tokens.add(token)) {
    const page: OaiPart[] = [];
    let next = "";
    for await (const part of ask(base, verb, { resumptionToken: token }, options, () => page.splice(0))) {
      if (part.kind === "error" && part.code === none) return found;
      if (part.kind === "error") throw oaiError(part.code);
      if (part.kind === "token") next = part.token.token;
      else if (page.push(part) + found.length > LONGEST) throw listLoops();
    }
    found.push(...page);
    if (next === "") return found;
    if (tokens.has(next)) throw listLoops();
    token = next;
  }
}
