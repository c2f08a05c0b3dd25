import { readdir, stat } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { readReport } from "../../connectors/counter/read.ts";
import type { ReportKind } from "../../connectors/counter/report.ts";
import { sumReport, type ReportSum } from "../../connectors/counter/sum.ts";
import { ConsortiaError } from "../../core/error.ts";
import { readPieces } from "../shell/files.ts";

const KINDS = new Map<string, ReportKind>([
  [".json", "json"],
  [".tsv", "tsv"],
  [".txt", "tsv"],
  [".csv", "csv"],
]);

const kindOf = (path: string) => KINDS.get(extname(path).toLowerCase());

/** The reports that a path names: itself, or every *.json, *.tsv, *.txt and *.csv below it. @throws `FileUnreadable` */
export async function reportFiles(path: string): Promise<{ root: string; files: string[] }> {
  try {
    if (!(await stat(path)).isDirectory()) return { root: "", files: [path] };
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && kindOf(entry.name) !== undefined)
      .map((entry) => relative(path, join(entry.parentPath, entry.name)));
    return { root: path, files: files.sort() };
  } catch (cause) {
    throw new ConsortiaError("FileUnreadable", `${path} cannot be read. Check its name and rights.`, {
      cause,
    });
  }
}

/** @throws the codes of `CounterFlaw`, `FileUnreadable` */
export async function readReportFile(path: string): Promise<ReportSum> {
  return sumReport(readReport(readPieces(path), kindOf(path) ?? "json"));
}
