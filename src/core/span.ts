const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** A span of whole seconds in its two largest units: `44 days 3 hours`, `1 minute`. Less than the second is left out. */
export function formatSpan(seconds: number): string {
  const first = UNITS.findIndex(([, size]) => seconds >= size);
  if (first < 0) return "0 seconds";
  let rest = seconds;
  return UNITS.slice(first, first + 2)
    .flatMap(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest %= size;
      return count === 0 ? [] : [`${count} ${unit}${count === 1 ? "" : "s"}`];
    })
    .join(" ");
}
