import type { Command } from "commander";
import { isConsortiaError } from "../../core/error.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { readInbox, type Delivery } from "../../records/inbox.ts";
import { STATEMENT } from "../desks/named.ts";
import { memberNamed } from "../shell/context.ts";
import { command, does } from "../shell/command.ts";
import { receive, type ReceiveInput } from "../statements/receive.ts";
import { retract } from "../statements/retract.ts";
import { filesNamed, withFolders, type FolderOptions } from "./statementFolder.ts";

export function addReceive(noun: Command): void {
  const one = withFolders(
    command(
      noun,
      "receive",
      "take in what the other party handed over: statements to sign, signed ones, or differences",
      "statement receive inbox --member XA-KEP",
    ),
  )
    .argument("<paths...>", "files, or folders with such files")
    .requiredOption("--member <member>", "whose home this is: its number, ISIL or commons");
  does(one, async ({ reader }, paths: string[], options: FolderOptions & { member: string }) => {
    const { consortium } = await reader();
    const member = await memberNamed(consortium, options.member);
    const input = { consortium, member, store: createDirectoryStore(options.store), folder: options.dir };
    const files = [];
    for await (const delivery of readInbox(paths)) files.push(await takeIn(input, delivery));
    const counts: Record<string, number> = {};
    for (const { outcome } of files) counts[outcome] = (counts[outcome] ?? 0) + 1;
    const told = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
    const title = told.length === 0 ? "There is nothing to take in." : `${told.join(", ")}.`;
    return { data: { outcomes: counts, files }, title, failed: counts["refused"] !== undefined };
  });
}

/** One bad file is told and keeps no other from arriving. */
async function takeIn(input: ReceiveInput, { file, ...delivery }: Delivery) {
  try {
    if (delivery.error !== undefined) throw delivery.error;
    const { path, ...received } = await receive(input, file, delivery.content);
    return { file, ...received, path };
  } catch (error) {
    if (!isConsortiaError(error) || error.retryable) throw error;
    return { file, outcome: "refused" as const, code: error.code, why: error.message };
  }
}

export function addRetract(noun: Command): void {
  const one = withFolders(
    command(
      noun,
      "retract",
      "take back unsigned statements, so that their records can be corrected and billed anew under the same numbers",
      "statement retract 3-1",
    ),
  ).argument("<statements...>", STATEMENT);
  does(one, async ({ reader }, named: string[], options: FolderOptions) => {
    const { consortium } = await reader();
    const statements = [];
    for (const file of await filesNamed(named, options)) {
      const { supplier, consumer, number } = await retract(consortium, options.dir, file);
      statements.push({ supplier, consumer, number, file });
    }
    return { data: { statements }, title: `Retracted: ${statements.length}.` };
  });
}
