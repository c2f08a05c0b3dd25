import type { ServerResponse } from "node:http";
import { listening } from "./listening.ts";

/** A gateway with 250 requests of ReShare and as many of a CrossLink broker. The first part of a path says how it ails. */
const TOTAL = 250;
let failures = 0;

const reshare = (id: number) => ({
  ...{ id: `u-${id}`, hrid: `TEMPLE-${id}`, isRequester: true, rotaPosition: 0, patronSurname: "Underhay" },
  ...{ state: { code: "REQ_SHIPPED" }, serviceType: { value: "loan" }, lastUpdated: "2026-10-05T09:30:00Z" },
  ...{ requestingInstitutionSymbol: "ISIL:US-PPT", supplyingInstitutionSymbol: "ISIL:US-PU" },
});
const crosslink = (id: number) => ({
  ...{
    id: `u-${id}`,
    side: "lending",
    state: "SHIPPED",
    updatedAt: "2026-10-05T09:30:00.123456Z",
    patron: "Underhay",
  },
  ...{ requesterSymbol: "ISIL:US-PPT", supplierSymbol: "ISIL:US-PU", requesterRequestId: `TEMPLE-${id}~0` },
  illRequest: { serviceInfo: { serviceType: "Loan" }, patronInfo: { surname: "Underhay" } },
});

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** A page of at most 40, whatever was asked for, so that clients must count. */
function page<T>(first: number, make: (id: number) => T): T[] {
  return Array.from({ length: Math.max(0, Math.min(40, TOTAL - first)) }, (_, index) =>
    make(first + index + 1),
  );
}

listening((incoming, response) => {
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? ""}`);
  const ail = url.pathname.split("/")[1];
  const query = (name: string) => Number(url.searchParams.get(name));
  const known =
    incoming.headers["x-okapi-tenant"] === "temple" && incoming.headers["x-okapi-token"] === "t0ken";
  if (!known) json(response, 401, { errors: [] });
  else if (ail === "failing" && failures++ === 0) json(response, 500, {});
  else if (ail === "endless") json(response, 200, { totalRecords: 1e6, results: page(0, reshare) });
  else if (url.pathname.endsWith("/patron_requests")) {
    const about = { count: TOTAL, nextLink: "http://attacker.example/patron_requests" };
    json(response, 200, { about, items: page(query("offset"), crosslink) });
  } else {
    const results = page((query("page") - 1) * 40, reshare);
    json(response, 200, { pageSize: 40, page: query("page"), totalRecords: TOTAL, total: TOTAL, results });
  }
});
