import { mkdir, open, readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { isConsortiaError } from "../core/error.ts";
import { isAbsence, storeFailed } from "./file.ts";

/** Runs what touches a file; what goes wrong becomes one error. @throws `StoreFailed`, retryable */
export async function guarded<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw isConsortiaError(cause) ? cause : storeFailed(file, cause);
  }
}

/** Whether a system call failed in this way, such as `ENOENT`. */
export function failedWith(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** `instead` of what is not there; other errors go on. */
export function absent<T>(error: unknown, instead: T): T {
  if (isAbsence(error)) return instead;
  throw error;
}

/** Names in a folder that fit, sorted; none where there is no folder. */
export async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  const names = await guarded(folder, () =>
    readdir(folder).catch((error: unknown) => absent<string[]>(error, [])),
  );
  return names.filter((name) => pattern.test(name)).sort();
}

/** Writes a new file for its owner only and waits until the disk has it. */
export async function writeSynced(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a new name survive a power cut; systems that cannot open a folder do without. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
