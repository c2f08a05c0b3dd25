import type { Finding } from "../../auditor/finding.ts";
import type { MemberId } from "../../core/ids.ts";
import { count, counted } from "../report/format.ts";
import { type Html, html } from "../report/html.ts";
import { type Column, table } from "../report/table.ts";
import { groupFindings, type FindingGroup } from "./groups.ts";
import { paged } from "./paged.ts";

const PAGE = { first: 20, size: 200 };

/** Findings of one severity: a table for each code, under its meaning. */
export function findingTables(
  findings: readonly Finding[],
  found: number,
  nameOf: (member: MemberId) => string,
): Html {
  const unlisted =
    found > findings.length &&
    html`<p class="about">${counted(found, "finding")} in all; ${count(findings.length)} are listed.</p>`;
  return html`${unlisted} ${groupFindings(findings).map((group) => groupTable(group, nameOf))}`;
}

function groupTable({ code, meaning, findings }: FindingGroup, nameOf: (member: MemberId) => string): Html {
  const columns = columnsFor(findings, nameOf);
  return html`<section class="code" aria-labelledby="code-${code}">
    <h3 id="code-${code}">${code} <span class="times">${count(findings.length)}</span></h3>
    <p>${meaning}</p>
    ${paged(findings, PAGE, (rows, from) =>
      table(from === 0 ? `${code}: what was found, and where.` : `${code}, continued.`, columns, rows),
    )}
  </section>`;
}

/** Columns that no finding of the code fills are left out. */
function columnsFor(findings: readonly Finding[], nameOf: (member: MemberId) => string): Column<Finding>[] {
  const has = (key: keyof Finding) => findings.some((finding) => finding[key] !== undefined);
  const whose: Column<Finding> = { head: "Whose", cell: (finding) => parties(finding, nameOf) };
  const place: Column<Finding> = { head: "Place", cell: placeOf };
  const expected: Column<Finding> = { head: "Expected", cell: (finding) => said(finding.expected) };
  const found: Column<Finding> = { head: "Found", cell: (finding) => said(finding.found) };
  return [
    { head: "Finding", cell: ({ message }) => html`<bdi>${message}</bdi>` },
    ...(has("statement") || has("member") ? [whose] : []),
    ...(has("block") || has("tx") ? [place] : []),
    ...(has("expected") ? [expected] : []),
    ...(has("found") ? [found] : []),
  ];
}

function parties({ statement, member }: Finding, nameOf: (member: MemberId) => string): Html {
  if (statement === undefined) return member === undefined ? html`` : html`<bdi>${nameOf(member)}</bdi>`;
  const { supplier, consumer, number } = statement;
  return html`<bdi>${nameOf(supplier)}</bdi> to <bdi>${nameOf(consumer)}</bdi
    ><span class="sub">statement ${String(number)}</span>`;
}

function placeOf({ block, tx, logIndex }: Finding): Html {
  const log = logIndex === undefined ? "" : `, log ${logIndex}`;
  return html`${block !== undefined && html`<span class="place">block ${block}${log}</span>`}${tx !== undefined && html`<code class="hash" title="${tx}">${tx}</code>`}`;
}

function said(text: string | undefined): Html {
  return html`<bdi class="said">${text ?? ""}</bdi>`;
}
