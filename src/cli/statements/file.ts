import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { getBytes, hexlify, isAddress, isHexString } from "ethers";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { hash, memberId, resourceId, serviceId, statementNumber } from "../../core/ids.ts";
import { formatCredits, parseCredits } from "../../core/money.ts";
import { formatPeriod, parsePeriod } from "../../core/period.ts";
import { checkStatement, LINE_LIMIT, type Signature, type Statement } from "../../core/statement.ts";
import { canonicalJson } from "../../core/json.ts";
import { readJson, writeText } from "../shell/files.ts";
import { address, list, objectOf, text, whole } from "./json.ts";

/** A statement on its way: made by the supplier, signed by the consumer, posted by the supplier. */
export interface StatementFile {
  readonly chainId: number;
  readonly ledger: string;
  readonly statement: Statement;
  readonly countersignature?: Signature;
}

const UINT64 = (1n << 64n) - 1n;

/** A supplier's number names its statement. */
export type StatementName = Pick<Statement, "supplier" | "number">;

export function statementPath(folder: string, { supplier, number }: StatementName): string {
  return join(folder, `${supplier}-${number}.json`);
}

/** The statement as plain JSON: months as `2026-10`, amounts as decimal text. Bundles carry it too. */
export function plainStatement({ statement, countersignature, ...where }: StatementFile) {
  const { period, lastPeriod, maximum, lines, ...rest } = statement;
  return {
    version: 1,
    ...where,
    ...rest,
    period: formatPeriod(period),
    lastPeriod: formatPeriod(lastPeriod),
    maximum: formatCredits(maximum),
    lines,
    ...(countersignature === undefined ? {} : { countersignature: plainSignature(countersignature) }),
  };
}

export async function writeStatement(path: string, file: StatementFile): Promise<void> {
  await writeText(path, `${JSON.stringify(plainStatement(file), null, 2)}\n`);
}

/** @throws `FileUnreadable`, `FileNotJson`, `StatementFileInvalid` */
export async function readStatement(path: string): Promise<StatementFile> {
  return parseStatement(path, await readJson(path));
}

/** Reads a statement that someone else wrote; `name` is the file's, for the error. @throws `StatementFileInvalid` */
export function parseStatement(name: string, value: unknown): StatementFile {
  try {
    const source = objectOf(value);
    if (source["version"] !== 1) throw new TypeError("it is no statement of version 1");
    if (Array.isArray(source["records"])) {
      throw new TypeError('it carries its records, so take it in with "consortia statement receive" first');
    }
    const { countersignature } = source;
    const maximum = parseCredits(text(source, "maximum"));
    if (maximum < 0n || maximum > UINT64) throw new TypeError("its maximum is out of range");
    const statement = checkStatement({
      supplier: memberId(whole(source, "supplier")),
      consumer: memberId(whole(source, "consumer")),
      number: statementNumber(whole(source, "number")),
      period: parsePeriod(text(source, "period")),
      lines: list(source, "lines", LINE_LIMIT)
        .map(objectOf)
        .map((line) => ({
          service: serviceId(whole(line, "service")),
          quantity: whole(line, "quantity", 1, 0xffff_ffff),
          ...(line["resource"] === undefined ? {} : { resource: resourceId(whole(line, "resource")) }),
        })),
      maximum,
      root: hash(text(source, "root")),
      lastPeriod: parsePeriod(text(source, "lastPeriod")),
    });
    const signed =
      countersignature === undefined ? {} : { countersignature: readSignature(countersignature) };
    return { chainId: whole(source, "chainId", 1), ledger: address(source, "ledger"), statement, ...signed };
  } catch (cause) {
    const reason =
      isConsortiaError(cause) || cause instanceof TypeError ? cause.message : "a part is missing";
    const message = `${name} is no statement, or was damaged: ${reason.replace(/\.$/, "")}. Have it sent again, or build it anew.`;
    throw new ConsortiaError("StatementFileInvalid", message, { cause, values: { path: name } });
  }
}

/** Whether two files hold one statement, signed or not. */
export function isSameStatement(one: StatementFile, other: StatementFile): boolean {
  const spelled = ({ countersignature: _, ...file }: StatementFile) =>
    canonicalJson(plainStatement({ ...file, ledger: file.ledger.toLowerCase() }));
  return spelled(one) === spelled(other);
}

/** Every statement file in a folder, by name; none where there is no folder. */
export async function listStatements(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /^\d+-\d+\.json$/.test(name))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((name) => join(folder, name));
}

function plainSignature(signature: Signature) {
  return signature.kind === "key" ? signature : { ...signature, bytes: hexlify(signature.bytes) };
}

function readSignature(value: unknown): Signature {
  const source = objectOf(value);
  const kind = text(source, "kind");
  if (kind === "key") return { kind, r: hash(text(source, "r")), vs: hash(text(source, "vs")) };
  if (kind !== "contract") throw new TypeError("its countersignature is of no known kind");
  const [signer, bytes] = [text(source, "signer"), text(source, "bytes")];
  if (!isAddress(signer) || !isHexString(bytes) || bytes.length % 2 !== 0 || bytes.length > 2 + 2 * 0xffff) {
    throw new TypeError("its countersignature is no contract's");
  }
  return { kind, signer, bytes: getBytes(bytes) };
}
