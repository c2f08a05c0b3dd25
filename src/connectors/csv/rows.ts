/** A row as the file has it, counted as a spreadsheet counts: the first is 1, empty rows count too. */
export type Row =
  | { readonly row: number; readonly cells: readonly string[]; readonly trouble?: undefined }
  | { readonly row: number; readonly trouble: Trouble };

/** Why a row cannot be told apart into cells: text around a quoted cell, a NUL, or more than a row may hold. */
export type Trouble = "quote" | "nul" | "size";

export interface Dialect {
  /** One character between cells. */
  readonly delimiter: string;
  /** One character around cells that contain others, doubled where it stands for itself; empty where there is none. */
  readonly quote: string;
}

/** Characters that a row may hold. */
export const LARGEST_ROW = 1 << 20;

const [NUL, LF, CR] = [0, 10, 13];
type Mode = "start" | "plain" | "quoted" | "closing" | "broken";

export interface RowReader {
  /** Takes a piece and hands out the rows that it completes. Rows without any character are left out. */
  push(text: string): Row[];
  /** The last row, and the number of the row whose quote was never closed. */
  end(): { readonly rows: Row[]; readonly open?: number };
}

/**
 * Tells cells apart as RFC 4180 has it, with any line ends and piece by piece: a broken row spoils no other, and no row
 * takes more memory than the largest; csv-parse, which reads usage reports, would drop what follows a broken row unsaid. A quote that is never closed would swallow the rest: then `end` names its row, and
 * nothing more is handed out.
 */
export function rowReader({ delimiter, quote }: Dialect): RowReader {
  const [separator, mark] = [delimiter.charCodeAt(0), quote === "" ? -1 : quote.charCodeAt(0)];
  let rows: Row[] = [];
  let [row, size, cell, mode]: [number, number, string, Mode] = [1, 0, "", "start"];
  let cells: string[] = [];
  let trouble: Trouble | undefined;
  let afterReturn = false;
  let stuck = false;

  function endCell(): void {
    cells.push(cell);
    [cell, mode] = ["", "start"];
  }
  function endRow(): void {
    if (trouble !== undefined) rows.push({ row, trouble });
    else if (mode !== "start" || cells.length > 0) {
      endCell();
      rows.push({ row, cells });
    }
    [row, size, cell, mode, cells, trouble] = [row + 1, 0, "", "start", [], undefined];
  }
  function spoil(because: Trouble): void {
    [trouble, mode, cell, cells] = [because, "broken", "", []];
  }
  /** Takes what stands between quotes, up to the next quote; answers where it stopped. */
  function quoted(text: string, from: number): number {
    const found = text.indexOf(quote, from);
    const to = found < 0 ? text.length : found;
    const piece = text.slice(from, to);
    if (piece.includes("\0")) trouble = "nul";
    size += piece.length;
    if (size > LARGEST_ROW) stuck = true;
    else cell += piece;
    if (found >= 0) mode = "closing";
    return found < 0 ? to : to + 1;
  }
  function plain(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) {
      if (!(code === LF && afterReturn)) endRow();
      afterReturn = code === CR;
      return at + 1;
    }
    afterReturn = false;
    if (mode === "broken") return at + 1;
    if (mode === "closing" && code === mark) {
      cell += quote;
      mode = "quoted";
    } else if (code === separator) endCell();
    else if (code === mark && mode === "start") mode = "quoted";
    else if (code === NUL) spoil("nul");
    else if (code === mark || mode === "closing") spoil("quote");
    else return run(text, at);
    return at + 1;
  }
  /** Takes plain text up to the next character that means something. */
  function run(text: string, from: number): number {
    let to = from + 1;
    for (; to < text.length; to++) {
      const code = text.charCodeAt(to);
      if (code === LF || code === CR || code === separator || code === mark || code === NUL) break;
    }
    size += to - from;
    if (size > LARGEST_ROW) spoil("size");
    else [cell, mode] = [cell + text.slice(from, to), "plain"];
    return to;
  }
  return {
    push(text) {
      rows = [];
      for (let at = 0; at < text.length && !stuck;)
        at = mode === "quoted" ? quoted(text, at) : plain(text, at);
      return rows;
    },
    end() {
      rows = [];
      if (stuck || mode === "quoted") return { rows, open: row };
      endRow();
      return { rows };
    },
  };
}
