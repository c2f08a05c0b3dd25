import { getBig, getUint, putBig, putHex, putUint } from "./abi.ts";
import { ConsortiaError } from "./error.ts";
import { hash } from "./ids.ts";
import type { Hash, MemberId, ResourceId, ServiceId, StatementNumber } from "./ids.ts";
import { toHash } from "./keccak.ts";
import { credits } from "./money.ts";
import type { Credits } from "./money.ts";
import { LAST_PERIOD, formatPeriod } from "./period.ts";
import type { PeriodId } from "./period.ts";

/** How many units of a service a statement bills, and what for. */
export interface Line {
  readonly service: ServiceId;
  readonly quantity: number;
  /** The work that was used; absent where the line uses no licensed one. */
  readonly resource?: ResourceId;
}

/** One supplier's records for one consumer: what the consumer countersigns. */
export interface Statement {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly number: StatementNumber;
  /** The month of service, which fixes prices and tiers. */
  readonly period: PeriodId;
  readonly lines: readonly Line[];
  /** The most the consumer agrees to pay, fee included. */
  readonly maximum: Credits;
  /** Records root: commits to every record and to the sum of their amounts. */
  readonly root: Hash;
  /** The last month in which the statement may be posted. */
  readonly lastPeriod: PeriodId;
}

/** A key pair's compact signature (EIP-2098), or a contract's that answers for itself (ERC-1271). */
export type Signature =
  | { readonly kind: "key"; readonly r: Hash; readonly vs: Hash }
  | { readonly kind: "contract"; readonly signer: string; readonly bytes: Uint8Array };

export interface SignedStatement {
  readonly statement: Statement;
  readonly countersignature: Signature;
}

/**
 * What a batch does with a statement that cannot be posted: revert whole, leave it out, or leave it out unless only
 * room is lacking, which becomes an acknowledged debt. The numbers are the contract's.
 */
export const MODES = { allOrNothing: 0, skip: 1, acknowledge: 2 } as const;
export type Mode = keyof typeof MODES;

/** The most statements one batch may hold, and the most lines one statement may. */
export const BATCH_LIMIT = 256;
export const LINE_LIMIT = 255;

const HEAD = 54;
const FORM = 21;
/** In the byte of {@link FORM}: the signature is a contract's; the lines name resources. */
const CONTRACT = 1;
const LONG = 2;
const [LINE, LONG_LINE] = [6, 10];
const KEY_SIGNATURE = 64;
const CONTRACT_HEAD = 22;

/** Writes a signature as a batch carries it, without its kind. */
export function encodeSignature(signature: Signature): Uint8Array {
  if (signature.kind === "key") {
    const bytes = new Uint8Array(KEY_SIGNATURE);
    putHex(bytes, 0, 32, signature.r);
    putHex(bytes, 32, 32, signature.vs);
    return bytes;
  }
  const bytes = new Uint8Array(CONTRACT_HEAD + signature.bytes.length);
  putHex(bytes, 0, 20, signature.signer);
  putUint(bytes, 20, 2, signature.bytes.length);
  bytes.set(signature.bytes, CONTRACT_HEAD);
  return bytes;
}

export function signatureKind(signature: Signature): number {
  return signature.kind === "key" ? 0 : CONTRACT;
}

/** Writes a signature that stands alone: its kind, then the signature. */
export function encodeAlone(signature: Signature): Uint8Array {
  return new Uint8Array([signatureKind(signature), ...encodeSignature(signature)]);
}

/** Reads back what {@link encodeAlone} wrote. @throws `SignatureMalformed` */
export function decodeAlone(bytes: Uint8Array): Signature {
  const [signature, end] = decodeSignature(bytes, bytes[0], 1) ?? [];
  if (signature !== undefined && end === bytes.length) return signature;
  throw new ConsortiaError("SignatureMalformed", "The signature is cut off, or is none.");
}

/** Packs one statement with its countersignature; the layout is documented in contracts/types/Statement.sol. */
export function encodeStatement({ statement, countersignature }: SignedStatement): Uint8Array {
  const [body, signature] = [encodeUnsigned(statement), encodeSignature(countersignature)];
  const bytes = new Uint8Array(body.length + signature.length);
  bytes.set(body);
  bytes[FORM] = (bytes[FORM] ?? 0) | signatureKind(countersignature);
  bytes.set(signature, body.length);
  return bytes;
}

/** Packs a statement up to its signature, as the desks take it: the kind of signature is 0. @throws `StatementTooLong` */
export function encodeUnsigned(statement: Statement): Uint8Array {
  const { lines } = statement;
  if (lines.length > LINE_LIMIT) {
    throw new ConsortiaError(
      "StatementTooLong",
      `A statement carries at most ${LINE_LIMIT} lines, this one has ${lines.length}. Split it.`,
    );
  }
  const packed = encodeLines(lines);
  const bytes = new Uint8Array(HEAD + packed.bytes.length);
  putUint(bytes, 0, 4, statement.consumer);
  putUint(bytes, 4, 4, statement.number);
  putUint(bytes, 8, 2, statement.period);
  putUint(bytes, 10, 2, statement.lastPeriod);
  putBig(bytes, 12, 8, statement.maximum);
  putUint(bytes, 20, 1, lines.length);
  if (packed.lineSize === LONG_LINE) bytes[FORM] = LONG;
  putHex(bytes, 22, 32, statement.root);
  bytes.set(packed.bytes, HEAD);
  return bytes;
}

