import { access } from "node:fs/promises";
import { BEGINNING, type Place } from "../../../connectors/oaipmh/place.ts";
import { ConsortiaError } from "../../../core/error.ts";
import { readJson, writeText } from "../../shell/files.ts";

/** What is harvested: another question cannot go on where this one stopped. */
export interface Question {
  readonly base: string;
  readonly prefix: string;
  readonly set?: string;
  readonly from?: string;
  readonly until?: string;
}

/** How far a harvest has come, so that another process goes on where this one was ended. */
export interface State {
  readonly version: 1;
  readonly question: Question;
  readonly place: Place;
  /** Bytes of the journal that belong to the pages that were read. */
  readonly journal: number;
  /** `harvesting`; `harvested` once the last page was read; `done` once its drafts are written. */
  readonly stage: "harvesting" | "harvested" | "done";
}

/**
 * Where to go on: with the harvest that was ended; with what changed since the last one began, once that is done; or at the beginning.
 * @throws `HarvestStateInvalid`; `HarvestStateOfAnother` where the state is of another question
 */
export async function resume(path: string, asked: Question): Promise<State> {
  const fresh: State = { version: 1, question: asked, place: BEGINNING, journal: 0, stage: "harvesting" };
  if (!(await exists(path))) return fresh;
  const state = checked(path, await readJson(path));
  const { place, question, stage } = state;
  const isSame =
    question.base === asked.base && question.prefix === asked.prefix && question.set === asked.set;
  if (isSame && stage === "done") {
    const from = asked.from ?? earlier(place.started, question.until);
    return { ...fresh, question: { ...asked, ...(from === undefined ? {} : { from }) } };
  }
  if (isSame && (asked.from ?? question.from) === question.from && asked.until === question.until)
    return state;
  throw new ConsortiaError(
    "HarvestStateOfAnother",
    `${path} is the state of another harvest (${question.base}, ${question.prefix}). Name another file, or remove it.`,
    { values: { path } },
  );
}

/** Whether a harvest begins that gives only what is new: what the one before it gave is not given again. @throws as resume */
export async function isIncrement(path: string, asked: Question): Promise<boolean> {
  const { place, question } = await resume(path, asked);
  return place.pages === 0 && question.from !== asked.from;
}

/** What changed after the end of the last span was not in it, though it changed before that harvest began. */
function earlier(started: string | undefined, until: string | undefined): string | undefined {
  return started === undefined || (until !== undefined && until < started) ? until : started;
}

export const keep = (path: string, state: State): Promise<void> =>
  writeText(path, `${JSON.stringify(state, null, 1)}\n`);

function checked(path: string, source: unknown): State {
  const state = source as Partial<State> | null;
  const whole = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
  const { place, question } = state ?? {};
  const isState =
    state?.version === 1 &&
    whole(state.journal) &&
    ["harvesting", "harvested", "done"].includes(String(state.stage)) &&
    [place?.pages, place?.barren, place?.restarts, place?.ascending].every(whole) &&
    [question?.base, question?.prefix].every((text) => typeof text === "string");
  if (isState) return state as State;
  throw new ConsortiaError(
    "HarvestStateInvalid",
    `${path} is no state of a harvest. Name another file, or remove it to begin anew.`,
    { values: { path } },
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
