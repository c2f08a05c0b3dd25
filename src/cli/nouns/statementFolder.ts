import { join } from "node:path";
import type { Command } from "commander";
import type { MemberId } from "../../core/ids.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { fileNamed } from "../desks/named.ts";
import { memberNamed } from "../shell/context.ts";
import { listStatements } from "../statements/file.ts";

/** Where a supplier or a consumer keeps its statements and their records. */
export interface FolderOptions extends StoreOptions {
  readonly dir: string;
}

/** Where records are kept. */
export interface StoreOptions {
  readonly store: string;
}

export function withFolders(one: Command): Command {
  return withStore(
    one.option("--dir <folder>", "where statement files are", join(".consortia", "statements")),
  );
}

export function withStore(one: Command): Command {
  return one.option("--store <folder>", "where bundles of records are", join(".consortia", "records"));
}

/** A member by number or ISIL, as an option names it; undefined where it names none. */
export async function memberOption(
  consortium: Consortium,
  name: string | undefined,
): Promise<MemberId | undefined> {
  return name === undefined ? undefined : memberNamed(consortium, name);
}

/** The files named, by path or as `3-1`, or all of the folder. */
export async function filesNamed(
  named: readonly string[],
  { dir }: FolderOptions,
): Promise<readonly string[]> {
  return named.length > 0 ? named.map((one) => fileNamed(one, dir)) : listStatements(dir);
}
