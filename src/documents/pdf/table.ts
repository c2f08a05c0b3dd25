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
  /** A smaller line below the widest cells' text, such as a reference; by column. */
  readonly notes?: readonly (string | undefined)[];
}

const [SIZE, SMALL, GAP, PAD] = [8.5, 7, 10, 3.5];
const LEADING = 1.36;

interface Line {
  readonly text: string;
  readonly size: number;
}

/** Draws a table: cells wrap, rows go on to the next page, where the head stands again. */
export function drawTable(sheet: Sheet, columns: readonly Column[], rows: readonly Row[]): void {
  const places = layOut(sheet, columns);
  const head = () => {
    drawRow(
      sheet,
      places,
      rowLines(sheet, places, { cells: columns.map((one) => one.head), weight: "bold" }),
      "bold",
      FAINT,
    );
    sheet.rule("#444444");
    sheet.space(PAD);
  };
  sheet.need(SIZE * LEADING * 4);
  head();
  for (const row of rows) {
    const lines = rowLines(sheet, places, row);
    const height = heightOf(lines);
    if (sheet.need(Math.min(height + PAD, (sheet.bottom - sheet.left) / 2))) head();
    drawRow(sheet, places, lines, row.weight ?? "regular", undefined, head);
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
function rowLines(
  sheet: Sheet,
  places: readonly Place[],
  { cells, weight = "regular", notes }: Row,
): Line[][] {
  return places.map(({ width }, at) => {
    const lines = sheet
      .linesOf(cells[at] ?? "", { size: SIZE, weight, width })
      .map((text) => ({ text, size: SIZE }));
    const note = notes?.[at];
    if (note === undefined) return lines;
    return [...lines, ...sheet.linesOf(note, { size: SMALL, width }).map((text) => ({ text, size: SMALL }))];
  });
}

function heightOf(cells: readonly (readonly Line[])[]): number {
  return Math.max(...cells.map((lines) => lines.reduce((sum, { size }) => sum + size * LEADING, 0)));
}

/** Draws a row line by line, so that one longer than a page goes on, below another head where there is one. */
function drawRow(
  sheet: Sheet,
  places: readonly Place[],
  cells: readonly (readonly Line[])[],
  weight: Weight,
  colour?: string,
  head?: () => void,
): void {
  const count = Math.max(...cells.map(({ length }) => length));
  for (let at = 0; at < count; at++) {
    const height = Math.max(...cells.map((lines) => (lines[at]?.size ?? 0) * LEADING));
    if (sheet.need(height) && head !== undefined) head();
    places.forEach(({ x, width, align }, column) => {
      const line = cells[column]?.[at];
      if (line === undefined || line.text === "") return;
      const shade = line.size === SMALL ? FAINT : colour;
      const look = shade === undefined ? {} : { colour: shade };
      sheet.line(line.text, {
        ...look,
        x,
        width,
        align,
        size: line.size,
        weight: line.size === SMALL ? "regular" : weight,
      });
    });
    sheet.space(height);
  }
  sheet.space(PAD);
}
