import type { Brief } from "../../core/brief.ts";
import type { Hash } from "../../core/ids.ts";
import { byPrices } from "../../core/replay.ts";
import { amount, count } from "../report/format.ts";
import { html, type Html } from "../report/html.ts";
import { figure, page } from "../report/page.ts";
import { table } from "../report/table.ts";
import { change, costSentences, demandSentences, monthsName, proposalName } from "./sentences.ts";
import { briefTables, type BriefTable } from "./tables.ts";

/** A brief as a page that stands alone. */
export function briefPage(brief: Brief, hash: Hash): string {
  const { basis, ledger, consortium, costs } = brief;
  const tables = briefTables(brief);
  return page(
    `${consortium}: brief on ${proposalName(brief)}`,
    html`<header>
        <p class="over"><bdi>${consortium}</bdi> · brief</p>
        <h1>${proposalName(brief)}</h1>
        <p class="facts">${monthsName(brief)}, replayed</p>
      </header>
      <main id="content">
        <dl class="figures four">
          ${figure(amount(costs.charged.drawn), "exchanged, as charged")}
          ${figure(amount(costs.proposed.drawn), "as proposed", `${change(costs.difference)} for all members`)}
          ${figure(count(costs.statements), "statements", `${count(costs.aboveMaximum)} above what was signed`)}
          ${figure(count(worse(brief)), "members worse off by prices", `${count(better(brief))} better off`)}
        </dl>
        <nav aria-label="Contents">
          <a href="#short">In short</a><a href="#demand">Demand</a
          ><a href="#basis">Legal basis</a>${tables.map(
            ({ id, title }) => html`<a href="#${id}">${title}</a>`,
          )}
        </nav>
        <h2 id="short">In short</h2>
        ${list(costSentences(brief))}
        <h2 id="demand">Users' demand</h2>
        ${list(demandSentences(brief))}
        <h2 id="basis">Legal basis</h2>
        ${basis.text
          .trim()
          .split(/\r?\n\s*\r?\n/)
          .map((paragraph) => html`<blockquote><p>${paragraph}</p></blockquote>`)}
        <p class="about">The charter's text in force has the hash <code>${basis.charterText}</code>.</p>
        ${tables.map(section)}
      </main>
      <footer>
        <p>
          Every figure follows from ledger <code>${ledger.address}</code> on chain ${ledger.chainId} up to
          block ${count(ledger.block)}, but for what is said to be at hand. A proposal that rests on this
          brief ends with the line <code>Brief: ${hash}</code>
        </p>
      </footer>`,
  );
}

const better = ({ members }: Brief): number =>
  members.filter(({ costs }) => costs !== null && byPrices(costs) > 0n).length;
const worse = ({ members }: Brief): number =>
  members.filter(({ costs }) => costs !== null && byPrices(costs) < 0n).length;

function list(sentences: readonly string[]): Html {
  return html`<ul>
    ${sentences.map((one) => html`<li>${one}</li>`)}
  </ul>`;
}

function section({ id, title, about, head, keys, rows }: BriefTable): Html {
  const columns = head.map((name, at) => ({
    head: name,
    kind: at < keys ? ("key" as const) : ("number" as const),
    cell: (row: readonly string[]) => row[at] ?? "",
  }));
  return html`<h2 id="${id}">${title}</h2>
    ${table(about, columns, rows)}`;
}
