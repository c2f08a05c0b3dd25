import { concat, toBeHex, toUtf8Bytes } from "ethers";
import { createRandom } from "../support/random.ts";

/** What test/parity/vectors/governance.json holds, in other words than either twin's. */
export function governanceVectors(): string {
  const all = { accounts: accounts(), voices: voices(), rankings: rankings() };
  return `${JSON.stringify(all, (_, v: unknown) => (typeof v === "bigint" ? v.toString() : v), 1)}\n`;
}

function accounts() {
  const account = (name: string, number: number) => concat([toUtf8Bytes(name), toBeHex(number, 4)]);
  return [0, 1, 3, 207, 208, 255, 65_536, 2 ** 31, 2 ** 32 - 1].map((number) => ({
    number,
    member: account("Consortia member", number),
    person: account("Consortia person", number),
  }));
}

/** The root by halving an interval, one bit at a time. */
function root(value: bigint): bigint {
  let found = 0n;
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) {
    if ((found + bit) * (found + bit) <= value) found += bit;
  }
  return found;
}

/** The standing that doubles a member's voice in the tests' consortium: that of the default preset. */
export const FULL_STANDING = 60_000_000_000n;

function voices() {
  const full = FULL_STANDING;
  const standings = [
    0n,
    1n,
    2n,
    59_999n,
    60_000n,
    full / 9n,
    full / 4n,
    full / 2n,
    full - 1n,
    full,
    full + 1n,
  ];
  return [...standings, 2n ** 56n, 2n ** 64n - 1n].map((standing) => {
    const part = standing > full ? full : standing;
    return { standing, units: 1_000_000n + root((part * 1_000_000_000_000n) / full) };
  });
}

/** The best is taken out, again and again. */
function ranked(approvals: readonly number[]): number[] {
  const left = new Map(approvals.entries());
  const places: number[] = [];
  for (;;) {
    let best: number | undefined;
    for (const [place, count] of left)
      if (count > (best === undefined ? 0 : (left.get(best) ?? 0))) best = place;
    if (best === undefined) return places;
    places.push(best);
    left.delete(best);
  }
}

function rankings() {
  const random = createRandom(4);
  const drawn = (length: number, below: number) => Array.from({ length }, () => random.below(below));
  const cases = [[], [0], [1], [0, 0, 0], [1, 1, 1], [3, 5, 3, 0, 5], [65_535, 65_535, 65_534]];
  return [...cases, drawn(15, 4), drawn(16, 4), drawn(17, 4), drawn(60, 30), drawn(500, 400)].map(
    (approvals) => ({ approvals, ranked: ranked(approvals) }),
  );
}
