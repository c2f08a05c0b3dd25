import { Readable } from "node:stream";
import { listening } from "../../test/support/servers/listening.ts";
import { recordAt } from "./catalogue.ts";

/**
 * A process of its own: a repository of so many records, handed out so many a page with resumption tokens at `/pages`, and
 * as one page at `/whole`.
 */
const [records, perPage] = process.argv.slice(2).map(Number) as [number, number];

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">' +
  '<responseDate>2026-11-01T00:00:00Z</responseDate><request verb="ListRecords">http://127.0.0.1/</request><ListRecords>';
/** Records that are written at a time. */
const BATCH = 64;

listening((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  const from = Number(searchParams.get("resumptionToken") ?? 0);
  const end = pathname === "/whole" ? records : Math.min(from + perPage, records);
  response.setHeader("content-type", "text/xml; charset=utf-8");
  Readable.from(answer(from, end)).pipe(response);
});

function* answer(from: number, end: number): Generator<string> {
  yield HEAD;
  for (let at = from; at < end; at += BATCH) {
    const length = Math.min(BATCH, end - at);
    yield Array.from({ length }, (_, place) => recordAt(at + place)).join("");
  }
  const next = end < records ? String(end) : "";
  yield `<resumptionToken completeListSize="${records}">${next}</resumptionToken></ListRecords></OAI-PMH>`;
}
