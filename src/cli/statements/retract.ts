import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { ConsortiaError } from "../../core/error.ts";
import type { MemberId, StatementNumber } from "../../core/ids.ts";
import type { PeriodId } from "../../core/period.ts";
import type { Statement } from "../../core/statement.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { isNumberUsed } from "../../sdk/statements.ts";
import { differencesPath } from "./differences.ts";
import { isSameStatement, readStatement, type StatementFile } from "./file.ts";

/** Where statements go that no longer stand: nothing that was at hand is ever overwritten. */
const folderOf = (folder: string) => join(folder, "retracted");

/** Moves a statement's file away, with what was said against it. @returns where it is now */
export async function setAside(folder: string, path: string): Promise<string> {
  await mkdir(folderOf(folder), { recursive: true });
  const name = `${basename(path, ".json")}.${randomUUID().slice(0, 8)}.json`;
  const to = join(folderOf(folder), name);
  await rename(path, to);
  await rm(differencesPath(path), { force: true });
  return to;
}

/**
 * Takes back a statement that nobody has signed, so that its records can be billed anew. Its number stays with its
 * pair and month: the corrected statement gets it, and only one of the two can ever be posted.
 * @throws `StatementSigned`, `StatementPosted`
 */
export async function retract(consortium: Consortium, folder: string, path: string): Promise<Statement> {
  const { statement, countersignature } = await readStatement(path);
  const { supplier, number } = statement;
  const name = `Statement ${supplier}-${number}`;
  if (await isNumberUsed(consortium, supplier, number)) {
    const message = `${name} was posted and cannot be taken back. Refund what is wrong in it.`;
    throw new ConsortiaError("StatementPosted", message, { values: { supplier, number } });
  }
  if (countersignature !== undefined) {
    const message = `${name} was countersigned: its consumer signs for its records no second time. Post it, and refund what is wrong.`;
    throw new ConsortiaError("StatementSigned", message, { values: { supplier, number } });
  }
  await setAside(folder, path);
  return statement;
}

/** Whether a statement was taken back here: its consumer may have countersigned it all the same. */
export async function wasRetracted(folder: string, file: StatementFile): Promise<boolean> {
  return (await retracted(folder)).some((one) => isSameStatement(one, file));
}

async function retracted(folder: string): Promise<StatementFile[]> {
  const names = await readdir(folderOf(folder)).catch(() => []);
  const files: StatementFile[] = [];
  for (const name of names.filter((one) => /^\d+-\d+\.[0-9a-f]{8}\.json$/.test(one))) {
    const file = await readStatement(join(folderOf(folder), name)).catch(() => undefined);
    if (file !== undefined) files.push(file);
  }
  return files;
}

/** The numbers of statements that were taken back, in ascending order. */
export interface Reserved {
  of(supplier: MemberId, consumer: MemberId, month: PeriodId): readonly StatementNumber[];
  /** All of a supplier's, whoever they are for. */
  by(supplier: MemberId): ReadonlySet<number>;
}

/** Those among them that the chain has not seen. */
export async function reservedNumbers(consortium: Consortium, folder: string): Promise<Reserved> {
  const all: Statement[] = [];
  for (const { statement } of await retracted(folder)) {
    if (!(await isNumberUsed(consortium, statement.supplier, statement.number))) all.push(statement);
  }
  const numbers = (own: readonly Statement[]) =>
    [...new Set(own.map(({ number }) => number))].sort((a, b) => a - b);
  return {
    of: (supplier, consumer, month) =>
      numbers(
        all.filter((one) => one.supplier === supplier && one.consumer === consumer && one.period === month),
      ),
    by: (supplier) => new Set(numbers(all.filter((one) => one.supplier === supplier))),
  };
}