/** Packs lines as a statement carries them: each in 10 bytes where any of them names a work, else in 6. */
export function encodeLines(lines: readonly Line[]): {
  readonly bytes: Uint8Array;
  readonly lineSize: number;
} {
  const long = lines.some(({ resource = 0 }) => resource !== 0);
  const lineSize = long ? LONG_LINE : LINE;
  const bytes = new Uint8Array(lines.length * lineSize);
  lines.forEach((line, index) => {
    const at = index * lineSize;
    putUint(bytes, at, 2, line.service);
    putUint(bytes, at + 2, 4, line.quantity);
    if (long) putUint(bytes, at + 6, 4, line.resource ?? 0);
  });
  return { bytes, lineSize };
}

/** Packs a supplier's statements into one batch. @throws `BatchMixed`, `BatchTooLarge`, `StatementTooLong` */
export function encodeBatch(statements: readonly SignedStatement[]): Uint8Array {
  const supplier = statements[0]?.statement.supplier;
  if (statements.length === 0 || statements.length > BATCH_LIMIT) {
    throw new ConsortiaError(
      "BatchTooLarge",
      `A batch holds 1 to ${BATCH_LIMIT} statements, this one ${statements.length}. Split it.`,
    );
  }
  if (statements.some(({ statement }) => statement.supplier !== supplier)) {
    throw new ConsortiaError(
      "BatchMixed",
      "A batch holds the statements of one supplier only. Make one each.",
    );
  }
  const parts = statements.map(encodeStatement);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/**
 * Reads a packed batch back, whatever numbers its statements carry: what a chain has logged is read as it is, and
 * whether it could be posted is not decided here.
 * @throws `BatchMalformed` with the offset where it breaks
 */
export function decodeBatch(supplier: MemberId, batch: Uint8Array): SignedStatement[] {
  const statements: SignedStatement[] = [];
  for (let offset = 0; offset < batch.length;) {
    const [signed, end] = decodeStatement(supplier, batch, offset);
    statements.push(signed);
    offset = end;
  }
  return statements;
}

/** Reads a statement back that was packed up to its signature. @throws `BatchMalformed` */
export function decodeUnsigned(supplier: MemberId, bytes: Uint8Array): Statement {
  const [statement, end] = decodeBody(supplier, bytes, 0);
  if (((bytes[FORM] ?? 0) & ~LONG) !== 0 || end !== bytes.length) throw malformed(0);
  return statement;
}

function decodeStatement(supplier: MemberId, batch: Uint8Array, offset: number): [SignedStatement, number] {
  const [statement, at] = decodeBody(supplier, batch, offset);
  const kind = (batch[offset + FORM] ?? 0) & ~LONG;
  const [countersignature, end] = decodeSignature(batch, kind, at) ?? [];
  if (countersignature === undefined || end === undefined) throw malformed(offset);
  return [{ statement, countersignature }, end];
}

/** The signature of a kind at a place, and where it ends; undefined where there is none. */
export function decodeSignature(
  bytes: Uint8Array,
  kind: number | undefined,
  at: number,
): [Signature, number] | undefined {
  if (kind === 0 && at + KEY_SIGNATURE <= bytes.length) {
    return [{ kind: "key", r: toHash(bytes, at), vs: toHash(bytes, at + 32) }, at + KEY_SIGNATURE];
  }
  if (kind !== CONTRACT || at + CONTRACT_HEAD > bytes.length) return undefined;
  const end = at + CONTRACT_HEAD + getUint(bytes, at + 20, 2);
  if (end > bytes.length) return undefined;
  const signer = `0x${getBig(bytes, at, 20).toString(16).padStart(40, "0")}`;
  return [{ kind: "contract", signer, bytes: bytes.slice(at + CONTRACT_HEAD, end) }, end];
}

/** A statement up to its signature, and where that begins. */
function decodeBody(supplier: MemberId, batch: Uint8Array, offset: number): [Statement, number] {
  const uint = (at: number, width: number): number => getUint(batch, offset + at, width);
  if (batch.length - offset < HEAD) throw malformed(offset);
  const count = uint(20, 1);
  const long = (uint(FORM, 1) & LONG) !== 0;
  const size = long ? LONG_LINE : LINE;
  const end = offset + HEAD + count * size;
  if (end > batch.length) throw malformed(offset);
  const lines = Array.from({ length: count }, (_, index): Line => {
    const at = HEAD + index * size;
    const line = { service: uint(at, 2) as ServiceId, quantity: uint(at + 2, 4) };
    const resource = long ? uint(at + 6, 4) : 0;
    return resource === 0 ? line : { ...line, resource: resource as ResourceId };
  });
  const statement: Statement = {
    supplier,
    consumer: uint(0, 4) as MemberId,
    number: uint(4, 4) as StatementNumber,
    period: uint(8, 2) as PeriodId,
    lastPeriod: uint(10, 2) as PeriodId,
    maximum: credits(getBig(batch, offset + 12, 8)),
    root: toHash(batch, offset + 22),
    lines,
  };
  return [statement, end];
}

function malformed(offset: number): ConsortiaError {
  return new ConsortiaError("BatchMalformed", `The batch breaks off or is no batch at byte ${offset}.`, {
    values: { offset },
  });
}

/** Checks that a statement could be posted at all, before anybody signs it. */
export function checkStatement(statement: Statement): Statement {
  hash(statement.root);
  if (statement.supplier === statement.consumer) {
    throw new ConsortiaError("StatementSameParty", `Member ${statement.supplier} cannot bill itself.`);
  }
  if (statement.lastPeriod > LAST_PERIOD) {
    throw new ConsortiaError(
      "StatementOutlives",
      `A statement cannot stay open after ${formatPeriod(LAST_PERIOD)}.`,
    );
  }
  if (statement.lines.length === 0)
    throw new ConsortiaError("StatementEmpty", "A statement needs at least one line.");
  return statement;
}
