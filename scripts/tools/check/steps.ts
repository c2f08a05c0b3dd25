import { filesBelow } from "../files.ts";
import { runTool, type Ended } from "../process.ts";
import { checkGas } from "./gas.ts";
import { checkLengths } from "./lengths.ts";
import type { Outcome, Step } from "./run.ts";
import { checkSizes } from "./sizes.ts";

const plainOutcome = ({ code, output }: Ended): Outcome => ({ ok: code === 0, output });

/** The house's checks. With `update`, snapshots are rewritten instead of compared. */
export const steps = (update: boolean): Step[] => [
  {
    name: "build",
    run: () => runTool("hardhat/dist/src/cli.js", ["build", "--no-tests"]).then(plainOutcome),
  },
  {
    name: "format",
    run: () =>
      runTool("prettier/bin/prettier.cjs", ["--check", "--log-level", "warn", "."]).then(plainOutcome),
  },
  {
    name: "types",
    after: ["build"],
    run: () => runTool("typescript/bin/tsc", ["--noEmit"]).then(plainOutcome),
  },
  {
    name: "eslint",
    after: ["build"],
    run: () => runTool("eslint/bin/eslint.js", ["--max-warnings", "0", "."]).then(plainOutcome),
  },
  { name: "solhint", run: solhint },
  { name: "lengths", run: () => Promise.resolve(checkLengths()) },
  { name: "sizes", after: ["build"], run: () => Promise.resolve(checkSizes(update)) },
  { name: "gas", after: ["build"], run: () => checkGas(update) },
];

async function solhint(): Promise<Outcome> {
  const files = ["contracts", "test"].flatMap(filesBelow).filter((file) => file.endsWith(".sol"));
  if (files.length === 0) return { ok: true, output: "" };
  return plainOutcome(
    await runTool("solhint/solhint.js", ["--disc", "--noPoster", "--max-warnings", "0", ...files]),
  );
}
