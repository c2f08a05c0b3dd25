import { hash, memberId, serviceId, statementNumber } from "../core/ids.ts";
import { period } from "../core/period.ts";
import type { Bundle, BundleRecord } from "./bundle.ts";
import { canonicalJson } from "../core/json.ts";
import { address, amount, createReader, readRequest, text, whole } from "./reader.ts";

const reader = createReader("bundle", "BundleInvalid");
const { object, at, invalid } = reader;

/**
 * Reads a bundle from JSON that someone else wrote. Members it does not know are refused, not dropped: what
 * is stored is what was given. It does not compare the root; see checkRoot.
 * @throws `BundleInvalid` naming the member.
 */
export function parseBundle(value: unknown): Bundle {
  const members = "version chainId ledger supplier consumer number period root records".split(" ");
  const source = object("bundle", value, members, ["statement"]);
  const { version, records, statement } = source;
  if (version !== 1) throw invalid("version", `is ${String(version)}; this software reads version 1`);
  if (!Array.isArray(records) || records.length === 0) throw invalid("records", "is not a list of records");
  if (statement !== undefined) at("statement", () => canonicalJson(statement));
  return {
    version,
    chainId: at("chainId", () => whole(source["chainId"], 1)),
    ledger: at("ledger", () => address(source["ledger"])),
    supplier: at("supplier", () => memberId(whole(source["supplier"]))),
    consumer: at("consumer", () => memberId(whole(source["consumer"]))),
    number: at("number", () => statementNumber(whole(source["number"]))),
    period: at("period", () => period(whole(source["period"]))),
    root: at("root", () => hash(text(source["root"]))),
    records: records.map((record, i) => parseRecord(record, `records[${i}]`)),
    ...(statement === undefined ? {} : { statement }),
  };
}

function parseRecord(value: unknown, path: string): BundleRecord {
  const members = "request service charge quantity amount salt details completedAt".split(" ");
  const source = object(path, value, members);
  return {
    request: readRequest(reader, `${path}.request`, source["request"]),
    service: at(`${path}.service`, () => serviceId(whole(source["service"]))),
    charge: at(`${path}.charge`, () => whole(source["charge"], 0, 0xffff)),
    quantity: at(`${path}.quantity`, () => whole(source["quantity"], 0, 0xffff_ffff)),
    amount: at(`${path}.amount`, () => amount(source["amount"])),
    salt: at(`${path}.salt`, () => hash(text(source["salt"]))),
    details: at(`${path}.details`, () => parseDetails(source["details"])),
    completedAt: at(`${path}.completedAt`, () => whole(source["completedAt"])),
  };
}

function parseDetails(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError("is no object");
  for (const detail of Object.values(value)) text(detail);
  return { ...(value as Readonly<Record<string, string>>) };
}
