import { writeFileSync } from "node:fs";
import { governanceVectors } from "./governance-vectors.ts";
import { policyVectors } from "./policy-vectors.ts";
import { ruleVectors } from "./rule-vectors.ts";
import { treeVectors } from "./tree-vectors.ts";

writeFileSync(new URL("./vectors/governance.json", import.meta.url), governanceVectors());
writeFileSync(new URL("./vectors/policy.json", import.meta.url), policyVectors());
writeFileSync(new URL("./vectors/rules.json", import.meta.url), ruleVectors());
writeFileSync(new URL("./vectors/tree.json", import.meta.url), treeVectors());
