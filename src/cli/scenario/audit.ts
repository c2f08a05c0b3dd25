import { join, resolve } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ConsortiaError } from "../../core/error.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { quarrel } from "./dispute.ts";
import type { SettledMonth } from "./month.ts";

/** What a fresh process says of the ledger. */
export interface AuditAnswer {
  readonly verdict: string;
  readonly found: { readonly wrong: number; readonly unverifiable: number; readonly notes: number };
  readonly counts: Readonly<Record<string, number>>;
  readonly [member: string]: unknown;
}

const MAIN = resolve(import.meta.dirname, "../main.ts");

/**
 * Quarrels over a settled month, then has another process audit the ledger. It is told a node, the ledger's address
 * and a folder of bundles, and nothing else.
 * @throws `AuditFailed` where it gives no answer
 */
export async function auditQuarrel(
  settled: SettledMonth,
  out: string,
  progress: (step: string) => void,
): Promise<AuditAnswer> {
  const records = join(out, "records");
  progress("Claiming, disputing, awarding, refunding and proving a duplicate");
  await quarrel(settled, createDirectoryStore(records));
  progress("Auditing the ledger from its logs in a fresh process");
  const { chain, admin } = settled.stage;
  const args = ["audit", "run", "--rpc", chain.url, "--ledger", admin.deployment.ledger];
  const page = join(out, "audit.html");
  return ask([...args, "--records", records, "--html", page, "--json"]);
}

async function ask(args: readonly string[]): Promise<AuditAnswer> {
  const node = promisify(execFile);
  const options = { maxBuffer: 1 << 28 };
  // An audit that finds something ends with another code than 0, and has its answer all the same.
  const { stdout, stderr } = await node(process.execPath, ["--import", "tsx", MAIN, ...args], options).catch(
    (error: unknown) => error as { stdout: string; stderr: string },
  );
  try {
    return JSON.parse(stdout) as AuditAnswer;
  } catch (cause) {
    throw new ConsortiaError("AuditFailed", `The audit gave no answer: ${stderr || stdout}`, { cause });
  }
}
