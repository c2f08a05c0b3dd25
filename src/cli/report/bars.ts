import type { Credits } from "../../core/money.ts";
import { amount, count, counted } from "./format.ts";
import { type Html, html } from "./html.ts";
import type { MonthException, MonthMember } from "./month.ts";
import { axisLabel, clip, marks } from "./scale.ts";

const WIDTH = 960;
const LABEL = 236;
const ROW = 26;
const BAR = 13;
const HEAD = 26;
const MOST = 24;

/** What each member gave, to the right, and drew, to the left, with its net as a ring on the same scale. */
export function givenAndDrawn(members: readonly MonthMember[]): Html {
  const active = members.filter(({ given, drawn, net }) => given !== 0n || drawn !== 0n || net !== 0n);
  const volume = ({ given, drawn }: MonthMember) => given + drawn;
  const shown = [...active]
    .sort((a, b) => compare(volume(b), volume(a)))
    .slice(0, MOST)
    .sort((a, b) => compare(b.net, a.net));
  if (shown.length === 0) return html`<p class="about">No member gave or drew anything this month.</p>`;
  const right = Math.max(...shown.map(({ given, net }) => Math.max(units(given), units(net))));
  const left = Math.max(...shown.map(({ drawn, net }) => Math.max(units(drawn), -units(net))));
  const steps = marks(Math.max(right, left, 1e-6));
  const step = steps[0] ?? 1;
  const [rights, lefts] = [reach(right, step), reach(left, step)];
  const perUnit = (WIDTH - LABEL - 24) / ((rights + lefts) * step);
  const zero = LABEL + 12 + lefts * step * perUnit;
  const bottom = HEAD + shown.length * ROW + 4;
  const rows = shown.map((member, i) => {
    const y = HEAD + i * ROW + ROW / 2;
    const [given, drawn] = [units(member.given) * perUnit, units(member.drawn) * perUnit];
    const name = clip(member.name, 34);
    return html`<g
      ><title>
        ${member.name}: given ${amount(member.given)}, drawn ${amount(member.drawn)}, net
        ${amount(member.net)}
      </title>
      <text x="0" y="${px(y + 4)}">${name}</text>
      <rect
        class="drawn"
        x="${px(zero - drawn)}"
        y="${px(y - BAR / 2)}"
        width="${px(drawn)}"
        height="${BAR}" />
      <rect class="given" x="${px(zero)}" y="${px(y - BAR / 2)}" width="${px(given)}" height="${BAR}" />
      <circle class="mark" cx="${px(zero + units(member.net) * perUnit)}" cy="${px(y)}" r="4"
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
  const rest = active.length - shown.length;
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${bottom + 4}" role="img" aria-labelledby="bars-title bars-desc">
      <title id="bars-title">What each member gave and drew</title>
      <desc id="bars-desc">
        Diverging bars for ${counted(shown.length, "member")}, ordered by net; the settlement table holds the
        same figures.
      </desc>
      ${ticks}${rows}
    </svg>
    <figcaption>
      <span class="key drawn">drawn</span><span class="key">given</span
      ><span class="key mark">net, after fees and relief</span>
      ${rest > 0 && html`The ${counted(rest, "member")} with the least traffic are in the table below.`}
    </figcaption>
  </figure>`;
}

/** How often each reason kept a request from being billed. */
export function exceptionsByReason(exceptions: readonly MonthException[]): Html {
  const tally = new Map<string, number>();
  for (const { reason } of exceptions) tally.set(reason, (tally.get(reason) ?? 0) + 1);
  const reasons = [...tally].sort(([, a], [, b]) => b - a).slice(0, MOST);
  const perCount = (WIDTH - LABEL - 70) / Math.max(1, ...reasons.map(([, times]) => times));
  const rows = reasons.map(([reason, times], i) => {
    const y = i * ROW + ROW / 2;
    const width = times * perCount;
    return html`<g
      ><title>${reason}: ${counted(times, "request")}</title
      ><text x="0" y="${px(y + 4)}">${clip(reason, 34)}</text>
      <rect class="drawn" x="${LABEL + 12}" y="${px(y - BAR / 2)}" width="${px(width)}" height="${BAR}" />
      <text class="soft" x="${px(LABEL + 20 + width)}" y="${px(y + 4)}">${count(times)}</text></g
    >`;
  });
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${reasons.length * ROW}" role="img" aria-labelledby="reasons-title">
      <title id="reasons-title">Exceptions by reason</title>
      ${rows}
    </svg>
  </figure>`;
}

/** Whole steps that reach a length; an empty side keeps no room. */
function reach(length: number, step: number): number {
  return Math.ceil(length / step - 1e-9);
}

/** Credits as a length: for drawing, never for reckoning. */
function units(value: Credits): number {
  return Number(value) / 1e6;
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
