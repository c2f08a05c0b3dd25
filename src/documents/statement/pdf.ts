import { credits, type Credits } from "../../core/money.ts";
import { formatPeriod } from "../../core/period.ts";
import { CASH_FIGURES, POSITION_FIGURES, type Figure } from "../journal/effects.ts";
import { FAINT, makePdf, type Sheet } from "../pdf/page.ts";
import { drawTable, type Column, type Row } from "../pdf/table.ts";
import { drawBars, type Bar } from "./bars.ts";
import type { Gains } from "./gains.ts";
import { rowsByPartner, rowsByService, totalOf, type SideRow } from "./sides.ts";
import {
  amountText,
  assumptionOf,
  exactnessOf,
  FIGURE_NAMES,
  headlineOf,
  isClaimed,
  placesOf,
  spanName,
  type Telling,
} from "./wording.ts";

/** What stands on a statement besides its figures. */
export interface StatementPaper extends Telling {
  /** Who makes it out: the office, or the consortium. */
  readonly author: string;
  /** When the last of its months was closed, in seconds: the paper's date. */
  readonly at: number;
  /** Which ledger, on which chain. */
  readonly ledger: string;
  readonly partnerName: Parameters<typeof rowsByPartner>[1];
}

/** A statement for a director: what came of it first, then how, then what proves it. */
export async function statementPdf(gains: Gains, paper: StatementPaper): Promise<Uint8Array> {
  const { author, at, name } = paper;
  const span = spanName(gains.from, gains.to);
  const title = `Costs and benefits: ${name}, ${span}`;
  return makePdf({ title, author, at, footer: title }, (sheet) => {
    sheet.text(author, { size: 8, colour: FAINT });
    sheet.space(6);
    sheet.text("Costs and benefits", { size: 22, weight: "bold" });
    sheet.space(2);
    sheet.text(`${name} · ${span}`, { size: 12, colour: FAINT });
    sheet.space(14);
    sheet.text(headlineOf(gains, paper), { size: 11.5 });
    sheet.space(14);
    drawBars(sheet, barsOf(gains));
    drawReckoning(sheet, gains, paper);
    drawSides(sheet, gains, paper);
    drawSaving(sheet, gains, paper);
    drawProofs(sheet, gains, paper);
  });
}

function barsOf({ figures, saving }: Gains): Bar[] {
  const bars: Bar[] = [
    { label: "Given", amount: figures.given, colour: "#1f6f5c" },
    { label: "Drawn", amount: credits(-figures.drawn), colour: "#b4552d" },
  ];
  if (!isClaimed(saving)) return bars;
  return [
    ...bars,
    { label: "Buying alone", amount: saving.alone, colour: "#8a8a8a" },
    { label: "Paid instead", amount: saving.paid, colour: "#b4552d" },
  ];
}

/** How the figures make the net, and what stands on the account. */
function drawReckoning(sheet: Sheet, gains: Gains, { currency }: StatementPaper): void {
  const { figures, opening, net, closing, position, cash, debts, advances } = gains;
  const moved = (names: readonly Figure[]) =>
    names.filter((name) => figures[name] !== 0n).map((name) => [FIGURE_NAMES[name], figures[name]] as const);
  const standing = [
    ["Own acknowledged debts, unpaid", debts],
    ["Advances to be returned", advances],
  ] as const;
  const [position_, cash_] = [moved(POSITION_FIGURES), moved(CASH_FIGURES)];
  const list = [...position_, ...cash_].map(([, amount]) => amount);
  const places = placesOf([...list, opening, net, closing, position, cash, debts, advances]);
  const row = ([what, amount]: readonly [string, Credits], weight: Row["weight"] = "regular"): Row => ({
    cells: [what, amountText(amount, places)],
    weight,
  });
  heading(sheet, "How it adds up");
  drawTable(sheet, columns(["", currency]), [
    ...position_.map((one) => row(one)),
    row(["Net: what the close settled", net], "bold"),
    ...cash_.map((one) => row(one)),
    row(["On the account before", opening]),
    row(["On the account after", closing], "bold"),
    row([`of it position of ${formatPeriod(gains.to)}, settled by its close`, position]),
    row(["of it cash settled before", cash]),
    ...standing.filter(([, amount]) => amount !== 0n).map((one) => row(one)),
  ]);
}

