import { posix } from "node:path";
import ts from "typescript";

/** A project as its files' texts by path; paths are relative to the root, with forward slashes. */
export type Files = ReadonlyMap<string, string>;

export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The imported file's path, for a relative specifier. */
  readonly file?: string;
  /** The package, such as `ethers`, `@noble/hashes` or `node:fs`, for any other. */
  readonly package?: string;
}

/** Every import and re-export in a project's TypeScript, types included, as the compiler reads them. */
export function importsOf(files: Files): Import[] {
  return [...files]
    .filter(([path]) => path.endsWith(".ts"))
    .flatMap(([from, text]) =>
      ts
        .preProcessFile(text, true, true)
        .importedFiles.map(({ fileName: specifier }) =>
          specifier.startsWith(".")
            ? { from, specifier, file: resolve(from, specifier) }
            : { from, specifier, package: packageOf(specifier) },
        ),
    );
}

function resolve(from: string, specifier: string): string {
  const path = posix.normalize(posix.join(posix.dirname(from), specifier));
  return path.replace(/\.js$/, ".ts"); // generated code names the file that would be emitted
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The first cycle found in a directed graph, as `a → b → a`, or undefined. */
export function findCycle(edges: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node].join(" → ");
    if (done.has(node)) return undefined;
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle !== undefined) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of edges.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** Groups pairs into a graph, leaving out edges from a node to itself. */
export function graph(pairs: Iterable<readonly [string, string]>): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const [from, to] of pairs) {
    if (from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to));
  }
  return edges;
}
