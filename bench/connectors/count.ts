import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { readReport } from "../../src/connectors/counter/read.ts";
import { sumReport } from "../../src/connectors/counter/sum.ts";
import { tell, type Run } from "./run.ts";

interface Parsed {
  readonly Report_Items: readonly {
    readonly Attribute_Performance: readonly {
      readonly Performance: Readonly<Record<string, Readonly<Record<string, number>>>>;
    }[];
  }[];
}

/** A process of its own: adds up a usage report in a file, by metric, in one of three ways. */
const WAYS: Readonly<Record<string, (path: string) => Promise<Pick<Run, "bytes" | "read">>>> = {
  async ours(path) {
    const { totals } = await sumReport(readReport(createReadStream(path), "json"));
    const sums = Object.entries(totals).map(([metric, months]) => [metric, sum(Object.values(months))]);
    return { bytes: 0, read: Object.fromEntries(sums) as Record<string, number> };
  },

  /** Read as a whole, parsed and added up; nothing is checked. */
  async jsonParse(path) {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
    const read: Record<string, number> = {};
    for (const { Attribute_Performance: parts } of (JSON.parse(text) as Parsed).Report_Items) {
      for (const [metric, months] of parts.flatMap(({ Performance: counts }) => Object.entries(counts))) {
        read[metric] = (read[metric] ?? 0) + sum(Object.values(months));
      }
    }
    return { bytes: 0, read };
  },

  /** Read and decoded piece by piece: what any reader of these bytes takes at the least. */
  async floor(path) {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let bytes = 0;
    for await (const piece of createReadStream(path) as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      decoder.decode(piece, { stream: true });
    }
    return { bytes, read: {} };
  },
};

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

const [way = "ours", path = ""] = process.argv.slice(2);
const work = WAYS[way];
if (work === undefined) throw new Error(`${way} is no way to read a report`);
await tell(() => work(path));
