import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { isConsortiaError } from "../core/error.ts";
import { hash, type Hash } from "../core/ids.ts";
import { type Bundle, checkRoot } from "./bundle.ts";
import { absent, guarded, namesIn, syncFolder, writeSynced } from "./disk.ts";
import { bundleFile, MAX_BYTES, readBundle, tooLarge } from "./file.ts";
import { canonicalJson } from "../core/json.ts";
import { parseBundle } from "./parse.ts";
import { mergeBundles, type PutResult, type RecordStore } from "./store.ts";

export interface DirectoryStoreOptions {
  /** The largest bundle to write or read, in bytes; 64 MiB, about 100,000 records. */
  readonly maxBytes?: number;
}

/** Half-written files of a process that was killed are this old before another one sweeps them. */
const STALE_MS = 3_600_000;
const SHARD = /^[0-9a-f]{2}$/;
const FILE = /^(0x[0-9a-f]{64})\.json$/;

/**
 * Keeps each bundle in a file of its own, `ab/0xab….json`, readable by its owner only. A file is written
 * under `tmp/`, synced and renamed, so that a reader never sees half of one. Let one process write at a time:
 * of two that put the same bundle in the same instant the later wins.
 */
export function createDirectoryStore(path: string, options: DirectoryStoreOptions = {}): RecordStore {
  const { maxBytes = MAX_BYTES } = options;
  const base = resolve(path);
  const temporary = join(base, "tmp");
  const writing = new Map<Hash, Promise<unknown>>();
  let swept: Promise<void> | undefined;
  const fileOf = (root: Hash) => bundleFile(base, root);

  async function get(root: Hash): Promise<Bundle | undefined> {
    const name = hash(root);
    const file = fileOf(name);
    const text = await readText(file, maxBytes);
    if (text === undefined) return undefined;
    return readBundle(file, name, text, (bundle) => {
      checkRoot(bundle);
      return bundle;
    });
  }

  async function put(given: Bundle): Promise<PutResult> {
    const bundle = parseBundle(given);
    checkRoot(bundle);
    // One after another for one root, so that the check of what is there holds until the write.
    const turn = (writing.get(bundle.root) ?? Promise.resolve()).catch(() => {}).then(() => write(bundle));
    writing.set(bundle.root, turn);
    try {
      return await turn;
    } finally {
      if (writing.get(bundle.root) === turn) writing.delete(bundle.root);
    }
  }

  async function write(bundle: Bundle): Promise<PutResult> {
    const file = fileOf(bundle.root);
    const held = await get(bundle.root).catch((error: unknown) => setAside(file, error));
    const kept = held === undefined ? bundle : mergeBundles(held, bundle);
    if (kept === held) return "unchanged";
    const text = `${canonicalJson(kept)}\n`;
    const bytes = Buffer.byteLength(text);
    if (bytes > maxBytes) throw tooLarge(file, bytes, maxBytes);
    await guarded(file, async () => {
      await (swept ??= sweep(temporary));
      await replaceFile(file, join(temporary, `${bundle.root}.${randomUUID()}`), text);
    });
    return held === undefined ? "added" : "updated";
  }

  async function* list(): AsyncIterable<Hash> {
    for (const shard of await namesIn(base, SHARD)) {
      for (const name of await namesIn(join(base, shard), FILE)) {
        if (name.startsWith(`0x${shard}`)) yield hash(name.slice(0, -".json".length));
      }
    }
  }

  return { put, get, list };
}

/** A put brings a verified copy: a damaged file makes room for it but is kept for whoever wonders why. */
async function setAside(file: string, error: unknown): Promise<undefined> {
  if (!isConsortiaError(error, "BundleCorrupt") && !isConsortiaError(error, "RecordsRootMismatch"))
    throw error;
  await guarded(file, () => rename(file, `${file}.damaged`));
  return undefined;
}

async function readText(file: string, maxBytes: number): Promise<string | undefined> {
  return guarded(file, async () => {
    const handle = await open(file, "r").catch((error: unknown) => absent(error, undefined));
    if (handle === undefined) return undefined;
    try {
      const { size } = await handle.stat();
      if (size > maxBytes) throw tooLarge(file, size, maxBytes);
      return await handle.readFile("utf8");
    } finally {
      await handle.close();
    }
  });
}

async function replaceFile(file: string, draft: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeSynced(draft, text);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  for (const folder of [dirname(file), dirname(dirname(file))]) await syncFolder(folder);
}

async function sweep(temporary: string): Promise<void> {
  for (const name of await namesIn(temporary, /./)) {
    const draft = join(temporary, name);
    const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > STALE_MS) await rm(draft, { force: true, recursive: true });
  }
}
