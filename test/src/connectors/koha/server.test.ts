import { join } from "node:path";
import { expect } from "chai";
import { kohaRequests, type KohaCredentials } from "../../../../src/connectors/koha/server.ts";
import { isConsortiaError, type ConsortiaError } from "../../../../src/core/error.ts";
import { startServer, type ServerProcess } from "../../../support/servers/process.ts";

const user = { user: "ill", password: "pässword" };
const client = { clientId: "office", clientSecret: "s3cret" };
const hasty = { first: 1, attempts: 3, silence: 5_000 };

describe("kohaRequests", () => {
  let server: ServerProcess;
  before(
    async () => (server = await startServer(join(import.meta.dirname, "../../../support/servers/koha.ts"))),
  );
  after(() => server.stop());

  async function ask(
    ail: string,
    credentials: KohaCredentials = user,
    list = "ill/requests",
  ): Promise<unknown[]> {
    const address = new URL(ail === "" ? server.url : `${server.url}/${ail}/api/v1/${list}`);
    const requests: unknown[] = [];
    for await (const request of kohaRequests(address, credentials, hasty))
      requests.push(request["ill_request_id"]);
    return requests;
  }
  async function refused(...given: Parameters<typeof ask>): Promise<ConsortiaError> {
    const error = await ask(...given).catch((thrown: unknown) => thrown);
    if (isConsortiaError(error)) return error;
    throw new Error(`it was not refused: ${String(error)}`);
  }
  const all = Array.from({ length: 250 }, (_, index) => index + 1);

  it("asks page by page until it has what the server counts, as a user or as a client", async () => {
    expect(await ask("")).to.deep.equal(all);
    expect(await ask("sound", client)).to.deep.equal(all);
  });

  it("takes the whole list of an older version, which does not count", async () => {
    expect(await ask("older", user, "illrequests")).to.deep.equal([1, 2]);
  });

  it("asks again where the server failed once, and gives up where it always does", async () => {
    expect(await ask("failing")).to.deep.equal(all);
    expect(await refused("dead")).to.include({ code: "ServerUnavailable", retryable: true });
  });

  it("says that credentials are wrong, without repeating them", async () => {
    for (const wrong of [
      { ...user, password: "hunter2" },
      { ...client, clientSecret: "hunter2" },
    ]) {
      const error = await refused("sound", wrong);
      expect(error).to.include({ code: "ServerForbids", retryable: false });
      expect(JSON.stringify(error) + error.message).not.to.contain("hunter2");
    }
  });

  it("refuses answers that are no list, pages that end early or repeat, and a page without end", async () => {
    expect(await refused("html")).to.have.property("code", "AnswerNotJson");
    expect(await refused("short")).to.include({ code: "PagesIncomplete", retryable: true });
    expect(await refused("repeating")).to.have.property("code", "PagesEndless");
    expect(await refused("endless")).to.have.property("code", "AnswerTooLarge");
  });

  it("follows no link, and takes its credentials to no other server that a redirect names", async () => {
    await ask("sound");
    const error = await ask("moved", client).catch((thrown: unknown) => thrown);
    expect(error).to.deep.equal([]);
    const seen = await fetch(`${server.url}/seen`);
    expect(await seen.json()).to.deep.equal([""]);
  });
});
