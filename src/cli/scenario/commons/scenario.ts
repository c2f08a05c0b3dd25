import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatCredits } from "../../../core/money.ts";
import { formatPeriod } from "../../../core/period.ts";
import { loadPreset } from "../../network/preset.ts";
import { auditStage } from "../audit.ts";
import type { TerminalOptions } from "../../report/terminal.ts";
import type { Stage } from "../stage.ts";
import { countBy, figuresOf } from "./figures.ts";
import { writePapers } from "./papers.ts";
import { commonsJson, commonsText, type CommonsReport } from "./report.ts";
import { settleCommons, type SettledCommons } from "./run.ts";
import { readSample } from "./sample.ts";

export interface CommonsScenarioOptions {
  /** `commons` by default; another one must price the sample's services and have an attestor of contributions. */
  readonly preset?: string;
  /** Where bundles, statements, papers and the report go: an empty folder. */
  readonly out: string;
  readonly progress: (step: string) => void;
}

/** The month's outcome; the caller closes the stage. */
export interface CommonsScenario {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly text: (options: TerminalOptions) => string;
  readonly stage: Stage;
  readonly failed: boolean;
  readonly settled: SettledCommons;
  readonly report: CommonsReport;
}

/** A month of loans, e-resources and a common catalogue, its papers, and an audit of all of it. */
export async function commonsScenario(options: CommonsScenarioOptions): Promise<CommonsScenario> {
  const { preset: name = "commons", out, progress } = options;
  const preset = await loadPreset(name);
  progress("Reading the sample");
  const sample = await readSample(preset.currency);
  const settled = await settleCommons({ sample, preset, out, progress });
  const { stage } = settled;
  try {
    progress("Writing papers for every member");
    const papers = await writePapers(settled);
    const { verdict: audit } = await auditStage(stage, out, progress);
    const report: CommonsReport = {
      ...{ consortium: preset.name, currency: preset.currency },
      ...{ month: sample.month, usageMonth: sample.usageMonth },
      ...{ figures: figuresOf(settled), refused: settled.refused, statements: settled.settled.length },
      exceptions: countBy(settled.exceptions.map(({ reason }) => reason)),
      ...{ papers, audit },
    };
    await writeFile(join(out, "report.json"), commonsJson(report));
    const text = (terminal: TerminalOptions) => commonsText(report, terminal);
    return { summary: summaryOf(report), text, stage, failed: audit !== "clean", settled, report };
  } catch (error) {
    await stage.close();
    throw error;
  }
}

function summaryOf({ month, figures, statements, refused, papers, audit }: CommonsReport) {
  const { members, catalogueContributions, usageRecords, catalogueUses, notReady, gross, fees } = figures;
  return {
    scenario: "commons",
    period: formatPeriod(month),
    members: members.length - 1,
    statements,
    ...{ catalogueContributions, usageRecords, catalogueUses },
    notReadyMonths: notReady.length,
    correctedStatements: refused.length,
    ...{ gross: formatCredits(gross), fees: formatCredits(fees) },
    documents: papers.length,
    audit,
  };
}
