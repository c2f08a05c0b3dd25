import { writeFileSync } from "node:fs";
import { ruleVectors } from "./rule-vectors.ts";
import { treeVectors } from "./tree-vectors.ts";

writeFileSync(new URL("./vectors/rules.json", import.meta.url), ruleVectors());
writeFileSync(new URL("./vectors/tree.json", import.meta.url), treeVectors());
