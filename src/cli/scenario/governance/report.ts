import { periodOf } from "../../../core/period.ts";
import { painter } from "../../report/plain.ts";
import type { TerminalOptions } from "../../report/terminal.ts";
import { clip } from "../../report/scale.ts";
import type { Figures } from "./figures.ts";
import type { Happening } from "./polity.ts";

/** What a year came to, and what an audit said of it. */
export interface YearReport {
  readonly consortium: string;
  readonly diary: readonly Happening[];
  readonly figures: Figures;
  /** The verdict of an audit by another process. */
  readonly audit: string;
}

const LABELS: readonly (readonly [keyof Figures, string])[] = [
  ["seats", "seats held in the Council"],
  ["trustees", "trustees in the Board"],
  ["elections", "elections"],
  ["ballots", "ballots that counted"],
  ["executed", "proposals executed"],
  ["vetoed", "acts of the Board vetoed"],
  ["amended", "amendments"],
  ["petitions", "petitions"],
  ["recalled", "recalls"],
  ["admitted", "members admitted after the handover"],
  ["appeals", "appeals to the authority"],
  ["pauses", "pauses"],
  ["deployerRights", "rights that the deployer has left"],
  ["violations", "rights that are not the chambers'"],
];

/** The year as plain text: what happened by its date, then the figures. */
export function yearText(report: YearReport, { width = 120, colour = false }: TerminalOptions = {}): string {
  const { consortium, diary, figures, audit } = report;
  const paint = painter(colour);
  const places = Math.max(...LABELS.map(([name]) => String(figures[name]).length));
  const rule = "─".repeat(Math.min(width, 72));
  return [
    paint(1, clip(`${consortium}, ${months(diary)} months of governance`, width)),
    "",
    ...diary.map(({ at, what }) =>
      clip(`${new Date(at * 1_000).toISOString().slice(0, 10)}  ${what}`, width),
    ),
    rule,
    ...LABELS.map(([name, label]) => `${String(figures[name]).padStart(places)}  ${label}`),
    rule,
    paint(audit === "clean" ? 36 : 31, `An audit by another process found it ${audit}.`),
  ].join("\n");
}

/** From the first to the last thing that happened. */
function months(diary: readonly Happening[]): number {
  const [first, last] = [diary[0]?.at ?? 0, diary.at(-1)?.at ?? 0];
  return last === 0 ? 0 : periodOf(last) - periodOf(first) + 1;
}
