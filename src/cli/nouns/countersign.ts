import type { Command } from "commander";
import { isConsortiaError } from "../../core/error.ts";
import { STATEMENT } from "../desks/named.ts";
import { command, does } from "../shell/command.ts";
import { countersignFile } from "../statements/countersign.ts";
import { compareWith, withComparison, type ComparisonOptions } from "./comparison.ts";
import { filesNamed, memberOption } from "./statementFolder.ts";

interface CountersignOptions extends ComparisonOptions {
  readonly consumer?: string;
}

export function addCountersign(noun: Command): void {
  const one = withComparison(
    command(
      noun,
      "countersign",
      "agree to statements as their consumer: signs what agrees with your own records, and writes beside the others why not",
      "statement countersign 3-1 --keystore keys/de-7.json",
    ),
  )
    .argument("[files...]", `${STATEMENT}; by default all of the folder that the key may sign`)
    .option("--consumer <member>", "only statements of this member: its number, ISIL or commons");
  does(one, async ({ reader, writer, progress }, named: string[], options: CountersignOptions) => {
    const consortium = await writer();
    const { about } = await reader();
    const comparison = await compareWith(consortium, about.services, options);
    const consumer = await memberOption(consortium, options.consumer);
    const paths = await filesNamed(named, options);
    const choice = { named: named.length > 0, consumer };
    const bar = progress("Countersigning");
    const statements = [];
    for (const [index, path] of paths.entries()) {
      const outcome = await countersignFile(consortium, comparison, path, choice).catch((error: unknown) => {
        if (paths.length === 1 || !isConsortiaError(error) || error.retryable) throw error;
        return { outcome: "refused", why: error.message, differences: "" };
      });
      if (outcome !== undefined) statements.push({ file: path, ...outcome });
      bar(index + 1, paths.length);
    }
    const signed = statements.filter(({ outcome }) => outcome === "signed").length;
    const refused = statements.filter(({ outcome }) => outcome === "refused").length;
    const title = `Signed: ${signed}.${refused === 0 ? "" : ` Refused: ${refused}.`}`;
    return { data: { signed, statements }, title, failed: refused > 0 };
  });
}
