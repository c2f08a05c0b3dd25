import { runTool } from "./tools/process.ts";

// What a linter can mend by itself first, since prettier has the last word on layout.
await runTool("eslint/bin/eslint.js", ["--fix", "."]);
const { code } = await runTool("prettier/bin/prettier.cjs", ["--write", "--log-level", "warn", "."], {
  show: true,
});
process.exitCode = code;
