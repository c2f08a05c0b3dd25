import type { IncomingMessage, ServerResponse } from "node:http";
import { item51, report51 } from "../counter.ts";
import { listening } from "./listening.ts";

/**
 * A COUNTER_SUSHI service of release 5.1 with the moods of real ones, one for each customer; `/asked` tells what it was
 * asked. Its only account is requestor `req-1` with key `key-1`.
 */
const asked: string[] = [];
const visits = new Map<string, number>();

interface Visit {
  readonly answer: ServerResponse;
  readonly query: URLSearchParams;
  /** Which visit of the customer it is, from 1 on. */
  readonly turn: number;
}

const counts = (metric: string, ...byMonth: [string, number][]) => ({
  [metric]: Object.fromEntries(byMonth),
});

function json(
  answer: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): unknown {
  answer.writeHead(status, { "content-type": "application/json", ...headers });
  return answer.end(typeof value === "string" ? value : JSON.stringify(value));
}

const exception = (Code: number, Data?: string) => ({
  Code,
  Message: "As the table says",
  ...(Data && { Data }),
});

/** One count in every month from first to last. */
function spanned(query: URLSearchParams, count = 10) {
  const [begin, end] = [query.get("begin_date") ?? "", query.get("end_date") ?? ""];
  const months = [];
  for (let month = begin.slice(0, 7); month <= end.slice(0, 7); month = after(month)) months.push(month);
  const byMonth = months.map((month): [string, number] => [month, count]);
  return report51({ begin, end, counts: counts("Total_Item_Requests", ...byMonth) });
}

const after = (month: string) =>
  new Date(Date.parse(`${month}-28T00:00:00Z`) + 5 * 86_400_000).toISOString().slice(0, 7);

const REPORTS: Record<string, (visit: Visit) => unknown> = {
  plain: ({ answer, query }) => json(answer, 200, spanned(query)),
  /** Twice in the queue, then there. */
  queued: ({ answer, query, turn }) =>
    turn < 3 ? json(answer, 202, exception(1011)) : json(answer, 200, spanned(query)),
  forever: ({ answer }) => json(answer, 202, exception(1011)),
  /** Release 5 told of its queue and its haste with a good status. */
  hasty: ({ answer, query, turn }) =>
    turn < 3 ? json(answer, 200, exception(turn === 1 ? 1010 : 1011)) : json(answer, 200, spanned(query)),
  busy: ({ answer, query, turn }) =>
    turn < 3
      ? json(answer, turn === 1 ? 429 : 503, exception(1020), { "retry-after": "0" })
      : json(answer, 200, spanned(query)),
  /** Partial on the first visit, complete on the next. */
  mending: ({ answer, query, turn }) => {
    const { Report_Header, Report_Items } = spanned(query, turn === 1 ? 3 : 10) as {
      Report_Header: object;
      Report_Items: unknown;
    };
    const header =
      turn === 1
        ? { ...Report_Header, Exceptions: [exception(3040)] }
        : { ...Report_Header, Created: "2026-05-02T08:00:00Z" };
    json(answer, 200, { Report_Header: header, Report_Items });
  },
  /** March is not ready: the whole span is refused with it, a month alone is not. */
  undivided: ({ answer, query }) =>
    (query.get("end_date") ?? "") >= "2026-03"
      ? json(answer, 200, exception(3031))
      : json(answer, 200, spanned(query)),
  /** March is not ready: the report ends in February. */
  shortened: ({ answer }) =>
    json(
      answer,
      200,
      report51({
        end: "2026-02-28",
        counts: counts("Total_Item_Requests", ["2026-01", 5], ["2026-02", 6]),
        exceptions: [exception(3031, "2026-03")],
      }),
    ),
  none: ({ answer }) => json(answer, 200, exception(3030)),
  expired: ({ answer }) => json(answer, 404, exception(3032)),
  refused: ({ answer }) =>
    json(answer, 403, exception(2010, "key-1 of req-1 may not see jane.doe@example.org")),
  page: ({ answer }) =>
    answer.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Sign in</p>"),
  missing: ({ answer }) => answer.writeHead(404).end("not here"),
  other: ({ answer }) => json(answer, 200, report51({ id: "TR" })),
  early: ({ answer }) => json(answer, 200, report51({ begin: "2025-12-01" })),
  /** Breaks off once in the middle of the report. */
  broken: ({ answer, query, turn }) => {
    const text = JSON.stringify(spanned(query));
    if (turn > 1) return json(answer, 200, text);
    answer.writeHead(200, { "content-length": String(text.length) });
    return answer.write(text.slice(0, 300), () => answer.destroy());
  },
  many: ({ answer, query }) =>
    json(answer, 200, {
      ...spanned(query),
      Report_Items: [
        item51(counts("Total_Item_Requests", ["2026-01", 1]), "One"),
        item51(counts("Total_Item_Requests", ["2026-01", 2]), "Two"),
      ],
    }),
};

function serve(request: IncomingMessage, answer: ServerResponse): unknown {
  const url = new URL(request.url ?? "/", "http://localhost");
  const path = url.pathname.replace(/^\/sushi/, "");
  if (path === "/asked") return json(answer, 200, asked.splice(0));
  asked.push(
    `${path}?${[...url.searchParams]
      .filter(([name]) => /date/.test(name))
      .map(([, value]) => value)
      .join("..")}`,
  );
  const { searchParams: query } = url;
  if (path === "/r51/status")
    return json(answer, 200, [{ Service_Active: query.get("platform") !== "asleep" }]);
  if (query.get("requestor_id") !== "req-1") return json(answer, 401, exception(2000));
  if (query.get("api_key") !== "key-1") return json(answer, 401, exception(2020));
  if (path === "/r51/members")
    return json(
      answer,
      200,
      ["plain", "refused", "none"].map((Customer_ID) => ({ Customer_ID, Institution_Name: "A member" })),
    );
  if (path === "/r51/reports")
    return json(
      answer,
      200,
      ["ir", "tr", "pr", "custom:x"].map((Report_ID) => ({ Report_ID, Release: "5.1" })),
    );
  const customer = query.get("customer_id") ?? "";
  const turn = (visits.get(customer) ?? 0) + 1;
  visits.set(customer, turn);
  const mood = path === "/r51/reports/pr" ? REPORTS[customer] : undefined;
  if (mood === undefined) return json(answer, 404, "no such report");
  return mood({ answer, query, turn });
}

listening(serve);
