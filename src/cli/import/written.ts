import { basename, dirname, extname, join, resolve } from "node:path";
import type { Command } from "commander";
import type { Omission } from "../../connectors/gathering.ts";
import { readMapping, type Mapping } from "../../connectors/mapping.ts";
import { ConsortiaError } from "../../core/error.ts";
import type { Unrecorded } from "../../core/own.ts";
import type { RecordDraft } from "../../core/record.ts";
import { csv, csvRow } from "../report/csv.ts";
import { readJson } from "../shell/files.ts";
import { draftText } from "./drafts.ts";
import { writing } from "./writing.ts";

/** The options that every import takes. */
export interface WrittenOptions {
  readonly out: string;
  readonly exceptions?: string;
}

/** Adds `--out` and `--exceptions`. Each source has a file of its own, so that none overwrites another's. */
export function withFiles(one: Command, drafts: string): Command {
  return one
    .option("--out <file>", "where the drafts go", join(".consortia", drafts))
    .option(
      "--exceptions <file>",
      `what makes no record, and why; ${exceptionsName(drafts)} beside the drafts by default`,
    );
}

export interface MapOptions {
  readonly map: string;
}

const MAP = [
  "--map <file>",
  'agencies and services by their names there, such as {"agencies": {"MAIN": "ISIL:DE-1"}, "services": {"Loan": "loan"}}',
] as const;

/** Adds `--map`, the names of the other system and what they stand for here. */
export function withMapping(one: Command): Command {
  return one.requiredOption(...MAP);
}

/** Adds `--map` where the other system's names can do without. */
export function withMaybeMapping(one: Command): Command {
  return one.option(...MAP);
}

/** @throws `FileUnreadable`, `FileNotJson`, `MappingInvalid` */
export async function mappingOf({ map }: MapOptions): Promise<Mapping> {
  return readMapping(await readJson(map));
}

/** What came of an import: how many drafts, what made none by reason, and where both were written. */
export interface Written {
  readonly drafts: number;
  readonly exceptions: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly files: { readonly drafts: string; readonly exceptions: string };
}

/**
 * Writes drafts and what makes none as they come, so that memory stays flat; a reader never sees half a file. Of what
 * makes none, the drafts' file names those of known parties too, so that whoever is billed for it learns why.
 * @throws `FilesSame` where both would go to one file; what the source throws, and then nothing is written
 */
export async function writeGathered(
  options: WrittenOptions,
  gathered: Iterable<RecordDraft | Omission> | AsyncIterable<RecordDraft | Omission>,
): Promise<Written> {
  const name = exceptionsName(basename(options.out));
  const files = { drafts: options.out, exceptions: options.exceptions ?? join(dirname(options.out), name) };
  if (resolve(files.drafts) === resolve(files.exceptions)) {
    const message = `Drafts and exceptions cannot both go to ${files.drafts}. Name two files.`;
    throw new ConsortiaError("FilesSame", message, { values: { path: files.drafts } });
  }
  const reasons = new Map<string, number>();
  let [drafts, exceptions, unrecorded] = [0, 0, 0];
  await writing([files.drafts, files.exceptions], async (toDrafts, toExceptions, toEnd) => {
    await toDrafts('{"version":1,"drafts":[');
    await toEnd('\n],"unrecorded":[');
    await toExceptions(csv(HEAD, []));
    for await (const one of gathered) {
      if (!("reason" in one)) {
        await toDrafts(`${drafts === 0 ? "" : ","}\n${draftText(one)}`);
        drafts += 1;
        continue;
      }
      exceptions += 1;
      reasons.set(one.reason, (reasons.get(one.reason) ?? 0) + 1);
      await toExceptions(csvRow(rowOf(one)));
      for (const own of withParties(one)) {
        await toEnd(`${unrecorded === 0 ? "" : ","}\n${JSON.stringify(own)}`);
        unrecorded += 1;
      }
    }
    await toEnd("\n]}\n");
  });
  return { drafts, exceptions, reasons: Object.fromEntries([...reasons].sort()), files };
}

const HEAD = ["request", "requesting", "supplying", "reason", "explanation"];

function rowOf({ request, consumer, supplier, reason, sentence }: Omission): string[] {
  return [request, consumer ?? "", supplier ?? "", reason, sentence];
}

/** What makes no record, where its source names both parties and the request. */
function withParties({ supplier, consumer, request, reason }: Omission): Unrecorded[] {
  if (supplier === undefined || consumer === undefined || request === "") return [];
  return [{ supplier, consumer, request, reason }];
}

/** `exceptions-koha.csv` for `drafts-koha.json`. */
function exceptionsName(drafts: string): string {
  const stem = basename(drafts, extname(drafts));
  return stem.startsWith("drafts") ? `exceptions${stem.slice(6)}.csv` : `${stem}-exceptions.csv`;
}
