import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const DATA = join(import.meta.dirname, "../../../shared/data");

/** Files that others wrote, kept beside the repository; `undefined` where they are not at hand. */
export function sharedFiles(folder: string): { name: string; content: string }[] | undefined {
  const path = join(DATA, folder);
  if (!existsSync(path)) return undefined;
  return readdirSync(path).map((name) => ({ name, content: readFileSync(join(path, name), "utf8") }));
}

/** Skips a suite aloud where the shared data is not at hand. */
export function needs(files: unknown, folder: string): Mocha.HookFunction {
  return function (this: Mocha.Context) {
    if (files !== undefined) return;
    process.stdout.write(`      skipped: ../shared/data/${folder} is not here\n`);
    this.skip();
  };
}
