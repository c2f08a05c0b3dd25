/** Small reproducible randomness (mulberry32): the same seed, the same run. */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  /** A number from 0 to 1, exclusive. */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  /** A whole number from 0 to `limit`, exclusive. */
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
  /** A whole number of up to `bits` bits, small ones as likely as large ones. */
  function big(bits: number): bigint {
    let value = 0n;
    for (let width = below(bits + 1); width > 0; width -= 30) {
      value = (value << BigInt(Math.min(width, 30))) | BigInt(below(2 ** Math.min(width, 30)));
    }
    return value;
  }
  return { next, below, pick, big };
}

export type Random = ReturnType<typeof createRandom>;
