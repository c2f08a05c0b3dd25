import type { ServiceId } from "../../core/ids.ts";
import { credits, type Credits } from "../../core/money.ts";
import type { FindingCode } from "../codes.ts";
import type { Engine } from "../engine/engine.ts";
import type { BundleReport, BundleRequest, BundleSource, VerifiedBundle } from "../engine/report.ts";
import type { Findings } from "../finding.ts";
import { sentence, tell } from "../fold/ground.ts";
import type { FoldState } from "../fold/state.ts";
import { nameOf, refOf, type KnownStatement } from "../fold/statements.ts";
import type { GivenRecords } from "../fold/reversals.ts";
import { isBounded, totalsOf, unitIn } from "../fold/units.ts";
import { createDoubles } from "./doubles.ts";
import { createReversed } from "./reversed.ts";
import { checkWorks, usingWorks } from "./works.ts";

/** How many bundles were verified, and the records in them. */
export interface BundleCounts {
  readonly bundles: number;
  readonly records: number;
}

/** What a bundle's failure means for the audit. */
const FAILURES: Readonly<Record<string, FindingCode>> = {
  BundleMissing: "BundleMissing",
  BundleForeign: "RecordsForeign",
  BundleParties: "RecordsForeign",
};

/**
 * Verifies the records of every statement that was charged: they hash to its root, are its parties', sum to its gross,
 * make up its lines at the prices of its month, and none of them is billed twice.
 * @param directories record stores; a bundle that one lacks or holds damaged is looked for in the next
 * @param given what was given back, as the fold has it: what was reversed as a duplicate must have been one
 */
