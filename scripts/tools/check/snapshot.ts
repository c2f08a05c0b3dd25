import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../process.ts";

/** A committed JSON file of figures; undefined where there is none yet. */
export function readSnapshot(name: string): unknown {
  const file = snapshotPath(name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

export function writeSnapshot(name: string, figures: unknown): void {
  const file = snapshotPath(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(figures, undefined, 2)}\n`);
}

const snapshotPath = (name: string) => join(root, "snapshots", `${name}.json`);

/** Every number in a JSON value by its path: `{ a: { b: [1] } }` gives `a.b.0` → 1. Other leaves are left out. */
export function numbersIn(value: unknown, path = ""): Map<string, number> {
  if (typeof value === "number") return new Map([[path, value]]);
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...numbersIn(inner, path === "" ? key : `${path}.${key}`),
    ]),
  );
}

/** One line for every figure that came, went or moved by more than a share of its old value. */
export function differences(before: unknown, after: unknown, tolerance = 0): string[] {
  const [old, now] = [numbersIn(before), numbersIn(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [was, is] = [old.get(path), now.get(path)];
    if (was === undefined) return [`${path}: new, ${is}`];
    if (is === undefined) return [`${path}: gone, was ${was}`];
    if (Math.abs(is - was) <= Math.abs(was) * tolerance) return [];
    const share = was === 0 ? "" : ` (${is > was ? "+" : ""}${((100 * (is - was)) / was).toFixed(2)} %)`;
    return [`${path}: ${was} → ${is}${share}`];
  });
}
