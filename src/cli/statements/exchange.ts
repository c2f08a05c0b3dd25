import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ConsortiaError } from "../../core/error.ts";
import { checkRoot, type Bundle } from "../../records/bundle.ts";
import { canonicalJson } from "../../core/json.ts";
import { parseBundle } from "../../records/parse.ts";
import { parseStatement, plainStatement, type StatementFile } from "./file.ts";
import type { Statement } from "../../core/statement.ts";

/** A statement with its records, as one party hands it to the other. */
export interface Exchanged {
  readonly file: StatementFile;
  readonly bundle: Bundle;
}

/** One file with everything in it: the bundle, and in the bundle the statement, countersigned or not. */
export function exchangeText({ file, bundle }: Exchanged): string {
  return `${canonicalJson({ ...bundle, statement: plainStatement(file) })}\n`;
}

/** A folder for each pair, so that nobody finds another pair's records beside its own. */
export function exchangePath(folder: string, { supplier, consumer, number }: Statement): string {
  return join(folder, `${supplier}-${consumer}`, `${supplier}-${number}.statement.json`);
}

/**
 * Reads what the other party sent. The bundle is returned as a store keeps it: with the statement only where that
 * is countersigned.
 * @throws `BundleInvalid`, `RecordsRootMismatch`, `StatementFileInvalid`, `ExchangeMismatch`
 */
export function parseExchange(name: string, value: unknown): Exchanged {
  const { statement, ...bundle } = parseBundle(value);
  if (statement === undefined) {
    throw new ConsortiaError(
      "StatementMissing",
      `${name} holds records without a statement. Have it exported again.`,
    );
  }
  const file = parseStatement(name, statement);
  checkRoot(bundle);
  const differing = mismatch(file, bundle);
  if (differing !== undefined) {
    throw new ConsortiaError(
      "ExchangeMismatch",
      `${name} holds a statement and records of something else: they differ in ${differing}. Have it exported again.`,
      { values: { path: name, differing } },
    );
  }
  return {
    file,
    bundle: file.countersignature === undefined ? bundle : { ...bundle, statement: plainStatement(file) },
  };
}

function mismatch({ chainId, ledger, statement }: StatementFile, bundle: Bundle): string | undefined {
  const pairs = { supplier: 0, consumer: 0, number: 0, period: 0, root: 0 };
  const names = Object.keys(pairs) as (keyof typeof pairs)[];
  if (chainId !== bundle.chainId) return "chain";
  if (ledger.toLowerCase() !== bundle.ledger.toLowerCase()) return "ledger";
  return names.find((name) => statement[name] !== bundle[name]);
}

/** Writes a file in a place that others may write to: whole or not at all, and never through somebody's link. */
export async function writeShared(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { flag: "wx" });
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    const message = `${path} cannot be written. Check the folder's name and rights.`;
    throw new ConsortiaError("FileUnwritable", message, { cause, values: { path } });
  }
}
