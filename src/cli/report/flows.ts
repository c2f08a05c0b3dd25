import type { MemberId } from "../../core/ids.ts";
import { credits, ZERO } from "../../core/money.ts";
import { money } from "./format.ts";
import { type Html, html } from "./html.ts";
import type { MonthMember, MonthReport } from "./month.ts";
import { clip } from "./scale.ts";
import { link } from "./page.ts";

const MOST = 10;

/** Who supplied whom: the members with the largest flows as rows and columns, each cell shaded by its amount. */
export function flowMatrix(report: MonthReport): Html {
  const flows = new Map<string, bigint>();
  const volume = new Map<MemberId, bigint>();
  for (const { supplier, consumer, gross, status } of report.statements) {
    if (status === "skipped") continue;
    add(flows, `${supplier} ${consumer}`, gross);
    add(volume, supplier, gross);
    add(volume, consumer, gross);
  }
  const shown = report.members
    .filter(({ id }) => volume.has(id))
    .sort((a, b) => Number((volume.get(b.id) ?? 0n) - (volume.get(a.id) ?? 0n)))
    .slice(0, MOST);
  if (shown.length === 0) return html`<p class="about">No statement was settled this month.</p>`;
  const most = [...flows.values()].reduce((a, b) => (b > a ? b : a), 1n);
  const rows = shown.map(
    (supplier) =>
      html`<tr>
        <th scope="row">${link(supplier, supplier.id, "members/")}</th>
        ${shown.map((consumer) => cell(supplier, consumer))}
      </tr>`,
  );

  function cell(supplier: MonthMember, consumer: MonthMember): Html {
    if (supplier === consumer) return html`<td class="self"></td>`;
    const flow = flows.get(`${supplier.id} ${consumer.id}`);
    if (flow === undefined) return html`<td></td>`;
    return html`<td style="--heat:${(Number((flow * 1000n) / most) / 1000).toFixed(3)}">
      ${money(credits(flow))}
    </td>`;
  }

  return html`<div class="scroll" tabindex="0" role="region" aria-label="Largest flows">
    <table class="flows">
      <caption>
        Gross in ${report.currency}; rows supply, columns consume. The ${shown.length} members with the
        largest flows.
      </caption>
      <thead>
        <tr>
          <th scope="col">supplies ↓ to →</th>
          ${shown.map((member) => html`<th scope="col" title="${member.name}">${shortName(member)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** A column has little room: the ISIL where there is one. */
function shortName({ isil, name }: MonthMember): string {
  return isil === "" ? clip(name, 12) : isil;
}

function add<Key>(map: Map<Key, bigint>, key: Key, value: bigint): void {
  map.set(key, (map.get(key) ?? ZERO) + value);
}
