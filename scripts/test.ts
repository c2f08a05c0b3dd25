import { closingLine } from "./tools/counts.ts";
import { plan, runTests } from "./tools/tests.ts";

const counts = await runTests(plan(process.argv.slice(2)));
if (counts.passed + counts.failed === 0) console.log("No test ran.");
console.log(closingLine(counts));
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
