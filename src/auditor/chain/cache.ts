import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConsortiaError } from "../../core/error.ts";
import type { AuditBlock } from "./block.ts";
import type { HeaderLevel, Page } from "./page.ts";

/** A finished page, with how it was checked. */
export interface KeptPage extends Page {
  readonly headers: HeaderLevel;
  /** The nodes whose answers were the same. */
  readonly nodes: readonly string[];
}

/** Where a page lies; what it holds is read when its turn comes. */
export interface PageStub {
  readonly from: number;
  readonly to: number;
}

/** Finished pages in a directory, so that a reader who was stopped goes on where it was. */
export interface PageCache {
  /** Every kept page, by its first block. */
  list(): Promise<PageStub[]>;
  /** @returns undefined, and removes the file, where it is damaged, edited or not there */
  load(stub: PageStub): Promise<KeptPage | undefined>;
  /** Keeps a page as a whole, or not at all. */
  keep(page: KeptPage): Promise<void>;
  drop(stub: PageStub): Promise<void>;
}

const FORMAT = "consortia-chain-1";
const LABEL = "cache.json";
const FILE = /^(\d{12})-(\d{12})\.jsonl$/;

/**
 * Opens a directory of pages, or begins one. One reader at a time writes to it.
 * @throws `CacheForeign` where it holds pages of another chain or of other contracts, or something else altogether
 */
export async function openCache(
  folder: string,
  chainId: bigint,
  addresses: readonly string[],
): Promise<PageCache> {
  const label = JSON.stringify({
    format: FORMAT,
    chainId: chainId.toString(),
    addresses: [...addresses].sort(),
  });
  await mkdir(folder, { recursive: true });
  await claim(folder, label);
  const pathOf = ({ from, to }: PageStub) => join(folder, `${digits(from)}-${digits(to)}.jsonl`);

  async function list(): Promise<PageStub[]> {
    const names = (await readdir(folder)).map((name) => FILE.exec(name)).filter((match) => match !== null);
    return names
      .map(([, from, to]) => ({ from: Number(from), to: Number(to) }))
      .sort((a, b) => a.from - b.from);
  }

  async function load(stub: PageStub): Promise<KeptPage | undefined> {
    const page = decode(await readFile(pathOf(stub), "utf8").catch(() => ""), label);
    if (page?.from === stub.from && page.to === stub.to) return page;
    await drop(stub);
    return undefined;
  }

  async function keep(page: KeptPage): Promise<void> {
    const path = pathOf(page);
    await writeFile(`${path}.part`, encode(page, label));
    await rename(`${path}.part`, path);
  }

  async function drop(stub: PageStub): Promise<void> {
    await rm(pathOf(stub), { force: true });
  }

  return { list, load, keep, drop };
}

const digits = (block: number): string => String(block).padStart(12, "0");

async function claim(folder: string, label: string): Promise<void> {
  const path = join(folder, LABEL);
  const found = await readFile(path, "utf8").catch(() => undefined);
  if (found === label) return;
  if (found === undefined && (await readdir(folder)).length === 0) {
    await writeFile(path, label);
    return;
  }
  throw new ConsortiaError(
    "CacheForeign",
    `${folder} does not keep what is read now: it belongs to another chain, to other contracts or to something else. Name another directory, or empty this one.`,
    { values: { folder, found, expected: label } },
  );
}

/** A line for the page, one for each of its blocks. The first ends with the checksum over all the rest and the label. */
function encode({ blocks, ...head }: KeptPage, label: string): string {
  const body = blocks.map((block) => JSON.stringify(block)).join("\n");
  return `${JSON.stringify({ ...head, checksum: checksum(label, head, body) })}\n${body}`;
}

function decode(text: string, label: string): KeptPage | undefined {
  const end = text.indexOf("\n");
  if (end < 0) return undefined;
  const body = text.slice(end + 1);
  try {
    const { checksum: kept, ...head } = JSON.parse(text.slice(0, end)) as Omit<KeptPage, "blocks"> & {
      checksum: string;
    };
    if (kept !== checksum(label, head, body)) return undefined;
    const blocks = body === "" ? [] : body.split("\n").map((line) => JSON.parse(line) as AuditBlock);
    return { ...head, blocks };
  } catch {
    return undefined;
  }
}

const checksum = (label: string, head: object, body: string): string =>
  createHash("sha256")
    .update(`${label}\n${JSON.stringify(head)}\n${body}`)
    .digest("hex");
