import type { Outcome } from "./check.ts";

/** How many files there are and what came of them; a row without a file counts among the wrong alone. */
export interface DataCounts {
  readonly files: number;
  readonly read: number;
  readonly refusedWithReason: number;
  readonly wrong: number;
}

export function countOutcomes(outcomes: readonly Outcome[], files: number): DataCounts {
  const count = (result: Outcome["result"]): number => outcomes.filter((one) => one.result === result).length;
  return { files, read: count("read"), refusedWithReason: count("refused"), wrong: count("wrong") };
}

/** A line a folder, a line for every file that is wrong, and the closing line. */
export function describeOutcomes(outcomes: readonly Outcome[]): string[] {
  const folders = [...new Set(outcomes.map(folderOf))];
  const lines = folders.map((folder) => {
    const all = outcomes.filter((one) => folderOf(one) === folder);
    const { read, refusedWithReason, wrong } = countOutcomes(all, all.length);
    return `${folder.padEnd(20)} ${read} read, ${refusedWithReason} refused with a reason, ${wrong} wrong`;
  });
  const wrongs = outcomes.filter(({ result }) => result === "wrong");
  lines.push(...wrongs.map(({ path, said }) => `FAIL ${path} ${said}`));
  return [...lines, `${outcomes.length - wrongs.length} passed, ${wrongs.length} failed`];
}

function folderOf({ path }: Outcome): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : ".";
}
