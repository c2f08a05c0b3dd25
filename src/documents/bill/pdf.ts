import { credits, formatCredits, type Credits } from "../../core/money.ts";
import { formatPeriod } from "../../core/period.ts";
import type { Party } from "../office/office.ts";
import { FAINT, makePdf, type Sheet } from "../pdf/page.ts";
import { drawTable, type Row } from "../pdf/table.ts";
import type { Bill, BillLine } from "./bill.ts";
import { dayText } from "./day.ts";
import { proofText } from "./proof.ts";
import { paperText } from "./round.ts";

const TITLE = { invoice: "Invoice", creditMemo: "Credit memo" } as const;
/** Width of a column of two, and where the second begins. */
const [HALF, SECOND] = [225, 258];

/** A bill as an office sends and files it. */
export async function billPdf(bill: Bill): Promise<Uint8Array> {
  const { kind, number, seller, issuedAt: at } = bill;
  const title = `${TITLE[kind]} ${number}`;
  return makePdf({ title, author: seller.name, at, footer: `${seller.name} · ${title}` }, (sheet) => {
    drawHead(sheet, bill);
    drawLines(sheet, bill);
    drawTotals(sheet, bill);
    drawPayment(sheet, bill);
  });
}

function drawHead(sheet: Sheet, bill: Bill): void {
  const { kind, number, seller, buyer, isil, period, issuedAt, dueAt, tax } = bill;
  const taxed = tax.category !== "O";
  sheet.text(seller.name, { size: 8, colour: FAINT });
  sheet.space(6);
  sheet.text(TITLE[kind], { size: 22, weight: "bold" });
  sheet.space(14);
  const facts: [string, string][] = [
    ["Number", number],
    ["Date", dayText(issuedAt)],
    ["Services charged in", formatPeriod(period)],
    ...(dueAt === undefined || bill.totals.due <= 0n ? [] : [["Due", dayText(dueAt)] as [string, string]]),
    ...(bill.demands.length === 0
      ? []
      : [["On chain", `invoice ${bill.demands.join(", ")}`] as [string, string]]),
  ];
  sheet.beside(
    () => {
      sheet.text("To", { size: 7.5, colour: FAINT });
      drawParty(sheet, buyer, sheet.left, taxed, [isil]);
    },
    () => {
      for (const [what, value] of facts) drawPair(sheet, what, value);
    },
  );
  sheet.space(16);
  sheet.text("From", { size: 7.5, colour: FAINT });
  drawParty(sheet, seller, sheet.left, taxed);
  sheet.space(20);
}

/** A fact on the right half: what it is, and the value below one another. */
function drawPair(sheet: Sheet, what: string, value: string): void {
  const x = sheet.left + SECOND;
  sheet.beside(
    () => sheet.text(what, { x, width: 95, colour: FAINT }),
    () => sheet.text(value, { x: x + 100, width: sheet.width - SECOND - 100 }),
  );
}

function drawParty(
  sheet: Sheet,
  party: Party,
  x: number,
  taxed: boolean,
  more: readonly string[] = [],
): void {
  const { name, address, vatId, taxRegistration, legalRegistration, email } = party;
  const place = [address.postCode, address.city].filter((part) => part !== undefined).join(" ");
  const numbers = [
    taxed && vatId !== undefined ? `VAT ${vatId}` : undefined,
    taxRegistration === undefined ? undefined : `Tax number ${taxRegistration}`,
    legalRegistration === undefined ? undefined : `Register ${legalRegistration}`,
  ].filter((part) => part !== undefined);
  sheet.text(name, { size: 10.5, weight: "bold", x, width: HALF });
  const lines = [address.street, `${place}, ${address.country}`, ...more, ...numbers, email];
  for (const line of lines) if (line !== undefined) sheet.text(line, { x, width: HALF });
}

