import { webAddress } from "../../../connectors/http/address.ts";
import type { GetOptions } from "../../../connectors/http/get.ts";
import { getRecord, identify } from "../../../connectors/oaipmh/ask.ts";
import type { Contribution } from "../../../connectors/oaipmh/contribution.ts";
import type { Contributions } from "../../../connectors/oaipmh/contributions.ts";
import { harvest, type Harvested } from "../../../connectors/oaipmh/harvest.ts";
import type { Identify } from "../../../connectors/oaipmh/identify.ts";
import { listFormats, listSets, prefixOf } from "../../../connectors/oaipmh/lists.ts";
import { createSeen } from "../../../connectors/seen.ts";
import { ConsortiaError } from "../../../core/error.ts";
import { dropJournal, entriesOf, openJournal, type Entry } from "./journal.ts";
import { keep, resume, type Question, type State } from "./state.ts";
import { counted, type Tally } from "./tally.ts";

export interface RepositoryOptions {
  readonly prefix?: string;
  readonly set?: string;
  readonly from?: string;
  readonly until?: string;
  readonly identifier?: string;
}

/** A repository that answered, and what is asked of it. */
export interface Repository {
  readonly about: Identify;
  readonly question: Question;
}

/** Asks a repository who it is and what it gives. @throws what asking throws */
export async function meet(url: string, options: RepositoryOptions, web: GetOptions): Promise<Repository> {
  const base = webAddress(url);
  const about = await identify(base, web);
  const prefix = options.prefix ?? prefixOf(await listFormats(base, web));
  const { set, from, until } = options;
  const given = Object.entries({ set, from, until }).filter(([, value]) => value !== undefined);
  return { about, question: { base: base.href, prefix, ...Object.fromEntries(given) } };
}

type Progress = (done: number, total: number) => void;

/** Contributions of a repository's records as they are harvested. @throws what harvest throws; `OaiSetUnknown` */
export async function* ofRepository(
  { about, question }: Repository,
  identifier: string | undefined,
  contributions: Contributions,
  tally: Tally,
  progress: Progress,
  web: GetOptions,
): AsyncGenerator<Contribution, void, undefined> {
  const base = new URL(question.base);
  if (identifier !== undefined) {
    yield* counted(tally, contributions.ofOai(await getRecord(base, identifier, question.prefix, web)));
    return;
  }
  for await (const one of harvest({ ...question, base, granularity: about.granularity }, web)) {
    const entry = entryOf(one, contributions);
    if (entry !== undefined) yield* counted(tally, entry.made);
    else follow(one, tally, progress);
  }
  await checkSet(base, question, tally, web);
}

/**
 * Harvests into a journal beside the state, page by page, and then tells what all of it makes, those pages included that an earlier
 * process read.
 * @throws what ofRepository throws; the state stays, and the next call goes on from it
 */
export async function* ofKept(
  path: string,
  { about, question: asked }: Repository,
  contributions: Contributions,
  tally: Tally,
  progress: Progress,
  web: GetOptions,
): AsyncGenerator<Contribution, void, undefined> {
  const journalPath = `${path}.records`;
  let state = await resume(path, asked);
  const { question } = state;
  if (state.stage === "harvesting") {
    const seen = createSeen();
    for await (const { id } of entriesOf(journalPath, state.journal)) if (id !== "") seen.add(id);
    const journal = await openJournal(journalPath, state.journal);
    const query = { ...question, base: new URL(question.base), granularity: about.granularity };
    try {
      for await (const one of harvest(query, { ...web, place: state.place, seen })) {
        const entry = entryOf(one, contributions);
        if (entry !== undefined) await journal.add(entry);
        if (one.kind !== "page") continue;
        follow(one, { ...tally, records: seen.size }, progress);
        const stage = one.place.token === undefined ? "harvested" : "harvesting";
        state = { ...state, place: one.place, journal: await journal.confirm(), stage };
        await keep(path, state);
      }
    } finally {
      await journal.close();
    }
  }
  for await (const { made } of entriesOf(journalPath, state.journal)) yield* counted(tally, made);
  [tally.pages, tally.restarts] = [state.place.pages, state.place.restarts];
  await checkSet(new URL(question.base), question, tally, web);
}

/** Marks a kept harvest as written: the next one begins where this one began. */
export async function finish(path: string, { question }: Repository): Promise<void> {
  const state: State = await resume(path, question);
  await keep(path, { ...state, stage: "done", journal: 0 });
  await dropJournal(`${path}.records`);
}

function entryOf(one: Harvested, contributions: Contributions): Entry | undefined {
  if (one.kind === "record")
    return { id: one.record.header.identifier, made: contributions.ofOai(one.record) };
  if (one.kind === "refused") return { id: "", made: contributions.ofMarc(one) };
  return undefined;
}

function follow(one: Harvested, tally: Tally, progress: Progress): void {
  if (one.kind !== "page") return;
  const { pages, restarts, token, size } = one.place;
  [tally.pages, tally.restarts] = [pages, restarts];
  if (token === undefined) progress(pages, pages);
  else if (size !== undefined) progress(Math.min(tally.records, size - 1), size);
  else progress(pages, pages + 1);
}

/** A set that gave nothing may not exist: most repositories only say that no record matches. */
async function checkSet(base: URL, { set }: Question, { records }: Tally, web: GetOptions): Promise<void> {
  if (set === undefined || records > 0) return;
  const sets = await listSets(base, web);
  if (sets.some(({ spec }) => spec === set)) return;
  const some = sets.slice(0, 10).map(({ spec }) => spec);
  const known =
    some.length === 0
      ? "it has no sets"
      : `there are ${some.join(", ")}${sets.length > 10 ? " and others" : ""}`;
  throw new ConsortiaError("OaiSetUnknown", `The repository has no set ${set}: ${known}.`, {
    values: { set },
  });
}
