import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exampleMonth } from "../examples/generator/month.ts";

const root = join(import.meta.dirname, "..", "examples", "month");
const { files, exchanges } = exampleMonth();
rmSync(join(root, "messages"), { recursive: true, force: true });
for (const { path, content } of files) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
console.log(`Wrote ${files.length} messages of ${exchanges} exchanges to ${root}.`);
