import { scenarioMain } from "../src/cli/scenario/main.ts";

process.exitCode = await scenarioMain(process.argv.slice(2));
