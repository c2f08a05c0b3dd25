import type { Credits } from "../../core/money.ts";
import { money, placesOf } from "./format.ts";
import { type Html, html } from "./html.ts";

export interface Column<Row> {
  readonly head: string;
  /** Numbers align right, keys do not break; the first column heads its row. */
  readonly kind?: "text" | "key" | "number";
  readonly cell: (row: Row) => Html | string;
  /** What the last line says in this column. */
  readonly total?: Html | string;
}

/** A column of amounts with their decimal points below one another. */
export function moneyColumn<Row>(
  head: string,
  pick: (row: Row) => Credits,
  rows: readonly Row[],
  options: { total?: Credits; show?: typeof money } = {},
): Column<Row> {
  const { total, show = money } = options;
  const places = placesOf([...rows.map(pick), ...(total === undefined ? [] : [total])]);
  const column: Column<Row> = { head, kind: "number", cell: (row) => show(pick(row), places) };
  return total === undefined ? column : { ...column, total: show(total, places) };
}

/** A table with a caption, headed columns and rows, and a line of totals where any column has one. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const foot = columns.some(({ total }) => total !== undefined);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" ${kind(column)}>${column.head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${columns.map((column, i) => cell(column, i, column.cell(row)))}
            </tr> `,
        )}
      </tbody>
      ${
        foot &&
        html`<tfoot>
          <tr>
            ${columns.map((column, i) => cell(column, i, column.total ?? ""))}
          </tr>
        </tfoot>`
      }
    </table>
  </div>`;
}

function cell<Row>(column: Column<Row>, index: number, content: Html | string): Html {
  return index === 0
    ? html`<th scope="row" ${kind(column)}>${content}</th>`
    : html`<td ${kind(column)}>${content}</td>`;
}

function kind<Row>(column: Column<Row>): Html {
  if (column.kind === "number") return html`class="n"`;
  return column.kind === "key" ? html`class="key-column"` : html``;
}
