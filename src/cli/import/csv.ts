import type { Command } from "commander";
import { readColumns } from "../../connectors/csv/columns.ts";
import { readCsv } from "../../connectors/csv/csv.ts";
import { command, does } from "../shell/command.ts";
import { readJson, readPieces } from "../shell/files.ts";
import {
  mappingOf,
  withFiles,
  withMapping,
  writeGathered,
  type MapOptions,
  type WrittenOptions,
} from "./written.ts";

interface CsvOptions extends WrittenOptions, MapOptions {
  readonly columns: string;
}

/** `import csv`: records of a table that another system exports. */
export function addCsv(noun: Command): void {
  const importCsv = withFiles(
    withMapping(
      command(
        noun,
        "csv",
        "read a table that another system exports; columns that are not named are never copied",
        "import csv examples/csv/loans.csv --columns examples/csv/columns.json --map examples/csv/map.json",
      )
        .argument("<file>", "separated values, with or without a header")
        .requiredOption("--columns <file>", "which column is what, and how it is written"),
    ),
    "drafts-csv.json",
  );
  does(importCsv, async ({ progress }, path: string, options: CsvOptions) => {
    const columns = readColumns(await readJson(options.columns));
    const mapping = await mappingOf(options);
    const written = await writeGathered(
      options,
      readCsv(readPieces(path, progress("Reading")), columns, mapping),
    );
    const { drafts, exceptions } = written;
    return { data: { ...written }, title: `${drafts} records from ${drafts + exceptions} rows.` };
  });
}
