import type { Credits } from "../../core/money.ts";
import { amount, placesOf } from "./format.ts";
import { clip, columnsOf } from "./scale.ts";

/** Colours a text, where there are colours; the codes are those of ANSI terminals. */
export type Paint = (code: number, text: string) => string;

export function painter(colour: boolean): Paint {
  return (code, text) => (colour && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text);
}

/** A name must not move the cursor or turn the line around. */
export function clean(text: string): string {
  return text.replace(/[\p{Control}\p{Bidi_Control}]/gu, "");
}

/** The text in just so many columns: clipped, or filled with spaces. */
export function fill(text: string, columns: number): string {
  const clipped = clip(text, columns);
  return clipped + " ".repeat(Math.max(0, columns - columnsOf(clipped)));
}

/** The text in lines of at most `columns`; what has no space in it is cut. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(/\s+/).filter((one) => one !== "")) {
    if (line !== "" && columnsOf(line) + 1 + columnsOf(word) <= columns) {
      line += ` ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    while (columnsOf(word) > columns) {
      let head = "";
      for (const sign of word) {
        if (head !== "" && columnsOf(head + sign) > columns) break;
        head += sign;
      }
      lines.push(head);
      word = word.slice(head.length);
    }
    line = word;
  }
  return line === "" ? lines : [...lines, line];
}

/** A column of amounts: one for each row and, where there is a last line, one for all. */
export interface AmountColumn {
  readonly head: string;
  readonly values: readonly Credits[];
}

export interface PlainTable {
  readonly head: string;
  readonly rule: string;
  readonly rows: readonly string[];
  /** The columns that found no room. */
  readonly missing: readonly string[];
}

const GAP = "  ";
const NAME_LEAST = 14;
const NAME_MOST = 40;

/** Names and amounts below one another. Columns that find no room in `width` give way from the right. */
export function plainTable(
  of: string,
  names: readonly string[],
  columns: readonly AmountColumn[],
  width: number,
): PlainTable {
  const texts = columns.map(({ values }) => values.map((value) => amount(value, placesOf(values))));
  const widths = columns.map(({ head }, i) =>
    Math.max(head.length, ...(texts[i] ?? []).map(({ length }) => length)),
  );
  const taken = (count: number) => widths.slice(0, count).reduce((sum, w) => sum + w + GAP.length, 0);
  let kept = columns.length;
  while (kept > 1 && width - taken(kept) < NAME_LEAST) kept -= 1;
  const nameWidth = Math.max(
    6,
    Math.min(width - taken(kept), NAME_MOST, Math.max(6, ...names.map(columnsOf))),
  );
  const line = (name: string, cells: readonly string[]) =>
    [fill(name, nameWidth), ...widths.slice(0, kept).map((w, i) => (cells[i] ?? "").padStart(w))].join(GAP);
  return {
    head: line(
      of,
      columns.map(({ head }) => head),
    ),
    rule: "─".repeat(nameWidth + taken(kept)),
    rows: names.map((name, row) =>
      line(
        name,
        texts.map((column) => column[row] ?? ""),
      ),
    ),
    missing: columns.slice(kept).map(({ head }) => head),
  };
}
