import { createReadStream } from "node:fs";
import { mkdir, open, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Contribution } from "../../../connectors/oaipmh/contribution.ts";
import { ConsortiaError } from "../../../core/error.ts";

/** One harvested record: its identifier, empty where it could not be read, and what it makes. */
export interface Entry {
  readonly id: string;
  readonly made: readonly Contribution[];
}

/** What a harvest that keeps its state has so far, a line a record: only what a page's end confirmed outlives the process. */
export interface Journal {
  add(entry: Entry): Promise<void>;
  /** Writes what was added through to the disk. @returns the journal's length in bytes */
  confirm(): Promise<number>;
  close(): Promise<void>;
}

/** Characters that are kept before they are written: a page may be of any length. */
const PIECE = 1 << 16;

/** Opens a journal at a length that was confirmed; what a process that was ended wrote beyond it is cut off. */
export async function openJournal(path: string, confirmed: number): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, confirmed === 0 ? "w" : "r+");
  await handle.truncate(confirmed);
  let [length, kept] = [confirmed, ""];
  const flush = async () => {
    const bytes = new TextEncoder().encode(kept);
    kept = "";
    await handle.write(bytes, 0, bytes.length, length);
    length += bytes.length;
  };
  return {
    async add(entry) {
      kept += `${JSON.stringify(entry)}\n`;
      if (kept.length >= PIECE) await flush();
    },
    async confirm() {
      await flush();
      await handle.datasync();
      return length;
    },
    close: () => handle.close(),
  };
}

/**
 * The entries of a journal up to a confirmed length, one by one.
 * @throws `HarvestStateInvalid` where it is not as long, or holds something else: it was edited, or belongs to another state
 */
export async function* entriesOf(path: string, confirmed: number): AsyncGenerator<Entry, void, undefined> {
  if (confirmed === 0) return;
  const size = await stat(path).then(
    (file) => file.size,
    () => 0,
  );
  if (size < confirmed) throw damaged(path);
  const decoder = new TextDecoder();
  let rest = "";
  // Node's line reader reads ahead without bounds while nobody takes a line.
  for await (const piece of createReadStream(path, { end: confirmed - 1 }) as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield entryOf(path, line);
  }
  if (rest !== "") throw damaged(path);
}

function entryOf(path: string, line: string): Entry {
  try {
    const entry = JSON.parse(line) as Partial<Entry> | null;
    if (typeof entry?.id === "string" && Array.isArray(entry.made)) return entry as Entry;
  } catch {
    // Not JSON: told below like any other damage.
  }
  throw damaged(path);
}

function damaged(path: string): ConsortiaError {
  return new ConsortiaError(
    "HarvestStateInvalid",
    `${path} does not hold what the harvest's state says of it. Remove the state to begin anew.`,
    { values: { path } },
  );
}

export const dropJournal = (path: string): Promise<void> => rm(path, { force: true });
