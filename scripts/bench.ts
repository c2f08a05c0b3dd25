import { benchAudit } from "../bench/audit.ts";
import { benchConnectors } from "../bench/connectors.ts";
import { benchGas } from "../bench/gas.ts";
import { benchGovernance } from "../bench/governance.ts";
import { benchTree } from "../bench/tree.ts";

const BENCHES: Record<string, (progress: (line: string) => void) => Promise<Record<string, number>>> = {
  gas: benchGas,
  governance: benchGovernance,
  tree: benchTree,
  audit: benchAudit,
  connectors: benchConnectors,
};

/** Without names: the audit's figures hold the tree's. */
const ALL = ["gas", "governance", "audit", "connectors"];

const args = process.argv.slice(2);
const json = args.includes("--json");
const names = args.filter((arg) => !arg.startsWith("-"));
const unknown = names.find((name) => !(name in BENCHES));
if (unknown !== undefined || args.includes("--help")) {
  process.stderr.write(`Usage: npm run bench -- [${Object.keys(BENCHES).join("|")}] [--json]\n`);
  process.exit(unknown === undefined ? 0 : 2);
}

const figures: Record<string, number> = {};
for (const name of names.length === 0 ? ALL : names) {
  const progress = (line: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`${name}: ${line}\n`);
  };
  Object.assign(figures, await BENCHES[name]?.(progress));
}
if (json) process.stdout.write(`${JSON.stringify(figures)}\n`);
else {
  for (const [name, value] of Object.entries(figures)) {
    process.stdout.write(`${name.padEnd(36)}${value.toLocaleString("en").padStart(12)}\n`);
  }
}
