import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir, availableParallelism } from "node:os";
import { join } from "node:path";
import { readWorkload } from "./audit/file.ts";
import { auditWithEthers } from "./audit/peer.ts";
import { RECORDS_PER_STATEMENT, type Size } from "./audit/size.ts";
import { runChild } from "./child.ts";
import { benchTree } from "./tree.ts";

type Progress = (line: string) => void;

const SIZE: Size = { members: 200, batches: 2_000, statementsPerBatch: 50 };
/** Statements that the peer audits before ours, and as many after it; all of them would take it minutes. */
const SAMPLE = 200;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What the audit's own process says of it. */
interface Run {
  readonly seconds: number;
  readonly peakMemoryMiB: number;
  readonly verdict: string;
  readonly counts: { readonly records: number; readonly signatures: number; readonly bundles: number };
}

/**
 * The audit of a large consortium's month, in a process of its own: fold, prices, roots, signatures, bundles and
 * duplicates, from logs in memory and bundles on disk. Beside it the same work done with ethers' functions on a sample
 * of the same statements, scaled; and the record tree, of which the work is made.
 */
export async function benchAudit(progress: Progress): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), "consortia-audit-"));
  const done = cleanUp(folder);
  try {
    progress("writing a month of logs and bundles");
    const { members, batches, statementsPerBatch } = SIZE;
    await child("write.ts", [folder, ...[members, batches, statementsPerBatch].map(String)], progress);
    const workload = readWorkload(folder);
    progress("a sample with ethers' functions");
    const before = auditWithEthers(workload, SAMPLE);
    progress("the audit");
    const run = JSON.parse(await child("run.ts", [folder], progress)) as Run;
    const after = auditWithEthers(workload, SAMPLE);
    check(run);
    const ethers = ((before + after) / 2) * batches * statementsPerBatch;
    return {
      "audit.threads": availableParallelism(),
      "audit.records": run.counts.records,
      "audit.signatures": run.counts.signatures,
      "audit.seconds": round(run.seconds),
      "audit.seconds.ethers": round(ethers),
      "audit.ratio.ethers": round(ethers / run.seconds),
      "audit.peakMemoryMiB": Math.round(run.peakMemoryMiB),
      ...(await benchTree(progress)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
    done();
  }
}

/** An audit that is quick and wrong, or leaves something out, is none. */
function check({ verdict, counts }: Run): void {
  const statements = SIZE.batches * SIZE.statementsPerBatch;
  const whole = counts.bundles === statements && counts.records === statements * RECORDS_PER_STATEMENT;
  if (verdict === "clean" && counts.signatures === statements && whole) return;
  throw new Error(`the audit ended as ${verdict} after ${JSON.stringify(counts)}`);
}

/** Runs a script of this bench to its end. @returns what it wrote */
const child = (script: string, args: readonly string[], progress: Progress): Promise<string> =>
  runChild(new URL(`./audit/${script}`, import.meta.url), args, progress);

/** Takes the folder away when the bench is interrupted; nothing else is left behind. */
function cleanUp(folder: string): () => void {
  const end = (): void => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  };
  for (const signal of SIGNALS) process.once(signal, end);
  return () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
