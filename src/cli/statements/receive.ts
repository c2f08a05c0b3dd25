import { readFile, rm } from "node:fs/promises";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { COMMONS, type MemberId, type StatementNumber } from "../../core/ids.ts";
import { formatPeriod } from "../../core/period.ts";
import type { Statement } from "../../core/statement.ts";
import { isAbsence } from "../../records/file.ts";
import type { RecordStore } from "../../records/store.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { isCountersigned } from "../../sdk/statements.ts";
import {
  differencesPath,
  differencesText,
  isDifferences,
  parseDifferences,
  writeDifferences,
} from "./differences.ts";
import { parseExchange, type Exchanged } from "./exchange.ts";
import { isSameStatement, readStatement, statementPath, writeStatement } from "./file.ts";
import type { StatementFile, StatementName } from "./file.ts";
import { setAside, wasRetracted } from "./retract.ts";

export interface ReceiveInput {
  readonly consortium: Consortium;
  /** Whose home this is: a statement in which it is no party is refused. */
  readonly member: MemberId;
  readonly store: RecordStore;
  /** Where statement files are. */
  readonly folder: string;
}

/**
 * What became of a file: new here, with a countersignature that was not here, in the place of one that it corrects,
 * known already, a consumer's differences, or differences in what was corrected since.
 */
export type ReceiveOutcome = "received" | "signed" | "replaced" | "unchanged" | "differences" | "outdated";

export interface Received {
  readonly outcome: ReceiveOutcome;
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly number: StatementNumber;
  readonly period: string;
  /** How many records it bills, or how many differences it names. */
  readonly entries: number;
  /** The file that now holds it. */
  readonly path: string;
}

/**
 * Takes in what the other party sent. What is at hand is never lost: a countersigned statement gives way to nothing,
 * and one that gives way is kept beside. Receiving the same again changes nothing.
 * @throws `StatementForeign`, `StatementConflict`, `StatementStray`, `CountersignatureInvalid`, `DifferencesStray`
 *   and as parseExchange, parseDifferences and the store
 */
export async function receive(input: ReceiveInput, name: string, content: unknown): Promise<Received> {
  return isDifferences(content)
    ? receiveDifferences(input, name, content)
    : receiveStatement(input, parseExchange(name, content));
}

async function receiveStatement(input: ReceiveInput, { file, bundle }: Exchanged): Promise<Received> {
  const { consortium, store, folder } = input;
  const { statement, countersignature } = file;
  mustBeOurs(input, { ...file, ...statement });
  if (
    countersignature !== undefined &&
    !(await isCountersigned(consortium, { statement, countersignature }))
  ) {
    const what =
      statement.consumer === COMMONS
        ? "bears a signature of no key that is accredited for all it bills"
        : "bears a signature that no living key of its consumer made";
    throw refused("CountersignatureInvalid", statement, what);
  }
  const path = statementPath(folder, statement);
  const held = await heldAt(path);
  const outcome = await outcomeOf(input, file, held.file);
  // The records first: a statement without them could be signed blindly. Whoever lost them gets them back.
  await store.put(bundle);
  if (outcome !== "unchanged") {
    if (held.damaged || outcome === "replaced") await setAside(folder, path);
    await writeStatement(path, file);
    await rm(differencesPath(path), { force: true });
  }
  return { outcome, ...factsOf(statement), entries: bundle.records.length, path };
}

/**
 * A consumer takes whatever it is sent, since it looks before it signs. A supplier takes back no other statement than
 * it made: a consumer that countersigned a cheaper one must not have it posted.
 */
async function outcomeOf(
  { member, folder }: ReceiveInput,
  file: StatementFile,
  held: StatementFile | undefined,
): Promise<ReceiveOutcome> {
  const { statement } = file;
  const signed = file.countersignature !== undefined;
  if (held !== undefined && isSameStatement(held, file)) {
    return signed && held.countersignature === undefined ? "signed" : "unchanged";
  }
  if (held?.countersignature !== undefined) {
    const what = "differs from the countersigned one at hand under its number";
    throw refused("StatementConflict", statement, what);
  }
  if (member === statement.supplier && !(signed && (await wasRetracted(folder, file)))) {
    throw refused("StatementStray", statement, "is none that its supplier has made here");
  }
  return held === undefined ? (signed ? "signed" : "received") : "replaced";
}

async function receiveDifferences(input: ReceiveInput, name: string, content: unknown): Promise<Received> {
  const report = parseDifferences(name, content);
  mustBeOurs(input, report);
  const path = statementPath(input.folder, report);
  const { file } = await heldAt(path);
  const facts = { ...factsOf(report), entries: report.differences.length };
  if (file === undefined) {
    const { supplier, number } = report;
    throw new ConsortiaError(
      "DifferencesStray",
      `${name} is about a statement ${supplier}-${number} that is not at hand. Nothing is to be done.`,
      { values: { supplier, number, root: report.root } },
    );
  }
  // What it is about was corrected since, and the report lies about in the folder still.
  if (file.statement.root !== report.root) return { outcome: "outdated", ...facts, path };
  const to = differencesPath(path);
  const before = await readFile(to, "utf8").catch(() => "");
  const outcome = before === differencesText(report) ? "unchanged" : "differences";
  if (outcome !== "unchanged") await writeDifferences(to, report);
  return { outcome, ...facts, path: to };
}

interface Addressed extends StatementName {
  readonly chainId: number;
  readonly ledger: string;
  readonly consumer: MemberId;
}

function mustBeOurs({ consortium, member }: ReceiveInput, one: Addressed): void {
  const { chainId, ledger } = consortium.deployment;
  if (BigInt(one.chainId) !== chainId || one.ledger.toLowerCase() !== ledger.toLowerCase()) {
    const what = `is for ledger ${one.ledger} on chain ${one.chainId}, not for this one`;
    throw refused("StatementForeign", one, what);
  }
  if (one.supplier !== member && one.consumer !== member) {
    const what = `is between members ${one.supplier} and ${one.consumer}, and not for member ${member}`;
    throw refused("StatementForeign", one, what);
  }
}

interface HeldFile {
  readonly file?: StatementFile;
  /** Whether something lies there that cannot be read as a statement. */
  readonly damaged: boolean;
}

async function heldAt(path: string): Promise<HeldFile> {
  try {
    return { file: await readStatement(path), damaged: false };
  } catch (error) {
    if (isConsortiaError(error, "FileUnreadable") && isAbsence(error.cause)) return { damaged: false };
    const codes = ["FileNotJson", "StatementFileInvalid"];
    if (codes.some((code) => isConsortiaError(error, code))) return { damaged: true };
    throw error;
  }
}

function factsOf({
  supplier,
  consumer,
  number,
  period,
}: Pick<Statement, "supplier" | "consumer" | "number" | "period">) {
  return { supplier, consumer, number, period: formatPeriod(period) };
}

/** What to do about it. */
const REMEDY = {
  CountersignatureInvalid: "Have it countersigned again",
  StatementConflict: "The one at hand stands; have the other numbered anew",
  StatementForeign: "Hand it to whom it is for",
  StatementStray: "Have the consumer countersign the one that it was sent",
} as const;

function refused(
  code: keyof typeof REMEDY,
  { supplier, number }: StatementName,
  what: string,
): ConsortiaError {
  const message = `Statement ${supplier}-${number} ${what}. ${REMEDY[code]}.`;
  return new ConsortiaError(code, message, { values: { supplier, number } });
}
