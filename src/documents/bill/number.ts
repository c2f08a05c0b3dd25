import type { Isil } from "../../core/ids.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import type { BillKind } from "./bill.ts";

const LETTER: Readonly<Record<BillKind, string>> = { invoice: "I", creditMemo: "C" };

/** A bill's number, such as `2026-03-DE-7-I`: unique in a consortium, and the same whenever the bill is made. */
export function billNumber(period: PeriodId, isil: Isil, kind: BillKind): string {
  return `${formatPeriod(period)}-${isil}-${LETTER[kind]}`;
}

/** A paper's number as the name of a file, such as `2026-03-DE-7-S`: an ISIL's colon and solidus, which lead elsewhere in a path, are spelled out. */
export function fileName(number: string): string {
  return number.replace(
    /[^A-Za-z0-9-]/g,
    (sign) => `~${sign.codePointAt(0)?.toString(16).toUpperCase() ?? ""}`,
  );
}
