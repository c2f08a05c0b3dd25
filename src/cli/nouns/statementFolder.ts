import { join } from "node:path";
import type { Command } from "commander";
import { listStatements } from "../statements/file.ts";

/** Where a supplier or a consumer keeps its statements and their records. */
export interface FolderOptions {
  readonly dir: string;
  readonly store: string;
}

export function withFolders(one: Command): Command {
  return one
    .option("--dir <folder>", "where statement files are", join(".consortia", "statements"))
    .option("--store <folder>", "where bundles of records are", join(".consortia", "records"));
}

/** The files named, or all of the folder. */
export async function filesNamed(
  named: readonly string[],
  { dir }: FolderOptions,
): Promise<readonly string[]> {
  return named.length > 0 ? named : listStatements(dir);
}
