import { dirname, join } from "node:path";
import type { Command } from "commander";
import type { Credits } from "../../core/money.ts";
import { formatCredits } from "../../core/money.ts";
import { formatPeriod } from "../../core/period.ts";
import type { RecordDraft } from "../../core/record.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { parseDrafts } from "../import/drafts.ts";
import { csv } from "../report/csv.ts";
import { command, does } from "../shell/command.ts";
import { readJson, writeText } from "../shell/files.ts";
import { buildStatementFiles } from "../statements/build.ts";
import { differencesPath, parseDifferences } from "../statements/differences.ts";
import { listStatements, readStatement } from "../statements/file.ts";
import { addCountersign } from "./countersign.ts";
import { addPost } from "./post.ts";
import { addExport } from "./export.ts";
import { addQuote } from "./quote.ts";
import { addReceive, addRetract } from "./receive.ts";
import { memberOption, withFolders, type FolderOptions } from "./statementFolder.ts";
import { addVerify } from "./verify.ts";

interface BuildOptions extends FolderOptions {
  readonly exceptions?: string;
  readonly supplier?: string;
}

export function addStatement(program: Command): void {
  const noun = program.command("statement").description("what suppliers bill and consumers countersign");

  const build = withFolders(
    command(
      noun,
      "build",
      "make unsigned statements and bundles of records of drafts",
      "statement build .consortia/drafts.json .consortia/drafts-counter.json",
    ),
  )
    .argument("[drafts...]", "the files that imports wrote", [join(".consortia", "drafts.json")])
    .option("--supplier <member>", "bill only what this member supplied: its number, ISIL or commons")
    .option(
      "--exceptions <file>",
      "what cannot be billed, and why; billing-exceptions.csv beside the first drafts",
    );
  does(build, async ({ reader, progress }, paths: readonly string[], options: BuildOptions) => {
    const { consortium, about } = await reader();
    const supplier = await memberOption(consortium, options.supplier);
    const drafts: RecordDraft[] = [];
    for (const path of paths) {
      for (const draft of parseDrafts(path, await readJson(path))) drafts.push(draft);
    }
    const built = await buildStatementFiles({
      consortium,
      services: about.services,
      drafts,
      store: createDirectoryStore(options.store),
      folder: options.dir,
      ...(supplier === undefined ? {} : { supplier }),
      progress: progress("Building"),
    });
    const exceptions = options.exceptions ?? join(dirname(paths[0] ?? ""), "billing-exceptions.csv");
    const rows = built.exceptions.map(({ draft, reason, sentence }) => [
      ...[draft.request, draft.consumer, draft.supplier, draft.service, reason, sentence],
    ]);
    await writeText(
      exceptions,
      csv("request,requesting,supplying,service,reason,explanation".split(","), rows),
    );
    const statements = built.statements.map(({ statement, gross, fee, records, path: file }) => ({
      ...{ supplier: statement.supplier, consumer: statement.consumer, number: statement.number },
      ...{ period: formatPeriod(statement.period), records: records.length, gross, fee, file },
    }));
    const reasons: Record<string, number> = {};
    for (const { reason } of built.exceptions) reasons[reason] = (reasons[reason] ?? 0) + 1;
    const title = `Statements: ${statements.length}, over ${formatCredits(built.gross)}. Exceptions: ${built.exceptions.length}.`;
    const { gross, fee } = built;
    const outcome = { gross, fee, exceptions: built.exceptions.length, reasons, file: exceptions };
    return { data: { ...outcome, statements }, title };
  });

  addQuote(noun);
  addVerify(noun);
  addCountersign(noun);
  addPost(noun);
  addExport(noun);
  addReceive(noun);
  addRetract(noun);

  const list = withFolders(
    command(noun, "list", "statements in the folder, and how far they are", "statement list"),
  );
  does(list, async (_context, options: FolderOptions) => {
    const statements = [];
    for (const file of await listStatements(options.dir)) {
      const { statement, countersignature } = await readStatement(file);
      const { supplier, consumer, number, period, maximum } = statement;
      const facts: { maximum: Credits; signed: boolean } = {
        maximum,
        signed: countersignature !== undefined,
      };
      const differences = await differencesCounted(file);
      const named = { supplier, consumer, number, period: formatPeriod(period) };
      statements.push({ ...named, ...facts, differences, file });
    }
    return { data: { statements }, ...(statements.length === 0 ? { title: "There are none." } : {}) };
  });
}

/** How many differences its consumer has told, or was told; a report that cannot be read counts as none. */
async function differencesCounted(file: string): Promise<number> {
  const path = differencesPath(file);
  const report = await readJson(path).catch(() => undefined);
  return report === undefined ? 0 : parseDifferences(path, report).differences.length;
}
