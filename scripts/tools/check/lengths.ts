import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "../files.ts";
import { root } from "../process.ts";
import type { Outcome } from "./run.ts";

const folders = ["contracts", "deploy", "scripts", "src", "bench", "test", "examples"];
const budgets: Readonly<Record<string, number>> = { ".sol": 400, ".ts": 300, ".mjs": 300 };
const generated = "src/chain/types/";

/** Small rooms: a file past its budget is about two things. */
export function checkLengths(): Outcome {
  const tooLong = folders
    .flatMap(filesBelow)
    .filter((file) => !file.startsWith(generated))
    .flatMap((file) => {
      const budget = budgets[file.slice(file.lastIndexOf("."))];
      if (budget === undefined) return [];
      const lines = readFileSync(join(root, file), "utf8").split("\n").length - 1;
      return lines > budget ? [`${file} has ${lines} lines; the budget is ${budget}`] : [];
    });
  return { ok: tooLong.length === 0, output: tooLong.join("\n") };
}
