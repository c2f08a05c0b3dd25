/** Lines of one source file: how many can run, and which did not. */
export interface FileCoverage {
  readonly file: string;
  readonly lines: number;
  readonly missed: readonly number[];
}

/** Reads an lcov trace as far as lines go; files in the order of their names. */
export function readLcov(text: string): FileCoverage[] {
  return text
    .split("end_of_record")
    .flatMap((record) => {
      const file = /^SF:(.+)$/m.exec(record)?.[1]?.replaceAll("\\", "/");
      if (file === undefined) return [];
      const counts = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, hits]) => [
        Number(line),
        Number(hits),
      ]);
      const missed = counts.filter(([, hits]) => hits === 0).map(([line]) => line ?? 0);
      return [{ file, lines: counts.length, missed }];
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

export const share = (lines: number, missed: number): number => (lines === 0 ? 1 : (lines - missed) / lines);

/** A table of line coverage, one row a file with the lines that no test reached, and the total last. */
export function coverageTable(files: readonly FileCoverage[]): string {
  const row = (name: string, lines: number, missed: number, which: readonly number[]) =>
    `${name.padEnd(44)} ${String(lines).padStart(6)} ${(100 * share(lines, missed)).toFixed(1).padStart(6)} %  ${ranges(which)}`;
  const { lines, missed } = total(files);
  return [
    ...files.map((one) => row(one.file, one.lines, one.missed.length, one.missed)),
    row("total", lines, missed, []),
  ]
    .map((line) => line.trimEnd())
    .join("\n");
}

/** Line numbers in order, neighbours drawn together: `3 7-9`. */
export function ranges(lines: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run?.[1] === line - 1) run[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(" ");
}

export const total = (files: readonly FileCoverage[]): { lines: number; missed: number } => ({
  lines: files.reduce((sum, one) => sum + one.lines, 0),
  missed: files.reduce((sum, one) => sum + one.missed.length, 0),
});
