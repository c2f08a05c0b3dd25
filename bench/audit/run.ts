/** A process of its own: audits a workload, and says how long it took and how much memory all of it had. */
import { audit } from "../../src/auditor/audit.ts";
import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import { readWorkload } from "./file.ts";

const { site, terms, blocks, records } = readWorkload(process.argv[2] ?? "");
const last = blocks.at(-1);
if (last === undefined) throw new Error("the workload has no blocks");

async function* source(): AsyncGenerator<AuditBlock> {
  await Promise.resolve();
  yield* blocks;
}

const begun = performance.now();
const { verdict, counts, found } = await audit({ site, terms, source: source(), last, records: [records] });
const seconds = (performance.now() - begun) / 1000;
const peakMemoryMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, peakMemoryMiB, verdict, counts, found }));
