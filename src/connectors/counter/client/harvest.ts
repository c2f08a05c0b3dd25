import type { Month } from "../month.ts";
import type { ReportSum } from "../sum.ts";
import { askReport, type Question } from "./ask.ts";
import type { Account, AskOptions, Service } from "./service.ts";

export interface HarvestOptions extends AskOptions {
  /** Months in one question; 12 by default, and one by one where a service answers a longer span with an exception only. */
  readonly monthsAtOnce?: number;
  /** Told after each answer. */
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Asks for a report over many months, in as many questions as the service needs.
 * @throws what {@link askReport} throws
 */
export async function* harvest(
  service: Service,
  account: Account,
  { report, months }: Question,
  options: HarvestOptions = {},
): AsyncGenerator<ReportSum, void, undefined> {
  let done = 0;
  const waiting = slices(months, options.monthsAtOnce ?? 12);
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const sum = await askReport(service, account, { report, months: part }, options);
    if (part.length > 1 && isUndivided(sum)) {
      waiting.unshift(...slices(part, 1));
      continue;
    }
    done += part.length;
    options.progress?.(done, months.length);
    yield sum;
  }
}

/** Some services answer a span of which one month is missing with that exception alone; the other months may be there. */
const isUndivided = ({ items, exceptions }: ReportSum) =>
  items === 0 && exceptions.some(({ consequence }) => /^(not-ready|expired|partial)$/.test(consequence));

function slices(months: readonly Month[], size: number): Month[][] {
  const parts = [];
  for (let from = 0; from < months.length; from += size) parts.push(months.slice(from, from + size));
  return parts;
}
