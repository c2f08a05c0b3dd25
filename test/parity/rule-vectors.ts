import { concat, getBytes, hexlify, id, toBeHex } from "ethers";
import { createRandom } from "../support/random.ts";
import {
  oracleDecay,
  oracleIsil,
  oracleLeaf,
  oracleMember,
  oracleMonth,
  oracleRoot,
  oracleStructHash,
  oracleWord,
} from "./oracle.ts";

/**
 * What test/parity/vectors/rules.json holds: every pure rule with its edges, worked out by the oracle alone.
 * Write it anew with `node --import tsx test/parity/write-vectors.ts` after a rule has changed.
 */
export function ruleVectors(): string {
  const vectors = {
    months: months(),
    decays: decays(),
    isils: isils(),
    roots: roots(),
    statements: statements(),
  };
  const all = { ...vectors, words: words(), charges: charges() };
  return `${JSON.stringify(all, (_, v: unknown) => (typeof v === "bigint" ? v.toString() : v), 1)}\n`;
}

const OCTOBER = 2026 * 12 + 9;
const LAST = 2020 * 12 + 4094;

function months() {
  const ids = [2020 * 12, 2020 * 12 + 1, 2024 * 12 + 1, OCTOBER, 2026 * 12 + 11, 2027 * 12, 2027 * 12 + 1];
  const far = [2028 * 12 + 1, 2100 * 12 + 1, 2200 * 12 + 11, 2300 * 12 + 1, 2360 * 12 + 1, LAST];
  return [...ids, ...far].map((month) => ({ month, ...oracleMonth(month) }));
}

function decays() {
  const standings = [0n, 1n, 11n, 12n, 13n, 143n, 144n, 12_345_678n, 2n ** 56n - 1n, 2n ** 64n - 1n];
  return standings.flatMap((standing) =>
    [0, 1, 2, 11, 12, 13, 60, 200, 511, 512, 600].map((age) => ({
      standing,
      age,
      decayed: oracleDecay(standing, age),
    })),
  );
}

function isils() {
  const texts = [
    "DE-1",
    "a-1",
    "ABCD-12345678901",
    "ABCDE-1",
    "DE-123456789012",
    "DE-",
    "-1",
    "DE",
    "",
    "D1-1",
  ];
  const odd = [
    "FR-751131015",
    "CH-000001-9",
    "DE-a:b/c",
    "DE--",
    "DE-1 ",
    " DE-1",
    "DE_1",
    "DE-1\0x",
    "\0DE-1",
  ];
  const raw = ["DE-\u00e9", "DE-[", "DE-`", "DE-@", "DE-{", "[E-1", "@E-1", "DE-;", "DE-."];
  return [...texts, ...odd, ...raw].map((text) => {
    const bytes = new Uint8Array(16);
    [...text].forEach((char, index) => (bytes[index] = char.charCodeAt(0)));
    return { bytes: hexlify(bytes), valid: oracleIsil(bytes) };
  });
}

function roots() {
  const leaf = (i: number) => ({
    digest: id(`statement ${i}`),
    gross: BigInt(i) * 12_000_000n,
    fee: i % 7 === 6 ? 2n ** 64n - 1n : BigInt(i) * 260_000n,
    acknowledged: i % 3 === 0 ? 0n : BigInt(i),
    relieved: i % 5 === 4 ? 2n ** 64n - 1n : BigInt(i) * 7n,
  });
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 255, 256].map((count) => {
    const leaves = Array.from({ length: count }, (_, i) => leaf(i));
    const hashes = leaves.map((l) => oracleLeaf(l.digest, [l.gross, l.fee, l.acknowledged, l.relieved]));
    return { leaves: count <= 9 ? leaves : [], hashes, root: oracleRoot(hashes) };
  });
}

