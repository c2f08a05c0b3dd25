import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commonsSample } from "../examples/generator/commons/sample.ts";

const root = join(import.meta.dirname, "..", "examples", "commons");
const files = commonsSample();
for (const folder of ["lumina", "quayside", "catalogue", "answers"])
  rmSync(join(root, folder), { recursive: true, force: true });
for (const { path, content } of files) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
console.log(`Wrote ${files.length} files to ${root}.`);
