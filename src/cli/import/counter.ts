import { existsSync } from "node:fs";
import { join } from "node:path";
import { Option, type Command } from "commander";
import { bookText, parseBook, type UsageBook } from "../../connectors/counter/book.ts";
import { UsageGatherer } from "../../connectors/counter/gather.ts";
import { REPORTS } from "../../connectors/counter/names.ts";
import type { Omission } from "../../connectors/gathering.ts";
import { isConsortiaError } from "../../core/error.ts";
import { command, does, month, whole } from "../shell/command.ts";
import { readJson, writeText } from "../shell/files.ts";
import type { RefusedFile } from "./messages.ts";
import { readReportFile, reportFiles } from "./usageFiles.ts";
import { askService, type ServiceOptions } from "./usageService.ts";
import {
  mappingOf,
  withFiles,
  withMapping,
  writeGathered,
  type MapOptions,
  type WrittenOptions,
} from "./written.ts";

interface CounterOptions extends WrittenOptions, MapOptions, Omit<ServiceOptions, "report"> {
  readonly report?: Lowercase<NonNullable<ServiceOptions["report"]>>;
  readonly usage: string;
}

/** `import counter`: usage of e-resources by platform, metric and month. */
export function addCounter(noun: Command): void {
  const counter = withMapping(
    withFiles(
      command(
        noun,
        "counter",
        "usage that platforms counted (COUNTER releases 5 and 5.1), from files or a COUNTER_SUSHI service",
        "import counter https://sushi.example/api --map usage.json --from 2026-01 --to 2026-03",
      ).argument(
        "<source>",
        "a report, a folder of reports (*.json, *.tsv, *.csv) or the base address of a service",
      ),
      "drafts-counter.json",
    ),
  )
    .addOption(
      new Option("--report <report>", "what a service is asked for; the best it offers by default").choices(
        REPORTS.map((one) => one.toLowerCase()),
      ),
    )
    .option("--from <month>", "the first month that a service is asked for", month)
    .option("--to <month>", "the last one", month)
    .addOption(
      new Option("--release <release>", "which a service is asked for").choices(["5", "5.1"]).default("5.1"),
    )
    .option("--platform <name>", "where a service speaks for several platforms")
    .option("--members", "ask for each member of a consortium's account, instead of for the whole")
    .option("--months-at-once <n>", "months in one question", whole(1), 12)
    .option(
      "--usage <file>",
      "the book of usage, by which restated months are known",
      join(".consortia", "usage.json"),
    )
    .addHelpText("after", ACCOUNT);
  does(counter, async ({ progress }, source: string, options: CounterOptions) => {
    const mapping = await mappingOf(options);
    const gatherer = new UsageGatherer(await bookIn(options.usage), mapping);
    const refused = /^https?:/i.test(source)
      ? await askService(source, asked(options), gatherer, progress("Asking"))
      : await readFiles(source, gatherer, progress("Reading"));
    const { drafts, omissions, book, ...found } = gatherer.finish();
    const written = await writeGathered(options, [...refused.map(unread), ...omissions, ...drafts]);
    await writeText(options.usage, bookText(book));
    const { drafts: records, exceptions, reasons, files } = written;
    const data = {
      records,
      exceptions,
      reasons,
      ...found,
      files: { ...files, usage: options.usage },
      refused,
    };
    return { data, title: titleOf(records, found.months.length, found.notReady.length, refused.length) };
  });
}

const ACCOUNT = `
The account at a service is read from CONSORTIA_COUNTER_CUSTOMER, CONSORTIA_COUNTER_REQUESTOR and CONSORTIA_COUNTER_API_KEY.`;

const asked = ({ report, ...options }: CounterOptions): ServiceOptions => {
  const id = REPORTS.find((one) => one.toLowerCase() === report);
  return { ...options, ...(id === undefined ? {} : { report: id }) };
};

async function bookIn(path: string): Promise<UsageBook> {
  return existsSync(path) ? parseBook(await readJson(path)) : new Map();
}

/** A file that stands alone must be a report; among others it is listed and the rest goes on. */
async function readFiles(
  source: string,
  gatherer: UsageGatherer,
  progress: (done: number, total: number) => void,
): Promise<RefusedFile[]> {
  const { root, files } = await reportFiles(source);
  const refused: RefusedFile[] = [];
  for (const [index, file] of files.entries()) {
    try {
      gatherer.take(await readReportFile(join(root, file)));
    } catch (error) {
      if (root === "" || !isConsortiaError(error)) throw error;
      refused.push({ file, code: error.code, reason: error.message });
    }
    progress(index + 1, files.length);
  }
  return refused;
}

const unread = ({ file, code, reason }: RefusedFile): Omission => ({
  request: file,
  reason: code,
  sentence: reason,
});

function titleOf(records: number, months: number, notReady: number, refused: number): string {
  const open = notReady === 0 ? "" : ` ${notReady} not ready yet.`;
  const bad = refused === 0 ? "" : ` ${refused} refused.`;
  return `${records} records from ${months} ${months === 1 ? "month" : "months"} of usage.${open}${bad}`;
}
