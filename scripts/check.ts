import { runSteps } from "./tools/check/run.ts";
import { steps } from "./tools/check/steps.ts";
import { closingLine } from "./tools/counts.ts";

const args = process.argv.slice(2);
const wanted = args.filter((arg) => arg !== "--update");
const all = steps(args.includes("--update"));
const unknown = wanted.filter((name) => !all.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(" ")}; usage: npm run check -- [--update] [step …]`);
  console.error(`steps: ${all.map((step) => step.name).join(" ")}`);
  process.exit(2);
}

const counts = await runSteps(
  wanted.length > 0 ? all.filter((step) => wanted.includes(step.name)) : all,
  (line) => console.log(line),
);
console.log(closingLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
