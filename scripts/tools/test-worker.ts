/**
 * Runs the tests of one kind inside Hardhat and leaves their counts in a file.
 *
 *     test-worker.ts <mocha|solidity> <counts file> <"built" or ""> <grep or ""> <test files …>
 *
 * A process of its own, so that a crash, an early exit or a broken import costs one failure and not the count.
 */
import { writeFileSync } from "node:fs";
import hre from "hardhat";
import Mocha from "mocha";
import { none, type Counts } from "./counts.ts";

const [kind = "", countsFile = "", built = "", grep = "", ...testFiles] = process.argv.slice(2);

let counts = none;
let finished = false;
process.on("exit", () => {
  writeFileSync(countsFile, JSON.stringify({ ...counts, finished }));
});

/** Mocha's usual report on the screen; the counts come from its events. Hardhat counts skipped tests as passed. */
class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const count = (kind: keyof Counts) => () => {
      counts = { ...counts, [kind]: counts[kind] + 1 };
    };
    runner.on("pass", count("passed"));
    runner.on("fail", count("failed")); // a failing hook too
    runner.on("pending", count("skipped"));
  }
}

/** What Hardhat's test tasks resolve to, as far as it is read here. Only the Solidity task lists its suites. */
interface TaskResult {
  readonly success: boolean;
  readonly value?: TaskReport;
  readonly error?: TaskReport;
}
interface TaskReport {
  readonly suiteResults?: readonly { readonly testResults: readonly { readonly status: string }[] }[];
}

/** Counted test by test: the task's own `summary` stays at zero (Hardhat 3.18). */
function countSuites({ suiteResults = [] }: TaskReport): Counts {
  const statuses = suiteResults.flatMap((suite) => suite.testResults.map((test) => test.status));
  const count = (status: string) => statuses.filter((one) => one === status).length;
  const [passed, skipped] = [count("Success"), count("Skipped")];
  return { passed, skipped, failed: statuses.length - passed - skipped };
}

if (kind === "mocha") {
  Object.assign(hre.config.test.mocha, { reporter: CountingReporter, forbidOnly: process.env.CI === "true" });
}
// Tests in Solidity create the contracts from their artifacts, which their own build leaves as they are.
const noCompile = built !== "";
if (kind === "solidity" && !noCompile) await hre.tasks.getTask("build").run({ noTests: true, quiet: true });
const task = hre.tasks.getTask(["test", kind]);
const result = (await task.run({ testFiles, noCompile, ...(grep && { grep }) })) as TaskResult;
if (kind === "solidity") counts = countSuites(result.value ?? result.error ?? {});
if (!result.success && counts.failed === 0) counts = { ...counts, failed: 1 };
finished = true;
process.exit(result.success ? 0 : 1); // tests that leave a socket open must not keep the run alive
