import { verifyBundle } from "./bundles.ts";
import { recoverAddresses } from "./recover.ts";
import type { BundleReport, BundleRequest, BundleSource } from "./report.ts";
import { loadCurve, type Curve } from "./secp256k1.ts";

/** A piece of work for one thread. */
export type Job =
  | { readonly kind: "recover"; readonly digests: Uint8Array; readonly signatures: Uint8Array }
  | {
      readonly kind: "verify";
      readonly source: BundleSource;
      readonly wanted: readonly BundleRequest[];
      /** The place of the first among all that are wanted. */
      readonly first: number;
    };

export type Outcome<J extends Job = Job> = J extends { kind: "recover" } ? Uint8Array : BundleReport[];

let curve: Promise<Curve> | undefined;

/** Does a job, in whatever thread this is. @throws `RecoverInvalid` */
export async function perform<J extends Job>(job: J): Promise<Outcome<J>>;
export async function perform(job: Job): Promise<Outcome> {
  if (job.kind === "verify") {
    const { source, wanted, first } = job;
    return wanted.map((one, at): BundleReport => ({ ...verifyBundle(source, one), index: first + at }));
  }
  return recoverAddresses(await (curve ??= loadCurve()), job.digests, job.signatures);
}

/** The memory of an outcome that another thread takes over instead of copying it. */
export function transferable(outcome: Outcome): ArrayBuffer[] {
  if (outcome instanceof Uint8Array) return [outcome.buffer as ArrayBuffer];
  return outcome.flatMap((report) => (report.kind === "verified" ? [report.keys.buffer as ArrayBuffer] : []));
}
