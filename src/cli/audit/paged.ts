import { count } from "../report/format.ts";
import { type Html, html } from "../report/html.ts";

/** Shows the first rows at once and the others in parts of `size` that a reader opens; print shows what is open. */
export function paged<Row>(
  rows: readonly Row[],
  sizes: { readonly first: number; readonly size: number },
  show: (rows: readonly Row[], from: number) => Html,
): Html {
  const { first, size } = sizes;
  // A part of a few rows is not worth its button.
  if (rows.length <= first * 1.5) return show(rows, 0);
  const parts: Html[] = [show(rows.slice(0, first), 0)];
  for (let from = first; from < rows.length; from += size) {
    const part = rows.slice(from, from + size);
    parts.push(
      html`<details class="part">
        <summary>${count(from + 1)} to ${count(from + part.length)} of ${count(rows.length)}</summary>
        ${show(part, from)}
      </details>`,
    );
  }
  return html`${parts}`;
}
