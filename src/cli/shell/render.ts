import { formatCredits, type Credits } from "../../core/money.ts";

/** What a command hands back. Every bigint in it is an amount of credits. */
export interface Answer {
  readonly data: Readonly<Record<string, unknown>>;
  /** One line above the data for people. */
  readonly title?: string;
  /** Whether what was checked is wrong: the answer is printed and the exit code is 1. */
  readonly failed?: boolean;
  /** What people read instead of the data. */
  readonly text?: string;
  /** The exit code, where it says more than done or refused. */
  readonly exit?: number;
}

/** One JSON object; amounts as decimal text. */
export function toJson(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) =>
    typeof value === "bigint" ? formatCredits(value as Credits) : value,
  );
}

type Row = Readonly<Record<string, unknown>>;

/** An answer for people: facts as aligned lines, lists as tables. */
export function toText({ data, title }: Answer, colour: boolean): string {
  const bold = (text: string) => (colour ? `\u001b[1m${text}\u001b[22m` : text);
  const facts = Object.entries(data).filter(([, value]) => !isTable(value) && value !== undefined);
  const width = Math.max(0, ...facts.map(([name]) => label(name).length));
  const lines = facts.map(([name, value]) => `${label(name).padEnd(width)}  ${spell(value)}`);
  const tables = Object.entries(data)
    .filter(([, value]) => isTable(value))
    .map(([name, value]) => `${bold(label(name))}\n${table(value as Row[], bold)}`);
  const parts = [title === undefined ? "" : bold(title), lines.join("\n"), ...tables];
  return parts.filter((part) => part !== "").join("\n\n");
}

function isTable(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "object");
}

function table(rows: readonly Row[], bold: (text: string) => string): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((name) => cut(spell(row[name]))));
  const heads = columns.map(label);
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const right = columns.map((name) => rows.every((row) => /^(bigint|number)$/.test(typeof row[name])));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (right[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  return [bold(line(heads)), ...cells.map(line)].join("\n");
}

/** One endless text of somebody else's would make every row as wide. JSON has it whole. */
function cut(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 299)}…`;
}

/** Names in words; a code, such as CounterNotReport, as it stands. */
function label(name: string): string {
  if (/^[A-Z]/.test(name)) return name;
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function spell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "bigint") return formatCredits(value as Credits);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(spell).join(", ");
  if (typeof value === "string") return safe(value);
  if (typeof value !== "object") return toJson(value);
  return Object.entries(value)
    .map(([name, part]) => `${label(name)} ${spell(part)}`)
    .join(", ");
}

/** Names and reasons come from others' files: what could move a terminal's cursor is shown, not obeyed. */
function safe(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
}
