import { createReadStream } from "node:fs";
import { access, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ConsortiaError } from "../../core/error.ts";

/** Writes a file so that a reader never sees half of it. */
export async function writeText(path: string, text: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, text, { mode });
  await rename(draft, path);
}

/** Reads JSON that somebody may have edited. @throws `FileUnreadable`, `FileNotJson` */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new ConsortiaError("FileUnreadable", `${path} cannot be read. Check its name and rights.`, {
      cause,
      values: { path },
    });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ConsortiaError(
      "FileNotJson",
      `${path} is not JSON, or was cut off. Take it from where it came.`,
      {
        cause,
        values: { path },
      },
    );
  }
}

/** Reads what somebody wrote, as UTF-8. @throws `FileUnreadable` */
export async function readWords(path: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (cause) {
    const message = `${path} cannot be read as UTF-8 text. Check its name and rights.`;
    throw new ConsortiaError("FileUnreadable", message, { cause, values: { path } });
  }
}

/** @throws `FileExists` where a file is there whose loss would do harm; `why` is a sentence */
export async function refuseExisting(path: string, why: string): Promise<void> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) throw new ConsortiaError("FileExists", `${path} exists. ${why}`, { values: { path } });
}

/** A file piece by piece, however long it is. @throws `FileUnreadable` */
export async function* readPieces(
  path: string,
  progress?: (done: number, total: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const { size } = await stat(path);
    let done = 0;
    for await (const piece of createReadStream(path) as AsyncIterable<Uint8Array>) {
      yield piece;
      progress?.((done += piece.length), size);
    }
  } catch (cause) {
    const message = `${path} cannot be read. Check its name and rights.`;
    throw new ConsortiaError("FileUnreadable", message, { cause, values: { path } });
  }
}