export async function verifyBundles(
  engine: Engine,
  state: FoldState,
  findings: Findings,
  directories: readonly string[],
  given: readonly GivenRecords[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<BundleCounts> {
  const charged = state.statements.list.filter(({ charge }) => charge !== undefined);
  const doubles = createDoubles(state, findings, charged);
  const reversed = createReversed(findings, given);
  let counts: BundleCounts = { bundles: 0, records: 0 };
  let open = charged.map((_, index) => index);
  const failed = new Map<number, { code: string; message: string }>();

  for (const directory of directories) {
    const source: BundleSource = { directory, chainId: state.site.chainId, ledger: state.site.ledger };
    const wanted = open.map((index) => requestOf(state, charged[index]!));
    const next: number[] = [];
    for await (const report of engine.verifyBundles(source, wanted)) {
      const index = open[report.index]!;
      onProgress(charged.length - open.length + report.index + 1, charged.length);
      if (report.kind === "failed") {
        keepWorst(failed, index, report);
        next.push(index);
        continue;
      }
      failed.delete(index);
      counts = { bundles: counts.bundles + 1, records: counts.records + report.count };
      checkBundle(state, findings, charged[index]!, report);
      doubles.add(index, report);
      reversed.add(charged[index]!, report);
    }
    open = next;
  }
  for (const index of open) {
    const { code, message } = failed.get(index) ?? { code: "BundleMissing", message: "No store was named." };
    add(findings, charged[index]!, FAILURES[code] ?? "BundleDamaged", message);
  }
  doubles.finish();
  reversed.finish();
  return counts;
}

function requestOf(state: FoldState, known: KnownStatement): BundleRequest {
  const { root, supplier, consumer, period, lines } = known.statement;
  const prices = new Map<ServiceId, Credits>();
  const shared: ServiceId[] = [];
  for (const { service } of lines) {
    const unit = unitIn(state, known, service);
    if (unit === undefined) continue;
    prices.set(service, unit.price);
    if (isBounded(unit)) shared.push(service);
  }
  const given = [...(state.statements.givenOf(known.digest)?.records ?? [])];
  return { root, supplier, consumer, period, prices, shared, using: usingWorks(state, known), given };
}

/** A damaged copy says more than a missing one. */
function keepWorst(
  failed: Map<number, { code: string; message: string }>,
  index: number,
  report: Extract<BundleReport, { kind: "failed" }>,
): void {
  const before = failed.get(index);
  if (before === undefined || before.code === "BundleMissing") failed.set(index, report);
}

function checkBundle(
  state: FoldState,
  findings: Findings,
  known: KnownStatement,
  bundle: VerifiedBundle,
): void {
  const { statement, gross } = known;
  const told = nameOf(statement);
  if (bundle.sum !== gross) {
    const figures = { expected: tell.amount(gross), found: tell.amount(bundle.sum) };
    const message = `The records of ${told} sum to ${figures.found}, and it bills ${figures.expected}.`;
    add(findings, known, "RecordsSumWrong", message, figures);
  }
  const [billed, counted] = [quantities(statement.lines), quantities(bundle.lines)];
  if (billed !== counted) {
    const message = `The records of ${told} are ${counted} by service, and its lines say ${billed}.`;
    add(findings, known, "LinesWrong", message, { expected: billed, found: counted });
  }
  if (bundle.mispriced !== undefined) {
    const { record, amount, due } = bundle.mispriced;
    const price = due === undefined ? "nothing that was offered" : tell.amount(due);
    const message = `Record ${record} of ${told} says ${tell.amount(amount)}, and the schedule ${price}.`;
    add(findings, known, "RecordPriceWrong", message, { expected: price, found: tell.amount(amount) });
  }
  checkShared(state, findings, known, bundle);
  checkWorks(state, findings, known, bundle.works);
  if (bundle.misdated !== undefined) {
    const message = `Record ${bundle.misdated} of ${told} was not completed in ${tell.month(statement.period)}.`;
    add(findings, known, "RecordMonthWrong", message, { expected: tell.month(statement.period) });
  }
  if (bundle.number !== statement.number || bundle.period !== statement.period) {
    const message = `The bundle of ${told} says it belongs to number ${bundle.number} of ${tell.month(bundle.period)}.`;
    add(findings, known, "BundleMislabelled", message);
  }
  checkGiven(state, findings, known, bundle);
}

/** The records of a service whose lines have a least or a most come to its lines, whichever of them bears how much. */
function checkShared(
  state: FoldState,
  findings: Findings,
  known: KnownStatement,
  bundle: VerifiedBundle,
): void {
  const totals = totalsOf(state, known);
  for (const { service, amount } of bundle.lines) {
    const [unit, due] = [unitIn(state, known, service), totals.get(service)];
    if (unit === undefined || !isBounded(unit) || due === undefined || due === amount) continue;
    const figures = { expected: tell.amount(due), found: tell.amount(amount) };
    const message = `The records of ${nameOf(known.statement)} sum to ${figures.found} for service ${service}, and its lines to ${figures.expected}.`;
    add(findings, known, "LineSumWrong", message, figures);
  }
}

/** What was given back of a statement is what its named records come to, as far as it was charged. */
function checkGiven(
  state: FoldState,
  findings: Findings,
  known: KnownStatement,
  bundle: VerifiedBundle,
): void {
  const given = state.statements.givenOf(known.digest);
  if (given === undefined || known.charge === undefined) return;
  const due = given.whole ? known.charge.gross : least(bundle.given, known.charge.gross);
  if (given.amount === due) return;
  const figures = { expected: tell.amount(due), found: tell.amount(given.amount) };
  const message = `${figures.found} was given back of ${nameOf(known.statement)}, and its records come to ${figures.expected}.`;
  add(findings, known, "RefundWrong", message, figures);
}

function add(
  findings: Findings,
  { statement, place }: KnownStatement,
  code: FindingCode,
  message: string,
  figures: { readonly expected?: string; readonly found?: string } = {},
): void {
  findings.add(code, sentence(message), { ...place, statement: refOf(statement), ...figures });
}

/** Quantities by service, as `2 of service 1, 3 of service 2`. */
function quantities(lines: readonly { readonly service: ServiceId; readonly quantity: number }[]): string {
  const sums = new Map<ServiceId, number>();
  for (const { service, quantity } of lines) sums.set(service, (sums.get(service) ?? 0) + quantity);
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([service, quantity]) => `${quantity} of service ${service}`)
    .join(", ");
}

function least(a: bigint, b: bigint): Credits {
  return credits(a < b ? a : b);
}
