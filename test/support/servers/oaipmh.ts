import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { answerTo, listOf, oai } from "./oai-answers.ts";
import { listening } from "./listening.ts";

/**
 * A repository of seven records, two a page, that goes wrong as the first part of the path says. `/requests` tells what it was
 * asked, `/forget` lets everything go wrong anew; `/recorded` answers with the files of the folder that it was started with, whose tokens are names of files.
 */
const asked: string[] = [];
const times = new Map<string, number>();
const [folder = ""] = process.argv.slice(2);

listening((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://here");
  if (pathname === "/requests") {
    response.end(JSON.stringify(asked.splice(0)));
    return;
  }
  if (pathname === "/forget") {
    times.clear();
    response.end();
    return;
  }
  asked.push(`${pathname}?${searchParams.toString()}`);
  const how = pathname.slice(1);
  (ways[how] ?? missing)(searchParams, response, request);
});

type Way = (query: URLSearchParams, response: ServerResponse, request: IncomingMessage) => void;

function send(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { "content-type": "text/xml; charset=utf-8" }).end(text);
}

const missing: Way = (_, response) => send(response, "<html/>", 404);
const plain: Way = (query, response) => send(response, answerTo(query));

/** How often a page was asked for before; -1 where another one is. */
function before(how: string, query: URLSearchParams, page = "2"): number {
  if (query.get("resumptionToken") !== page) return -1;
  const count = times.get(how) ?? 0;
  times.set(how, count + 1);
  return count;
}

const ways: Record<string, Way> = {
  plain,
  recorded(query, response) {
    const name = query.get("resumptionToken") ?? `${query.get("verb") ?? ""}.xml`;
    const path = join(folder, `sickle__sickle__tests__sample_data__${name}`);
    if (/^\w+\.xml$/.test(name) && existsSync(path)) send(response, readFileSync(path, "utf8"));
    else send(response, oai('<error code="badArgument"/>'));
  },
  /** Gives dates by the day only. */
  days: (query, response) => send(response, answerTo(query, { granularity: "YYYY-MM-DD" })),
  gzip(query, response) {
    response
      .writeHead(200, { "content-type": "text/xml", "content-encoding": "gzip" })
      .end(gzipSync(answerTo(query)));
  },
  /** The second page's compression is damaged once. */
  damaged(query, response, request) {
    if (before("damaged", query) !== 0) {
      ways["gzip"]?.(query, response, request);
      return;
    }
    const bytes = gzipSync(answerTo(query));
    bytes.fill(0xff, bytes.length >> 1);
    response.writeHead(200, { "content-type": "text/xml", "content-encoding": "gzip" }).end(bytes);
  },
  /** The second page breaks off in the middle of its second record, twice. */
  cut(query, response) {
    const text = answerTo(query);
    if (![0, 1].includes(before("cut", query))) {
      send(response, text);
      return;
    }
    const half = text.slice(0, text.lastIndexOf("<metadata>"));
    response.writeHead(200, { "content-type": "text/xml", "content-length": text.length });
    response.write(half, () => setTimeout(() => response.destroy(), 20));
  },
  /** The second page ends early, as if it were whole. */
  short(query, response) {
    const text = answerTo(query);
    send(response, before("short", query) === 0 ? text.slice(0, text.lastIndexOf("<metadata>")) : text);
  },
  /** The second page comes after 503 with a wait of a second. */
  busy(query, response) {
    if (before("busy", query) === 0) response.writeHead(503, { "retry-after": "1" }).end();
    else plain(query, response, response.req);
  },
  /** The second page's token has expired, once. */
  expired(query, response) {
    if (before("expired", query) === 0) send(response, oai('<error code="badResumptionToken"/>'));
    else send(response, answerTo(query));
  },
  /** The second page's token has expired, once; for a list whose order deceives. */
  merged(query, response) {
    if (before("merged", query) === 0) send(response, oai('<error code="badResumptionToken"/>'));
    else if (query.has("from")) send(response, listOf(5, ""));
    else send(response, answerTo(query));
  },
  /** Every token has expired. */
  forgetful(query, response) {
    send(
      response,
      query.has("resumptionToken") ? oai('<error code="badResumptionToken"/>') : answerTo(query),
    );
  },
  /** The second page gives its own token for the next. */
  same: (query, response) => send(response, answerTo(query, { next: () => "2" })),
  /** Two pages give each other's token. */
  circle: (query, response) => send(response, answerTo(query, { next: (page) => (page === 2 ? "3" : "2") })),
  /** Always another token, and always the same records. */
  treadmill(query, response) {
    const page = Number(query.get("resumptionToken") ?? "1");
    send(response, query.get("verb") === "ListRecords" ? listOf(0, `${page + 1}`) : answerTo(query));
  },
  empty(query, response) {
    const isList = query.get("verb") === "ListRecords";
    send(response, isList ? oai('<error code="noRecordsMatch"/>') : answerTo(query));
  },
  refusing: (_, response) => response.writeHead(403, { "content-type": "text/html" }).end("<p>No</p>"),
  /** Errors of the protocol with a status that is no success. */
  strict: (_, response) => send(response, oai('<error code="badArgument"/>'), 422),
  /** The third page never comes, once. */
  stuck(query, response) {
    if (before("stuck", query, "3") !== 0) send(response, answerTo(query));
  },
};
