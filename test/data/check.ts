import { isConsortiaError } from "../../src/core/error.ts";
import { difference } from "./difference.ts";
import { isRefusal, type DataFile, type Reader, type Row } from "./row.ts";

/** What came of a file; `said` holds the reason of a refusal, or what is wrong. */
export interface Outcome {
  readonly path: string;
  readonly result: "read" | "refused" | "wrong";
  readonly said: string;
}

export interface Check {
  readonly files: readonly DataFile[];
  readonly rows: ReadonlyMap<string, Row>;
  /** The reader of a path. */
  readonly reader: (path: string) => Reader | undefined;
}

/** Reads every file and holds it against its row. A file without a row is wrong, and so is a row without a file. */
export async function checkFiles({ files, rows, reader }: Check): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const row = rows.get(file.path);
    const read = reader(file.path);
    if (row === undefined) outcomes.push(wrong(file.path, "is in no table; say what must come of it"));
    else if (read === undefined) outcomes.push(wrong(file.path, "has no reader"));
    else outcomes.push(await checkFile(file, row, read));
  }
  const here = new Set(files.map(({ path }) => path));
  for (const path of rows.keys()) {
    if (!here.has(path)) outcomes.push(wrong(path, "is in a table and not among the files"));
  }
  return outcomes;
}

async function checkFile(file: DataFile, row: Row, read: Reader): Promise<Outcome> {
  const { path } = file;
  try {
    const figures = await read(file);
    if (isRefusal(row)) return wrong(path, `was read; it must be refused as ${row.code}: ${row.refused}`);
    const said = difference(row, figures);
    return said === undefined ? { path, result: "read", said: "" } : wrong(path, said);
  } catch (error) {
    if (!isConsortiaError(error)) return wrong(path, `broke its reader: ${String(error)}`);
    const { code, message } = error;
    if (!isRefusal(row)) return wrong(path, `was refused as ${code}: ${message}`);
    if (code !== row.code) return wrong(path, `was refused as ${code}, expected ${row.code}: ${message}`);
    if (message.trim() === "") return wrong(path, "was refused without a reason");
    return { path, result: "refused", said: message };
  }
}

function wrong(path: string, said: string): Outcome {
  return { path, result: "wrong", said };
}
