import type { Command } from "commander";
import { foldExchanges } from "../../connectors/iso18626/fold/fold.ts";
import { command, does } from "../shell/command.ts";
import { readMessages, type RefusedFile } from "./messages.ts";
import { withFiles, writeGathered, type WrittenOptions } from "./written.ts";

interface MessagesOptions extends WrittenOptions {
  readonly currency: string;
}

/** `import iso18626`: records of what two agencies wrote each other. */
export function addIso18626(noun: Command): void {
  const iso18626 = withFiles(
    command(
      noun,
      "iso18626",
      "fold a folder of ISO 18626 messages into drafts of records; readers' data stays outside",
      "import iso18626 examples/month/messages",
    ).argument("<folder>", "every *.xml below it is read"),
    "drafts.json",
  ).option("--currency <code>", "amounts in other currencies are left out", "EUR");
  does(iso18626, async ({ progress }, folder: string, options: MessagesOptions) => {
    const { messages, refused } = await readMessages(folder, progress("Reading"));
    const fold = foldExchanges(messages, { currency: options.currency });
    const written = await writeGathered(options, [
      ...refused.map(unread),
      ...fold.exceptions,
      ...fold.drafts,
    ]);
    const data = {
      messages: fold.messages,
      repeats: fold.repeats,
      exchanges: fold.exchanges,
      drafts: fold.drafts.length,
      exceptions: fold.exceptions.length,
      files: written.files,
      outcomes: fold.outcomes,
      refused,
    };
    return { data, title: `${fold.drafts.length} records from ${fold.messages} messages.` };
  });
}

const unread = ({ file, code, reason }: RefusedFile) => ({ request: file, reason: code, sentence: reason });
