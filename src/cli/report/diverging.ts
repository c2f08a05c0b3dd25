import { credits, type Credits } from "../../core/money.ts";
import { counted } from "./format.ts";
import { type Html, html } from "./html.ts";
import { axisLabel, clip, marks, px, units } from "./scale.ts";

const WIDTH = 960;
const LABEL = 236;
const ROW = 26;
const BAR = 13;
const HEAD = 26;
const MOST = 24;

/** The colours a bar can have, by what they stand for. */
export type BarKind = "given" | "drawn" | "held";

/** One piece of a bar; never below zero. */
export interface Piece {
  readonly kind: BarKind;
  readonly value: Credits;
}

/** A row of the chart: pieces outwards from zero, and a ring on the same scale. */
export interface Bar {
  readonly name: string;
  /** What hovering shows after the name. */
  readonly says: string;
  readonly left: readonly Piece[];
  readonly right: readonly Piece[];
  readonly mark: Credits;
}

export interface DivergingWords {
  /** Leads the chart's own ids, so that a page can hold several. */
  readonly id: string;
  readonly title: string;
  /** Shown where there is nothing to draw. */
  readonly none: string;
  readonly keys: readonly { readonly kind: BarKind | "mark"; readonly text: string }[];
}

/** The 24 longest bars, to both sides of zero, ordered by their marks. A table on the page holds the same figures. */
export function divergingBars(bars: readonly Bar[], words: DivergingWords): Html {
  const active = bars.filter(({ left, right, mark }) => total(left) > 0n || total(right) > 0n || mark !== 0n);
  const shown = [...active]
    .sort((a, b) => compare(length(b), length(a)))
    .slice(0, MOST)
    .sort((a, b) => compare(b.mark, a.mark));
  if (shown.length === 0) return html`<p class="about">${words.none}</p>`;
  const right = Math.max(...shown.map((bar) => Math.max(units(total(bar.right)), units(bar.mark))));
  const left = Math.max(...shown.map((bar) => Math.max(units(total(bar.left)), -units(bar.mark))));
  const step = marks(Math.max(right, left, 1e-6))[0] ?? 1;
  const [rights, lefts] = [reach(right, step), reach(left, step)];
  const perUnit = (WIDTH - LABEL - 36) / ((rights + lefts) * step);
  const zero = LABEL + 12 + lefts * step * perUnit;
  const bottom = HEAD + shown.length * ROW + 4;
  const rows = shown.map((bar, i) => {
    const y = HEAD + i * ROW + ROW / 2;
    return html`<g
      ><title>${bar.name}: ${bar.says}</title>
      <text x="0" y="${px(y + 4)}">${clip(bar.name, 34)}</text>
      ${rects(bar.left, zero, -perUnit, y)}${rects(bar.right, zero, perUnit, y)}
      <circle class="mark" cx="${px(zero + units(bar.mark) * perUnit)}" cy="${px(y)}" r="4"
    /></g>`;
  });
  const ticks = [...Array(lefts + rights + 1).keys()].map((i) => {
    const x = zero + (i - lefts) * step * perUnit;
    return html`<line
        class="${i === lefts ? "axis" : "grid"}"
        x1="${px(x)}"
        x2="${px(x)}"
        y1="${HEAD - 6}"
        y2="${bottom}"
      />
      <text class="soft" x="${px(x)}" y="12" text-anchor="middle"
        >${axisLabel(Math.abs(i - lefts) * step)}</text
      >`;
  });
  const { id } = words;
  const rest = active.length - shown.length;
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${bottom + 4}" role="img" aria-labelledby="${id}-title ${id}-desc">
      <title id="${id}-title">${words.title}</title>
      <desc id="${id}-desc">
        Diverging bars for ${counted(shown.length, "member")}, ordered by the ring; the table below holds the
        same figures.
      </desc>
      ${ticks}${rows}
    </svg>
    <figcaption>
      ${words.keys.map(({ kind, text }) => html`<span class="key ${kind}">${text}</span>`)}
      ${rest > 0 && html`${counted(rest, "other member")} with shorter bars: see the table below.`}
    </figcaption>
  </figure>`;
}

/** Pieces one after another, away from zero. */
function rects(pieces: readonly Piece[], zero: number, perUnit: number, y: number): Html[] {
  let from = zero;
  return pieces.map(({ kind, value }) => {
    const to = from + units(value) * perUnit;
    const rect = html`<rect
      class="${kind}"
      x="${px(Math.min(from, to))}"
      y="${px(y - BAR / 2)}"
      width="${px(Math.abs(to - from))}"
      height="${BAR}"
    />`;
    from = to;
    return rect;
  });
}

function total(pieces: readonly Piece[]): Credits {
  return credits(pieces.reduce((sum, { value }) => sum + value, 0n));
}

function length({ left, right }: Bar): bigint {
  return total(left) + total(right);
}

/** Whole steps that reach a length; an empty side keeps no room. */
function reach(length: number, step: number): number {
  return Math.ceil(length / step - 1e-9);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
