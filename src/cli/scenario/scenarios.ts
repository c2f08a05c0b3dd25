import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { ConsortiaError } from "../../core/error.ts";
import { FIRST_MEMBER } from "../../core/ids.ts";
import { formatCredits } from "../../core/money.ts";
import { addMonths, formatPeriod, parsePeriod, periodOf } from "../../core/period.ts";
import type { PeriodId } from "../../core/period.ts";
import { readMessages } from "../import/messages.ts";
import { loadPreset } from "../network/preset.ts";
import { reportFiles } from "../report/files.ts";
import type { MonthReport } from "../report/month.ts";
import { settlementText } from "../report/terminal.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import { auditQuarrel, auditStage } from "./audit.ts";
import { readCast } from "./cast.ts";
import { commonsScenario } from "./commons/scenario.ts";
import { countYear } from "./governance/figures.ts";
import { yearText } from "./governance/report.ts";
import { governYear } from "./governance/year.ts";
import { busiestMonth, castOf, foldMessages, settleMonth } from "./month.ts";
import type { SettledMonth } from "./month.ts";
import { monthReport } from "./monthReport.ts";
import type { Stage } from "./stage.ts";
import { yearScenario } from "./year/scenario.ts";

export interface ScenarioOptions {
  /** Folders of messages; the example month by default. */
  readonly inputs: readonly string[];
  /** The scenario's own by default. */
  readonly preset?: string;
  /** The month to settle; the one with most records by default. */
  readonly month?: string;
  /** Where the report and the bundles go. */
  readonly out: string;
  readonly progress: (step: string) => void;
}

/** A scenario's outcome: what `--json` prints, and what a person reads. */
export interface ScenarioResult {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly text: (options: TerminalOptions) => string;
  /** What the scenario leaves behind. */
  readonly stage: Stage;
  /** Whether something that must hold does not. */
  readonly failed: boolean;
}

/** The outcome of a scenario that settles a month. */
export interface MonthResult extends ScenarioResult {
  readonly settled: SettledMonth;
}

const EXAMPLE = resolve(import.meta.dirname, "../../../examples/month");

const SCENARIOS: Readonly<Record<string, (options: ScenarioOptions) => Promise<ScenarioResult>>> = {
  month: runMonth,
  audit: runAudit,
  governance: runGovernance,
  commons: runCommons,
  oclc: (options) => runRegime("oclc", options),
  calis: (options) => runRegime("calis", options),
  nstl: (options) => runRegime("nstl", options),
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

/** Settles a month of messages. The caller stops the chain it leaves behind. */
export async function runMonth(options: ScenarioOptions): Promise<MonthResult> {
  const { progress, out, preset: name = "default" } = options;
  const preset = await loadPreset(name);
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
  const page = relative(process.cwd(), join(out, "index.html"));
  return {
    summary: summaryOf(report),
    text: (terminal) =>
      `${settlementText(report, terminal).trimEnd()}\n\nThe report is ${page}; CSV and JSON lie beside it.`,
    stage: settled.stage,
    settled,
    failed: report.invariants !== "held",
  };
}

/** A month, everything that can go wrong after it, and an audit of all of it. */
async function runAudit(options: ScenarioOptions): Promise<ScenarioResult> {
  const month = await runMonth(options);
  try {
    const { verdict, found, counts } = await auditQuarrel(month.settled, options.out, options.progress);
    const { wrong, unverifiable } = found;
    const told = `The audit found it ${verdict}: ${wrong} wrong, ${unverifiable} not verifiable. See audit.html.`;
    return {
      ...month,
      summary: { scenario: "audit", verdict, ...found, ...counts },
      text: (terminal) => `${month.text(terminal)}\n${told}`,
      failed: month.failed || verdict !== "clean",
    };
  } catch (error) {
    await month.stage.close();
    throw error;
  }
}

/** A year of governance and what it makes possible, and an audit of all of it. */
async function runGovernance(options: ScenarioOptions): Promise<ScenarioResult> {
  requireOwnTraffic(options);
  const { preset: name = "default", out, progress } = options;
  const preset = await loadPreset(name);
  await clear(out);
  const polity = await governYear({ preset, records: join(out, "records"), progress });
  const { stage, diary } = polity;
  try {
    const figures = await countYear(polity);
    const { verdict: audit } = await auditStage(stage, out, progress);
    const report = { consortium: preset.name, diary, figures, audit };
    const summary = { scenario: "governance", ...figures, audit };
    await writeFile(join(out, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
    const failed = figures.deployerRights > 0 || figures.violations > 0 || audit !== "clean";
    return { summary, text: (terminal) => yearText(report, terminal), stage, failed };
  } catch (error) {
    await stage.close();
    throw error;
  }
}

/** A month of loans, e-resources and a common catalogue. */
async function runCommons(options: ScenarioOptions): Promise<ScenarioResult> {
  requireOwnTraffic(options);
  const { preset, out, progress } = options;
  await clear(out);
  return commonsScenario({ out, progress, ...(preset === undefined ? {} : { preset }) });
}

/** A year of a regime, a calculation of it by hand, and an audit of all of it. */
async function runRegime(
  name: Parameters<typeof yearScenario>[0],
  options: ScenarioOptions,
): Promise<ScenarioResult> {
  requireOwnTraffic(options);
  const { preset, out, progress } = options;
  await clear(out);
  return yearScenario(name, { out, progress, ...(preset === undefined ? {} : { preset }) });
}

/** The month before this one where no record says otherwise. */
function defaultMonth(drafts: SettledMonth["fold"]["drafts"]): PeriodId {
  return busiestMonth(drafts) ?? addMonths(periodOf(Date.now() / 1000), -1);
}

/**
 * Empties a folder that an earlier run wrote, and marks it by an empty report as a run's, however this one ends.
 * @throws `OutTaken` where something else lies in it
 */
async function clear(out: string): Promise<void> {
  const names = await readdir(out).catch((): string[] => []);
  if (names.length > 0 && !names.includes("report.json")) {
    throw new ConsortiaError(
      "OutTaken",
      `${out} holds files of somebody else. Name an empty folder with --out.`,
    );
  }
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "report.json"), "{}\n");
}

/** @throws `OptionUnused` where a scenario that makes its own traffic is given messages or a month */
function requireOwnTraffic({ inputs, month }: ScenarioOptions): void {
  const option = inputs.length > 0 ? "--input" : month === undefined ? undefined : "--month";
  if (option === undefined) return;
  throw new ConsortiaError(
    "OptionUnused",
    `This scenario makes traffic of its own and reads no ${option}. Leave it out, or settle messages with "month" or "audit".`,
    { values: { option } },
  );
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
    members: members.filter(({ id }) => id >= FIRST_MEMBER).length,
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
