/** Throws that come out the same whenever the seed is the same. */
export interface Dice {
  /** A whole number from one to the other, both included. */
  int(from: number, to: number): number;
  /** True so many times in a hundred. */
  chance(percent: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** So many different ones, in the order in which they fell. */
  some<T>(from: readonly T[], count: number): T[];
}

/** Dice of a seed: Mulberry32, 32 bits of state, good for traffic and for nothing secret. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  const int = (from: number, to: number): number => from + (next() % (to - from + 1));

  function pick<T>(from: readonly T[]): T {
    const one = from[int(0, from.length - 1)];
    if (one === undefined) throw new TypeError("there is nothing to pick from");
    return one;
  }

  function some<T>(from: readonly T[], count: number): T[] {
    const left = [...from];
    const taken: T[] = [];
    while (taken.length < count && left.length > 0) taken.push(...left.splice(int(0, left.length - 1), 1));
    return taken;
  }

  return { int, pick, some, chance: (percent) => int(1, 100) <= percent };
}
