import { writeFileSync } from "node:fs";
import { ruleVectors } from "./rule-vectors.ts";

writeFileSync(new URL("./vectors/rules.json", import.meta.url), ruleVectors());
