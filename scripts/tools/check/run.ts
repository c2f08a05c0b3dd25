import { none, type Counts } from "../counts.ts";

export interface Outcome {
  readonly ok: boolean;
  /** What a reader needs in order to act; shown when the step failed. */
  readonly output: string;
  /** A table worth seeing whenever the step runs. */
  readonly table?: string;
}

export interface Step {
  readonly name: string;
  /** Names of steps that must end first; when one of them fails, this one is not run and counts as failed. */
  readonly after?: readonly string[];
  readonly run: () => Promise<Outcome>;
}

const width = 2;

/** Runs steps, at most two at a time, prints one line each, and counts. */
export async function runSteps(steps: readonly Step[], print: (line: string) => void): Promise<Counts> {
  const ended = new Map<string, boolean>();
  const names = new Set(steps.map((step) => step.name));
  const waiting = [...steps];
  const running = new Set<Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    const ready = (step: Step) => (step.after ?? []).every((name) => !names.has(name) || ended.has(name));
    const next = running.size < width ? waiting.findIndex(ready) : -1;
    const [step] = next >= 0 ? waiting.splice(next, 1) : [];
    if (step === undefined) {
      await Promise.race(running);
      continue;
    }
    const work: Promise<void> = runStep(step, ended, print).then(() => void running.delete(work));
    running.add(work);
  }
  const passed = [...ended.values()].filter(Boolean).length;
  return { ...none, passed, failed: ended.size - passed };
}

async function runStep(
  step: Step,
  ended: Map<string, boolean>,
  print: (line: string) => void,
): Promise<void> {
  const started = performance.now();
  const blockedBy = (step.after ?? []).find((name) => ended.get(name) === false);
  const { ok, output, table } =
    blockedBy === undefined
      ? await step.run().catch((error: unknown) => ({ ok: false, output: String(error), table: undefined }))
      : { ok: false, output: `not run, because ${blockedBy} failed`, table: undefined };
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  print(`${ok ? "ok  " : "FAIL"} ${step.name.padEnd(10)} ${seconds.padStart(6)} s`);
  if (table) print(indent(table));
  if (!ok) print(indent(output));
  ended.set(step.name, ok);
}

const indent = (text: string): string => text.trimEnd().replaceAll(/^/gm, "     ");
