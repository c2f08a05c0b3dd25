import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { getBytes, hexlify } from "ethers";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { hash, memberId, serviceId, statementNumber } from "../../core/ids.ts";
import { formatCredits, parseCredits } from "../../core/money.ts";
import { formatPeriod, parsePeriod } from "../../core/period.ts";
import { checkStatement, type Signature, type Statement } from "../../core/statement.ts";
import { readJson, writeText } from "../shell/files.ts";

/** A statement on its way: made by the supplier, signed by the consumer, posted by the supplier. */
export interface StatementFile {
  readonly chainId: number;
  readonly ledger: string;
  readonly statement: Statement;
  readonly countersignature?: Signature;
}

export function statementPath(folder: string, { supplier, number }: Statement): string {
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
  const source = (await readJson(path)) as Record<string, unknown>;
  try {
    if (source["version"] !== 1) throw new TypeError("it is no statement of version 1");
    const lines = source["lines"] as readonly { service: number; quantity: number }[];
    const statement = checkStatement({
      supplier: memberId(source["supplier"] as number),
      consumer: memberId(source["consumer"] as number),
      number: statementNumber(source["number"] as number),
      period: parsePeriod(String(source["period"])),
      lines: lines.map(({ service, quantity }) => ({
        service: serviceId(service),
        quantity: units(quantity),
      })),
      maximum: parseCredits(String(source["maximum"])),
      root: hash(String(source["root"])),
      lastPeriod: parsePeriod(String(source["lastPeriod"])),
    });
    const signature = source["countersignature"];
    return {
      chainId: Number(source["chainId"]),
      ledger: String(source["ledger"]),
      statement,
      ...(signature === undefined ? {} : { countersignature: readSignature(signature as never) }),
    };
  } catch (cause) {
    const reason =
      isConsortiaError(cause) || cause instanceof TypeError ? cause.message : "a part is missing";
    const message = `${path} is no statement, or was damaged: ${reason.replace(/\.$/, "")}. Have it sent again, or build it anew.`;
    throw new ConsortiaError("StatementFileInvalid", message, { cause, values: { path } });
  }
}

/** Every statement file in a folder, by name; none where there is no folder. */
export async function listStatements(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /^\d+-\d+\.json$/.test(name))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((name) => join(folder, name));
}

function units(quantity: number): number {
  if (Number.isInteger(quantity) && quantity > 0 && quantity <= 0xffff_ffff) return quantity;
  throw new TypeError("a quantity is out of range");
}

function plainSignature(signature: Signature) {
  return signature.kind === "key" ? signature : { ...signature, bytes: hexlify(signature.bytes) };
}

function readSignature(source: {
  kind: string;
  r: string;
  vs: string;
  signer: string;
  bytes: string;
}): Signature {
  if (source.kind === "key") return { kind: "key", r: hash(source.r), vs: hash(source.vs) };
  if (source.kind === "contract")
    return { kind: "contract", signer: source.signer, bytes: getBytes(source.bytes) };
  throw new TypeError("its countersignature is of no known kind");
}
