import { dirname, join } from "node:path";
import type { Command } from "commander";
import type { Credits } from "../../core/money.ts";
import { formatCredits } from "../../core/money.ts";
import { formatPeriod } from "../../core/period.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { parseDrafts } from "../import/drafts.ts";
import { csv } from "../report/csv.ts";
import { command, does } from "../shell/command.ts";
import { readJson, writeText } from "../shell/files.ts";
import { buildStatementFiles } from "../statements/build.ts";
import { listStatements, readStatement } from "../statements/file.ts";
import { verifyStatement } from "../statements/verify.ts";
import { addCountersign } from "./countersign.ts";
import { addPost } from "./post.ts";
import { filesNamed, withFolders, type FolderOptions } from "./statementFolder.ts";

export function addStatement(program: Command): void {
  const noun = program.command("statement").description("what suppliers bill and consumers countersign");

  const build = withFolders(
    command(
      noun,
      "build",
      "make unsigned statements and bundles of records of drafts",
      "statement build .consortia/drafts.json",
    ),
  )
    .argument("[drafts]", "the file that an import wrote", join(".consortia", "drafts.json"))
    .option(
      "--exceptions <file>",
      "what cannot be billed, and why; billing-exceptions.csv beside the drafts",
    );
  does(
    build,
    async ({ reader, progress }, path: string, options: FolderOptions & { exceptions?: string }) => {
      const { consortium, about } = await reader();
      const built = await buildStatementFiles({
        consortium,
        services: about.services,
        drafts: parseDrafts(path, await readJson(path)),
        store: createDirectoryStore(options.store),
        folder: options.dir,
        progress: progress("Building"),
      });
      const exceptions = options.exceptions ?? join(dirname(path), "billing-exceptions.csv");
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
    },
  );

  const verify = withFolders(
    command(
      noun,
      "verify",
      "recompute a statement from its records and the chain: root, lines, prices, signature",
      "statement verify .consortia/statements/3-1.json",
    ),
  ).argument("[files...]", "statement files; all of the folder by default");
  does(verify, async ({ reader }, named: string[], options: FolderOptions) => {
    const { consortium } = await reader();
    const store = createDirectoryStore(options.store);
    const verdicts = [];
    for (const path of await filesNamed(named, options)) {
      const file = await readStatement(path);
      const { ok, gross, fee, lines, checks } = await verifyStatement(consortium, store, file);
      verdicts.push({
        file: path,
        ok,
        signed: file.countersignature !== undefined,
        gross,
        fee,
        lines,
        checks,
      });
    }
    const failed = verdicts.some(({ ok }) => !ok);
    if (verdicts.length !== 1) {
      const statements = verdicts.map(({ lines, checks, ...rest }) => ({
        ...rest,
        lines: lines.length,
        wrong: checks
          .filter(({ ok }) => !ok)
          .map(({ check, found }) => `not: ${check} (${found})`)
          .join("; "),
      }));
      return { data: { ok: !failed, statements }, failed };
    }
    return {
      data: { ...verdicts[0] },
      failed,
      title: failed ? "This statement does not hold." : "It holds.",
    };
  });

  addCountersign(noun);
  addPost(noun);

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
      statements.push({ supplier, consumer, number, period: formatPeriod(period), ...facts, file });
    }
    return { data: { statements }, ...(statements.length === 0 ? { title: "There are none." } : {}) };
  });
}
