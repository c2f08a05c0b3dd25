import type { IncomingMessage, ServerResponse } from "node:http";
import { listening } from "./listening.ts";

/**
 * A Koha of 250 ILL requests behind a user and an OAuth2 client. The first part of a path says how it ails; `/seen` tells
 * which credentials were shown to `/elsewhere`.
 */
const TOTAL = 250;
const BASIC = `Basic ${Buffer.from("ill:pässword").toString("base64")}`;
const shown: string[] = [];
let failures = 0;

function request(id: number) {
  return {
    ...{ ill_request_id: id, library_id: "CPL", status: "COMP", status_av: null, medium: "Book" },
    ...{ completed_date: "2026-10-05", ill_backend_id: "FreeForm", ill_backend_request_id: null },
    patron: { surname: "Underhay" },
    extended_attributes: [{ type: "title", value: `Volume ${id}` }],
  };
}

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function token(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  let form = "";
  for await (const piece of incoming) form += String(piece);
  const given = new URLSearchParams(form);
  const known = given.get("client_id") === "office" && given.get("client_secret") === "s3cret";
  if (!known || given.get("grant_type") !== "client_credentials")
    json(response, 401, { error: "unauthorized_client" });
  else json(response, 200, { access_token: "t0ken", expires_in: 3600, token_type: "Bearer" });
}

function list(url: URL, ail: string, response: ServerResponse, authorization: string): void {
  const [page, size] = [Number(url.searchParams.get("_page")), Number(url.searchParams.get("_per_page"))];
  const first = ail === "repeating" ? 0 : (page - 1) * size;
  const count = ail === "short" && page > 1 ? 0 : Math.max(0, Math.min(size, TOTAL - first));
  const items = Array.from({ length: count }, (_, index) => request(first + index + 1));
  const headers = {
    "x-total-count": String(TOTAL),
    link: `<http://${url.hostname}:${url.port}/elsewhere>; rel="next"`,
  };
  if (ail === "failing" && failures++ === 0) json(response, 500, { error: "Something went wrong" });
  else if (ail === "dead") json(response, 500, {});
  else if (ail === "moved")
    response.writeHead(302, { location: `http://localhost:${url.port}/elsewhere` }).end();
  else if (ail === "older") json(response, 200, [request(1), request(2)]);
  else if (ail === "html") response.writeHead(200).end("<html>Log in</html>");
  else if (ail === "endless") {
    response.writeHead(200);
    const more = (): void => void response.write(`[${" ".repeat(1 << 20)}`, more);
    more();
  } else
    json(response, authorization === BASIC || authorization === "Bearer t0ken" ? 200 : 401, items, headers);
}

listening((incoming, response) => {
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? ""}`);
  const authorization = incoming.headers.authorization ?? "";
  if (url.pathname === "/seen") json(response, 200, shown);
  else if (url.pathname === "/elsewhere") {
    shown.push(authorization);
    json(response, 200, []);
  } else if (url.pathname.endsWith("/oauth/token")) void token(incoming, response);
  else list(url, url.pathname.split("/")[1] ?? "", response, authorization);
});
