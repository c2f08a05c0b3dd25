import { recoverCountersigner } from "../../chain/signing.ts";
import { credits, formatCredits, parseCredits, type Credits } from "../../core/money.ts";
import type { ServiceId } from "../../core/ids.ts";
import { formatPeriod } from "../../core/period.ts";
import { LINE_LIMIT } from "../../core/statement.ts";
import { bundleTree, type Bundle } from "../../records/bundle.ts";
import type { RecordStore } from "../../records/store.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readTier } from "../../sdk/members.ts";
import { readPrice } from "../../sdk/schedules.ts";
import { isCountersigned, isNumberUsed } from "../../sdk/statements.ts";
import type { StatementFile } from "./file.ts";

/** One line of a statement, as billed and as its records and the chain's schedule have it. */
export interface LineCheck {
  readonly service: ServiceId;
  readonly quantity: number;
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
      ok: statement.maximum >= gross + fee,
      found: `${formatCredits(statement.maximum)} against ${formatCredits(credits(gross + fee))}`,
    },
    {
      check: "its number is unused",
      ok: !used,
      found: used ? "posted already" : `number ${statement.number}`,
    },
  ];
  if (countersignature !== undefined) {
    const signed = { statement, countersignature };
    checks.push({
      check: "a key of the consumer signed it",
      ok: await isCountersigned(consortium, signed),
      found: recoverCountersigner(consortium.domain, statement, countersignature) ?? "no signature",
    });
  }
  return { ok: checks.every(({ ok }) => ok), gross, fee, lines, checks };
}

async function checkLines(
  consortium: Consortium,
  { statement }: StatementFile,
  bundle: Bundle | undefined,
): Promise<LineCheck[]> {
  const tier = await readTier(consortium, statement.consumer, statement.period);
  const billed = new Set(statement.lines.map(({ service }) => service));
  const stray = (bundle?.records ?? []).filter(({ service }) => !billed.has(service));
  const lines = [
    ...statement.lines,
    ...[...new Set(stray.map(({ service }) => service))]
      // More lines no statement can have: the rest of a hostile bundle is not worth asking for.
      .slice(0, LINE_LIMIT)
      .map((service) => ({ service, quantity: 0 })),
  ];
  return Promise.all(
    lines.map(async ({ service, quantity }) => {
      const price = await readPrice(consortium, statement.period, service, tier);
      const own = (bundle?.records ?? []).filter((record) => record.service === service);
      const units = own.reduce((sum, record) => sum + record.quantity, 0);
      const fair = own.every(
        ({ amount, quantity: count }) => parseCredits(amount) === (price?.price ?? -1n) * BigInt(count),
      );
      return {
        ...{ service, quantity, records: own.length, price: price?.price },
        amount: credits((price?.price ?? 0n) * BigInt(quantity)),
        fee: credits((price?.fee ?? 0n) * BigInt(quantity)),
        ok: price !== undefined && units === quantity && fair,
      };
    }),
  );
}

function subjectOf(bundle: Bundle | undefined): string {
  if (bundle === undefined) return "";
  const { supplier, consumer, number, period } = bundle;
  return `${supplier}-${number} for ${consumer} in ${formatPeriod(period)}`;
}
