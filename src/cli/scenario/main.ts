import { writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isConsortiaError } from "../../core/error.ts";
import { exitCode } from "../shell/errors.ts";
import { runScenario, scenarioNames } from "./scenarios.ts";
import type { ScenarioResult } from "./scenarios.ts";

const HELP = `Runs a scenario on a chain of its own on this machine.

Usage: npm run scenario -- <name> [options]
       npm start -- [options]                 the same as "scenario month"

Scenarios: ${scenarioNames().join(", ")}

  --input <folder>   folder of ISO 18626 messages (*.xml), with a members.json or without;
                     may be given more than once; examples/month by default;
                     for month and audit alone
  --month <YYYY-MM>  the month to settle, likewise; the one with most records by default
  --preset <name>    prices and terms: a name in deploy/parameters, or a file; for oclc,
                     calis, nstl and commons their own, for the others "default"
  --out <folder>     where the report goes; out by default
  --once             end after the report instead of keeping the chain running
  --json             print the summary as one JSON object and nothing else

Example: npm start -- --input ~/ill-messages --month 2026-10 --once
`;

/** Runs a scenario for a person or a program. @returns the exit code */
export async function scenarioMain(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        input: { type: "string", multiple: true, default: [] },
        month: { type: "string" },
        preset: { type: "string" },
        out: { type: "string", default: "out" },
        once: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help || positionals.length !== 1) {
      process.stdout.write(HELP);
      return values.help ? 0 : 2;
    }
    const result = await runScenario(positionals[0] ?? "", {
      inputs: values.input,
      ...(values.preset === undefined ? {} : { preset: values.preset }),
      ...(values.month === undefined ? {} : { month: values.month }),
      out: resolve(values.out),
      progress: (step) => {
        if (!values.json) process.stderr.write(`${step} …\n`);
      },
    });
    try {
      if (values.json) process.stdout.write(`${JSON.stringify(result.summary)}\n`);
      else show(result);
      if (!values.once && !values.json && process.stdin.isTTY) await keepOpen(result, values.out);
      return result.failed ? 1 : 0;
    } finally {
      await result.stage.close();
    }
  } catch (error) {
    return fail(error);
  }
}

function show({ text }: ScenarioResult): void {
  const { isTTY } = process.stdout;
  const columns = isTTY ? process.stdout.columns : 120;
  const colour = isTTY && process.env.NO_COLOR === undefined;
  process.stdout.write(`${text({ width: Math.min(columns, 120), colour })}\n`);
}

/** Leaves the chain up for the command line until somebody ends it. */
async function keepOpen({ stage }: ScenarioResult, out: string): Promise<void> {
  const { chain, admin } = stage;
  const file = join(resolve(out), "deployment.json");
  const { deployment } = admin;
  await writeFile(
    file,
    `${JSON.stringify({ ...deployment, chainId: Number(deployment.chainId) }, null, 2)}\n`,
  );
  process.stdout.write(
    `\nThe chain stays up at ${chain.url} until you press Ctrl-C. Look around in another terminal:\n` +
      `  CONSORTIA_RPC_URL=${chain.url} npm run consortia -- member list --deployment ${relative(process.cwd(), file)}\n`,
  );
  await new Promise<void>((done) => {
    process.once("SIGINT", done);
    process.once("SIGTERM", done);
    void chain.ended.then(() => {
      done();
    });
  });
}

function fail(error: unknown): number {
  if (isConsortiaError(error)) {
    process.stderr.write(`${error.message}\n`);
    return exitCode(error);
  }
  const usage = error instanceof TypeError && "code" in error;
  process.stderr.write(
    `${usage ? error.message : String(error instanceof Error ? (error.stack ?? error) : error)}\n`,
  );
  return usage ? 2 : 1;
}
