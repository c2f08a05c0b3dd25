import { availableParallelism } from "node:os";
import { WORD } from "../../core/abi.ts";
import { ConsortiaError } from "../../core/error.ts";
import { perform, type Job, type Outcome } from "./job.ts";
import { createPool } from "./pool.ts";
import { ADDRESS, countOf, SIGNATURE } from "./recover.ts";
import type { BundleReport, BundleRequest, BundleSource } from "./report.ts";

/** What an audit leaves to as many threads as the machine has cores. */
export interface Engine {
  /**
   * The addresses behind compact signatures, 20 bytes each, zeros where nobody signed; see {@link recoverAddresses}.
   * @param digests 32 bytes each
   * @param signatures 64 bytes each, r and vs
   * @throws `RecoverInvalid`, `EngineFailed`, `EngineClosed`
   */
  recover(digests: Uint8Array, signatures: Uint8Array): Promise<Uint8Array>;
  /**
   * Reads and recomputes bundles; reports come in the order in which they were wanted, and no more of them are worked
   * out ahead than the threads need to stay busy.
   * @throws `EngineFailed`, `EngineClosed`
   */
  verifyBundles(
    source: BundleSource,
    wanted: readonly BundleRequest[],
    onProgress?: (done: number, total: number) => void,
  ): AsyncIterableIterator<BundleReport>;
  /** Ends the threads. What is still under way is refused with `EngineClosed`. */
  close(): Promise<void>;
}

export interface EngineOptions {
  /** The machine's cores unless told; with one, or none, the work is done in the caller's thread. */
  readonly threads?: number;
}

/** How many signatures and how many bundles make one job: about 20 ms. */
const SIGNATURES = 256;
const BUNDLES = 64;

/** Jobs for each thread that may be under way before the first of them is told: one that is slow holds up no other. */
const AHEAD = 8;

/** Signatures and bundles done before any thread is started, which takes as long as these. */
const FEW = 512;

/** An engine for one audit. */
export function createEngine({ threads = availableParallelism() }: EngineOptions = {}): Engine {
  const pool = threads > 1 ? createPool(threads) : undefined;
  let closed = false;
  let begun = 0;

  async function run<J extends Job>(
    job: J,
    items: number,
    transfer: readonly ArrayBuffer[],
  ): Promise<Outcome<J>> {
    if (closed) throw new ConsortiaError("EngineClosed", "The audit's engine was closed. Create another.");
    begun += items;
    if (pool !== undefined && begun > FEW) return pool.run(job, transfer);
    await breath();
    return perform(job);
  }

  async function recover(digests: Uint8Array, signatures: Uint8Array): Promise<Uint8Array> {
    const count = countOf(digests, signatures);
    const addresses = new Uint8Array(count * ADDRESS);
    await Promise.all(
      pieces(count, SIGNATURES).map(async ([from, to]) => {
        const job = {
          kind: "recover",
          digests: digests.slice(from * WORD, to * WORD),
          signatures: signatures.slice(from * SIGNATURE, to * SIGNATURE),
        } as const;
        const transfer = [job.digests.buffer, job.signatures.buffer];
        addresses.set(await run(job, to - from, transfer), from * ADDRESS);
      }),
    );
    return addresses;
  }

  async function* verifyBundles(
    source: BundleSource,
    wanted: readonly BundleRequest[],
    onProgress?: (done: number, total: number) => void,
  ): AsyncGenerator<BundleReport, undefined> {
    const ahead = AHEAD * Math.max(threads, 1);
    const running: Promise<BundleReport[]>[] = [];
    const rest = pieces(wanted.length, BUNDLES).values();
    const begin = (): void => {
      const { done, value } = rest.next();
      if (done) return;
      const [first, to] = value;
      const job = { kind: "verify", source, wanted: wanted.slice(first, to), first } as const;
      const outcome = run(job, to - first, []);
      outcome.catch(() => {}); // told where it is awaited, if the caller goes on that long
      running.push(outcome);
    };
    for (let i = 0; i < ahead; i++) begin();
    for (let next = running.shift(), done = 0; next !== undefined; next = running.shift()) {
      const reports = await next;
      begin();
      yield* reports;
      done += reports.length;
      onProgress?.(done, wanted.length);
    }
  }

  return {
    recover,
    verifyBundles,
    async close() {
      closed = true;
      await pool?.close();
    },
  };
}

/** Parts a range into pieces of a size, the last one what is left. */
function pieces(count: number, size: number): [from: number, to: number][] {
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => [
    i * size,
    Math.min((i + 1) * size, count),
  ]);
}

/** Lets whatever else waits in this thread have its turn. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
