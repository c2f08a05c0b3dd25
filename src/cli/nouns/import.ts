import { dirname, join } from "node:path";
import type { Command } from "commander";
import { foldExchanges, type ExchangeException } from "../../connectors/iso18626/fold/fold.ts";
import type { Unrecorded } from "../../core/own.ts";
import { draftsText } from "../import/drafts.ts";
import { readMessages } from "../import/messages.ts";
import { csv } from "../report/csv.ts";
import { command, does } from "../shell/command.ts";
import { writeText } from "../shell/files.ts";

interface ImportOptions {
  readonly out: string;
  readonly exceptions?: string;
  readonly currency: string;
}

export function addImport(program: Command): void {
  const noun = program.command("import").description("records from other systems");

  const iso18626 = command(
    noun,
    "iso18626",
    "fold a folder of ISO 18626 messages into drafts of records; readers' data stays outside",
    "import iso18626 examples/month/messages",
  )
    .argument("<folder>", "every *.xml below it is read")
    .option("--out <file>", "where the drafts go", join(".consortia", "drafts.json"))
    .option(
      "--exceptions <file>",
      "what makes no record, and why; exceptions.csv beside the drafts by default",
    )
    .option("--currency <code>", "amounts in other currencies are left out", "EUR");
  does(iso18626, async ({ progress }, folder: string, options: ImportOptions) => {
    const { messages, refused } = await readMessages(folder, progress("Reading"));
    const fold = foldExchanges(messages, { currency: options.currency });
    const exceptions = options.exceptions ?? join(dirname(options.out), "exceptions.csv");
    await writeText(options.out, draftsText(fold.drafts, fold.exceptions.flatMap(unrecorded)));
    await writeText(
      exceptions,
      csv("request,requesting,supplying,reason,explanation".split(","), [
        ...refused.map(({ file, code, reason }) => [file, "", "", code, reason]),
        ...fold.exceptions.map((one) => [
          ...[one.request, one.consumer ?? "", one.supplier ?? "", one.reason, one.sentence],
        ]),
      ]),
    );
    const data = {
      messages: fold.messages,
      repeats: fold.repeats,
      exchanges: fold.exchanges,
      drafts: fold.drafts.length,
      exceptions: fold.exceptions.length,
      files: { drafts: options.out, exceptions },
      outcomes: fold.outcomes,
      refused,
    };
    return { data, title: `${fold.drafts.length} records from ${fold.messages} messages.` };
  });
}

/** An exception, where its messages name both parties and the request. */
function unrecorded({ supplier, consumer, request, reason }: ExchangeException): Unrecorded[] {
  return supplier === undefined || consumer === undefined ? [] : [{ supplier, consumer, request, reason }];
}
