import { counted, monthName } from "./format.ts";
import { type Html, html } from "./html.ts";
import type { MonthMember, MonthReport } from "./month.ts";
import { STYLE } from "./style/sheet.ts";

/** A page that stands alone: it loads nothing and runs nothing, and its policy tells the browser so. */
export function page(title: string, body: Html): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  const { markup } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to the figures</a>
        ${body}
      </body>
    </html> `;
  // Indentation is a third of a large page.
  return markup.replace(/\n\s+/g, "\n");
}

/** A name as its own run of text, so that right-to-left names leave their surroundings in order. */
export function nameOf(member: MonthMember): Html {
  return html`<bdi>${member.name}</bdi>`;
}

/** A member's name that leads to its page; `folder` is the way there from the current page. */
export function link(member: MonthMember | undefined, id: number, folder: string): Html {
  return member === undefined
    ? html`member ${id}`
    : html`<a href="${folder}${id}.html">${nameOf(member)}</a>`;
}

/** What a member is, in a line. */
export function facts({ isil, region, kind, tier }: MonthMember): string {
  return [isil, kind, region, `tier ${tier}`].filter((fact) => fact !== "").join(" · ");
}

/** A figure of the headline. HTML wants the term first; the style puts the value above it. */
export function figure(value: Html | string, label: string, note = ""): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
    ${note !== "" && html`<dd class="note">${note}</dd>`}
  </div>`;
}

/** Where the figures come from, and whether the book balanced. */
export function colophon(report: MonthReport): Html {
  const { network } = report;
  return html`<footer>
    <p>
      Every figure follows from the events of ledger <code>${network.ledger}</code> on chain
      ${String(network.chainId)}, blocks ${String(network.fromBlock)} to ${String(network.toBlock)}, and can
      be computed again by anyone. ${counted(report.messages, "message")} read. Amounts are exact, in
      ${report.currency}.
    </p>
    <p>${report.consortium} · ${monthName(report.period)}</p>
  </footer>`;
}
