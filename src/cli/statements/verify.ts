import { recoverCountersigner } from "../../chain/signing.ts";
import { isConsortiaError } from "../../core/error.ts";
import { COMMONS, type ServiceId } from "../../core/ids.ts";
import { credits, formatCredits, parseCredits, ZERO, type Credits } from "../../core/money.ts";
import { formatPeriod } from "../../core/period.ts";
import { lineGross, recordsFit, type UnitPrice } from "../../core/schedule.ts";
import { LINE_LIMIT, type Line, type Statement } from "../../core/statement.ts";
import { bundleTree, type Bundle } from "../../records/bundle.ts";
import type { RecordStore } from "../../records/store.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readQuote } from "../../sdk/quotes.ts";
import { readPriceBetween } from "../../sdk/schedules.ts";
import { isCountersigned, isNumberUsed } from "../../sdk/statements.ts";
import type { StatementFile } from "./file.ts";

/** One line of a statement, as billed and as its records and the chain's prices have it. */
export interface LineCheck extends Line {
  /** How many records its service has; of several lines of one service each tells them all. */
  readonly records: number;
  readonly price: Credits | undefined;
  readonly amount: Credits;
  readonly fee: Credits;
  readonly ok: boolean;
}

export interface Check {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
}

export interface Verdict {
  readonly ok: boolean;
  readonly gross: Credits;
  readonly fee: Credits;
  /** What rights holders would be due, and what others would pay for the consumer, were it posted now. */
  readonly royalties: Credits;
  readonly relieved: Credits;
  readonly lines: readonly LineCheck[];
  readonly checks: readonly Check[];
}

/** Recomputes everything that a statement claims, from its records and the chain alone. */
export async function verifyStatement(
  consortium: Consortium,
  store: RecordStore,
  file: StatementFile,
): Promise<Verdict> {
  const { statement, countersignature } = file;
  const bundle = await store.get(statement.root);
  const lines = await checkLines(consortium, file, bundle);
  const gross = credits(lines.reduce((sum, line) => sum + line.amount, 0n));
  const fee = credits(lines.reduce((sum, line) => sum + line.fee, 0n));
  const { royalties, relieved, ...quoted } = await quote(consortium, statement, { gross, fee });
  const due = credits(gross + fee + royalties);
  const tree = bundle === undefined ? undefined : bundleTree(bundle);
  const { chainId, ledger } = consortium.deployment;
  const here = file.chainId === Number(chainId) && file.ledger.toLowerCase() === ledger.toLowerCase();
  const facts = ["supplier", "consumer", "number", "period"] as const;
  const about = bundle !== undefined && facts.every((fact) => bundle[fact] === statement[fact]);
  const used = await isNumberUsed(consortium, statement.supplier, statement.number);
  const checks: Check[] = [
    { check: "is for this ledger", ok: here, found: `${file.ledger} on chain ${file.chainId}` },
    {
      check: "its records are at hand",
      ok: bundle !== undefined,
      found: bundle === undefined ? `no bundle ${statement.root}` : `${bundle.records.length} records`,
    },
    { check: "the records are this statement's", ok: about, found: subjectOf(bundle) },
    { check: "the records hash to its root", ok: tree?.root === statement.root, found: tree?.root ?? "" },
    { check: "its lines are the records'", ok: lines.every(({ ok }) => ok), found: `${lines.length} lines` },
    {
      check: "the records' sum is its gross",
      ok: tree?.sum === gross,
      found: tree === undefined ? "" : `${formatCredits(tree.sum)} against ${formatCredits(gross)}`,
    },
    {
      check: "its maximum covers what is due",
      ok: statement.maximum >= due,
      found: `${formatCredits(statement.maximum)} against ${formatCredits(due)}`,
    },
    { check: "the chain prices it so", ...quoted },
    {
      check: "its number is unused",
      ok: !used,
      found: used ? "posted already" : `number ${statement.number}`,
    },
  ];
  if (countersignature !== undefined) {
    const signed = { statement, countersignature };
    checks.push({
      check:
        statement.consumer === COMMONS
          ? "an accredited key of COMMONS signed it"
          : "a key of the consumer signed it",
      ok: await isCountersigned(consortium, signed),
      found: recoverCountersigner(consortium.domain, statement, countersignature) ?? "no signature",
    });
  }
  return { ok: checks.every(({ ok }) => ok), gross, fee, royalties, relieved, lines, checks };
}

/** What the chain makes of it: the same amounts, and nothing that stands against it. */
async function quote(
  consortium: Consortium,
  statement: Statement,
  { gross, fee }: Pick<Verdict, "gross" | "fee">,
): Promise<Omit<Check, "check"> & Pick<Verdict, "royalties" | "relieved">> {
  const { supplier, consumer, period, lines } = statement;
  try {
    const quoted = await readQuote(consortium, { supplier, consumer, period, lines });
    const { royalties, relieved } = quoted;
    const ok = quoted.gross === gross && quoted.fee === fee;
    const amounts = `${formatCredits(quoted.gross)} and ${formatCredits(quoted.fee)} of fee`;
    return { ok, found: amounts, royalties, relieved };
  } catch (error) {
    if (!isConsortiaError(error) || error.retryable || !error.code.startsWith("Statement")) throw error;
    return { ok: false, found: error.message, royalties: ZERO, relieved: ZERO };
  }
}

async function checkLines(
  consortium: Consortium,
  { statement }: StatementFile,
  bundle: Bundle | undefined,
): Promise<LineCheck[]> {
  const records = bundle?.records ?? [];
  const billed = new Set(statement.lines.map(({ service }) => service));
  const stray = new Set(records.map(({ service }) => service).filter((service) => !billed.has(service)));
  const lines: Line[] = [
    ...statement.lines,
    // More lines no statement can have: the rest of a hostile bundle is not worth asking for.
    ...[...stray].slice(0, LINE_LIMIT).map((service) => ({ service, quantity: 0 })),
  ];
  const checked = new Map<ServiceId, ServiceCheck>();
  for (const { service } of lines) {
    if (checked.has(service)) continue;
    const unit = await readPriceBetween(consortium, statement, statement.period, service);
    const own = records.filter((record) => record.service === service);
    const quantities = lines.filter((line) => line.service === service).map(({ quantity }) => quantity);
    checked.set(service, {
      unit,
      records: own.length,
      ok: unit !== undefined && recordsFit(unit, quantities, own.map(charged)),
    });
  }
  return lines.map((line) => {
    const { unit, records: count, ok } = checked.get(line.service)!;
    return {
      ...line,
      ...{ records: count, price: unit?.price },
      amount: unit === undefined ? ZERO : lineGross(unit, line.quantity),
      fee: credits((unit?.fee ?? 0n) * BigInt(line.quantity)),
      ok,
    };
  });
}

function charged({ quantity, amount }: Bundle["records"][number]) {
  return { quantity, amount: parseCredits(amount) };
}

interface ServiceCheck {
  readonly unit: UnitPrice | undefined;
  readonly records: number;
  readonly ok: boolean;
}

function subjectOf(bundle: Bundle | undefined): string {
  if (bundle === undefined) return "";
  const { supplier, consumer, number, period } = bundle;
  return `${supplier}-${number} for ${consumer} in ${formatPeriod(period)}`;
}
