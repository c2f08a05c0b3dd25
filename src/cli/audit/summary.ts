import type { Finding } from "../../auditor/finding.ts";
import type { AuditResult, MemberAudit } from "../../auditor/result.ts";
import { credits, type Credits, ZERO } from "../../core/money.ts";
import { amount, count, counted, monthName } from "../report/format.ts";
import { clean, fill, painter, plainTable, wrap, type Paint } from "../report/plain.ts";
import { clip } from "../report/scale.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import { accountName, everything } from "./account.ts";
import { checkedFigures } from "./figures.ts";
import { groupFindings } from "./groups.ts";
import { rangeText } from "./scope.ts";
import { verdictSentence } from "./verdict.ts";

const EXAMPLES = 3;
const ACCOUNTS = 20;
const COLOURS = { clean: 36, wrong: 31, unverifiable: 33 } as const;

/** An audit as plain text, in at most `width` columns: the verdict, what was checked, what was found, the book. */
export function auditSummary(result: AuditResult, options: TerminalOptions = {}): string {
  const { width = 120, colour = false } = options;
  const paint = painter(colour);
  const { wrong, unverifiable, notes, found, verdict } = result;
  return [
    ...wrap(verdictSentence(result), width).map((line) => paint(COLOURS[verdict], line)),
    "",
    ...audited(result, width, paint),
    ...findings("Wrong", 31, wrong, found.wrong, width, paint),
    ...findings("Could not be verified", 33, unverifiable, found.unverifiable, width, paint),
    ...findings("Worth knowing", 2, notes, found.notes, width, paint),
    "",
    ...book(result, width, paint),
    "",
  ].join("\n");
}

function audited({ scope, counts }: AuditResult, width: number, paint: Paint): string[] {
  const figures = checkedFigures(counts);
  const wide = Math.max(...figures.map(({ value }) => count(value).length));
  const label = Math.max(...figures.map((figure) => figure.label.length));
  return [
    ...wrap(clean(`Ledger ${scope.ledger}, ${rangeText(scope)}`), width),
    ...figures.map(({ value, label: what, note }) => {
      const line = `  ${count(value).padStart(wide)} ${fill(what, label)}  `;
      const room = width - line.length;
      return room < 8 ? clip(line.trimEnd(), width) : line + paint(2, clip(note, room));
    }),
  ];
}

function findings(
  title: string,
  colour: number,
  list: readonly Finding[],
  found: number,
  width: number,
  paint: Paint,
): string[] {
  if (list.length === 0) return [];
  const indented = (text: string, by: number, lead = " ".repeat(by)) =>
    wrap(clean(text), width - by).map((line, i) => (i === 0 ? lead : " ".repeat(by)) + line);
  const groups = groupFindings(list).flatMap(({ code, meaning, findings: same }) => {
    const rest = same.length - EXAMPLES;
    return [
      "",
      ...wrap(`${code} × ${count(same.length)}`, width - 2).map((line) => `  ${paint(1, line)}`),
      ...indented(meaning, 2),
      ...same
        .slice(0, EXAMPLES)
        .flatMap((finding) => [
          ...indented(finding.message, 4, "  · "),
          ...[placeText(finding), differenceText(finding)]
            .filter((text) => text !== "")
            .flatMap((text) => indented(text, 4).map((line) => paint(2, line))),
        ]),
      ...(rest > 0 ? [`    and ${count(rest)} more`] : []),
    ];
  });
  const unlisted = found > list.length ? `, ${count(list.length)} of them listed` : "";
  return ["", paint(colour, `${title}: ${count(found)}${unlisted}`), ...groups];
}

/** Where on the chain, as far as the finding says. */
function placeText({ block, tx, logIndex }: Finding): string {
  const parts = [
    block === undefined ? "" : `block ${block}`,
    tx === undefined ? "" : `transaction ${tx}`,
    logIndex === undefined ? "" : `log ${logIndex}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function differenceText({ expected, found }: Finding): string {
  const parts = [
    expected === undefined ? "" : `expected ${expected}`,
    found === undefined ? "" : `found ${found}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

interface Field {
  readonly head: string;
  readonly of: (account: MemberAudit) => Credits;
}

const FIELDS: readonly Field[] = [
  { head: "cash", of: ({ account }) => account.cash },
  { head: "position", of: ({ account }) => account.position },
  { head: "room", of: ({ account }) => account.room },
  { head: "debts", of: ({ account }) => account.debts },
  { head: "given", of: (account) => everything(account).given ?? ZERO },
  { head: "drawn", of: (account) => everything(account).drawn ?? ZERO },
];

function book(result: AuditResult, width: number, paint: Paint): string[] {
  const { accounts, backing, bonds, scope } = result;
  const shown = accounts.slice(0, accounts.length > ACCOUNTS + 1 ? ACCOUNTS : accounts.length);
  const columns = FIELDS.map(({ head, of }) => {
    const all = accounts.map(of);
    return { head, values: [...all.slice(0, shown.length), credits(all.reduce((a, b) => a + b, 0n))] };
  });
  const names = [...shown.map((account) => clean(accountName(account))), "all"];
  const { head, rule, rows, missing } = plainTable("account", names, columns, width);
  const rest = accounts.length - shown.length;
  const title = `The book at the end, ${monthName(scope.openPeriod)} being open: ${amount(backing)} accounted for, ${amount(bonds)} of it set aside`;
  const hidden = missing.length > 0 ? [`No room for ${missing.join(", ")}: widen the terminal.`] : [];
  return [
    ...wrap(title, width).map((line) => paint(1, line)),
    "",
    paint(2, head),
    rule,
    ...rows.slice(0, -1),
    ...(rest > 0 ? [`and ${counted(rest, "account")} more, in "all" too`] : []),
    rule,
    paint(1, rows.at(-1) ?? ""),
    ...hidden.flatMap((line) => wrap(line, width)),
  ];
}
