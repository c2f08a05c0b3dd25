import { FIRST_MEMBER } from "../../core/ids.ts";
import { credits, type Credits } from "../../core/money.ts";
import { exceptionsByReason, givenAndDrawn } from "./bars.ts";
import { flowMatrix } from "./flows.ts";
import { amount, count, counted, money, monthName, percent, signed } from "./format.ts";
import { gasTable } from "./gas.ts";
import { type Html, html } from "./html.ts";
import type { MonthMember, MonthReport } from "./month.ts";
import { colophon, facts, figure, link, page } from "./page.ts";
import { type Column, moneyColumn, table } from "./table.ts";

/** The consortium's page: `index.html`, with the members' pages in `members/` beside it. */
export function consortiumPage(report: MonthReport): string {
  const month = monthName(report.period);
  return page(
    `${report.consortium}: ${month}`,
    html`<header>
        <p class="over">${report.consortium}</p>
        <h1>${month}</h1>
      </header>
      <main id="content">
        ${lede(report)} ${headline(report)} ${verdict(report)}
        <nav aria-label="Contents">
          <a href="#settlement">Settlement</a><a href="#flows">Flows</a><a href="#prices">Prices</a
          ><a href="#exceptions">Exceptions</a><a href="#gas">Cost of the book</a>
        </nav>
        <h2 id="balance">Given and drawn</h2>
        <p>What each member did for others, and what others did for it, in ${report.currency}.</p>
        ${givenAndDrawn(report.members)}
        <h2 id="settlement">Settlement</h2>
        ${settlement(report)}
        <h2 id="flows">Who supplied whom</h2>
        ${flowMatrix(report)}
        <h2 id="prices">Prices and services</h2>
        ${prices(report)}
        <h2 id="exceptions">Exceptions</h2>
        ${exceptions(report)}
        <h2 id="gas">Cost of the book</h2>
        ${gasTable(report.gas)}
      </main>
      ${colophon(report)}`,
  );
}

function lede({ members, services, statements, totals, currency }: MonthReport): Html {
  const records = services.reduce((sum, service) => sum + service.records, 0);
  const active = members.filter(
    ({ id, given, drawn }) => id >= FIRST_MEMBER && (given !== 0n || drawn !== 0n),
  ).length;
  const settled = statements.filter(({ status }) => status !== "skipped").length;
  return html`<p class="lede">
    ${counted(active, "member")} did ${counted(records, "service")} for one another, worth
    ${amount(totals.gross)} ${currency}, in ${counted(settled, "statement")}. Netting left
    ${amount(totals.net)} to move, ${percent(totals.net, totals.gross)} per cent of the whole.
  </p>`;
}

function headline({ totals, statements }: MonthReport): Html {
  const settled = statements.filter(({ status }) => status !== "skipped").length;
  const skipped = statements.length - settled;
  return html`<dl class="figures">
    ${figure(money(totals.gross), "exchanged", totals.refunds === 0n ? "gross of all statements" : `${amount(totals.refunds)} given back`)}
    ${figure(money(totals.net), "moved", "after netting")}
    ${figure(money(totals.fees), "handling fees", "to the commons")} ${balance(totals)}
    ${figure(money(totals.paid), "paid out", `${amount(totals.deposits)} paid in`)}
    ${figure(money(totals.acknowledged), "acknowledged", `${amount(totals.advances)} advanced`)}
    ${figure(count(settled), "statements", skipped === 0 ? "none skipped" : `${count(skipped)} skipped`)}
  </dl>`;
}

/** What was paid for others, and to rights holders, where anything was. */
function balance({ relief, royalties, compensation }: MonthReport["totals"]): Html {
  const besides = compensation === 0n ? "for members" : `${amount(compensation)} to net lenders`;
  return html`${relief + compensation !== 0n && figure(money(relief), "relief", besides)}
  ${royalties !== 0n && figure(money(royalties), "royalties", "to rights holders")}`;
}

