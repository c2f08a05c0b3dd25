import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { ownRecords, type OwnRecords } from "../../core/own.ts";
import { createCountersignedIndex } from "../../records/countersigned.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { parseDrafts, parseUnrecorded } from "../import/drafts.ts";
import type { Service } from "../network/services.ts";
import { readJson } from "../shell/files.ts";
import type { Desk } from "../statements/countersign.ts";
import { createExaminer } from "../statements/examine.ts";
import { withFolders, type FolderOptions } from "./statementFolder.ts";

/** What a statement is compared with before it is signed. */
export interface ComparisonOptions extends FolderOptions {
  readonly own?: readonly string[];
  readonly requireOwn?: boolean;
  readonly accept?: readonly string[];
}

const OWN = join(".consortia", "drafts.json");

export function withComparison(one: Command): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  return withFolders(one)
    .option(
      "--own <file>",
      `what an import made of your own messages, again for each further file (default: "${OWN}", where it is)`,
      collect,
    )
    .option("--require-own", "let nothing pass where there are no own records")
    .option(
      "--accept <request>",
      "a request whose differences you have looked at and agree to, again for each further one",
      collect,
    );
}

/** Reads what there is to compare with. @throws `FileUnreadable`, `DraftsInvalid` */
export async function compareWith(
  consortium: Consortium,
  services: readonly Service[],
  options: ComparisonOptions,
): Promise<Desk> {
  const store = createDirectoryStore(options.store);
  const index = createCountersignedIndex(options.store);
  const own = await readOwn(options.own, services);
  const accept = new Set(options.accept ?? []);
  const requireOwn = options.requireOwn === true;
  const files = { store, index, folder: options.dir };
  const examine = createExaminer({ consortium, services, ...files, own, requireOwn, accept });
  return { examine, store, folder: options.store, services };
}

async function readOwn(
  named: readonly string[] | undefined,
  services: readonly Service[],
): Promise<OwnRecords | undefined> {
  const usual = access(OWN).then(
    () => [OWN],
    () => [],
  );
  const paths = named ?? (await usual);
  if (paths.length === 0) return undefined;
  const sources = await Promise.all(paths.map(async (path) => ({ path, source: await readJson(path) })));
  return ownRecords(
    sources.flatMap(({ path, source }) => parseDrafts(path, source)),
    sources.flatMap(({ path, source }) => parseUnrecorded(path, source)),
    (code) => services.find((service) => service.code === code)?.id,
  );
}
