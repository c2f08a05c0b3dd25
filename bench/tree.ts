import { once } from "node:events";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import type { ServiceRecord } from "../src/core/record.ts";
import { buildTree, createTreeBuilder, type Subtree } from "../src/core/tree.ts";
import { benchRecord, benchRecords, DOMAIN } from "./tree-records.ts";
import type { Share } from "./tree-worker.ts";

type Progress = (line: string) => void;

const RECORDS = 1_000_000;
/** Leaves of a subtree that one thread hashes by itself, as a power of two. */
const HEIGHT = 14;
/** Whatever else a machine does slows a round and never hastens it, so the best of these counts. */
const ROUNDS = 3;
/** Records of the peer's tree, which takes a minute for a million. */
const SAMPLE = 4_000;
const LEAF = "bytes32 uint32 uint32 bytes32 uint16 uint16 uint32 uint64 bytes32".split(" ");
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/**
 * The record tree: leaves a second through the streaming builder on all cores and on one thread, memory a leaf, and
 * OpenZeppelin's tree over the same records beside it, each on one thread. Records are made beforehand; checking,
 * packing and hashing them, and the root, are inside the time.
 */
export async function benchTree(progress: Progress): Promise<Record<string, number>> {
  const threads = availableParallelism();
  progress(`${RECORDS} records on ${threads} threads`);
  const all = await streamed(RECORDS, threads);
  progress("one thread's share on one thread");
  const one = await streamed(Math.ceil(RECORDS / threads), 1);
  progress("beside @openzeppelin/merkle-tree, one thread each");
  const { ours, theirs } = besidePeer();
  progress("memory");
  const streaming = await bytesPerLeaf(stream);
  const full = await bytesPerLeaf((records) => buildTree(DOMAIN, records));
  return {
    "tree.threads": threads,
    "tree.leavesPerSecond": Math.round(all),
    "tree.leavesPerSecond.oneThread": Math.round(one),
    "tree.leavesPerSecond.full": Math.round(ours),
    "tree.leavesPerSecond.openzeppelin": Math.round(theirs),
    "tree.ratio.openzeppelin": round(ours / theirs),
    "tree.bytesPerLeaf": round(full),
    "tree.bytesPerLeaf.streaming": round(streaming),
  };
}

/** Leaves a second from the word to begin to the root, of the best round. */
async function streamed(records: number, threads: number): Promise<number> {
  const hands = await Promise.all(shares(records, threads).map(hire));
  try {
    let best = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now();
      const parts = await Promise.all(hands.map(hashAll));
      const builder = createTreeBuilder(DOMAIN);
      for (const subtree of parts.flat()) builder.pushSubtree(subtree);
      if (builder.root().count !== records) throw new Error("the threads lost records");
      best = Math.max(best, (records / (performance.now() - begun)) * 1000);
    }
    return best;
  } finally {
    await Promise.all(hands.map((hand) => hand.terminate()));
  }
}

/** Ranges of whole subtrees, but for the last, as even as these allow. */
function shares(records: number, threads: number): Share[] {
  const width = 2 ** HEIGHT;
  const subtrees = Math.ceil(records / width);
  const bounds = Array.from({ length: threads + 1 }, (_, i) =>
    Math.min(Math.round((i * subtrees) / threads) * width, records),
  );
  return bounds.slice(1).map((end, i) => ({ from: bounds[i]!, count: end - bounds[i]!, height: HEIGHT }));
}

async function hire(share: Share): Promise<Worker> {
  const script = new URL("./tree-worker.ts", import.meta.url);
  const worker = new Worker(script, { workerData: share, execArgv: ["--import", LOADER] });
  await once(worker, "message");
  return worker;
}

async function hashAll(worker: Worker): Promise<Subtree[]> {
  const answer = once(worker, "message");
  worker.postMessage("hash");
  const [subtrees] = (await answer) as [Subtree[]];
  return subtrees;
}

/** Whole trees with their proofs at hand, turn by turn over the same records, in leaves a second. */
function besidePeer(): { ours: number; theirs: number } {
  const records = benchRecords(0, SAMPLE);
  const rows = records.map((r) => [
    ...[DOMAIN, r.supplier, r.consumer, r.request, r.service, r.charge, r.quantity, r.amount, r.details],
  ]);
  const rate = (build: () => unknown): number => {
    const begun = performance.now();
    build();
    return (SAMPLE / (performance.now() - begun)) * 1000;
  };
  let [ours, theirs] = [0, 0];
  for (let round = 0; round < ROUNDS + 1; round++) {
    theirs = Math.max(
      theirs,
      rate(() => StandardMerkleTree.of(rows, LEAF)),
    );
    ours = Math.max(
      ours,
      rate(() => buildTree(DOMAIN, records)),
    );
  }
  return { ours, theirs };
}

/**
 * How much a million leaves lift the memory at its peak, what is not yet collected included. The records are a
 * thousand, again and again: the caller's memory plays no part. A field that takes a sample when it is read looks on.
 */
async function bytesPerLeaf(build: (records: readonly ServiceRecord[]) => unknown): Promise<number> {
  let peak = 0;
  const sample = () => {
    const { heapUsed, external } = process.memoryUsage(); // external holds the array buffers as well
    peak = Math.max(peak, heapUsed + external);
  };
  const plain = benchRecords(0, 1000);
  const { supplier, ...rest } = benchRecord(1000);
  const spy: ServiceRecord = {
    ...rest,
    get supplier() {
      sample();
      return supplier;
    },
  };
  const records = Array.from({ length: RECORDS }, (_, i) => (i % 20_000 === 0 ? spy : plain[i % 1000]!));
  await collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  const kept = build(records);
  sample();
  if (kept === undefined) throw new Error("there is no tree");
  return (peak - heapUsed - external) / RECORDS;
}

function stream(records: readonly ServiceRecord[]) {
  const builder = createTreeBuilder(DOMAIN);
  for (const record of records) builder.push(record);
  return builder.root();
}

/** Twice, for memory outside the heap is given back after the objects that held it. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  await setTimeout(200);
  collect();
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
