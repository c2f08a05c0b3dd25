import { runTool } from "./tools/process.ts";

const { code } = await runTool("prettier/bin/prettier.cjs", ["--write", "--log-level", "warn", "."], {
  show: true,
});
process.exitCode = code;
