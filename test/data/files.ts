import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { DataFile, Row } from "./row.ts";

/** Where the files lie that others wrote. They are not part of the project. */
export const DATA = join(import.meta.dirname, "../../../shared/data");

/** Said where they are not at hand. */
export const ABSENT = "skipped: ../shared/data is not here\n";

/** What must come of each of them, written from the standards and the files by other means than the house's readers. */
export const TABLES = join(import.meta.dirname, "expected");

/** Every file below a folder, by its path in it; `undefined` where the folder is not at hand. */
export function dataFiles(folder: string): DataFile[] | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const place = join(entry.parentPath, entry.name);
      return { path: relative(folder, place).split(sep).join("/"), bytes: readFileSync(place) };
    });
}

/** The rows of all tables of a folder, by the path of their file. @throws where two tables have the same row */
export function readTables(folder: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".json"))) {
    const table = JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, Row>;
    for (const [path, row] of Object.entries(table)) {
      if (rows.has(path)) throw new Error(`${path} is in two tables; ${name} is one of them.`);
      rows.set(path, row);
    }
  }
  return rows;
}
