import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { DIFFERENCE_KINDS, type Difference } from "../../core/difference.ts";
import { hash, memberId, serviceId, statementNumber } from "../../core/ids.ts";
import type { Hash, MemberId, StatementNumber } from "../../core/ids.ts";
import { formatPeriod, parsePeriod, type PeriodId } from "../../core/period.ts";
import { canonicalJson } from "../../core/json.ts";
import { writeText } from "../shell/files.ts";
import { address, agencyIn, list, objectOf, text, whole, type Json } from "./json.ts";

/** Why a consumer did not countersign a statement, for its supplier to read. */
export interface DifferencesReport {
  readonly chainId: number;
  readonly ledger: string;
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly number: StatementNumber;
  readonly period: PeriodId;
  /** Which records it is about: a corrected statement has another root. */
  readonly root: Hash;
  /** What does not hold of the statement as a whole, in words. */
  readonly faults: readonly string[];
  readonly differences: readonly Difference[];
}

/** Beside the statement's own file. */
export function differencesPath(statement: string): string {
  return statement.replace(/\.json$/, ".differences.json");
}

export function differencesText({ period, ...report }: DifferencesReport): string {
  const plain = { version: 1, ...report, period: formatPeriod(period) };
  return `${JSON.stringify(JSON.parse(canonicalJson(plain)), null, 2)}\n`;
}

export async function writeDifferences(path: string, report: DifferencesReport): Promise<void> {
  await writeText(path, differencesText(report));
}

/** Whether JSON is meant to be such a report; it may still be a wrong one. */
export function isDifferences(value: unknown): boolean {
  return typeof value === "object" && value !== null && "differences" in value;
}

/** Reads a report that someone else wrote. @throws `DifferencesInvalid` */
export function parseDifferences(name: string, value: unknown): DifferencesReport {
  try {
    const source = objectOf(value);
    if (source["version"] !== 1) throw new TypeError("it is no report of version 1");
    return {
      chainId: whole(source, "chainId", 1),
      ledger: address(source, "ledger"),
      supplier: memberId(whole(source, "supplier")),
      consumer: memberId(whole(source, "consumer")),
      number: statementNumber(whole(source, "number")),
      period: parsePeriod(text(source, "period")),
      root: hash(text(source, "root")),
      faults: list(source, "faults").map((fault) => text({ fault }, "fault")),
      differences: list(source, "differences").map((one) => readDifference(objectOf(one))),
    };
  } catch (cause) {
    const why = isConsortiaError(cause) || cause instanceof TypeError ? cause.message : String(cause);
    const message = `${name} is no report of differences: ${why.replace(/\.$/, "")}. Have it sent again.`;
    throw new ConsortiaError("DifferencesInvalid", message, { cause, values: { path: name } });
  }
}

function readDifference(source: Json): Difference {
  const kind = DIFFERENCE_KINDS.find((one) => one === source["kind"]);
  if (kind === undefined) throw new TypeError("a difference is of no known kind");
  const request = objectOf(source["request"]);
  return {
    kind,
    blocking: source["blocking"] === true,
    request: {
      requesting: agencyIn(request, "requesting"),
      supplying: agencyIn(request, "supplying"),
      id: text(request, "id"),
    },
    service: serviceId(whole(source, "service")),
    charge: whole(source, "charge"),
    billed: text(source, "billed"),
    own: text(source, "own"),
    sentence: text(source, "sentence"),
  };
}
