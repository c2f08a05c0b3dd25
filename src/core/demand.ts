import type { MemberId } from "./ids.ts";

/** What became of one request, as the parties' messages tell it. */
export interface RequestOutcome {
  /** Who asked; undefined where it is no member. */
  readonly consumer: MemberId | undefined;
  readonly outcome: "filled" | "unfilled" | "open";
  /** Seconds from the request to its supply; undefined where the messages do not tell. */
  readonly turnaround?: number;
}

/** How a pile of requests ended. */
export interface DemandCounts {
  readonly requests: number;
  readonly filled: number;
  readonly unfilled: number;
  readonly open: number;
  /** Filled of a thousand that were filled or not, rounded down; null where nothing has ended. */
  readonly fillRate: number | null;
  /** The median in seconds, of an even number the lower; null where no turnaround is known. */
  readonly turnaround: number | null;
}

/** Users' demand as far as messages tell it. */
export interface Demand extends DemandCounts {
  /** Those who asked, by number; requests of others count only above. */
  readonly members: readonly (DemandCounts & { readonly member: MemberId })[];
}

/** Counts requests, for all and for each member that asked. */
export function demandOf(outcomes: readonly RequestOutcome[]): Demand {
  const byMember = new Map<MemberId, RequestOutcome[]>();
  for (const one of outcomes) {
    if (one.consumer === undefined) continue;
    const list = byMember.get(one.consumer);
    if (list === undefined) byMember.set(one.consumer, [one]);
    else list.push(one);
  }
  const members = [...byMember]
    .sort(([a], [b]) => a - b)
    .map(([member, list]) => ({ member, ...counts(list) }));
  return { ...counts(outcomes), members };
}

function counts(outcomes: readonly RequestOutcome[]): DemandCounts {
  const ended = (how: RequestOutcome["outcome"]) => outcomes.filter(({ outcome }) => outcome === how).length;
  const [filled, unfilled, open] = [ended("filled"), ended("unfilled"), ended("open")];
  const times = outcomes.flatMap(({ turnaround }) => turnaround ?? []).sort((a, b) => a - b);
  return {
    ...{ requests: outcomes.length, filled, unfilled, open },
    fillRate: filled + unfilled === 0 ? null : Math.floor((filled * 1000) / (filled + unfilled)),
    turnaround: times[(times.length - 1) >> 1] ?? null,
  };
}
