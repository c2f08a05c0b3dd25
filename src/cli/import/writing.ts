import { mkdir, open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

type Write = (text: string) => Promise<void>;

/** Characters that are kept before they are written. */
const PIECE = 1 << 16;

/** Writes two files piece by piece; both appear when the work is done, and neither where it fails. */
export async function writing(
  [first, second]: readonly [string, string],
  work: (toFirst: Write, toSecond: Write) => Promise<void>,
): Promise<void> {
  const files: Draft[] = [];
  try {
    for (const path of [first, second]) files.push(await begin(path));
    const [one, two] = files as [Draft, Draft];
    await work(one.write, two.write);
    for (const file of files) await file.flush();
  } catch (error) {
    for (const { handle, draft } of files) {
      await handle.close();
      await rm(draft, { force: true });
    }
    throw error;
  }
  for (const { handle, draft, path } of files) {
    await handle.close();
    await rename(draft, path);
  }
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
