import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { runChild } from "../child.ts";
import type { Run } from "./run.ts";
import { titleReport } from "./usage.ts";

type Progress = (line: string) => void;

const MIB = 2 ** 20;

/**
 * A usage report of release 5.1 in a file, added up by ours as it is read; parsed as a whole with JSON.parse and added up;
 * and decoded alone. Each in a process of its own.
 */
export async function benchReport(mib: number, progress: Progress): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), "consortia-report-"));
  const path = join(folder, "report.json");
  try {
    progress(`writing a report of ${mib} MiB`);
    await pipeline(Readable.from(titleReport(mib * MIB)), createWriteStream(path));
    const run = async (way: string): Promise<Run> => {
      progress(way);
      const script = new URL("./count.ts", import.meta.url);
      return JSON.parse(await runChild(script, [way, path], progress)) as Run;
    };
    const [ours, peer, floor] = [await run("ours"), await run("jsonParse"), await run("floor")];
    if (JSON.stringify(sorted(ours.read)) !== JSON.stringify(sorted(peer.read)))
      throw new Error(`ours counts ${JSON.stringify(ours.read)}, JSON.parse ${JSON.stringify(peer.read)}`);
    const size = floor.bytes / MIB;
    return {
      "counter.mib": Math.round(size),
      "counter.mibPerSecond": round(size / ours.seconds),
      "counter.mibPerSecond.jsonParse": round(size / peer.seconds),
      "counter.mibPerSecond.decodedOnly": round(size / floor.seconds),
      "counter.peakMemoryMiB": Math.round(ours.peakMemoryMiB),
      "counter.peakMemoryMiB.jsonParse": Math.round(peer.peakMemoryMiB),
      "counter.peakMemoryMiB.decodedOnly": Math.round(floor.peakMemoryMiB),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const sorted = (read: Run["read"]): [string, number][] => Object.entries(read).sort();
const round = (value: number): number => Math.round(value * 10) / 10;
