import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Workload } from "./workload.ts";

/** Where a folder keeps the bundles. */
export function recordsOf(folder: string): string {
  return join(folder, "records");
}

/** Writes what is to be audited beside its bundles, so that a process of its own can read it. */
export function writeWorkload(folder: string, { site, terms, blocks }: Workload): void {
  const text = JSON.stringify({ site, terms, blocks }, (_, value: unknown) =>
    typeof value === "bigint" ? { bigint: String(value) } : value,
  );
  writeFileSync(join(folder, "chain.json"), text);
}

export function readWorkload(folder: string): Workload {
  const parsed = JSON.parse(readFileSync(join(folder, "chain.json"), "utf8"), (_, value: unknown) =>
    typeof value === "object" && value !== null && "bigint" in value ? BigInt(String(value.bigint)) : value,
  ) as Omit<Workload, "records">;
  return { ...parsed, records: recordsOf(folder) };
}
