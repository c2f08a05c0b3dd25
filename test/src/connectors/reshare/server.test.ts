import { join } from "node:path";
import { expect } from "chai";
import { crosslinkItems } from "../../../../src/connectors/crosslink/server.ts";
import type { Json } from "../../../../src/connectors/json.ts";
import { reshareRequests } from "../../../../src/connectors/reshare/server.ts";
import { startServer, type ServerProcess } from "../../../support/servers/process.ts";

const known = { tenant: "temple", token: "t0ken" };
const hasty = { first: 1, attempts: 3, silence: 5_000 };

describe("ReShare and CrossLink as servers", () => {
  let server: ServerProcess;
  before(
    async () =>
      (server = await startServer(join(import.meta.dirname, "../../../support/servers/reshare.ts"))),
  );
  after(() => server.stop());

  async function take(requests: AsyncIterable<Json>): Promise<unknown[]> {
    const ids: unknown[] = [];
    for await (const request of requests) ids.push(request["id"]);
    return ids;
  }
  const at = (path: string) => new URL(path, server.url);
  const all = Array.from({ length: 250 }, (_, index) => `u-${index + 1}`);

  it("are asked page by page, though pages are smaller than asked for", async () => {
    expect(await take(reshareRequests(at("/"), known, hasty))).to.deep.equal(all);
    expect(await take(crosslinkItems(at("/"), known, hasty))).to.deep.equal(all);
    expect(await take(crosslinkItems(at("/broker/patron_requests"), known, hasty))).to.deep.equal(all);
  });

  it("are asked again where they failed once", async () => {
    expect(await take(reshareRequests(at("/failing/rs/patronrequests"), known, hasty))).to.deep.equal(all);
  });

  it("are believed neither with a wrong token nor with pages that repeat", async () => {
    const wrong = await take(reshareRequests(at("/"), { ...known, token: "hunter2" }, hasty)).catch(
      (e: unknown) => e,
    );
    expect(wrong).to.include({ code: "ServerForbids" });
    expect(String(wrong)).not.to.contain("hunter2");
    const endless = await take(reshareRequests(at("/endless/rs/patronrequests"), known, hasty)).catch(
      (e: unknown) => e,
    );
    expect(endless).to.include({ code: "PagesEndless" });
  });
});
