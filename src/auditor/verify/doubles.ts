import { KEY_WORDS, createDuplicateFinder } from "../engine/keys.ts";
import type { VerifiedBundle } from "../engine/report.ts";
import type { Findings } from "../finding.ts";
import { sentence } from "../fold/ground.ts";
import type { FoldState } from "../fold/state.ts";
import { nameOf, refOf, type KnownStatement } from "../fold/statements.ts";

/** Looks for records that stand charged twice. */
export interface Doubles {
  /** Takes the records of a statement by its place in the list. */
  add(index: number, bundle: VerifiedBundle): void;
  /** Says what can only be said once all are there. */
  finish(): void;
}

/** A record that bears a charge number above 0. */
interface Rebilled {
  readonly index: number;
  readonly record: number;
}

/**
 * A record is its request, service and charge number. What was given back is no charge any more, and of a claim that was
 * charged in part nobody can tell which records were: neither is looked at.
 */
export function createDoubles(
  state: FoldState,
  findings: Findings,
  charged: readonly KnownStatement[],
): Doubles {
  const finder = createDuplicateFinder();
  const kept: { index: number; keys: Uint32Array; places: readonly number[] | undefined }[] = [];
  // By the key of the charge before.
  const rebilled = new Map<string, Rebilled>();

  function tellDouble(index: number, record: number, first: { owner: number; record: number }): void {
    const [later, earlier] = [charged[index]!, charged[first.owner]!];
    const [a, b] = [later.statement, earlier.statement];
    const pair = a.supplier === b.supplier && a.consumer === b.consumer;
    const message = `record ${record} of ${nameOf(a)} is record ${placeOf(first.owner, first.record)} of ${nameOf(b)}, and neither was given back.`;
    findings.add(pair ? "RecordDoubled" : "RecordAtTwoPairs", sentence(message), {
      ...later.place,
      statement: refOf(a),
    });
  }

  /** A record's place in its bundle, where some before it were given back. */
  function placeOf(index: number, record: number): number {
    return kept.find((one) => one.index === index)?.places?.[record] ?? record;
  }

  return {
    add(index, bundle) {
      const known = charged[index]!;
      const given = state.statements.givenOf(known.digest);
      if (given?.whole === true || known.charge?.gross !== bundle.sum) return;
      const places = given === undefined ? undefined : standing(bundle.count, given.records);
      const keys = places === undefined ? bundle.keys : pick(bundle.keys, places);
      kept.push({ index, keys, places });
      for (let at = KEY_WORDS - 1, record = 0; at < keys.length; at += KEY_WORDS, record++) {
        if ((keys[at]! & 0xffff) === 0) continue;
        rebilled.set(textOf(keys, record, -1), { index, record: places?.[record] ?? record });
      }
      for (const { first, record } of finder.add(index, keys)) {
        tellDouble(index, places?.[record] ?? record, first);
      }
    },
    finish() {
      if (rebilled.size === 0) return;
      for (const { index, keys, places } of kept) {
        for (let record = 0; record * KEY_WORDS < keys.length; record++) {
          const again = rebilled.get(textOf(keys, record, 0));
          if (again === undefined) continue;
          const later = charged[again.index]!;
          const message = `record ${again.record} of ${nameOf(later.statement)} bills anew what record ${places?.[record] ?? record} of ${nameOf(charged[index]!.statement)} still charges.`;
          findings.add("RecordRebilled", sentence(message), {
            ...later.place,
            statement: refOf(later.statement),
          });
        }
      }
    },
  };
}

/** The places of the records that were not given back. */
function standing(count: number, given: ReadonlySet<number>): number[] {
  return Array.from({ length: count }, (_, place) => place).filter((place) => !given.has(place));
}

function pick(keys: Uint32Array, places: readonly number[]): Uint32Array {
  const picked = new Uint32Array(places.length * KEY_WORDS);
  for (const [to, place] of places.entries()) {
    picked.set(keys.subarray(place * KEY_WORDS, (place + 1) * KEY_WORDS), to * KEY_WORDS);
  }
  return picked;
}

/** A record's key as a text, with another charge number. */
function textOf(keys: Uint32Array, record: number, step: number): string {
  const at = record * KEY_WORDS;
  const words = [...keys.subarray(at, at + KEY_WORDS)];
  words[KEY_WORDS - 1]! += step;
  return words.join(".");
}
