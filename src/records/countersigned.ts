import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ConsortiaError } from "../core/error.ts";
import { hash, memberId, statementNumber } from "../core/ids.ts";
import type { Hash, MemberId, StatementNumber } from "../core/ids.ts";
import { treeDomain } from "../core/leaf.ts";
import { failedWith, guarded, namesIn, syncFolder, writeSynced } from "./disk.ts";
import { canonicalJson } from "../core/json.ts";

/** The two parties of a statement, on one ledger. */
export interface Pair {
  readonly chainId: number;
  readonly ledger: string;
  readonly supplier: MemberId;
  readonly consumer: MemberId;
}

/** A statement that its consumer countersigned, or is about to, with every record that it bills. */
export interface Countersigned extends Pair {
  readonly number: StatementNumber;
  readonly root: Hash;
  /** Each record as `request/service/charge`. */
  readonly records: readonly string[];
}

/** Which records a consumer has signed for, so that it signs for none of them a second time. */
export interface CountersignedIndex {
  /**
   * Notes a statement before it is signed. Of two statements under one number only one can ever be posted, so a
   * statement may be noted again, and a corrected one may take its number over.
   * @throws `RecordCountersigned` where a statement of another number bills one of the records
   * @throws `IndexDamaged`, `StoreFailed`
   */
  note(statement: Countersigned): Promise<void>;
  /** What was noted for a pair, in the order of its noting. @throws `IndexDamaged`, `StoreFailed` */
  of(pair: Pair): Promise<readonly Countersigned[]>;
}

const ENTRY = /^\d{9}\.json$/;

/**
 * Keeps the index below a record store: one file a statement, `countersigned/<domain>/3-4/000000001.json`, numbered as
 * they come. A file is written aside, synced and then linked to the next free name, which only one process can get:
 * of two that sign at the same instant, the second reads what the first has noted and looks again.
 */
export function createCountersignedIndex(store: string): CountersignedIndex {
  const base = resolve(store, "countersigned");
  const folderOf = ({ chainId, ledger, supplier, consumer }: Pair) =>
    join(
      base,
      treeDomain(BigInt(chainId), ledger).slice(2, 18),
      `${memberId(supplier)}-${memberId(consumer)}`,
    );

  async function of(pair: Pair): Promise<Countersigned[]> {
    const folder = folderOf(pair);
    const names = await namesIn(folder, ENTRY);
    return Promise.all(names.map((name) => readEntry(join(folder, name), pair)));
  }

  async function note(statement: Countersigned): Promise<void> {
    const folder = folderOf(statement);
    // Below the store's own folder for drafts, which it sweeps.
    const draft = join(store, "tmp", `countersigned.${randomUUID()}`);
    try {
      await guarded(draft, () => writeSynced(draft, `${canonicalJson(statement)}\n`));
      await guarded(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
      for (let taken = false; !taken;) {
        const names = await namesIn(folder, ENTRY);
        const noted = await of(statement);
        if (noted.some((one) => isSame(one, statement))) return;
        refuseRepeats(noted, statement);
        const next = Number.parseInt(names.at(-1) ?? "0", 10) + 1;
        const name = join(folder, `${String(next).padStart(9, "0")}.json`);
        taken = await guarded(name, () => take(draft, name));
      }
      await syncFolder(folder);
    } finally {
      await rm(draft, { force: true }).catch(() => {});
    }
  }

  return { note, of };
}

function isSame(one: Countersigned, other: Countersigned): boolean {
  return one.number === other.number && one.root === other.root;
}

function refuseRepeats(noted: readonly Countersigned[], statement: Countersigned): void {
  const records = new Set(statement.records);
  for (const { supplier, number, records: signed } of noted) {
    if (number === statement.number) continue;
    const twice = signed.find((record) => records.has(record));
    if (twice === undefined) continue;
    throw new ConsortiaError(
      "RecordCountersigned",
      `Statement ${supplier}-${statement.number} bills a record that statement ${supplier}-${number} bills, and that one ` +
        "was countersigned. Nothing is signed twice: have it left out.",
      { values: { record: twice, number: statement.number, before: number } },
    );
  }
}

/** Whether the name was free. */
async function take(draft: string, name: string): Promise<boolean> {
  try {
    await link(draft, name);
    return true;
  } catch (error) {
    if (failedWith(error, "EEXIST")) return false;
    throw error;
  }
}

async function readEntry(file: string, pair: Pair): Promise<Countersigned> {
  const text = await guarded(file, () => readFile(file, "utf8"));
  try {
    const { number, root, records } = JSON.parse(text) as Record<string, unknown>;
    if (!Array.isArray(records) || !records.every((one) => typeof one === "string"))
      throw new TypeError("no records");
    return { ...pair, number: statementNumber(Number(number)), root: hash(String(root)), records };
  } catch (cause) {
    throw new ConsortiaError(
      "IndexDamaged",
      `${file} is damaged, and it alone tells which records were countersigned. Restore it from a backup before signing.`,
      { cause, values: { file } },
    );
  }
}