function verdict({ invariants }: MonthReport): Html {
  if (invariants === "held") {
    return html`<p class="verdict">
      <strong>The book balances.</strong> Every posting sums to zero and every invariant held.
    </p>`;
  }
  return html`<div class="verdict broken" role="alert">
    <strong>The book does not balance.</strong> Do not pay out on this report before these are explained:
    <ul>
      ${invariants.map((failure) => html`<li>${failure}</li>`)}
    </ul>
  </div>`;
}

function settlement({ members, totals, currency }: MonthReport): Html {
  const column = (head: string, pick: (member: MonthMember) => Credits, show = money, total = sum(pick)) =>
    moneyColumn(head, pick, members, { total, show });
  const sum = (pick: (member: MonthMember) => Credits) =>
    credits(members.reduce((all, member) => all + pick(member), 0n));
  const columns: Column<MonthMember>[] = [
    {
      head: "Member",
      cell: (m) => html`${link(m, m.id, "members/")}<span class="sub">${facts(m)}</span>`,
      total: "All",
    },
    column("Given", (m) => m.given),
    column("Drawn", (m) => m.drawn),
    column("Fees", (m) => m.fees),
    // A consortium without relief or works is spared their columns.
    ...(totals.relief === 0n ? [] : [column("Relief", (m) => m.relief, signed, totals.relief)]),
    ...(totals.royalties === 0n ? [] : [column("Royalties", (m) => m.royalties, signed, totals.royalties)]),
    column("Net", (m) => m.net, signed),
    column("Paid out", (m) => m.paid, money, totals.paid),
    column("Advances", (m) => m.advances.received, money, totals.advances),
    column("Acknowledged", (m) => m.debts.owed),
    column("Cash after", (m) => m.settled),
  ];
  const all = "Net counts fees, relief, royalties and refunds.";
  return table(`Settlement in ${currency}. ${all}`, columns, members);
}

function prices({ services, currency }: MonthReport): Html {
  const tiers = [...new Set(services.flatMap((service) => service.prices.map(({ tier }) => tier)))].sort();
  type Service = (typeof services)[number];
  const columns: Column<Service>[] = [
    {
      head: "Service",
      cell: ({ code, id, conditions = [] }) =>
        html`${code}<span class="sub">service ${id}</span>${conditions.map(
            (one) => html`<span class="sub">${one}</span>`,
          )}`,
    },
    ...tiers.map((tier): Column<Service> => ({
      head: `Tier ${tier}`,
      kind: "number",
      cell: (service) => {
        const entry = service.prices.find((price) => price.tier === tier);
        return entry === undefined ? "" : money(entry.price);
      },
    })),
    moneyColumn("Fee", ({ fee }) => fee, services),
    { head: "Records", kind: "number", cell: ({ records }) => count(records) },
    { head: "Quantity", kind: "number", cell: ({ quantity }) => count(quantity) },
    moneyColumn("Gross", ({ gross }) => gross, services),
  ];
  return table(`Prices in force, in ${currency}, and what was done at them.`, columns, services);
}

function exceptions({ exceptions: list }: MonthReport): Html {
  if (list.length === 0)
    return html`<p class="about">Every request that was read found its way into a statement.</p>`;
  const columns: Column<(typeof list)[number]>[] = [
    { head: "Request", kind: "key", cell: ({ request }) => html`<code>${request}</code>` },
    { head: "Requested by", kind: "key", cell: ({ requesting }) => requesting },
    { head: "Of", kind: "key", cell: ({ supplying }) => supplying },
    { head: "Reason", kind: "key", cell: ({ reason }) => reason },
    { head: "Explanation", cell: ({ explanation }) => explanation },
  ];
  return html`<p>${counted(list.length, "request")} could not be billed as read.</p>
    ${exceptionsByReason(list)} ${table("Each request, and why.", columns, list)}`;
}
