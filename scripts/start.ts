import { scenarioMain } from "../src/cli/scenario/main.ts";

process.exitCode = await scenarioMain(["month", ...process.argv.slice(2)]);