function drawSides(sheet: Sheet, gains: Gains, paper: StatementPaper): void {
  const services = rowsByService(gains, paper.serviceName);
  const partners = rowsByPartner(gains, paper.partnerName);
  if (services.length === 0) return;
  heading(sheet, "By service");
  drawSide(sheet, "Service", "units", services, paper);
  heading(sheet, "By partner");
  drawSide(sheet, "Partner", "statements", partners, paper);
  const { toCommons, fromCommons } = gains;
  if (toCommons === 0n && fromCommons === 0n) return;
  const [to, from] = [toCommons, fromCommons].map((amount) => `${amountText(amount)} ${paper.currency}`);
  sheet.text(`Contributed to the commons: ${to}. Drawn from the commons: ${from}.`);
}

function drawSide(
  sheet: Sheet,
  what: string,
  counted: string,
  rows: readonly SideRow[],
  { currency }: StatementPaper,
): void {
  const places = placesOf([...rows, totalOf(rows)].flatMap(({ given, drawn, fee }) => [given, drawn, fee]));
  const heads = [
    what,
    `Given, ${counted}`,
    `Given, ${currency}`,
    `Drawn, ${counted}`,
    `Drawn, ${currency}`,
    "Fees",
  ];
  const show = (amount: Credits) => (amount === 0n ? "" : amountText(amount, places));
  const count = (value: number) => (value === 0 ? "" : String(value));
  drawTable(
    sheet,
    columns(heads),
    [...rows, totalOf(rows)].map(({ name, givenCount, given, drawnCount, drawn, fee }, at) => ({
      cells: [name, count(givenCount), show(given), count(drawnCount), show(drawn), show(fee)],
      weight: at === rows.length ? "bold" : "regular",
    })),
  );
}

function drawSaving(sheet: Sheet, gains: Gains, paper: StatementPaper): void {
  const { saving } = gains;
  const assumption = assumptionOf(gains, paper);
  if (saving === undefined || assumption === undefined) return;
  const { currency, serviceName } = paper;
  const { rows, alone, paid, saved } = saving;
  const places = placesOf([...rows.map((row) => row.alone), alone, paid, saved]);
  heading(sheet, "Against buying alone");
  drawTable(sheet, columns(["", "Units", "Price alone", currency]), [
    ...rows.map(({ service, quantity, replacement, alone: sum }) => ({
      cells: [serviceName(service), String(quantity), amountText(replacement), amountText(sum, places)],
    })),
    { cells: ["Alone it would have cost", "", "", amountText(alone, places)] },
    { cells: ["It paid for the same", "", "", amountText(credits(-paid), places)] },
    { cells: ["Saved", "", "", amountText(saved, places)], weight: "bold" },
  ]);
  sheet.space(2);
  sheet.text(assumption, { size: 8 });
}

function drawProofs(sheet: Sheet, gains: Gains, paper: StatementPaper): void {
  heading(sheet, "Where each figure is proven");
  sheet.text(`${exactnessOf(gains)} ${paper.ledger}.`, { size: 8 });
  sheet.space(6);
  const places = placesOf(gains.proofs.map(({ amount }) => amount));
  const rows = gains.proofs.map(({ figure, amount, document, tx, month, block, log }) => {
    const named = document === tx ? "" : document;
    const shown = amountText(amount, places);
    return { cells: [formatPeriod(month), FIGURE_NAMES[figure], named, `${block} / ${log}`, shown] };
  });
  drawTable(
    sheet,
    [
      { head: "Month", width: 44 },
      { head: "Figure" },
      { head: "Document", width: 92 },
      { head: "Block / log", width: 70, align: "right" },
      { head: paper.currency, width: 76, align: "right" },
    ],
    rows,
  );
  drawTransactions(sheet, gains);
}

/** Each transaction once: a batch proves many figures. */
function drawTransactions(sheet: Sheet, { proofs }: Gains): void {
  const blocks = new Map(proofs.map(({ tx, block }) => [tx, block]));
  if (blocks.size === 0) return;
  sheet.space(10);
  const columns: Column[] = [{ head: "Transaction" }, { head: "Block", width: 76, align: "right" }];
  drawTable(
    sheet,
    columns,
    [...blocks].map(([tx, block]) => ({ cells: [tx, String(block)] })),
  );
}

function heading(sheet: Sheet, text: string): void {
  sheet.need(90);
  sheet.space(16);
  sheet.text(text, { size: 12, weight: "bold" });
  sheet.space(6);
}

/** The first takes what is left; the others are figures. */
function columns(heads: readonly string[]): Column[] {
  return heads.map((head, at) =>
    at === 0 ? { head } : { head, width: heads.length > 4 ? 66 : 84, align: "right" },
  );
}
