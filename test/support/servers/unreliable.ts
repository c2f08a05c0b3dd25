import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { listening } from "./listening.ts";

/** Fails as the path says; `/asked` tells when and with what headers it was asked for a path, and forgets it. */
const asked = new Map<string, { at: number; authorization: string | undefined }[]>();

type Way = (response: ServerResponse, nth: number, query: URLSearchParams, request: IncomingMessage) => void;

listening((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://here");
  if (pathname === "/asked") {
    response.end(JSON.stringify(Object.fromEntries(asked)));
    asked.clear();
    return;
  }
  const { authorization } = request.headers;
  const before = asked.get(pathname) ?? [];
  asked.set(pathname, [...before, { at: Date.now(), authorization }]);
  (ways[pathname.slice(1)] ?? whole)(response, before.length, searchParams, request);
});

const whole: Way = (response) => response.end("whole");
const busy = (response: ServerResponse, after?: string) =>
  response.writeHead(503, after === undefined ? {} : { "retry-after": after }).end("busy");

const ways: Record<string, Way> = {
  /** Two times 500, then well. */
  broken: (response, nth) => (nth < 2 ? response.writeHead(500).end() : response.end("whole")),
  seconds: (response, nth) => (nth === 0 ? busy(response, "7") : response.end("whole")),
  date: (response, nth) =>
    nth === 0 ? busy(response, new Date(Date.now() + 30_000).toUTCString()) : response.end("whole"),
  past: (response, nth) =>
    nth === 0 ? busy(response, "Fri, 31 Dec 1999 23:59:59 GMT") : response.end("whole"),
  nonsense: (response, nth) => (nth === 0 ? busy(response, "soon") : response.end("whole")),
  hours: (response) => busy(response, "7200"),
  down: (response) => busy(response),
  /** Cuts the connection before it says anything. */
  rude: (response, nth) => (nth === 0 ? response.destroy() : response.end("whole")),
  /** Says nothing, ever. */
  silent: () => undefined,
  /** Begins to speak and stops. */
  halting: (response) => response.write("a word"),
  cut(response) {
    response.writeHead(200, { "content-length": 1000 });
    response.write("half", () => setTimeout(() => response.destroy(), 20));
  },
  damaged(response) {
    const bytes = gzipSync("whole ".repeat(1000));
    bytes.fill(0xff, 20);
    response.writeHead(200, { "content-encoding": "gzip" }).end(bytes);
  },
  gzip: (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("whole")),
  missing: (response) => response.writeHead(404).end("no such page"),
  to: (response, _, query) => response.writeHead(302, { location: query.get("where") ?? "" }).end(),
  round: (response) => response.writeHead(302, { location: "/round" }).end(),
  nowhere: (response) => response.writeHead(302).end("no address"),
  /** Bytes without end. */
  endless(response) {
    const piece = "x".repeat(65_536);
    const more = () => {
      while (!response.destroyed && response.write(piece));
    };
    response.on("drain", more);
    more();
  },
  latin: (response) => response.end(new Uint8Array([0x4d, 0xfc])),
};
