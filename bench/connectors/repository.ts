import { fileURLToPath } from "node:url";
import { startServer } from "../../test/support/servers/process.ts";
import { runChild } from "../child.ts";
import { isDeleted } from "./catalogue.ts";
import type { Run } from "./run.ts";

type Progress = (line: string) => void;

/** Bytes of a record, a little less than they have, so that so many records are at least the bytes that are wanted. */
const RECORD = 4_550;
const PER_PAGE = 500;
/** The part of the records that the peer reads. */
const PART = 8;

/**
 * A catalogue behind a real HTTP server in a process of its own, taken in by ours page by page and as one page, by
 * fast-xml-parser page by page (of an eighth of it, since it takes long), and fetched alone.
 * @param bytes how large the catalogue is at the least
 */
export async function benchRepository(bytes: number, progress: Progress): Promise<Record<string, number>> {
  const records = Math.ceil(bytes / RECORD);
  const part = Math.ceil(records / PART);
  const floor = await run("floor", records, "pages", progress);
  if (floor.bytes < bytes) throw new Error(`the catalogue has ${floor.bytes} bytes, fewer than ${bytes}`);
  const ours = checked(await run("ours", records, "pages", progress), records);
  const whole = checked(await run("ours", records, "whole", progress), records);
  const peer = checked(await run("fastXmlParser", part, "pages", progress), part);
  return {
    "oaipmh.records": records,
    "oaipmh.bytes": floor.bytes,
    "oaipmh.recordsPerSecond": Math.round(records / ours.seconds),
    "oaipmh.recordsPerSecond.onePage": Math.round(records / whole.seconds),
    "oaipmh.recordsPerSecond.fastXmlParser": Math.round(part / peer.seconds),
    "oaipmh.recordsPerSecond.fetchedOnly": Math.round(records / floor.seconds),
    "oaipmh.peakMemoryMiB": Math.round(Math.max(ours.peakMemoryMiB, whole.peakMemoryMiB)),
    "oaipmh.peakMemoryMiB.fastXmlParser": Math.round(peer.peakMemoryMiB),
    "oaipmh.peakMemoryMiB.fetchedOnly": Math.round(floor.peakMemoryMiB),
  };
}

async function run(way: string, records: number, place: string, progress: Progress): Promise<Run> {
  progress(`${way}, ${records} records, ${place}`);
  const script = fileURLToPath(new URL("./server.ts", import.meta.url));
  const server = await startServer(script, [String(records), String(PER_PAGE)]);
  try {
    const harvest = new URL("./harvest.ts", import.meta.url);
    return JSON.parse(await runChild(harvest, [way, `${server.url}/${place}`], progress)) as Run;
  } finally {
    await server.stop();
  }
}

/** A harvest that is quick and leaves records out is none. */
function checked(run: Run, records: number): Run {
  const deleted = Array.from({ length: records }, (_, place) => place).filter(isDeleted).length;
  const { records: read, deleted: gone, drafts = records } = run.read;
  if (read === records && gone === deleted && drafts >= records - deleted) return run;
  throw new Error(`of ${records} records, ${deleted} deleted, were read: ${JSON.stringify(run.read)}`);
}
