import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "./tools/files.ts";
import { coverageTable, readLcov, share, total } from "./tools/lcov.ts";
import { root, runTool } from "./tools/process.ts";

const required = 0.98;
const trace = join(root, "coverage/lcov.info");

rmSync(trace, { force: true });
const tests = filesBelow("test").filter((file) => file.endsWith(".test.ts") || file.endsWith(".t.sol"));
const run = await runTool(
  "hardhat/dist/src/cli.js",
  ["--config", "scripts/tools/coverage.config.ts", "--coverage", "--no-typechain", "test", ...tests],
  { show: process.argv.includes("--verbose"), env: { CONSORTIA_COVERAGE: "1" } },
);
if (run.code !== 0) console.log(`${run.output}\nSome tests failed under coverage.`);

const files = existsSync(trace) ? readLcov(readFileSync(trace, "utf8")) : [];
const contracts = files.filter(({ file }) => file.startsWith("contracts/"));
console.log(coverageTable(contracts));
const { lines, missed } = total(contracts);
const enough = lines > 0 && share(lines, missed) >= required;
if (!enough) console.log(`Line coverage must reach ${100 * required} %.`);
process.exitCode = enough && run.code === 0 ? 0 : 1;
