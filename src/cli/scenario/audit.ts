import { join, resolve } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ConsortiaError } from "../../core/error.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { quarrel } from "./dispute.ts";
import type { SettledMonth } from "./month.ts";
import type { Stage } from "./stage.ts";

/** What a fresh process says of the ledger. */
export interface AuditAnswer {
  readonly verdict: string;
  readonly found: { readonly wrong: number; readonly unverifiable: number; readonly notes: number };
  readonly counts: Readonly<Record<string, number>>;
  readonly [member: string]: unknown;
}

const MAIN = resolve(import.meta.dirname, "../main.ts");

/**
 * Quarrels over a settled month, then has another process audit the ledger.
 * @throws `AuditFailed` where it gives no answer
 */
export async function auditQuarrel(
  settled: SettledMonth,
  out: string,
  progress: (step: string) => void,
): Promise<AuditAnswer> {
  progress("Claiming, disputing, awarding, refunding and proving a duplicate");
  await quarrel(settled, createDirectoryStore(join(out, "records")));
  return auditStage(settled.stage, out, progress);
}

/**
 * Has another process audit a stage. It is told a node, the ledger's address and the folder `records` of bundles, and
 * nothing else; its page is `audit.html`.
 * @throws `AuditFailed` where it gives no answer
 */
export async function auditStage(
  { chain, admin }: Stage,
  out: string,
  progress: (step: string) => void,
): Promise<AuditAnswer> {
  progress("Auditing the ledger from its logs in a fresh process");
  const args = ["audit", "run", "--rpc", chain.url, "--ledger", admin.deployment.ledger];
  const [records, page] = [join(out, "records"), join(out, "audit.html")];
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
