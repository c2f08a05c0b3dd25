import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "../files.ts";
import { root } from "../process.ts";
import type { Outcome } from "./run.ts";
import { differences, readSnapshot, writeSnapshot } from "./snapshot.ts";

/** EIP-170 and EIP-3860, in bytes. */
const runtimeLimit = 24_576;
const initLimit = 49_152;

/** A library whose functions are all internal leaves a stub that nobody deploys. */
const stub = 128;

interface Size {
  readonly runtime: number;
  readonly init: number;
}

interface Artifact {
  readonly contractName: string;
  readonly bytecode: string;
  readonly deployedBytecode: string;
}

export function checkSizes(update: boolean): Outcome {
  const sizes = readSizes();
  const table = formatTable(sizes);
  const tooBig = Object.entries(sizes)
    .filter(([, { runtime, init }]) => runtime > runtimeLimit || init > initLimit)
    .map(([name]) => `${name} is past the limit: no network would accept it`);
  if (update) writeSnapshot("sizes", sizes);
  const before = readSnapshot("sizes");
  const changed =
    before === undefined ? ["there is no snapshots/sizes.json yet"] : differences(before, sizes);
  if (changed.length > 0) changed.push("npm run check -- --update takes the new sizes over");
  const output = [...tooBig, ...changed];
  return { ok: output.length === 0, output: output.join("\n"), table };
}

/** Every deployable contract that exists as a source; a full build may not have cleared the others yet. */
function readSizes(): Record<string, Size> {
  const sources = new Set(filesBelow("contracts"));
  const artifacts = sources.size === 0 ? [] : filesBelowArtifacts();
  const sizes = artifacts
    .filter((path) => sources.has(path.slice("artifacts/".length, path.lastIndexOf("/"))))
    .map((path) => JSON.parse(readFileSync(join(root, path), "utf8")) as Artifact)
    .map(({ contractName, bytecode, deployedBytecode }) => {
      const size: Size = { runtime: bytes(deployedBytecode), init: bytes(bytecode) };
      return [contractName, size] as const;
    })
    .filter(([, { runtime }]) => runtime > stub)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sizes);
}

const filesBelowArtifacts = () => filesBelow("artifacts/contracts").filter((path) => path.endsWith(".json"));

const bytes = (hex: string) => (hex.length - 2) / 2;

function formatTable(sizes: Record<string, Size>): string {
  const row = (name: string, runtime: string, free: string, init: string) =>
    `${name.padEnd(24)} ${runtime.padStart(8)} ${free.padStart(8)} ${init.padStart(8)}`;
  return [
    row("contract (bytes)", "runtime", "free", "init"),
    ...Object.entries(sizes).map(([name, { runtime, init }]) =>
      row(name, String(runtime), String(runtimeLimit - runtime), String(init)),
    ),
  ].join("\n");
}
