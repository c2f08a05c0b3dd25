import { createRandom } from "../support/random.ts";

/**
 * What test/parity/vectors/policy.json holds: the pure rules of works and of what others pay, worked out here in other
 * words than either twin's. Write it anew with `node --import tsx test/parity/write-vectors.ts` after a rule has changed.
 */
export function policyVectors(): string {
  const vectors = { urns: urns(), licences: licences(), legs: legs() };
  return `${JSON.stringify(vectors, (_, v: unknown) => (typeof v === "bigint" ? v.toString() : v), 1)}\n`;
}

/** Identifiers that are standard forms, by ISO 2108, ISO 3297 and ISO 26324, and ones that fail by a little. */
function urns() {
  const random = createRandom(2108);
  const digits = (count: number) => Array.from({ length: count }, () => random.below(10)).join("");
  const valid = [
    ...Array.from(
      { length: 40 },
      () => `urn:isbn:${closed(`97${8 + random.below(2)}${digits(9)}`, isbnRest)}`,
    ),
    ...Array.from({ length: 40 }, () => `urn:issn:${hyphened(closed(digits(7), issnRest))}`),
    ...["urn:x", "urn:nbn:de:101:1-2", `urn:${"~".repeat(124)}`, "urn:isbns", "urn:issn"],
    ...["doi:10.1", "doi:10.1000/182", `doi:10.${"!".repeat(120)}`],
  ];
  const spoilt = valid.flatMap((urn) => {
    const at = random.below(urn.length);
    const checked = /^urn:is[bs]n:/.test(urn);
    const last = urn.slice(-1);
    return [
      ...(checked ? [`${urn.slice(0, -1)}${last === "x" ? "3" : (Number(last) + 1) % 10}`] : []),
      ...(checked ? [urn.slice(0, -1), `${urn}0`] : []),
      `${urn.slice(0, at)} ${urn.slice(at)}`,
      `${urn.slice(0, at)}A${urn.slice(at + 1)}`,
      `${urn.slice(0, at)}\u007f${urn.slice(at + 1)}`,
      `x${urn}`,
    ];
  });
  const short = [
    "",
    "urn:",
    "doi:10.",
    "doi:",
    "urn:isbn:",
    "urn:issn:",
    "urn:issn:0317847-1",
    `urn:${"a".repeat(125)}`,
  ];
  return [
    ...valid.map((text) => ({ text, valid: true })),
    ...[...spoilt, ...short].map((text) => ({ text, valid: false })),
  ];
}

/** Appends the one check character with which the rest is none. */
function closed(body: string, rest: (text: string) => number): string {
  const check = Array.from("0123456789x").find((character) => rest(body + character) === 0);
  return check === undefined
    ? closed(`${body.slice(0, -1)}${(Number(body.slice(-1)) + 1) % 10}`, rest)
    : body + check;
}

function isbnRest(text: string): number {
  if (text.endsWith("x")) return NaN;
  const [even, odd] = [0, 1].map((side) => [...text].filter((_, at) => at % 2 === side).map(Number));
  const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);
  return (sum(even!) + 3 * sum(odd!)) % 10;
}

/** Partial sums of partial sums weigh the digits 8 to 1. */
function issnRest(text: string): number {
  let [once, twice] = [0, 0];
  for (const character of text) {
    once += character === "x" ? 10 : Number(character);
    twice += once;
  }
  return twice % 11;
}

const hyphened = (digits: string): string => `${digits.slice(0, 4)}-${digits.slice(4)}`;

/** Who may lend, copy, pass on and adapt: 2 everybody, 1 all but business, 0 nobody. By the deeds' own words. */
function licences() {
  const table = ["2000", "2222", "2222", "2222", "2222", "2111", "2220", "2111", "2110", "2000"];
  return table.flatMap((row, licence) =>
    [0, 1, 2, 3].flatMap((act) =>
      [false, true].map((commercial) => ({
        ...{ licence, act, commercial },
        permitted: Number(row[act]) > (commercial ? 1 : 0),
      })),
    ),
  );
}

function legs() {
  const amounts = [0n, 1n, 2n ** 63n, 2n ** 64n - 1n];
  return amounts.flatMap((amount) =>
    [1, 7, 2 ** 32 - 1].flatMap((target) =>
      [false, true].map((aid) => {
        const hex = target.toString(16).padStart(8, "0") + amount.toString(16).padStart(16, "0");
        return { aid, target, amount, word: `0x${aid ? "8" : "0"}${hex.padStart(63, "0")}` };
      }),
    ),
  );
}
