import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { add, none, type Counts } from "./counts.ts";
import { filesBelow } from "./files.ts";
import { runScript, runTool } from "./process.ts";

const suffixes = { mocha: ".test.ts", solidity: ".t.sol" } as const;
type Kind = keyof typeof suffixes;
const kinds = Object.keys(suffixes) as Kind[];

export interface Plan {
  readonly kind: Kind;
  readonly files: readonly string[];
  readonly grep: string;
}

const usage = "usage: npm test -- [mocha|solidity] [file or folder …] [--grep <pattern>]";

/** Turns arguments into the runs to make, given the files at or below a path. */
export function plan(args: readonly string[], list: (path: string) => string[] = filesBelow): Plan[] {
  const rest = [...args];
  let grep = "";
  const at = rest.indexOf("--grep");
  if (at >= 0) grep = rest.splice(at, 2)[1] ?? "";
  const unknown = rest.find((arg) => arg.startsWith("-"));
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}; ${usage}`);
  const wanted = kinds.filter((kind) => kind === rest[0]);
  const paths = wanted.length > 0 ? rest.slice(1) : rest;
  const files = [...new Set((paths.length > 0 ? paths : ["test"]).flatMap((path) => list(path)))];
  return (wanted.length > 0 ? wanted : kinds)
    .map((kind) => ({ kind, files: files.filter((file) => file.endsWith(suffixes[kind])), grep }))
    .filter((run) => run.files.length > 0);
}

/**
 * Runs the plan and counts; several kinds of tests side by side, once everything is compiled. The first is shown as it goes,
 * the others when they have ended. A run that breaks off counts as one failure more.
 */
export async function runTests(runs: readonly Plan[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "consortia-test-"));
  try {
    const built = runs.length > 1;
    if (built && !(await build())) return { ...none, failed: 1 };
    const ended = await Promise.all(
      runs.map((run, index) =>
        runOne(run, { countsFile: join(folder, `${run.kind}.json`), built, show: index === 0 }),
      ),
    );
    for (const { said } of ended) console.log(said);
    return ended.map(({ counts }) => counts).reduce(add, none);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(): Promise<boolean> {
  const { code } = await runTool("hardhat/dist/src/cli.js", ["build", "--quiet"], { show: true });
  return code === 0;
}

interface Run {
  readonly countsFile: string;
  /** Everything that tests need is compiled. */
  readonly built: boolean;
  readonly show: boolean;
}

/** How a run ended, and what is still to be said of it. */
interface Ended {
  readonly counts: Counts;
  readonly said: string;
}

async function runOne({ kind, files, grep }: Plan, { countsFile, built, show }: Run): Promise<Ended> {
  const given = [kind, countsFile, built ? "built" : "", grep, ...files];
  const { code, output } = await runScript("scripts/tools/test-worker.ts", given, { show });
  const { finished, ...counts } = readCounts(countsFile);
  if (finished && (code === 0 || counts.failed > 0)) return { counts, said: output };
  const broken = `\nThe ${kind} run broke off with exit code ${code}; that counts as one failure.`;
  return { counts: add(counts, { ...none, failed: 1 }), said: `${output}${broken}` };
}

function readCounts(file: string): Counts & { finished: boolean } {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Counts & { finished: boolean };
  } catch {
    return { ...none, finished: false };
  }
}
