/** What a process of the bench says of its work, as JSON. */
export interface Run {
  readonly seconds: number;
  readonly peakMemoryMiB: number;
  /** Bytes that came, where it counted them. */
  readonly bytes: number;
  /** What it read, so that nothing is left out. */
  readonly read: Readonly<Record<string, number>>;
}

/** Does the work and says how long it took and how much memory all of the process had at its peak. */
export async function tell(work: () => Promise<Omit<Run, "seconds" | "peakMemoryMiB">>): Promise<void> {
  const begun = performance.now();
  const done = await work();
  const seconds = (performance.now() - begun) / 1000;
  const run: Run = { seconds, peakMemoryMiB: process.resourceUsage().maxRSS / 1024, ...done };
  process.stdout.write(JSON.stringify(run));
}
