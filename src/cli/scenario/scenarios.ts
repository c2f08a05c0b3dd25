import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { ConsortiaError } from "../../core/error.ts";
import { formatCredits } from "../../core/money.ts";
import { addMonths, formatPeriod, parsePeriod, periodOf } from "../../core/period.ts";
import type { PeriodId } from "../../core/period.ts";
import { readMessages } from "../import/messages.ts";
import { loadPreset } from "../network/preset.ts";
import { reportFiles } from "../report/files.ts";
import type { MonthReport } from "../report/month.ts";
import { auditQuarrel } from "./audit.ts";
import { readCast } from "./cast.ts";
import { busiestMonth, castOf, foldMessages, settleMonth } from "./month.ts";
import type { SettledMonth } from "./month.ts";
import { monthReport } from "./monthReport.ts";

export interface ScenarioOptions {
  /** Folders of messages; the example month by default. */
  readonly inputs: readonly string[];
  readonly preset: string;
  /** The month to settle; the one with most records by default. */
  readonly month?: string;
  /** Where the report and the bundles go. */
  readonly out: string;
  readonly progress: (step: string) => void;
}

/** A scenario's outcome: what `--json` prints, and what a person reads. */
export interface ScenarioResult {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly report: MonthReport;
  readonly settled: SettledMonth;
  /** Whether something that must hold does not. */
  readonly failed: boolean;
}

const EXAMPLE = resolve(import.meta.dirname, "../../../examples/month");

const SCENARIOS: Readonly<Record<string, (options: ScenarioOptions) => Promise<ScenarioResult>>> = {
  month: runMonth,
  audit: runAudit,
};

export function scenarioNames(): string[] {
  return Object.keys(SCENARIOS);
}

/** Runs a scenario by name. The caller stops the chain it leaves behind. @throws `ScenarioUnknown` */
export function runScenario(name: string, options: ScenarioOptions): Promise<ScenarioResult> {
  const scenario = SCENARIOS[name];
  if (scenario === undefined) {
    throw new ConsortiaError(
      "ScenarioUnknown",
      `There is no scenario "${name}". There are: ${scenarioNames().join(", ")}.`,
    );
  }
  return scenario(options);
}

async function runMonth(options: ScenarioOptions): Promise<ScenarioResult> {
  const { progress, out } = options;
  const preset = await loadPreset(options.preset);
  const inputs = options.inputs.length === 0 ? [EXAMPLE] : options.inputs;
  progress(`Reading messages of ${inputs.join(", ")}`);
  const folders = await Promise.all(inputs.map((folder) => readMessages(folder)));
  const casts = await Promise.all(inputs.map(readCast));
  const fold = foldMessages(
    folders.flatMap(({ messages }) => messages),
    preset,
  );
  const month = options.month === undefined ? defaultMonth(fold.drafts) : parsePeriod(options.month);
  await clear(out);
  const settled = await settleMonth({
    players: castOf(casts.flat(), fold),
    fold,
    refused: folders.flatMap(({ refused }) => refused),
    preset,
    month,
    store: join(out, "records"),
    progress,
  });
  const report = await monthReport(settled);
  progress("Writing the report");
  await writeReport(report, out);
  return { summary: summaryOf(report), report, settled, failed: report.invariants !== "held" };
}

/** A month, everything that can go wrong after it, and an audit of all of it. */
async function runAudit(options: ScenarioOptions): Promise<ScenarioResult> {
  const month = await runMonth(options);
  try {
    const { verdict, found, counts } = await auditQuarrel(month.settled, options.out, options.progress);
    return {
      ...month,
      summary: { scenario: "audit", verdict, ...found, ...counts },
      failed: month.failed || verdict !== "clean",
    };
  } catch (error) {
    await month.settled.stage.close();
    throw error;
  }
}

/** The month before this one where no record says otherwise. */
function defaultMonth(drafts: SettledMonth["fold"]["drafts"]): PeriodId {
  return busiestMonth(drafts) ?? addMonths(periodOf(Date.now() / 1000), -1);
}

/** Empties a folder that an earlier run wrote. @throws `OutTaken` where something else lies in it */
async function clear(out: string): Promise<void> {
  const names = await readdir(out).catch((): string[] => []);
  if (names.length > 0 && !names.includes("report.json")) {
    throw new ConsortiaError(
      "OutTaken",
      `${out} holds files of somebody else. Name an empty folder with --out.`,
    );
  }
  await rm(out, { recursive: true, force: true });
}

async function writeReport(report: MonthReport, out: string): Promise<void> {
  for (const [path, content] of reportFiles(report)) {
    const file = join(out, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** Amounts are decimal strings, counts and gas are numbers. */
function summaryOf(report: MonthReport): Record<string, unknown> {
  const { totals, gas, members, statements, services, exceptions, messages, invariants } = report;
  return {
    scenario: "month",
    period: formatPeriod(report.period),
    currency: report.currency,
    members: members.filter(({ kind }) => kind !== "commons").length,
    messages,
    records: services.reduce((all, { records }) => all + records, 0),
    exceptions: exceptions.length,
    statements: statements.length,
    gross: formatCredits(totals.gross),
    fees: formatCredits(totals.fees),
    net: formatCredits(totals.net),
    paid: formatCredits(totals.paid),
    deposits: formatCredits(totals.deposits),
    advances: formatCredits(totals.advances),
    acknowledged: formatCredits(totals.acknowledged),
    closeGas: gas.close,
    postGasPerStatement: gas.postPerStatement,
    invariants,
  };
}
