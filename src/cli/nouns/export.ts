import type { Command } from "commander";
import { ConsortiaError } from "../../core/error.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { isNumberUsed } from "../../sdk/statements.ts";
import { memberNamed } from "../shell/context.ts";
import { STATEMENT } from "../desks/named.ts";
import { command, does } from "../shell/command.ts";
import { exchangePath } from "../statements/exchange.ts";
import { awaited, handOver } from "../statements/export.ts";
import { readStatement } from "../statements/file.ts";
import { filesNamed, withFolders, type FolderOptions } from "./statementFolder.ts";

interface ExportOptions extends FolderOptions {
  readonly member: string;
  readonly to: string;
}

export function addExport(noun: Command): void {
  const one = withFolders(
    command(
      noun,
      "export",
      "hand statements with their records to the other party: a supplier what is to be signed, a consumer what it signed or its differences",
      "statement export --member XA-NHU --to outbox",
    ),
  )
    .argument("[files...]", `${STATEMENT}; by default all of the folder that the other party waits for`)
    .requiredOption("--member <member>", "whose home this is: its number, ISIL or commons")
    .requiredOption("--to <path>", "a folder, in which each pair gets its own, or a file that ends in .json");
  does(one, async ({ reader, progress }, named: string[], options: ExportOptions) => {
    const { consortium } = await reader();
    const member = await memberNamed(consortium, options.member);
    const store = createDirectoryStore(options.store);
    const paths = await filesNamed(named, options);
    const isFile = options.to.endsWith(".json");
    if (isFile && named.length !== 1) {
      const message = `${options.to} takes one statement. Name it, or name a folder for all.`;
      throw new ConsortiaError("ExportAmbiguous", message);
    }
    const bar = progress("Exporting");
    const exported = [];
    for (const [index, path] of paths.entries()) {
      bar(index + 1, paths.length);
      const file = await readStatement(path);
      const { supplier, consumer, number } = file.statement;
      const due = await awaited(member, path, file);
      // Whoever names a statement wants it again, whatever the other party has.
      const what = due ?? (file.countersignature === undefined ? "statement" : "signed statement");
      const skip = due === undefined || (await isNumberUsed(consortium, supplier, number));
      if (named.length === 0 && skip) continue;
      const to = isFile ? options.to : exchangePath(options.to, file.statement);
      exported.push({ supplier, consumer, number, what, file: await handOver(store, path, file, to, what) });
    }
    return { data: { exported }, title: `Exported: ${exported.length}.` };
  });
}
