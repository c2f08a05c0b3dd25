import { AbiCoder, concat, id, keccak256, toBeHex } from "ethers";

/**
 * The pure rules a second time, in other words than either twin's: calendars by counting days, decay by fractions,
 * trees by OpenZeppelin's definition. What both src/core and the contracts are compared with.
 */

const COMMON_YEAR = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function leap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days before the first of a month, from 1970 on, by counting them. */
function daysBefore(month: number): number {
  let days = 0;
  for (let at = 1970 * 12; at < month; at++) {
    days += at % 12 === 1 && leap(Math.floor(at / 12)) ? 29 : COMMON_YEAR[at % 12]!;
  }
  return days;
}

/** First second of a month and of the next. */
export function oracleMonth(month: number): { start: number; end: number } {
  return { start: daysBefore(month) * 86_400, end: daysBefore(month + 1) * 86_400 };
}

/** A standing after months, one fraction at a time. */
export function oracleDecay(standing: bigint, months: number): bigint {
  return months === 0 ? standing : oracleDecay(standing - (standing + 11n) / 12n, months - 1);
}

/** Whether bytes are an ISIL: spelled out in a pattern over their text, zeros stripped from the right. */
export function oracleIsil(bytes: Uint8Array): boolean {
  const text = String.fromCharCode(...bytes).replace(/\0+$/, "");
  return /^[A-Za-z]{1,4}-[A-Za-z0-9:/-]{1,11}$/.test(text);
}

/** A batch's root over its leaves: sorted pairs, odd ones move up. */
export function oracleRoot(leaves: readonly string[]): string {
  if (leaves.length === 0) return `0x${"00".repeat(32)}`;
  if (leaves.length === 1) return leaves[0]!;
  const above: string[] = [];
  for (let i = 0; i < leaves.length; i += 2) {
    const pair = leaves.slice(i, i + 2);
    above.push(pair.length === 2 ? keccak256(concat(pair.sort())) : pair[0]!);
  }
  return oracleRoot(above);
}

/** A batch's leaf: what was charged (gross, fee, acknowledged, relieved), hashed twice. */
export function oracleLeaf(digest: string, amounts: readonly bigint[]): string {
  return keccak256(keccak256(concat([digest, ...amounts.map((amount) => toBeHex(amount, 8))])));
}

interface PlainStatement {
  readonly supplier: number;
  readonly consumer: number;
  readonly number: number;
  readonly period: number;
  readonly lines: readonly { service: number; quantity: number; resource?: number }[];
  readonly maximum: bigint;
  readonly root: string;
  readonly lastPeriod: number;
}

/** EIP-712 hash of a statement without its domain, by abi.encode alone. */
export function oracleStructHash(s: PlainStatement): string {
  const line = "Line(uint16 service,uint32 quantity,uint32 resource)";
  const type =
    "Statement(uint32 supplier,uint32 consumer,uint32 number,uint16 period,Line[] lines,uint64 maximum," +
    `bytes32 root,uint16 lastPeriod)${line}`;
  const coder = AbiCoder.defaultAbiCoder();
  const lines = s.lines.map(({ service, quantity, resource = 0 }) =>
    keccak256(
      coder.encode(["bytes32", "uint16", "uint32", "uint32"], [id(line), service, quantity, resource]),
    ),
  );
  const words = "bytes32 uint32 uint32 uint32 uint16 bytes32 uint64 bytes32 uint16".split(" ");
  return keccak256(
    coder.encode(words, [
      id(type),
      ...[s.supplier, s.consumer, s.number, s.period],
      keccak256(concat(lines)),
      ...[s.maximum, s.root, s.lastPeriod],
    ]),
  );
}

interface Membership {
  readonly since: number;
  readonly until: number;
  readonly tierSince: number;
  readonly tier: number;
  readonly priorTier: number;
}

/** An account word from its table of bits in AccountWord.sol. */
export function oracleWord(
  fields: Membership & { position: bigint; cash: bigint; supplied: bigint; month: number; flags: number },
): bigint {
  const month = (id: number): bigint => (id === 0 ? 0n : BigInt(id - 2020 * 12 + 1));
  const parts: [value: bigint, from: number][] = [
    [BigInt.asUintN(64, fields.position), 0],
    [fields.cash, 64],
    [fields.supplied, 128],
    [month(fields.month), 184],
    [month(fields.since), 196],
    [month(fields.until), 208],
    [month(fields.tierSince), 220],
    [BigInt(fields.tier), 232],
    [BigInt(fields.priorTier), 240],
    [BigInt(fields.flags), 248],
  ];
  return parts.reduce((word, [value, from]) => word | (value << BigInt(from)), 0n);
}

/** Whether a member gave and drew in a month, and at which tier. */
export function oracleMember(membership: Membership, month: number): { ran: boolean; tier: number } {
  const { since, until, tierSince, tier, priorTier } = membership;
  const ran = since !== 0 && since <= month && (until === 0 || month <= until);
  return { ran, tier: month < tierSince ? priorTier : tier };
}
