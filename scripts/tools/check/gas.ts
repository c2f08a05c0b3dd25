import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, runScript } from "../process.ts";
import type { Outcome } from "./run.ts";
import { differences, readSnapshot, writeSnapshot } from "./snapshot.ts";

const bench = "scripts/bench.ts";

/** Signatures differ in how many of their bytes are zero, and a zero byte of calldata is cheaper. */
const tolerance = 0.002;

/** Compares what the gas benchmarks print with what was committed. */
export async function checkGas(update: boolean): Promise<Outcome> {
  const before = readSnapshot("gas");
  if (!existsSync(join(root, bench))) {
    const ok = before === undefined;
    return { ok, output: ok ? "" : `snapshots/gas.json exists, but ${bench} does not` };
  }
  if (before === undefined && !update) return { ok: true, output: "" };
  const { code, output, stdout } = await runScript(bench, ["gas", "governance", "--json"]);
  if (code !== 0) return { ok: false, output };
  const after: unknown = JSON.parse(stdout);
  if (update) {
    writeSnapshot("gas", after);
    return { ok: true, output: "" };
  }
  const changed = differences(before, after, tolerance);
  if (changed.length > 0)
    changed.push("gas differs from snapshots/gas.json; npm run check -- --update takes it over");
  return { ok: changed.length === 0, output: changed.join("\n") };
}