function statements() {
  const random = createRandom(26);
  const line = () => ({ service: 1 + random.below(65_535), quantity: random.below(2 ** 32) });
  const work = (i: number) => (i % 3 === 1 ? {} : { resource: 1 + random.below(2 ** 32 - 1) });
  const plain = (lines: number, extreme = false, long = false) => ({
    supplier: extreme ? 2 ** 32 - 1 : 3 + random.below(100),
    consumer: extreme ? 2 ** 32 - 2 : 200 + random.below(100),
    number: extreme ? 2 ** 32 - 1 : random.below(1000),
    period: extreme ? LAST : OCTOBER,
    lines: Array.from({ length: lines }, (_, i) => ({ ...line(), ...(long ? work(i) : {}) })),
    maximum: extreme ? 2n ** 64n - 1n : BigInt(random.below(2 ** 32)),
    root: id(`root ${lines}`),
    lastPeriod: extreme ? LAST : OCTOBER + 3,
  });
  const short = [plain(1), plain(2), plain(3), plain(7), plain(255), plain(1, true)];
  const long = [plain(1, false, true), plain(2, false, true), plain(255, true, true)];
  return [...short, ...long].map((statement) => ({
    statement,
    structHash: oracleStructHash(statement),
    head: headOf(statement),
  }));
}

type PlainStatement = Parameters<typeof oracleStructHash>[0];

/** The first 54 bytes of a statement with a key's signature, by the table in Statement.sol. */
function headOf({ consumer, number, period, lastPeriod, maximum, lines, root }: PlainStatement): string {
  const parts: [bigint | number, number][] = [
    [consumer, 4],
    [number, 4],
    [period, 2],
    [lastPeriod, 2],
    [maximum, 8],
    [lines.length, 1],
    [lines.some(({ resource = 0 }) => resource !== 0) ? 2 : 0, 1],
  ];
  return concat([...parts.map(([value, bytes]) => toBeHex(value, bytes)), root]);
}

function words() {
  const month = OCTOBER;
  const memberships = [
    { since: OCTOBER, until: 0, tierSince: OCTOBER, tier: 1, priorTier: 1 },
    { since: OCTOBER - 3, until: OCTOBER + 1, tierSince: OCTOBER + 1, tier: 3, priorTier: 2 },
    { since: 2020 * 12, until: LAST, tierSince: LAST, tier: 255, priorTier: 0 },
    { since: 0, until: 0, tierSince: 0, tier: 0, priorTier: 255 },
  ];
  const balances = [
    { position: 0n, cash: 0n, supplied: 0n },
    { position: -1n, cash: 1n, supplied: 2n ** 56n - 1n },
    { position: 2n ** 63n - 1n, cash: 0n, supplied: 1n },
    { position: -(2n ** 63n - 1n), cash: 2n ** 63n - 1n, supplied: 0n },
  ];
  return memberships.flatMap((membership, i) => {
    const fields = { ...membership, ...balances[i]!, month, flags: 1 + 2 * i };
    const asked = [2020 * 12, OCTOBER - 4, OCTOBER - 3, OCTOBER - 1, OCTOBER, OCTOBER + 1];
    const months = [...asked, OCTOBER + 2, LAST].map((at) => ({ at, ...oracleMember(membership, at) }));
    return [{ fields, word: toBeHex(oracleWord(fields), 32), months }];
  });
}

function charges() {
  const prices = [
    { service: 1, tier: 1, price: 12_000_000n, fee: 260_000n },
    { service: 2, tier: 1, price: 333_333n, fee: 0n },
    { service: 3, tier: 1, price: 0n, fee: 1n },
    { service: 4, tier: 1, price: 1_000_000_007n, fee: 999n },
  ];
  const lines = [
    [{ service: 1, quantity: 1 }],
    [{ service: 2, quantity: 3 }],
    [{ service: 3, quantity: 2 ** 32 - 1 }],
    [1, 2, 3, 4, 1].map((service, i) => ({ service, quantity: i * 7 + 1 })),
    [{ service: 4, quantity: 0 }],
  ];
  return {
    prices,
    cases: lines.map((each) => ({
      lines: each,
      gross: each.reduce((sum, l) => sum + prices[l.service - 1]!.price * BigInt(l.quantity), 0n),
      fee: each.reduce((sum, l) => sum + prices[l.service - 1]!.fee * BigInt(l.quantity), 0n),
    })),
  };
}

/** Reads 16 bytes as the text they were. */
export function isilText(bytes: string): string {
  return String.fromCharCode(...getBytes(bytes)).replace(/\0+$/, "");
}
