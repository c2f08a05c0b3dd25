import { FLOWS, netFlow, type Flow } from "../../auditor/flows.ts";
import type { MemberAudit, YearFlows } from "../../auditor/result.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import { amount, money, placesOf, signed } from "../report/format.ts";
import { type Html, html } from "../report/html.ts";
import { type Column, table } from "../report/table.ts";
import { accountName } from "./account.ts";
import { paged } from "./paged.ts";

const PAGE = { first: 100, size: 100 };

/** What people call each flow, in the order in which a balance lists them. */
export const FLOW_LABELS: Readonly<Record<Flow, string>> = {
  given: "Given to others",
  claimsGiven: "of it by claim",
  drawn: "Drawn from others",
  claimsDrawn: "of it by claim",
  fees: "Handling fees",
  feesEarned: "Handling fees earned",
  relieved: "Relieved by others",
  reliefPaid: "Relief paid for others",
  royalties: "Royalties",
  royaltiesEarned: "Royalties earned",
  gaveBack: "Given back to others",
  gotBack: "Got back from others",
  deposited: "Paid in",
  withdrawn: "Paid out",
  advancesIn: "Advances received or returned to it",
  advancesOut: "Advances lent or returned by it",
  debtsAcknowledged: "Owed more, not paid yet",
  debtsOwed: "Due to it, not received yet",
  debtsPaid: "Debts paid",
  debtsReceived: "Debts received",
  debtsCancelled: "Own debts cancelled by refunds",
  debtsForgone: "Others' debts cancelled by its refunds",
  bondsLocked: "Bonds locked",
  bondsReleased: "Bonds released or forfeited to it",
  setAside: "Set aside for grants and compensation",
  fromSetAside: "Paid to it out of what was set aside",
};

/** Each account's yearly balance, folded up: opening, every flow by its name, closing. */
export function accountYears(accounts: readonly MemberAudit[], currency: string): Html {
  return paged(accounts, PAGE, (part) => html`${part.map((account) => accountYear(account, currency))}`);
}

function accountYear(account: MemberAudit, currency: string): Html {
  const { member, years } = account;
  const closing = years.at(-1)?.closing ?? ZERO;
  const name = accountName(account);
  return html`<details class="account" id="account-${member}">
    <summary><bdi>${name}</bdi><span class="balance">${amount(closing)}</span></summary>
    ${years.length === 0 ? html`<p class="about">Nothing happened in it.</p>` : yearTable(name, years, currency)}
  </details>`;
}

interface Line {
  readonly what: Html | string;
  readonly show: typeof money;
  readonly of: (year: YearFlows) => Credits;
}

function yearTable(name: string, years: readonly YearFlows[], currency: string): Html {
  const used = (Object.keys(FLOW_LABELS) as Flow[]).filter((flow) =>
    years.some(({ flows }) => (flows[flow] ?? ZERO) !== 0n),
  );
  const off = (year: YearFlows) => credits(year.closing - year.opening - netFlow(year.flows));
  const broken: Line = { what: html`<span class="alarm">Does not add up by</span>`, show: signed, of: off };
  const lines: Line[] = [
    { what: "Opening", show: money, of: ({ opening }) => opening },
    ...used.map(lineOf),
    ...(years.some((year) => off(year) !== 0n) ? [broken] : []),
  ];
  const places = placesOf(years.flatMap((year) => [year.closing, ...lines.map(({ of }) => of(year))]));
  const columns: Column<Line>[] = [
    { head: "Flow", cell: ({ what }) => what, total: "Closing" },
    ...years.map((year): Column<Line> => ({
      head: String(year.year),
      kind: "number",
      cell: ({ of, show }) => show(of(year), places),
      total: money(year.closing, places),
    })),
  ];
  return table(`${name}: position and cash together, by calendar year, in ${currency}.`, columns, lines);
}

/** A flow with the sign of what it does to the balance; what is part of another flow stands unsigned. */
function lineOf(flow: Flow): Line {
  const what = FLOW_LABELS[flow];
  const effect = FLOWS[flow];
  const of = ({ flows }: YearFlows) => flows[flow] ?? ZERO;
  if (effect === 0n) return { what: html`<span class="within">${what}</span>`, show: money, of };
  return { what, show: signed, of: (year) => credits(effect * of(year)) };
}