function drawLines(sheet: Sheet, bill: Bill): void {
  const columns = [
    { head: "" },
    { head: "Quantity", width: 48, align: "right" },
    { head: "Price", width: 64, align: "right" },
    { head: bill.currency, width: 62, align: "right" },
  ] as const;
  const deductions = bill.deductions.map(({ text, amount }): Row => ({
    cells: [`${text}: paid for the member`, "", "", show(bill, credits(-amount))],
  }));
  drawTable(sheet, columns, [...bill.lines.map((line) => rowOf(bill, line)), ...deductions]);
}

function rowOf(bill: Bill, { text, quantity, exact, amount, statement }: BillLine): Row {
  const count = BigInt(quantity);
  const each =
    exact % count === 0n
      ? grouped(formatCredits(credits(exact / count)))
      : `${grouped(formatCredits(exact))} for ${quantity}`;
  return {
    cells:
      statement === undefined
        ? [text, "", "", show(bill, amount)]
        : [text, String(quantity), each, show(bill, amount)],
    ...(statement === undefined
      ? {}
      : {
          note: `Statement ${statement.name}, service of ${formatPeriod(statement.period)}, records ${statement.root}`,
        }),
  };
}

function drawTotals(sheet: Sheet, bill: Bill): void {
  const { totals, tax, kind } = bill;
  const settled = kind === "invoice" ? "Settled in the ledger" : "Credited in the ledger";
  const rows: [string, Credits][] = [
    ...(totals.deductions === 0n
      ? []
      : ([
          ["Sum of lines", totals.lines],
          ["Paid for the member", credits(-totals.deductions)],
        ] as [string, Credits][])),
    [tax.category === "S" ? "Total without VAT" : "Total", totals.untaxed],
    ...(tax.category === "S" ? ([[`VAT ${tax.rate / 100} %`, totals.tax]] as [string, Credits][]) : []),
    ...(tax.category === "S" ? ([["Total with VAT", totals.taxed]] as [string, Credits][]) : []),
    ...(totals.prepaid === 0n ? [] : ([[settled, credits(-totals.prepaid)]] as [string, Credits][])),
    ...(totals.rounding === 0n ? [] : ([["Rounding", totals.rounding]] as [string, Credits][])),
  ];
  sheet.space(8);
  sheet.need((rows.length + 2) * 14);
  const x = sheet.left + SECOND;
  const width = sheet.width - SECOND;
  for (const [what, amount] of rows) {
    sheet.line(what, { x, width });
    sheet.text(show(bill, amount), { x, width, align: "right" });
    sheet.space(2);
  }
  sheet.rule("#444444", x, width);
  sheet.space(4);
  const last = kind === "invoice" ? "Due" : "Still to be credited";
  sheet.line(`${last}, ${bill.currency}`, { x, width, size: 11, weight: "bold" });
  sheet.text(show(bill, totals.due), { x, width, size: 11, weight: "bold", align: "right" });
  sheet.space(18);
}

function drawPayment(sheet: Sheet, bill: Bill): void {
  const { kind, seller, number, totals, tax, terms } = bill;
  sheet.need(90);
  sheet.text(terms, { size: 9.5 });
  if (kind === "invoice" && totals.due > 0n && seller.account !== undefined) {
    const { iban, bic, holder } = seller.account;
    sheet.text(`IBAN ${iban.replace(/(.{4})(?=.)/g, "$1 ")}${bic === undefined ? "" : `, BIC ${bic}`}`, {
      weight: "bold",
    });
    sheet.text(`Account of ${holder ?? seller.name}. Reference ${number}.`);
  }
  sheet.space(8);
  const notes = [
    tax.exemption === undefined ? undefined : `VAT: ${tax.exemption}`,
    "Each line is rounded for itself, half to the even cent; the rounding makes the exact sum of the ledger of them.",
    proofText(bill),
  ];
  for (const note of notes) {
    if (note === undefined) continue;
    sheet.text(note, { size: 7.5, colour: FAINT });
    sheet.space(3);
  }
}

/** An amount with thousands apart and a true minus sign. */
function show({ decimals }: Bill, amount: Credits): string {
  return grouped(paperText(amount, decimals));
}

function grouped(text: string): string {
  const [whole = "", fraction] = text.split(".");
  const shown = whole.replace("-", "\u2212").replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? shown : `${shown}.${fraction}`;
}
