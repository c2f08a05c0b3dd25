import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

type Write = (text: string) => Promise<void>;

/** Characters that are kept before they are written. */
const PIECE = 1 << 16;

/**
 * Writes two files piece by piece; both appear when the work is done, and neither where it fails. What is written to the first
 * one's end meanwhile waits in a file of its own, so that none of it is held.
 */
export async function writing(
  [first, second]: readonly [string, string],
  work: (toFirst: Write, toSecond: Write, toEndOfFirst: Write) => Promise<void>,
): Promise<void> {
  const files: Draft[] = [];
  try {
    for (const path of [first, second, `${first}.end`]) files.push(await begin(path));
    const [one, two, end] = files as [Draft, Draft, Draft];
    await work(one.write, two.write, end.write);
    for (const file of files) await file.flush();
    for await (const piece of createReadStream(end.draft)) await one.handle.appendFile(piece as Uint8Array);
  } catch (error) {
    for (const file of files) await drop(file);
    throw error;
  }
  for (const { handle, draft, path } of files.slice(0, 2)) {
    await handle.close();
    await rename(draft, path);
  }
  for (const end of files.slice(2)) await drop(end);
}

async function drop({ handle, draft }: Draft): Promise<void> {
  await handle.close();
  await rm(draft, { force: true });
}

interface Draft {
  readonly path: string;
  readonly draft: string;
  readonly handle: FileHandle;
  readonly write: Write;
  readonly flush: () => Promise<void>;
}

async function begin(path: string): Promise<Draft> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  const handle = await open(draft, "w");
  let kept = "";
  const flush = async () => {
    await handle.appendFile(kept);
    kept = "";
  };
  const write = async (text: string) => {
    kept += text;
    if (kept.length >= PIECE) await flush();
  };
  return { path, draft, handle, write, flush };
}
