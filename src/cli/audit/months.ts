import { addFlows, type Flows } from "../../auditor/flows.ts";
import type { MemberAudit } from "../../auditor/result.ts";
import { ZERO, type Credits } from "../../core/money.ts";
import { addMonths, type PeriodId } from "../../core/period.ts";
import { amount, counted, monthName } from "../report/format.ts";
import { type Html, html } from "../report/html.ts";
import { axisLabel, marks, px, units } from "../report/scale.ts";

const WIDTH = 960;
const LEFT = 52;
const TOP = 10;
const HEIGHT = 150;
const COLUMN = 44;
const MOST = 60;

/** What all accounts did in a month. */
export interface ConsortiumMonth {
  readonly period: PeriodId;
  readonly flows: Flows;
}

/** Every month from the first in which something happened to the last. */
export function consortiumMonths(accounts: readonly MemberAudit[]): ConsortiumMonth[] {
  const byMonth = new Map<PeriodId, Flows[]>();
  for (const { period, flows } of accounts.flatMap(({ months }) => months)) {
    const list = byMonth.get(period);
    if (list === undefined) byMonth.set(period, [flows]);
    else list.push(flows);
  }
  const periods = [...byMonth.keys()].sort((a, b) => a - b);
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const period = addMonths(first, i);
    return { period, flows: addFlows(byMonth.get(period) ?? []) };
  });
}

/** Given in each of the last 60 months, by statement and by claim; what was given back hangs below. */
export function monthColumns(all: readonly ConsortiumMonth[]): Html {
  const months = all.slice(-MOST);
  if (months.length === 0) return html`<p class="about">Nothing was given in any month.</p>`;
  const most = (pick: (flows: Flows) => Credits | undefined) =>
    Math.max(...months.map(({ flows }) => units(pick(flows) ?? ZERO)));
  const ticks = marks(
    Math.max(
      most(({ given }) => given),
      1e-6,
    ),
    3,
  );
  const step = ticks[0] ?? 1;
  const perUnit = HEIGHT / (step * ticks.length);
  const zero = TOP + HEIGHT;
  const below = most(({ gaveBack }) => gaveBack) * perUnit;
  const wide = Math.min(COLUMN, (WIDTH - LEFT) / months.length);
  const bottom = zero + below + 22;
  const columns = months.map(({ period, flows }, i) => {
    const { given = ZERO, claimsGiven = ZERO, gaveBack = ZERO } = flows;
    const [high, claimed, back] = [given, claimsGiven, gaveBack].map((value) => units(value) * perUnit);
    const says = `given ${amount(given)}, of it by claim ${amount(claimsGiven)}, given back ${amount(gaveBack)}`;
    const rect = (kind: string, y: number, height = 0) =>
      height > 0 &&
      html`<rect
        class="${kind}"
        x="${px(LEFT + i * wide + wide * 0.16)}"
        y="${px(y)}"
        width="${px(wide * 0.68)}"
        height="${px(height)}"
      />`;
    return html`<g
      ><title>${monthName(period)}: ${says}</title
      >${rect("given", zero - (high ?? 0), (high ?? 0) - (claimed ?? 0))}${rect(
        "held",
        zero - (claimed ?? 0),
        claimed,
      )}${rect("drawn", zero, back)}${label(period, i, wide, bottom)}</g
    >`;
  });
  const lines = [0, ...ticks].map((tick) => {
    const y = px(zero - tick * perUnit);
    return html`<line
        class="${tick === 0 ? "axis" : "grid"}"
        x1="${LEFT}"
        x2="${px(LEFT + wide * months.length)}"
        y1="${y}"
        y2="${y}"
      /><text class="soft" x="${LEFT - 8}" y="${px(Number(y) + 3.5)}" text-anchor="end"
        >${axisLabel(tick)}</text
      >`;
  });
  const rest = all.length - months.length;
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${px(bottom + 4)}" role="img" aria-labelledby="months-title months-desc">
      <title id="months-title">Given in each month</title>
      <desc id="months-desc">
        A column for each of ${counted(months.length, "month")}; the table below holds the same figures.
      </desc>
      ${lines}${columns}
    </svg>
    <figcaption>
      <span class="key given">given by statement</span><span class="key held">given by claim</span
      ><span class="key drawn">given back</span>
      ${rest > 0 && html`The ${counted(rest, "earlier month")} are in the table below.`}
    </figcaption>
  </figure>`;
}

/** The year under January and under the first column; the month's number where there is room. */
function label(period: PeriodId, index: number, wide: number, bottom: number): Html {
  const x = px(LEFT + (index + 0.5) * wide);
  const year = index === 0 || period % 12 === 0;
  if (!year && wide < 20) return html``;
  const month = String((period % 12) + 1).padStart(2, "0");
  const text =
    year && wide < 36
      ? String(Math.floor(period / 12))
      : year
        ? `${Math.floor(period / 12)}-${month}`
        : month;
  return html`<text class="soft" x="${x}" y="${px(bottom - 6)}" text-anchor="middle">${text}</text>`;
}
