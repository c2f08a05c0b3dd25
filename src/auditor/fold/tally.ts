import type { MemberId } from "../../core/ids.ts";
import { credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import { addFlows, FLOW_NAMES, netFlow, type Flow, type Flows } from "../flows.ts";
import type { MonthFlows, YearFlows } from "../result.ts";

const PLACES = Object.fromEntries(FLOW_NAMES.map((name, place) => [name, place])) as Record<Flow, number>;

/** Sums what happened by account and month: a row of amounts each, since a year of 30,000 members has many. */
export class Tally {
  readonly #rows = new Map<MemberId, Map<PeriodId, bigint[]>>();

  add(month: PeriodId, member: MemberId, flow: Flow, amount: bigint): void {
    if (amount === 0n) return;
    let months = this.#rows.get(member);
    if (months === undefined) this.#rows.set(member, (months = new Map<PeriodId, bigint[]>()));
    let row = months.get(month);
    if (row === undefined) months.set(month, (row = new Array<bigint>(FLOW_NAMES.length).fill(0n)));
    row[PLACES[flow]]! += amount;
  }

  /** An account's months in order. Each opens with what the one before closed with. */
  months(member: MemberId): MonthFlows[] {
    const rows = [...(this.#rows.get(member) ?? [])].sort(([a], [b]) => a - b);
    let holding = credits(0n);
    return rows.map(([period, row]) => {
      const flows = named(row);
      const opening = holding;
      holding = credits(opening + netFlow(flows));
      return { period, opening, flows, closing: holding };
    });
  }
}

/** The same by calendar year. */
export function yearsOf(months: readonly MonthFlows[]): YearFlows[] {
  const years: YearFlows[] = [];
  for (const { period, opening, flows, closing } of months) {
    const year = Math.floor(period / 12);
    const last = years.at(-1);
    if (last?.year !== year) years.push({ year, opening, flows, closing });
    else years.splice(-1, 1, { ...last, flows: addFlows([last.flows, flows]), closing });
  }
  return years;
}

function named(row: readonly bigint[]): Flows {
  return Object.fromEntries(
    FLOW_NAMES.flatMap((name, place) => (row[place] === 0n ? [] : [[name, credits(row[place]!)]])),
  );
}
