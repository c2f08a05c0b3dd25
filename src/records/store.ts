import { ConsortiaError } from "../core/error.ts";
import type { Hash } from "../core/ids.ts";
import type { Bundle } from "./bundle.ts";
import { canonicalJson } from "../core/json.ts";

/** Where bundles are kept, each under its records root. Both back ends check the root on the way in and out. */
export interface RecordStore {
  /**
   * Keeps a bundle. Putting it again changes nothing; putting it with a signed statement adds or replaces the
   * statement, and putting it without one never takes it away.
   * @throws `BundleInvalid`, `RecordsRootMismatch`, `BundleConflict`, `BundleTooLarge`, `StoreFailed`
   */
  put(bundle: Bundle): Promise<PutResult>;
  /**
   * The bundle of a root, or undefined where the store has none.
   * @throws `HashInvalid`, `BundleCorrupt`, `RecordsRootMismatch`, `BundleTooLarge`, `StoreFailed`
   */
  get(root: Hash): Promise<Bundle | undefined>;
  /** Every root the store has, in ascending order. @throws `StoreFailed` */
  list(): AsyncIterable<Hash>;
}

export type PutResult = "added" | "updated" | "unchanged";

/**
 * What to keep when `given` meets `held` under one root; `held` itself where nothing is new.
 * @throws `BundleConflict` where they differ in what the root does not cover: number, period or times.
 */
export function mergeBundles(held: Bundle, given: Bundle): Bundle {
  const { statement: before, ...heldFacts } = held;
  const { statement: now, ...givenFacts } = given;
  if (spelled(heldFacts) !== spelled(givenFacts)) {
    throw new ConsortiaError(
      "BundleConflict",
      `The store already holds ${given.root} for statement ${held.number} with other particulars. ` +
        "Records that are billed anew need fresh salts, which give them a root of their own.",
      { values: { root: given.root, held: held.number, given: given.number } },
    );
  }
  const same = now === undefined || (before !== undefined && canonicalJson(before) === canonicalJson(now));
  return same ? held : given;
}

/** An address is the same in either case; everything else has one spelling. */
function spelled(facts: Omit<Bundle, "statement">): string {
  return canonicalJson({ ...facts, ledger: facts.ledger.toLowerCase() });
}
