import { constants, type Dirent } from "node:fs";
import { open, readdir, realpath, stat, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { ConsortiaError, isConsortiaError } from "../core/error.ts";
import { failedWith } from "./disk.ts";
import { MAX_BYTES } from "./file.ts";

export interface InboxOptions {
  /** Larger files are refused unread; 64 MiB, as much as a store takes. */
  readonly maxBytes?: number;
  /** Further files are refused; 10,000. */
  readonly maxFiles?: number;
}

/** One file that the other party sent: its JSON, or why it was not read. */
export type Delivery =
  | { readonly file: string; readonly content: unknown; readonly error?: undefined }
  | { readonly file: string; readonly error: ConsortiaError };

/** Folders below the one named are read this deep: one for each pair, and one for whatever holds those. */
const MAX_DEPTH = 3;

/**
 * Reads files that others wrote, one after the other: those named, and every `*.json` below the folders named, in
 * the order of their names. Links, devices and whatever is no plain file are refused and not followed; one bad
 * file never keeps the others from being read.
 * @throws `InboxUnreadable` where what was named is not there
 */
export async function* readInbox(
  paths: readonly string[],
  { maxBytes = MAX_BYTES, maxFiles = 10_000 }: InboxOptions = {},
): AsyncIterable<Delivery> {
  let count = 0;
  for (const path of paths) {
    for await (const { file, error } of await candidates(path)) {
      count += 1;
      if (count > maxFiles) {
        const message = `Only the first ${maxFiles} files were read. Move what was taken in away and receive again.`;
        yield { file, error: new ConsortiaError("InboxTooFull", message, { values: { maxFiles } }) };
        return;
      }
      yield error === undefined ? await deliver(file, maxBytes) : { file, error };
    }
  }
}

interface Candidate {
  readonly file: string;
  readonly error?: ConsortiaError;
}

/** What is named may be a link, since whoever names it knows it; what lies below may not. */
async function candidates(path: string): Promise<Iterable<Candidate> | AsyncIterable<Candidate>> {
  try {
    const real = await realpath(path);
    return (await stat(real)).isDirectory() ? below(path, 0) : [{ file: real }];
  } catch (cause) {
    const message = `${path} cannot be read. Name a file that the other party sent, or a folder of such files.`;
    throw new ConsortiaError("InboxUnreadable", message, { cause, values: { path } });
  }
}

async function* below(folder: string, depth: number): AsyncIterable<Candidate> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    yield { file: folder, error: refusal("FolderUnreadable", `${folder} cannot be read.`, cause) };
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(folder, entry.name);
    if (entry.isDirectory() && depth < MAX_DEPTH) yield* below(file, depth + 1);
    else if (entry.isDirectory()) {
      yield { file, error: refusal("FolderTooDeep", `${file} lies too deep. Name it by itself.`) };
    } else if (entry.name.endsWith(".json")) yield { file };
  }
}

async function deliver(file: string, maxBytes: number): Promise<Delivery> {
  try {
    return { file, content: JSON.parse(await readPlain(file, maxBytes)) as unknown };
  } catch (cause) {
    if (isConsortiaError(cause)) return { file, error: cause };
    if (failedWith(cause, "ELOOP")) {
      return { file, error: refusal("FileIsLink", `${file} is a link, and links are not followed.`, cause) };
    }
    const [code, what] =
      cause instanceof SyntaxError
        ? ["FileNotJson", "is not JSON, or was cut off"]
        : ["FileUnreadable", "cannot be read"];
    return { file, error: refusal(code, `${file} ${what}. Have it sent again.`, cause) };
  }
}

/** Opens without following a link or waiting at a pipe, and looks at what was opened, not at what it was named. */
async function readPlain(file: string, maxBytes: number): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw refusal("FileNotPlain", `${file} is no plain file.`);
    if (found.size > maxBytes) {
      const message = `${file} has ${found.size} bytes; at most ${maxBytes} are read. Have the statement split.`;
      throw refusal("FileTooLarge", message);
    }
    const bytes = await readUpTo(handle, found.size + 1);
    if (bytes.length > found.size) {
      throw refusal("FileUnfinished", `${file} is still being written. Receive it again.`);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } finally {
    await handle.close();
  }
}

async function readUpTo(handle: FileHandle, limit: number): Promise<Buffer> {
  const buffer = Buffer.alloc(limit);
  let length = 0;
  while (length < limit) {
    const { bytesRead } = await handle.read(buffer, length, limit - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function refusal(code: string, message: string, cause?: unknown): ConsortiaError {
  return new ConsortiaError(code, message, cause === undefined ? {} : { cause });
}
