import { rowReader } from "../../../src/connectors/csv/rows.ts";
import { piecesOf, type Reader } from "../row.ts";

/** The list of where the files come from, a plain table: its columns and how its rows spread over two of them. */
export const readSources: Reader = async (file) => {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = rowReader({ delimiter: "\t", quote: "" });
  const rows: (readonly string[])[] = [];
  const take = (found: ReturnType<typeof reader.push>): void => {
    for (const row of found) rows.push(row.trouble === undefined ? row.cells : [row.trouble]);
  };
  for await (const piece of piecesOf(file)) take(reader.push(decoder.decode(piece, { stream: true })));
  take(reader.end().rows);
  const [columns = [], ...entries] = rows;
  const spread = (column: string, of = (cell: string) => cell): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const entry of entries) {
      const value = of(entry[columns.indexOf(column)] ?? "");
      counts[value] = (counts[value] ?? 0) + 1;
    }
    return counts;
  };
  return {
    columns,
    rows: entries.length,
    byFolder: spread("file", (path) => path.split("/", 1)[0] ?? ""),
    licences: spread("licence"),
  };
};
