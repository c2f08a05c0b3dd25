import { join, resolve } from "node:path";
import type { Command } from "commander";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { reportFiles } from "../report/files.ts";
import { settlementText } from "../report/terminal.ts";
import { readBookMonth } from "../review/month.ts";
import { reportMonth } from "../review/report.ts";
import { command, does, month as readMonth } from "../shell/command.ts";
import { writeText } from "../shell/files.ts";

interface ReportOptions {
  readonly out: string;
  readonly store: string;
}

export function addReport(program: Command): void {
  const noun = program.command("report").description("what a month came to");

  const month = command(
    noun,
    "month",
    "pages, tables and files of a closed month, from the chain's log and the bundles at hand",
    "report month 2026-10 --out out",
  )
    .argument("<month>", "a closed month", readMonth)
    .option("--out <folder>", "where the report goes", "out")
    .option("--store <folder>", "where bundles of records are", join(".consortia", "records"));
  does(month, async ({ reader, settings, progress }, id: PeriodId, options: ReportOptions) => {
    const { consortium, about } = await reader();
    const book = await readBookMonth(consortium, id);
    const report = await reportMonth(consortium, about, createDirectoryStore(options.store), book);
    const bar = progress("Writing");
    const total = 6 + 2 * report.members.length;
    let files = 0;
    for (const [path, content] of reportFiles(report)) {
      await writeText(resolve(options.out, path), content);
      bar(++files, total);
    }
    if (settings.json !== true) {
      const { isTTY, columns } = process.stdout;
      const colour = isTTY && process.env.NO_COLOR === undefined;
      process.stdout.write(
        `${settlementText(report, { width: isTTY ? Math.min(columns, 120) : 120, colour })}\n\n`,
      );
    }
    const { totals, invariants, statements } = report;
    const page = join(options.out, "index.html");
    const outcome = { month: formatPeriod(id), statements: statements.length, page, files };
    return { data: { ...outcome, ...totals, invariants }, failed: invariants !== "held" };
  });
}
