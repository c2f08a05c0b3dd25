import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./process.ts";

const skipped = new Set(["node_modules", "artifacts", "cache", "coverage", ".git", ".consortia"]);

/** Every file at or below a path, relative to the root with forward slashes, sorted. */
export function filesBelow(path: string): string[] {
  const start = join(root, path);
  if (!existsSync(start)) return [];
  const found = statSync(start).isDirectory() ? walk(start) : [start];
  return found.map((file) => relative(root, file).replaceAll("\\", "/")).sort();
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(path);
    return entry.isFile() ? [path] : [];
  });
}
