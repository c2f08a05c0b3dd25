import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { runCli } from "../../../support/cli.ts";
import { startServer } from "../../../support/servers/process.ts";

const SERVERS = join(import.meta.dirname, "../../../support/servers");
const MAP = { agencies: { CPL: "ISIL:DE-2", FreeForm: "ISIL:DE-1" }, services: { Book: "loan" } };
const KOHA = { CONSORTIA_KOHA_USER: "ill", CONSORTIA_KOHA_PASSWORD: "pässword" };
const OKAPI = { CONSORTIA_OKAPI_TENANT: "temple", CONSORTIA_OKAPI_TOKEN: "t0ken" };

describe("import koha and import reshare", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-servers-"));
    await writeFile(join(folder, "map.json"), JSON.stringify(MAP));
  });
  after(() => rm(folder, { recursive: true }));
  const read = (name: string) => readFile(join(folder, ".consortia", name), "utf8");
  const mapped = ["--map", "map.json", "--json"];

  it("gather from a Koha, and leave patrons there", async () => {
    const server = await startServer(join(SERVERS, "koha.ts"));
    try {
      const { json, stdout, stderr } = await runCli(folder, ["import", "koha", server.url, ...mapped], KOHA);
      expect(json, stderr + stdout).to.deep.include({ drafts: 250, exceptions: 0 });
      expect(await read("drafts-koha.json")).not.to.contain("Underhay");
      const wrong = { ...KOHA, CONSORTIA_KOHA_PASSWORD: "hunter2" };
      const refused = await runCli(folder, ["import", "koha", server.url, ...mapped], wrong);
      expect(refused).to.include({ code: 1 });
      expect(refused.stdout + refused.stderr)
        .to.contain("ServerForbids")
        .and.not.to.contain("hunter2");
    } finally {
      await server.stop();
    }
  });

  it("gather the same records from ReShare and from CrossLink", async () => {
    const server = await startServer(join(SERVERS, "reshare.ts"));
    try {
      const reshare = await runCli(folder, ["import", "reshare", server.url, "--json"], OKAPI);
      expect(reshare.json, reshare.stdout).to.deep.include({ drafts: 250, exceptions: 0 });
      const one = await read("drafts-reshare.json");
      const crosslink = await runCli(
        folder,
        ["import", "reshare", server.url, "--crosslink", "--json"],
        OKAPI,
      );
      expect(crosslink.json, crosslink.stdout).to.deep.include({ drafts: 250, exceptions: 0 });
      expect(await read("drafts-reshare.json"))
        .to.equal(one)
        .and.not.to.contain("Underhay");
    } finally {
      await server.stop();
    }
  });

  it("send no secret over an open line, and ask for those that are missing", async () => {
    const open = await runCli(folder, ["import", "koha", "http://koha.example", ...mapped], KOHA);
    expect(open).to.include({ code: 2 });
    expect(open.stdout + open.stderr).to.contain("AddressInsecure");
    const nobody = await runCli(folder, ["import", "koha", "https://koha.example", ...mapped]);
    expect(nobody).to.include({ code: 2 });
    expect(nobody.stdout + nobody.stderr).to.contain("CredentialsMissing");
  });

  it("read files, and tell ReShare's from CrossLink's", async () => {
    const parties = {
      requesterSymbol: "ISIL:US-PPT",
      supplierSymbol: "ISIL:US-PU",
      requesterRequestId: "R-1",
    };
    const item = { side: "lending", state: "SHIPPED", updatedAt: "2026-10-05T09:30:00Z", ...parties };
    await writeFile(join(folder, "broker.json"), JSON.stringify({ about: { count: 1 }, items: [item] }));
    const broker = await runCli(folder, ["import", "reshare", "broker.json", "--json"]);
    expect(broker.json, broker.stdout).to.deep.include({ drafts: 1, exceptions: 0 });
    await writeFile(
      join(folder, "list.json"),
      JSON.stringify([{ isRequester: true, state: { code: "REQ_IDLE" } }]),
    );
    const list = await runCli(folder, ["import", "reshare", "list.json", "--json"]);
    expect(list.json?.["reasons"], list.stdout).to.deep.equal({ "still-open": 1 });
  });
});
