import type { AuditResult } from "../../auditor/result.ts";
import { amount, count, counted, monthName } from "../report/format.ts";
import { type Html, html } from "../report/html.ts";
import { figure, page } from "../report/page.ts";
import { accountNames } from "./account.ts";
import { balanceBars, givenAndDrawnBars } from "./charts.ts";
import { checkedFigures } from "./figures.ts";
import { findingTables } from "./findings.ts";
import { consortiumMonths, monthColumns } from "./months.ts";
import { rangeText } from "./scope.ts";
import { accountTable, monthTable, scopeTable } from "./tables.ts";
import { verdictSentence, verdictTitle } from "./verdict.ts";
import { accountYears } from "./years.ts";

/** What the audited ledger is called, where somebody knows. */
export interface AuditAbout {
  readonly name?: string;
  readonly currency?: string;
}

/** An audit as a page that stands alone. Members are called by their ISIL; amounts are exact. */
export function auditPage(result: AuditResult, about: AuditAbout = {}): string {
  const { name = "Consortium", currency = "credits" } = about;
  const { accounts, scope, wrong, unverifiable, notes, found } = result;
  const nameOf = accountNames(accounts);
  const months = consortiumMonths(accounts);
  const section = (id: string, title: string, body: Html) =>
    html`<h2 id="${id}">${title}</h2>
      ${body}`;
  return page(
    `${name}: audit, ${verdictTitle(result)}`,
    html`<header>
        <p class="over"><bdi>${name}</bdi> · audit</p>
        <h1>${verdictTitle(result)}</h1>
      </header>
      <main id="content">
        ${banner(result)}
        <p class="about range">${capital(rangeText(scope))}; ${monthName(scope.openPeriod)} was open.</p>
        ${headline(result)} ${contents(result)}
        ${found.wrong > 0 && section("wrong", "What is wrong", findingTables(wrong, found.wrong, nameOf))}
        ${
          found.unverifiable > 0 &&
          section(
            "unverifiable",
            "What could not be verified",
            findingTables(unverifiable, found.unverifiable, nameOf),
          )
        }
        ${notes.length > 0 && section("notes", "Worth knowing", findingTables(notes, found.notes, nameOf))}
        <h2 id="exchange">Given and drawn</h2>
        <p>
          What each member did for others, and what others did for it, over the whole audit, in ${currency}.
        </p>
        ${givenAndDrawnBars(accounts)}
        <h2 id="months">Month by month</h2>
        <p>What all members gave together, in ${currency}.</p>
        ${monthColumns(months)} ${monthTable(months, currency)}
        <h2 id="accounts">Accounts</h2>
        <p>Cash is settled and owned; the position is what the open month adds to it or takes from it.</p>
        ${balanceBars(accounts)} ${accountTable(accounts, currency)}
        <h2 id="years">Yearly balances</h2>
        <p>Opening, every flow by its name, and closing. Open an account to see its years.</p>
        ${accountYears(accounts, currency)}
        <h2 id="scope">To repeat this audit</h2>
        ${scopeTable(result)}
      </main>
      <footer>
        <p>
          Every figure was computed again from the logs of ledger <code>${scope.ledger}</code>, without asking
          anybody's records of it. ${amount(result.backing)} ${currency} are accounted for at the end,
          ${amount(result.bonds)} of it set aside.
        </p>
      </footer>`,
  );
}

const BANNERS = { clean: "verdict sound", wrong: "verdict broken", unverifiable: "verdict broken doubtful" };

function banner(result: AuditResult): Html {
  const sentence = verdictSentence(result);
  const colon = sentence.indexOf(":");
  return html`<p class="${BANNERS[result.verdict]}" role="status">
    <strong>${sentence.slice(0, colon + 1)}</strong>${sentence.slice(colon + 1)}
  </p>`;
}

function headline({ counts }: AuditResult): Html {
  return html`<dl class="figures">
    ${checkedFigures(counts).map(({ value, label, note }) => figure(count(value), label, note))}
  </dl>`;
}

function contents({ found, notes }: AuditResult): Html {
  const links: readonly (readonly [string, string])[] = [
    ...(found.wrong > 0 ? [["wrong", counted(found.wrong, "finding")] as const] : []),
    ...(found.unverifiable > 0
      ? [["unverifiable", `${count(found.unverifiable)} unverifiable`] as const]
      : []),
    ...(notes.length > 0 ? [["notes", counted(notes.length, "note")] as const] : []),
    ["exchange", "Given and drawn"],
    ["months", "Months"],
    ["accounts", "Accounts"],
    ["years", "Years"],
    ["scope", "To repeat this audit"],
  ];
  return html`<nav aria-label="Contents">
    ${links.map(([id, text]) => html`<a href="#${id}">${text}</a>`)}
  </nav>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
