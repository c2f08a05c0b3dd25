import type { AuditResult, MemberAudit } from "../../auditor/result.ts";
import type { Flow } from "../../auditor/flows.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import { formatPeriod } from "../../core/period.ts";
import { money, signed } from "../report/format.ts";
import { type Html, html } from "../report/html.ts";
import { type Column, moneyColumn, table } from "../report/table.ts";
import { accountName, everything } from "./account.ts";
import type { ConsortiumMonth } from "./months.ts";
import { paged } from "./paged.ts";
import { type ScopeLine, scopeLines } from "./scope.ts";

const PAGE = { first: 60, size: 500 };

/** Where every account stands at the end; a name leads to the account's years. */
export function accountTable(accounts: readonly MemberAudit[], currency: string): Html {
  const rows = accounts.map((account) => {
    const { given = ZERO, drawn = ZERO } = everything(account);
    return { account, figures: { ...account.account, given, drawn } };
  });
  type Row = (typeof rows)[number];
  const column = (head: string, pick: (figures: Row["figures"]) => Credits, show = money) => {
    const total = credits(rows.reduce((sum, { figures }) => sum + pick(figures), 0n));
    return moneyColumn<Row>(head, ({ figures }) => pick(figures), rows, { total, show });
  };
  const columns: Column<Row>[] = [
    {
      head: "Account",
      cell: ({ account }) =>
        html`<a href="#account-${account.member}"><bdi>${accountName(account)}</bdi></a
          >${facts(account)}`,
      total: "All",
    },
    column("Given", ({ given }) => given),
    column("Drawn", ({ drawn }) => drawn),
    column("Cash", ({ cash }) => cash),
    column("Position", ({ position }) => position, signed),
    column("Room", ({ room }) => room),
    column("Free", ({ free }) => free),
    column("Advances", ({ advances }) => advances),
    column("Debts", ({ debts }) => debts),
    column("Standing", ({ standing }) => standing),
  ];
  const caption = `Accounts at the end, in ${currency}. Given and drawn count the whole audit; standing and debts what stands now.`;
  return paged(rows, PAGE, (part, from) =>
    from === 0
      ? table(caption, columns, part)
      : table("Accounts, continued.", columns.map(withoutTotal), part),
  );
}

function withoutTotal<Row>({ total: _, ...column }: Column<Row>): Column<Row> {
  return column;
}

function facts({ member, membership, isil }: MemberAudit): Html {
  const facts = [isil === undefined ? "" : `member ${member}`, membership === "admitted" ? "" : membership];
  const text = facts.filter((fact) => fact !== "").join(" · ");
  return html`${text !== "" && html`<span class="sub">${text}</span>`}`;
}

const MONTH_FLOWS: readonly (readonly [Flow, string])[] = [
  ["given", "Given"],
  ["claimsGiven", "Of it by claim"],
  ["fees", "Fees"],
  ["gaveBack", "Given back"],
  ["deposited", "Paid in"],
  ["withdrawn", "Paid out"],
];

/** What happened in each month, all accounts together. */
export function monthTable(months: readonly ConsortiumMonth[], currency: string): Html {
  const columns: Column<ConsortiumMonth>[] = [
    { head: "Month", cell: ({ period }) => formatPeriod(period), total: "All" },
    ...MONTH_FLOWS.map(([flow, head]) => {
      const pick = ({ flows }: ConsortiumMonth) => flows[flow] ?? ZERO;
      const total = credits(months.reduce((sum, month) => sum + pick(month), 0n));
      return moneyColumn(head, pick, months, { total });
    }),
  ];
  return html`<details class="part">
    <summary>The months in figures</summary>
    ${table(`All accounts together, by month, in ${currency}.`, columns, months)}
  </details>`;
}

/** What somebody needs to audit the same again. */
export function scopeTable({ scope }: AuditResult): Html {
  const columns: Column<ScopeLine>[] = [
    { head: "What", kind: "key", cell: ({ what }) => what },
    {
      head: "Which",
      cell: ({ value, kind }) => (kind === "key" ? html`<code>${value}</code>` : html`<bdi>${value}</bdi>`),
    },
  ];
  return table(
    "What was audited. The same blocks of the same chain give the same figures to anyone.",
    columns,
    scopeLines(scope),
  );
}
