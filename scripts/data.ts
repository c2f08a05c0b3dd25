import { checkFiles } from "../test/data/check.ts";
import { ABSENT, DATA, dataFiles, readTables, TABLES } from "../test/data/files.ts";
import { readerOf } from "../test/data/readers.ts";
import { countOutcomes, describeOutcomes } from "../test/data/report.ts";

const args = process.argv.slice(2);
const json = args.includes("--json");
if (args.some((arg) => arg !== "--json")) {
  process.stderr.write("Usage: npm run test:data -- [--json]\n");
  process.exit(args.includes("--help") ? 0 : 2);
}

const files = dataFiles(DATA);
if (files === undefined) process.stderr.write(ABSENT);
const outcomes =
  files === undefined ? [] : await checkFiles({ files, rows: readTables(TABLES), reader: readerOf });
const counts = countOutcomes(outcomes, files?.length ?? 0);
process.stdout.write(json ? `${JSON.stringify(counts)}\n` : `${describeOutcomes(outcomes).join("\n")}\n`);
if (json) {
  for (const { path, said } of outcomes.filter(({ result }) => result === "wrong"))
    process.stderr.write(`FAIL ${path} ${said}\n`);
}
process.exit(counts.wrong === 0 ? 0 : 1);
