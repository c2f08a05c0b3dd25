import { parentPort, workerData } from "node:worker_threads";
import { createTreeBuilder, type Subtree } from "../src/core/tree.ts";
import { benchRecords, DOMAIN } from "./tree-records.ts";

/** What a thread hashes: the records of some places, in whole subtrees of 2^height leaves. */
export interface Share {
  readonly from: number;
  readonly count: number;
  readonly height: number;
}

/**
 * One thread of the bench: makes its records, says that it is ready, and at every word packs and hashes all of
 * them and answers their subtrees.
 */
if (parentPort !== null) {
  const port = parentPort;
  const share = workerData as Share;
  const records = benchRecords(share.from, share.count);
  port.on("message", () => port.postMessage(subtrees(records, 2 ** share.height)));
  port.postMessage("ready");
}

function subtrees(records: ReturnType<typeof benchRecords>, width: number): Subtree[] {
  const done: Subtree[] = [];
  for (let from = 0; from < records.length; from += width) {
    const builder = createTreeBuilder(DOMAIN);
    const end = Math.min(from + width, records.length);
    for (let i = from; i < end; i++) builder.push(records[i]!);
    done.push(...builder.subtrees());
  }
  return done;
}
