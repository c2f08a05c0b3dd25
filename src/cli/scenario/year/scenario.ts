import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDirectoryStore } from "../../../records/directory.ts";
import { loadPreset } from "../../network/preset.ts";
import type { TerminalOptions } from "../../report/terminal.ts";
import { auditStage } from "../audit.ts";
import type { Stage } from "../stage.ts";
import { totalsOf } from "./figures.ts";
import { REGIMES } from "./regimes.ts";
import { plain, yearJson, yearText, type YearReport } from "./report.ts";
import { runYear } from "./run.ts";

/** What a year's scenario is given. */
export interface YearScenarioOptions {
  /** The regime's own preset by default; another one changes what the chain charges, and not the calculation by hand. */
  readonly preset?: string;
  /** Where the report and the bundles go: an empty folder. */
  readonly out: string;
  readonly progress: (step: string) => void;
}

/** A year's outcome; the caller closes the stage. */
export interface YearScenario {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly text: (options: TerminalOptions) => string;
  readonly stage: Stage;
  readonly failed: boolean;
}

/** Runs a year of a regime, compares it with a calculation by hand, and has it audited by another process. */
export async function yearScenario(
  name: keyof typeof REGIMES,
  { preset: given = name, out, progress }: YearScenarioOptions,
): Promise<YearScenario> {
  const preset = await loadPreset(given);
  const store = createDirectoryStore(join(out, "records"));
  const year = await runYear(REGIMES[name], { preset, store, progress });
  const { stage, months, members, figures, differences, first } = year;
  try {
    const { verdict: audit } = await auditStage(stage, out, progress);
    const { name: consortium, currency } = preset;
    const report: YearReport = { consortium, currency, first, figures, differences, audit };
    await mkdir(out, { recursive: true });
    await writeFile(join(out, "report.json"), `${JSON.stringify(yearJson(report), null, 2)}\n`);
    const matchesIndependentCalculation = differences.length === 0;
    return {
      summary: {
        scenario: name,
        months,
        members,
        ...plain(totalsOf(figures)),
        matchesIndependentCalculation,
        audit,
      },
      text: (terminal) => yearText(report, terminal),
      stage,
      failed: !matchesIndependentCalculation || audit !== "clean",
    };
  } catch (error) {
    await stage.close();
    throw error;
  }
}
