/** Identifiers that were met, by fingerprints of 64 bits: 16 bytes or so for each, so that millions fit. */
export interface Seen {
  /** Whether it is new; from then on it is not. */
  add(text: string): boolean;
  readonly size: number;
}

/** With seeds of its own, so that nobody can make an identifier that passes for another's. */
export function createSeen(): Seen {
  const [seedA = 0, seedB = 0] = crypto.getRandomValues(new Uint32Array(2));
  let slots = new Uint32Array(1 << 12);
  let size = 0;

  function place(table: Uint32Array, a: number, b: number): number {
    const mask = table.length / 2 - 1;
    for (let at = a & mask; ; at = (at + 1) & mask) {
      const [low, high] = [table[2 * at], table[2 * at + 1]];
      if ((low === 0 && high === 0) || (low === a && high === b)) return 2 * at;
    }
  }
  function grow(): void {
    const wider = new Uint32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += 2) {
      const [a = 0, b = 0] = [slots[at], slots[at + 1]];
      if (a !== 0 || b !== 0) wider.set([a, b], place(wider, a, b));
    }
    slots = wider;
  }
  return {
    add(text) {
      const [a, b] = fingerprint(text, seedA, seedB);
      const at = place(slots, a, b);
      if (slots[at] !== 0 || slots[at + 1] !== 0) return false;
      slots.set([a, b], at);
      size += 1;
      if (size * 3 > slots.length) grow();
      return true;
    },
    get size() {
      return size;
    },
  };
}

/** Two hashes of 32 bits that mix each other (after Bryc's cyrb53), never both zero. */
function fingerprint(text: string, seedA: number, seedB: number): [a: number, b: number] {
  let [a, b] = [0xdeadbeef ^ seedA, 0x41c6ce57 ^ seedB];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [a >>> 0, b >>> 0 || 1];
}
