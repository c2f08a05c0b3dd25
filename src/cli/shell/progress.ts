/** A bar on standard error for long work; nothing where nobody watches. */
export function progressBar(title: string, quiet: boolean): (done: number, total: number) => void {
  const { stderr } = process;
  if (quiet || !stderr.isTTY) return () => {};
  let drawn = 0;
  return (done, total) => {
    const now = Date.now();
    if (done < total && now - drawn < 80) return;
    drawn = now;
    const filled = total === 0 ? 30 : Math.floor((30 * done) / total);
    const bar = "█".repeat(filled) + "░".repeat(30 - filled);
    stderr.write(`\r${title} ${bar} ${done}/${total}${done >= total ? "\n" : ""}`);
  };
}
