import { putHex } from "../../core/abi.ts";
import type { ServiceRecord } from "../../core/record.ts";

/**
 * What identifies a record among all records: its request, service and charge number, as five words of 32 bits. The
 * request's hash is cut to 128 bits: no two honest requests meet in them, and whoever reports a duplicate compares the
 * records themselves.
 */
export const KEY_WORDS = 5;
const REQUEST = 16;

/** The keys of a statement's records, one after another. */
export function recordKeys(records: readonly ServiceRecord[]): Uint32Array {
  const keys = new Uint32Array(records.length * KEY_WORDS);
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  for (const [index, { request, service, charge }] of records.entries()) {
    putHex(bytes, 0, 32, request);
    const at = index * KEY_WORDS;
    for (let i = 0; i < REQUEST / 4; i++) keys[at + i] = view.getUint32(4 * i);
    keys[at + REQUEST / 4] = service * 0x1_0000 + charge;
  }
  return keys;
}

/** One record that was billed before. */
export interface Duplicate {
  /** Where it stood first: what `add` was told then, and its place among those records. */
  readonly first: { readonly owner: number; readonly record: number };
  readonly record: number;
}

/** Finds records that were billed before; it keeps at most 75 bytes a record. */
export interface DuplicateFinder {
  /**
   * Takes the records of one statement.
   * @param owner the caller's number for the statement, from 0 to 2^32 − 2
   * @returns those among them that some statement, this one included, holds already
   */
  add(owner: number, keys: Uint32Array): Duplicate[];
  /** How many different records there are so far. */
  readonly size: number;
}

/** A hash table with open addressing. */
export function createDuplicateFinder(): DuplicateFinder {
  let capacity = 1 << 12;
  let table = new Uint32Array(capacity * SLOT);
  let size = 0;

  /** The place of a key, or the free one where it belongs. */
  function find(target: Uint32Array, slots: number, keys: Uint32Array, at: number): number {
    for (let slot = mix(keys, at) & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const place = slot * SLOT;
      if (target[place + OWNER] === 0 || same(target, place, keys, at)) return place;
    }
  }

  function grow(): void {
    const wider = new Uint32Array(2 * capacity * SLOT);
    for (let place = 0; place < table.length; place += SLOT) {
      if (table[place + OWNER] === 0) continue;
      wider.set(table.subarray(place, place + SLOT), find(wider, 2 * capacity, table, place));
    }
    capacity *= 2;
    table = wider;
  }

  return {
    add(owner, keys) {
      const found: Duplicate[] = [];
      for (let at = 0, record = 0; at < keys.length; at += KEY_WORDS, record++) {
        if (size * 4 >= capacity * 3) grow();
        const place = find(table, capacity, keys, at);
        if (table[place + OWNER] !== 0) {
          const first = { owner: table[place + OWNER]! - 1, record: table[place + RECORD]! };
          found.push({ first, record });
          continue;
        }
        for (let i = 0; i < KEY_WORDS; i++) table[place + i] = keys[at + i]!;
        table[place + OWNER] = owner + 1;
        table[place + RECORD] = record;
        size += 1;
      }
      return found;
    },
    get size() {
      return size;
    },
  };
}

/** A slot: the key, the owner plus one (zero where the slot is free), and the record's place there. */
const OWNER = KEY_WORDS;
const RECORD = KEY_WORDS + 1;
const SLOT = KEY_WORDS + 2;

function mix(keys: Uint32Array, at: number): number {
  let mixed = 0;
  for (let i = 0; i < KEY_WORDS; i++) mixed = Math.imul((mixed >>> 15) ^ mixed ^ keys[at + i]!, 0x9e37_79b1);
  return (mixed >>> 15) ^ mixed;
}

function same(a: Uint32Array, at: number, b: Uint32Array, other: number): boolean {
  for (let i = 0; i < KEY_WORDS; i++) if (a[at + i] !== b[other + i]) return false;
  return true;
}
