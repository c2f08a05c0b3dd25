/** From how many of a kind on only some are asked for: never fewer than these, and fewer than twice as many. */
const SAMPLE = 500;

/** Some of a list, evenly spread, its last among them. */
export function sample<T>(list: readonly T[]): T[] {
  const step = Math.max(1, Math.floor(list.length / SAMPLE));
  return list.filter((_, i) => (list.length - 1 - i) % step === 0);
}
