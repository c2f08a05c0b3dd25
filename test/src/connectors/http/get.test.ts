import { expect } from "chai";
import { join } from "node:path";
import { webAddress } from "../../../../src/connectors/http/address.ts";
import { discard, textOf } from "../../../../src/connectors/http/body.ts";
import { get, type GetOptions } from "../../../../src/connectors/http/get.ts";
import { codeOf } from "../../../support/bytes.ts";
import { startServer, type ServerProcess } from "../../../support/servers/process.ts";

const SCRIPT = join(import.meta.dirname, "../../../support/servers/unreliable.ts");
type Asked = Record<string, { at: number; authorization?: string }[]>;

describe("http/get: servers in processes of their own", () => {
  let server: ServerProcess;
  let other: ServerProcess;
  let waits: number[];
  before(async () => {
    [server, other] = await Promise.all([startServer(SCRIPT), startServer(SCRIPT)]);
  });
  after(() => Promise.all([server.stop(), other.stop()]));
  beforeEach(async () => {
    waits = [];
    await Promise.all([asked(server), asked(other)]);
  });

  const asked = async ({ url }: ServerProcess) => (await (await fetch(`${url}/asked`)).json()) as Asked;
  const patient = { wait: async (ms: number) => void waits.push(ms) };
  const at = (path: string) => new URL(`${server.url}/${path}`);
  async function read(path: string, options: GetOptions = {}): Promise<string> {
    const { status, body } = await get(at(path), { ...patient, ...options });
    return `${status} ${await textOf(body, 1 << 20)}`;
  }

  it("asks again where a server is broken, with longer waits each time", async () => {
    expect(await read("broken")).to.equal("200 whole");
    expect(waits).to.have.length(2);
    expect(waits[0]).to.be.within(1000, 1250);
    expect(waits[1]).to.be.within(2000, 2500);
  });

  it("waits as long as the server asks, in seconds or until a date", async () => {
    expect(await read("seconds")).to.equal("200 whole");
    expect(waits).to.deep.equal([7000]);
    expect(await read("date")).to.equal("200 whole");
    expect(waits[1]).to.be.within(20_000, 30_000);
    expect(await read("past")).to.equal("200 whole");
    expect(waits[2]).to.equal(0);
    expect(await read("nonsense")).to.equal("200 whole");
    expect(waits[3]).to.be.within(1000, 1250);
  });

  it("gives up at once where the server asks for more patience than there is, and says how much", async () => {
    const error = await read("hours").catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: "ServerUnavailable", retryable: true });
    expect(error).to.have.property("values").that.deep.equals({ status: 503, after: 7_200_000 });
    expect(waits).to.deep.equal([]);
  });

  it("gives up after so many attempts", async () => {
    expect(await codeOf(read("down", { attempts: 3 }))).to.equal("ServerUnavailable");
    expect((await asked(server))["/down"]).to.have.length(3);
  });

  it("asks again where the connection is cut or nobody listens", async () => {
    expect(await read("rude")).to.equal("200 whole");
    const { url, stop } = await startServer(SCRIPT);
    await stop();
    const nobody = get(new URL(url), { ...patient, attempts: 2 });
    expect(await codeOf(nobody)).to.equal("ServerUnavailable");
    expect(waits).to.have.length(2);
  });

  it("does not wait for a server that says nothing, or nothing more", async () => {
    expect(await codeOf(read("silent", { silence: 50, attempts: 2 }))).to.equal("ServerUnavailable");
    expect(await codeOf(read("halting", { silence: 300 }))).to.equal("ServerSlow");
  });

  it("sees that an answer broke off or that its compression is damaged", async () => {
    expect(await codeOf(read("cut"))).to.equal("ServerBroken");
    expect(await codeOf(read("damaged"))).to.equal("ServerBroken");
    expect(await read("gzip")).to.equal("200 whole");
  });

  it("leaves other answers to the caller", async () => {
    expect(await read("missing")).to.equal("404 no such page");
    expect(await read("nowhere")).to.equal("302 no address");
  });

  it("reads no more of an answer than it may, and no other text than UTF-8", async () => {
    expect(await codeOf(read("endless"))).to.equal("AnswerTooLarge");
    expect(await codeOf(read("latin"))).to.equal("AnswerNotText");
  });

  it("leaves an answer without end unread", async () => {
    const { body } = await get(at("endless"), patient);
    await discard(body);
    expect(await read("whole")).to.equal("200 whole");
  });

  it("is ended from outside while it waits, asks or reads", async () => {
    for (const path of ["down", "silent", "halting"]) {
      const ending = new AbortController();
      const reading = get(at(path), { signal: ending.signal }).then(({ body }) => textOf(body, 1000));
      setTimeout(() => ending.abort(), 200);
      expect(await reading.catch((thrown: unknown) => (thrown as Error).name), path).to.equal("AbortError");
    }
  });

  describe("redirects", () => {
    const headers = { authorization: "Bearer s3cret" };
    const to = (where: string) => `to?where=${encodeURIComponent(where)}`;

    it("follows them, with what authorizes on the same server only", async () => {
      expect(await read(to("/whole"), { headers })).to.equal("200 whole");
      expect((await asked(server))["/whole"]?.[0]).to.include({ authorization: "Bearer s3cret" });
      expect(await read(to(`${other.url}/whole`), { headers })).to.equal("200 whole");
      expect((await asked(other))["/whole"]?.[0]).to.not.have.property("authorization");
    });

    it("gives nothing that authorizes back to a server by way of another", async () => {
      const back = `${other.url}/${to(`${server.url}/whole`)}`;
      expect(await read(to(back), { headers })).to.equal("200 whole");
      expect((await asked(server))["/whole"]?.[0]).to.not.have.property("authorization");
    });

    it("refuses those without end and those that leave the web", async () => {
      for (const path of ["round", to("file:///etc/passwd"), to("data:text/plain,x"), to("http://")]) {
        expect(await codeOf(read(path)), path).to.equal("ServerRedirects");
      }
      expect((await asked(server))["/round"]).to.have.length(6);
    });
  });

  it("shows no secret of the address in what it throws", async () => {
    const errors = await Promise.all(
      ["down", "round", "cut", "halting"].map((path) =>
        read(`${path}?api_key=s3cret`, { attempts: 1, silence: 200 }).catch((thrown: unknown) => thrown),
      ),
    );
    for (const error of errors) {
      expect(error).to.be.instanceOf(Error);
      const { message, values } = error as Error & { values: unknown };
      expect(`${message} ${JSON.stringify(values)}`).to.not.include("s3cret");
    }
    expect(() => webAddress("https://user:s3cret@a.example/x?k=s3cret"))
      .to.throw()
      .with.property("message")
      .that.does.not.include("s3cret");
    expect(() => webAddress("file:///etc/passwd"))
      .to.throw()
      .with.property("code", "AddressInvalid");
  });
});
