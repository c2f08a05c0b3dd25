import { formatPeriod } from "../../core/period.ts";
import { credits, type Credits } from "../../core/money.ts";
import { amount, count, counted, money, monthName, shortHash, signed } from "./format.ts";
import { type Html, html } from "./html.ts";
import { lookUp, type Lookup } from "./lookup.ts";
import type { MonthException, MonthMember, MonthReport, MonthStatement } from "./month.ts";
import { colophon, facts, figure, link, nameOf, page } from "./page.ts";
import { type Column, moneyColumn, table } from "./table.ts";

/** One member's page: `members/<id>.html`. */
export function memberPage(report: MonthReport, member: MonthMember, lookup = lookUp(report)): string {
  const month = monthName(report.period);
  const concerning = lookup.exceptions(member);
  return page(
    `${member.name}: ${month}`,
    html`<header>
        <p class="over"><a href="../index.html">${report.consortium}</a> · ${month}</p>
        <h1>${nameOf(member)}</h1>
        <p class="facts">${facts(member)}</p>
      </header>
      <main id="content">
        ${lede(report, member)}
        <dl class="figures four">
          ${figure(money(member.given), "given", counted(member.statements.supplied, "statement"))}
          ${figure(money(member.drawn), "drawn", counted(member.statements.consumed, "statement"))}
          ${figure(signed(member.net), "net of the month")} ${figure(money(member.settled), "cash after")}
        </dl>
        <h2>How the month adds up</h2>
        ${reckoning(report, member)}
        <h2>Services</h2>
        ${services(member)}
        <h2>What it gave</h2>
        ${statements(report.currency, lookup, lookup.supplied(member.id), "consumer")}
        <h2>What it drew</h2>
        ${statements(report.currency, lookup, lookup.consumed(member.id), "supplier")}
        ${
          concerning.length > 0 &&
          html`<h2>Not billed</h2>
            ${exceptions(concerning)}`
        }
      </main>
      ${colophon(report)}`,
  );
}

function lede({ currency }: MonthReport, { given, drawn, fees, net }: MonthMember): Html {
  const outcome =
    net > 0n
      ? `The month leaves it ${amount(net)} ahead.`
      : net < 0n
        ? `The month cost it ${amount(credits(-net))}.`
        : "The month leaves it even.";
  return html`<p class="lede">
    It gave ${amount(given)} ${currency} worth of services to others and drew ${amount(drawn)}, with
    ${amount(fees)} of handling fees. ${outcome}
  </p>`;
}

interface Line {
  readonly what: string;
  readonly value: Credits;
}

/** How the legs make the net; whatever the named legs leave is named too. */
function reckoning({ currency }: MonthReport, m: MonthMember): Html {
  const others = credits(m.net - (m.given - m.drawn - m.fees + m.relief + m.royalties));
  const legs: Line[] = [
    { what: "Given to others", value: m.given },
    { what: "Drawn from others", value: credits(-m.drawn) },
    { what: "Handling fees", value: credits(-m.fees) },
    ...[
      { what: "Paid for it by relief and grants", value: m.relief },
      { what: "Royalties", value: m.royalties },
      { what: "Refunds", value: others },
    ].filter(({ value }) => value !== 0n),
  ];
  const standing: Line[] = [
    { what: "Position before the close", value: m.position },
    { what: "Paid in", value: m.deposited },
    { what: "Paid out", value: m.paid },
    { what: "Compensation as a net lender", value: m.compensation },
    { what: "Advances received", value: m.advances.received },
    { what: "Advances owed", value: m.advances.owed },
    { what: "Advances given to others", value: m.advances.given },
    { what: "Acknowledged debts owed", value: m.debts.owed },
    { what: "Acknowledged debts due to it", value: m.debts.due },
  ].filter(({ value }) => value !== 0n);
  return html`<div class="pair">
    ${lines("What makes the net", currency, legs, { what: "Net of the month", value: m.net })}
    ${lines("What else moved, and where it stands", currency, standing, { what: "Cash after", value: m.settled })}
  </div>`;
}

function lines(caption: string, currency: string, list: readonly Line[], sum: Line): Html {
  const values = moneyColumn<Line>(currency, ({ value }) => value, list, { total: sum.value });
  return table(caption, [{ head: "Leg", cell: ({ what }) => what, total: sum.what }, values], list);
}

function services({ services: list }: MonthMember): Html {
  if (list.length === 0) return html`<p class="about">No records this month.</p>`;
  const columns: Column<(typeof list)[number]>[] = [
    { head: "Service", cell: ({ code }) => code },
    { head: "Records given", kind: "number", cell: ({ given }) => count(given) },
    { head: "Records drawn", kind: "number", cell: ({ drawn }) => count(drawn) },
  ];
  return html`<div class="pair">${table("Records by service.", columns, list)}</div>`;
}

const STATUS = {
  posted: "settled",
  acknowledged: "acknowledged",
  claimed: "charged as a claim",
  skipped: "skipped",
} as const;

function statements(
  currency: string,
  lookup: Lookup,
  list: readonly MonthStatement[],
  other: "supplier" | "consumer",
): Html {
  if (list.length === 0) return html`<p class="about">Nothing this month.</p>`;
  const settled = list.filter(({ status }) => status !== "skipped");
  const column = (head: string, pick: (statement: MonthStatement) => Credits) => {
    const total = credits(settled.reduce((sum, statement) => sum + pick(statement), 0n));
    return moneyColumn(head, pick, list, { total });
  };
  const columns: Column<MonthStatement>[] = [
    { head: "Number", cell: ({ number }) => String(number), total: "All but skipped" },
    { head: other === "consumer" ? "For" : "From", cell: (s) => link(lookup.member(s[other]), s[other], "") },
    { head: "Service in", kind: "key", cell: ({ period }) => formatPeriod(period) },
    { head: "Records", kind: "number", cell: ({ records }) => count(records) },
    column("Gross", ({ gross }) => gross),
    column("Fee", ({ fee }) => fee),
    ...(list.some(({ royalties }) => royalties !== 0n) ? [column("Royalties", (s) => s.royalties)] : []),
    ...(list.some(({ relieved }) => relieved !== 0n) ? [column("Relieved", (s) => s.relieved)] : []),
    {
      head: "Outcome",
      kind: "key",
      cell: ({ status }) =>
        status === "posted" ? STATUS[status] : html`<span class="alarm">${STATUS[status]}</span>`,
    },
    { head: "Records root", kind: "key", cell: ({ root }) => shortHash(root) },
    { head: "Transaction", kind: "key", cell: ({ tx }) => shortHash(tx) },
  ];
  const role = other === "consumer" ? "supplied" : "consumed";
  return table(
    `Statements it ${role}, in ${currency}. The consumer pays gross, fee and royalties, less what others pay.`,
    columns,
    list,
  );
}

function exceptions(list: readonly MonthException[]): Html {
  const columns: Column<MonthException>[] = [
    { head: "Request", kind: "key", cell: ({ request }) => html`<code>${request}</code>` },
    { head: "Requested by", kind: "key", cell: ({ requesting }) => requesting },
    { head: "Of", kind: "key", cell: ({ supplying }) => supplying },
    {
      head: "Why",
      cell: ({ reason, explanation }) => html`${reason}<span class="sub">${explanation}</span>`,
    },
  ];
  return table("Requests that could not be billed as read.", columns, list);
}
