import { readFile } from "node:fs/promises";
import { ConsortiaError } from "../../core/error.ts";
import type { MemberId } from "../../core/ids.ts";
import type { RecordStore } from "../../records/store.ts";
import { differencesPath } from "./differences.ts";
import { exchangeText, writeShared } from "./exchange.ts";
import type { StatementFile } from "./file.ts";

/** What one party hands to the other. */
export type Handed = "statement" | "signed statement" | "differences";

/**
 * What the other party waits for: of a supplier its unsigned statement, of a consumer the signed one or else its
 * differences. Undefined where it is the other party's turn.
 * @throws `StatementForeign` where `member` is no party
 */
export async function awaited(
  member: MemberId,
  path: string,
  file: StatementFile,
): Promise<Handed | undefined> {
  const { supplier, consumer, number } = file.statement;
  if (supplier !== member && consumer !== member) {
    const message = `Statement ${supplier}-${number} is between members ${supplier} and ${consumer}, and not member ${member}'s to hand on.`;
    throw new ConsortiaError("StatementForeign", message, { values: { supplier, number } });
  }
  const signed = file.countersignature !== undefined;
  if (supplier === member) return signed ? undefined : "statement";
  if (signed) return "signed statement";
  return (await differencesBeside(path)) === undefined ? undefined : "differences";
}

/** Writes what is handed over into a file of the exchange. @throws `BundleMissing`, `FileUnwritable` */
export async function handOver(
  store: RecordStore,
  path: string,
  file: StatementFile,
  to: string,
  what: Handed,
): Promise<string> {
  if (what === "differences") {
    const report = to.replace(/(\.statement)?\.json$/, ".differences.json");
    await writeShared(report, (await differencesBeside(path)) ?? "");
    return report;
  }
  const { supplier, number, root } = file.statement;
  const bundle = await store.get(root);
  if (bundle === undefined) {
    const message = `The records of statement ${supplier}-${number} are not at hand (${root}). Name their --store.`;
    throw new ConsortiaError("BundleMissing", message, { values: { supplier, number, root } });
  }
  await writeShared(to, exchangeText({ file, bundle }));
  return to;
}

async function differencesBeside(path: string): Promise<string | undefined> {
  return readFile(differencesPath(path), "utf8").catch(() => undefined);
}
