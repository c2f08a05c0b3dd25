import type { CounterException } from "./exceptions.ts";
import type { Month } from "./month.ts";

/** What is known of each month that was asked for. Every month stands in exactly one list. */
export interface Coverage {
  /** Counted, and nothing is said to be missing. */
  readonly ready: readonly Month[];
  /** Truly zero: the provider says so, or leaves the month out before one that it counted. */
  readonly noUsage: readonly Month[];
  /** Not counted yet, or after the last count without a word: never zero. */
  readonly notReady: readonly Month[];
  /** Counted, but something is missing: never final. */
  readonly partial: readonly Month[];
  /** No longer kept by the provider: never zero. */
  readonly expired: readonly Month[];
  /** The question was refused. */
  readonly refused: readonly Month[];
}

type Known = keyof Coverage;

/** What an exception says of a month without counts, the strongest first. */
const WITHOUT = [
  ["refused", "refused"],
  ["queued", "notReady"],
  ["later", "notReady"],
  ["not-ready", "notReady"],
  ["expired", "expired"],
  ["partial", "notReady"],
  ["no-usage", "noUsage"],
] as const satisfies readonly (readonly [CounterException["consequence"], Known])[];

/**
 * Which months are covered. A month without a count and without a word had no usage where a later one was counted: zeros are left
 * out, and what is not processed must be said (COUNTER API, exceptions 3030 and 3031). After the last count silence is not zero.
 * @param counts the sum of all counts by month; a month that no count names is absent
 */
export function coverageOf(
  months: readonly Month[],
  counts: ReadonlyMap<Month, number>,
  exceptions: readonly CounterException[],
): Coverage {
  const last = months.filter((month) => (counts.get(month) ?? 0) > 0).at(-1) ?? "";
  const known = new Map(
    months.map((month) => [month, knownOf(month, counts.get(month), month < last, exceptions)] as const),
  );
  const those = (kind: Known) => months.filter((month) => known.get(month) === kind);
  return {
    ready: those("ready"),
    noUsage: those("noUsage"),
    notReady: those("notReady"),
    partial: those("partial"),
    expired: those("expired"),
    refused: those("refused"),
  };
}

function knownOf(
  month: Month,
  count: number | undefined,
  passed: boolean,
  exceptions: readonly CounterException[],
): Known {
  const named = exceptions.filter(({ months }) => months.includes(month));
  const general = exceptions.filter(({ months }) => months.length === 0);
  const says = (consequence: CounterException["consequence"], among = [...named, ...general]) =>
    among.some((one) => one.consequence === consequence);
  if (says("refused")) return "refused";
  if (count !== undefined && count > 0) {
    if (says("not-ready", named) || says("queued") || says("later")) return "notReady";
    if (says("expired", named)) return "expired";
    return says("partial") ? "partial" : "ready";
  }
  for (const among of [named, general]) {
    const found = WITHOUT.find(([consequence]) => says(consequence, among));
    if (found !== undefined) return found[1];
  }
  if (count !== undefined) return "ready";
  return passed ? "noUsage" : "notReady";
}
