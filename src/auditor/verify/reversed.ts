import type { Hash } from "../../core/ids.ts";
import { KEY_WORDS } from "../engine/keys.ts";
import type { VerifiedBundle } from "../engine/report.ts";
import type { Findings } from "../finding.ts";
import { sentence } from "../fold/ground.ts";
import type { GivenRecords } from "../fold/reversals.ts";
import { nameOf, refOf, type KnownStatement } from "../fold/statements.ts";

/** Looks whether what was given back as charged twice was. */
export interface Reversed {
  add(known: KnownStatement, bundle: VerifiedBundle): void;
  /** Says what can be said once all bundles are there; a missing one was named already. */
  finish(): void;
}

/** @param given what was given back, as the fold has it */
export function createReversed(findings: Findings, given: readonly GivenRecords[]): Reversed {
  const pairs = given.flatMap(({ known, indices, place, earlier }) =>
    earlier === undefined ? [] : [{ later: { known, index: indices[0] ?? 0 }, earlier, place }],
  );
  const keys = new Map<Hash, Uint32Array | undefined>(
    pairs.flatMap(({ later, earlier }) => [
      [later.known.digest, undefined],
      [earlier.known.digest, undefined],
    ]),
  );
  const keyOf = ({ known, index }: { known: KnownStatement; index: number }): string | undefined =>
    keys
      .get(known.digest)
      ?.subarray(index * KEY_WORDS, (index + 1) * KEY_WORDS)
      .join(".");

  return {
    add({ digest }, bundle) {
      if (keys.has(digest)) keys.set(digest, bundle.keys);
    },
    finish() {
      for (const { later, earlier, place } of pairs) {
        const [a, b] = [keyOf(later), keyOf(earlier)];
        if (a === undefined || b === undefined || (a === b && a !== "")) continue;
        const { statement } = later.known;
        const message = `record ${later.index} of ${nameOf(statement)} was given back as record ${earlier.index} of ${nameOf(earlier.known.statement)}, and it is another one.`;
        findings.add("DuplicateFalse", sentence(message), { ...place, statement: refOf(statement) });
      }
    },
  };
}
