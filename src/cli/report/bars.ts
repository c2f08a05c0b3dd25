import { amount, count, counted } from "./format.ts";
import { divergingBars } from "./diverging.ts";
import { type Html, html } from "./html.ts";
import type { MonthException, MonthMember } from "./month.ts";
import { clip, px } from "./scale.ts";

const WIDTH = 960;
const LABEL = 236;
const ROW = 26;
const BAR = 13;
const MOST = 24;

/** What each member gave, to the right, and drew, to the left, with its net as a ring on the same scale. */
export function givenAndDrawn(members: readonly MonthMember[]): Html {
  const bars = members.map(({ name, given, drawn, net }) => ({
    name,
    says: `given ${amount(given)}, drawn ${amount(drawn)}, net ${amount(net)}`,
    left: [{ kind: "drawn" as const, value: drawn }],
    right: [{ kind: "given" as const, value: given }],
    mark: net,
  }));
  return divergingBars(bars, {
    id: "bars",
    title: "What each member gave and drew",
    none: "No member gave or drew anything this month.",
    keys: [
      { kind: "drawn", text: "drawn" },
      { kind: "given", text: "given" },
      { kind: "mark", text: "net, after fees and relief" },
    ],
  });
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
