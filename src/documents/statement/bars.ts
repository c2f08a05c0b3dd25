import type { Credits } from "../../core/money.ts";
import { RULE, type Sheet } from "../pdf/page.ts";
import { amountText } from "./wording.ts";

export interface Bar {
  readonly label: string;
  readonly amount: Credits;
  readonly colour: string;
}

const [LABEL, AMOUNT, HEIGHT, STEP] = [108, 92, 11, 18];
/** Bars are drawn in so many parts of the widest. */
const PARTS = 10_000n;

/** Bars below one another, to one scale; what is below zero has none. The amounts stand beside them, exact. */
export function drawBars(sheet: Sheet, bars: readonly Bar[]): void {
  const most = bars.reduce((max, { amount }) => (amount > max ? amount : max), 0n);
  if (most === 0n) return;
  const room = sheet.width - LABEL - AMOUNT;
  sheet.need(bars.length * STEP);
  for (const { label, amount, colour } of bars) {
    const parts = amount > 0n ? Number((amount * PARTS) / most) : 0;
    sheet.line(label, { width: LABEL - 8 });
    sheet.line(amountText(amount), { align: "right", weight: "bold" });
    sheet.bar(RULE, sheet.left + LABEL, 0.8, HEIGHT);
    if (parts > 0) sheet.bar(colour, sheet.left + LABEL, (room * parts) / Number(PARTS), HEIGHT);
    sheet.space(STEP);
  }
}
