import { isConsortiaError } from "../../../core/error.ts";
import { textOf as bodyText } from "../../http/body.ts";
import type { Answer } from "../../http/get.ts";
import { delay, patience } from "../../http/patience.ts";
import { coverageOf } from "../coverage.ts";
import { exceptionOf, type CounterException } from "../exceptions.ts";
import { lastSecond, type Month } from "../month.ts";
import { readReport } from "../read.ts";
import { sumReport, type ReportSum } from "../sum.ts";
import { refusal, strange, unanswered } from "./refusal.ts";
import { ask, identifying, type Account, type AskOptions, type Service } from "./service.ts";

/** Which report, and for which months in a row. */
export interface Question {
  /** Such as `PR` or `TR_J1`. */
  readonly report: string;
  readonly months: readonly Month[];
}

/** An exception comes in a few hundred bytes. */
const MAX_ERROR = 1 << 16;

/**
 * Asks for one report and reads it as it comes. A report that is being made is asked for again with longer waits, and one
 * that broke off is asked for anew. Coverage is that of the months asked for: what the answer passes over is not ready.
 * @throws `CounterRefused`; `CounterQueued`, `CounterBusy`, `ServerUnavailable`, retryable; `CounterAnswer`; the codes of
 * `CounterFlaw`
 */
export async function askReport(
  service: Service,
  account: Account,
  question: Question,
  options: AskOptions = {},
): Promise<ReportSum> {
  const polls = options.polls ?? 10;
  for (let poll = 1; ; poll++) {
    const answer = await askOnce(service, account, question, options);
    const waits = answer.exceptions.filter(isPassing);
    const passing = answer.header === undefined && waits.length > 0;
    if (!passing) return judged(service, question, answer);
    if (poll >= polls) throw unanswered(service, waits);
    const ms = answer.after ?? delay(poll, { first: 5_000, longest: 60_000, ...options });
    if (ms > patience(options).longest) throw unanswered(service, waits);
    options.waiting?.(ms, waits[0]?.meaning ?? "");
    await patience(options).wait(ms, options.signal);
  }
}

const isPassing = ({ consequence }: CounterException) => consequence === "queued" || consequence === "later";

type Asked = ReportSum & { readonly after?: number };

async function askOnce(
  service: Service,
  account: Account,
  question: Question,
  options: AskOptions,
): Promise<Asked> {
  const { report, months } = question;
  const query = {
    ...identifying(account),
    begin_date: `${months[0] ?? ""}-01`,
    end_date: new Date(lastSecond(months.at(-1) ?? "") * 1000).toISOString().slice(0, 10),
  };
  const { attempts } = patience(options);
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await ask(service, `reports/${report.toLowerCase()}`, query, options);
      return await (answer.status === 200
        ? sumReport(readReport(answer.body, "json"))
        : excused(service, answer));
    } catch (error) {
      const broken = isConsortiaError(error, "ServerBroken") || isConsortiaError(error, "ServerSlow");
      if (!broken || attempt >= attempts) throw error;
      await patience(options).wait(delay(attempt, options), options.signal);
    }
  }
}

/** What another status than 200 means: 202 is a queue, the rest carries an exception (section 8.4). */
async function excused(service: Service, answer: Answer): Promise<Asked> {
  const said = await exceptionsIn(answer);
  if (answer.status === 202) {
    const seconds = Number(answer.headers.get("retry-after") ?? NaN);
    const queued = await sumReport([
      { kind: "exceptions", exceptions: [exceptionOf(1011)], about: { months: [] } },
    ]);
    return Number.isInteger(seconds) && seconds >= 0 ? { ...queued, after: seconds * 1000 } : queued;
  }
  if (said === undefined) throw strange(service, `answered ${answer.status} without an exception of COUNTER`);
  return said;
}

async function exceptionsIn({ body }: Answer): Promise<ReportSum | undefined> {
  try {
    const text = await bodyText(body, MAX_ERROR);
    const bytes = (async function* () {
      yield await Promise.resolve(new TextEncoder().encode(text));
    })();
    const sum = await sumReport(readReport(bytes, "json"));
    return sum.exceptions.length > 0 ? sum : undefined;
  } catch (error) {
    if (isConsortiaError(error)) return undefined;
    throw error;
  }
}

function judged(service: Service, { report, months }: Question, sum: ReportSum): ReportSum {
  const { header, exceptions, usage } = sum;
  const refused = exceptions.filter(({ consequence }) => consequence === "refused");
  if (refused.length > 0) throw refusal(service, refused);
  if (header === undefined && exceptions.every(({ consequence }) => consequence === "info")) {
    throw strange(service, "answered neither a report nor an exception");
  }
  if (header !== undefined && header.id !== report)
    throw strange(service, `answered ${header.id} instead of ${report}`);
  if (header !== undefined && header.release !== service.release) {
    throw strange(service, `answered with release ${header.release} instead of ${service.release}`);
  }
  if (header?.months.some((month) => !months.includes(month)) === true) {
    throw strange(service, "answered for months that were not asked for");
  }
  const counts = new Map<Month, number>();
  for (const { month, count } of usage) counts.set(month, (counts.get(month) ?? 0) + count);
  return {
    ...sum,
    report,
    release: service.release,
    months,
    coverage: coverageOf(months, counts, exceptions),
  };
}
