import type { Weight } from "./fonts.ts";
import { FAINT, RULE, type Sheet } from "./page.ts";

export interface Column {
  readonly head: string;
  /** In points; columns without share what is left. */
  readonly width?: number;
  readonly align?: "left" | "right";
}

export interface Row {
  readonly cells: readonly string[];
  readonly weight?: Weight;
  /** A smaller line below the cells, as wide as the table, such as a reference. */
  readonly note?: string;
}

const [SIZE, SMALL, GAP, PAD] = [8.5, 7, 10, 3.5];
const LEADING = 1.36;

/** Draws a table: cells wrap, rows go on to the next page, where the head stands again. */
export function drawTable(sheet: Sheet, columns: readonly Column[], rows: readonly Row[]): void {
  const places = layOut(sheet, columns);
  const head = () => {
    const heads = columns.map((one) => one.head);
    drawRow(sheet, places, rowLines(sheet, places, { cells: heads, weight: "bold" }), "bold", FAINT);
    sheet.space(PAD);
    sheet.rule("#444444");
    sheet.space(PAD);
  };
  sheet.need(SIZE * LEADING * 4);
  head();
  for (const row of rows) {
    const lines = rowLines(sheet, places, row);
    const note = row.note === undefined ? [] : sheet.linesOf(row.note, { size: SMALL });
    const height =
      Math.max(...lines.map(({ length }) => length)) * SIZE * LEADING + note.length * SMALL * LEADING;
    if (sheet.need(Math.min(height + PAD, (sheet.bottom - sheet.left) / 2))) head();
    drawRow(sheet, places, lines, row.weight ?? "regular", undefined, head);
    for (const line of note) {
      if (sheet.need(SMALL * LEADING)) head();
      sheet.line(line, { size: SMALL, colour: FAINT });
      sheet.space(SMALL * LEADING);
    }
    sheet.space(PAD);
    sheet.rule(RULE);
    sheet.space(PAD);
  }
}

interface Place {
  readonly x: number;
  readonly width: number;
  readonly align: "left" | "right";
}

function layOut(sheet: Sheet, columns: readonly Column[]): Place[] {
  const fixed = columns.reduce((sum, { width = 0 }) => sum + width, 0);
  const free = columns.filter(({ width }) => width === undefined).length;
  const share = (sheet.width - fixed - GAP * (columns.length - 1)) / Math.max(free, 1);
  let x = sheet.left;
  return columns.map(({ width = share, align = "left" }) => {
    const place = { x, width, align };
    x += width + GAP;
    return place;
  });
}

/** Each cell's lines. */
function rowLines(sheet: Sheet, places: readonly Place[], { cells, weight = "regular" }: Row): string[][] {
  return places.map(({ width }, at) => sheet.linesOf(cells[at] ?? "", { size: SIZE, weight, width }));
}

/** Draws cells line by line, so that a row longer than a page goes on, below another head where there is one. */
function drawRow(
  sheet: Sheet,
  places: readonly Place[],
  cells: readonly (readonly string[])[],
  weight: Weight,
  colour?: string,
  head?: () => void,
): void {
  const count = Math.max(...cells.map(({ length }) => length));
  for (let at = 0; at < count; at++) {
    if (sheet.need(SIZE * LEADING) && head !== undefined) head();
    places.forEach((place, column) => {
      const text = cells[column]?.[at] ?? "";
      if (text !== "")
        sheet.line(text, { ...place, ...(colour === undefined ? {} : { colour }), size: SIZE, weight });
    });
    sheet.space(SIZE * LEADING);
  }
}
