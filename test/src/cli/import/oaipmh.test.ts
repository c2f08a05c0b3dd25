import { expect } from "chai";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDrafts } from "../../../../src/cli/import/drafts.ts";
import { ofFiles } from "../../../../src/cli/import/harvest/files.ts";
import { entriesOf } from "../../../../src/cli/import/harvest/journal.ts";
import { keep, resume } from "../../../../src/cli/import/harvest/state.ts";
import { createTally } from "../../../../src/cli/import/harvest/tally.ts";
import { readMapping } from "../../../../src/connectors/mapping.ts";
import { createContributions } from "../../../../src/connectors/oaipmh/contributions.ts";
import { all, codeOf } from "../../../support/bytes.ts";
import { runCli, startCli } from "../../../support/cli.ts";
import { startServer, type ServerProcess } from "../../../support/servers/process.ts";

const SCRIPT = join(import.meta.dirname, "../../../support/servers/oaipmh.ts");
const MAPPING = {
  agencies: { DLC: "ISIL:US-DLC", NYP: "ISIL:US-NYP" },
  services: { creating: "original", modifying: "upgrade" },
};

describe("cli: import oaipmh", () => {
  let server: ServerProcess;
  let folder: string;
  before(async () => {
    server = await startServer(SCRIPT);
  });
  after(() => server.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-oaipmh-"));
    await asked();
    await writeFile(join(folder, "codes.json"), JSON.stringify(MAPPING));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const args = (source: string, ...more: string[]) => [
    ...["import", "oaipmh", source, "--map", "codes.json", "--out", "drafts.json", "--json", ...more],
  ];
  const run = (source: string, ...more: string[]) => runCli(folder, args(source, ...more));
  const text = (name: string) => readFile(join(folder, name), "utf8");
  const drafts = async () => parseDrafts("drafts.json", JSON.parse(await text("drafts.json")));
  const asked = async () => (await (await fetch(`${server.url}/requests`)).json()) as string[];

  it("harvests contributions by role, and says what makes none", async () => {
    const { json, code } = await run(`${server.url}/plain`);
    expect(code).to.equal(0);
    expect(json).to.deep.include({
      ...{ records: 7, deleted: 1, pages: 4, restarts: 0, omissions: 4 },
      contributions: { creating: 4, transcribing: 0, modifying: 3 },
      reasons: { deleted: 1, "no-cataloguing-agency": 1, "no-service": 1, "unknown-agency": 1 },
      identify: {
        repository: "Example",
        granularity: "second",
        deletedRecord: "persistent",
        prefix: "mrc-xml",
      },
    });
    const made = (await drafts()).map(
      ({ supplier, request, service }) => `${supplier} ${request} ${service}`,
    );
    expect(made.slice(0, 3)).to.deep.equal([
      "ISIL:US-DLC oai:example:1#creating original",
      "ISIL:US-NYP oai:example:1#modifying upgrade",
      "ISIL:US-NYP oai:example:2#creating original",
    ]);
    expect(new Set(made).size).to.equal(7);
    expect(`${await text("drafts.json")}${await text("exceptions.csv")}`).to.not.include("Doe");
  });

  it("goes on where its process was killed, makes the same, and later asks only for what is new", async () => {
    const kept = ["--state", "harvest.state"];
    const first = startCli(folder, args(`${server.url}/stuck`, ...kept));
    for (let stuck = false; !stuck;) stuck = (await asked()).some((one) => one.endsWith("resumptionToken=3"));
    first.kill("SIGKILL");
    await once(first, "close");
    expect(JSON.parse(await text("harvest.state"))).to.have.nested.property("place.token", "3");
    await writeFile(join(folder, "harvest.state.records"), `${await text("harvest.state.records")}{"half`);

    const second = await run(`${server.url}/stuck`, ...kept);
    expect(second.json).to.deep.include({ records: 7, pages: 4, deleted: 1 });
    const made = (await drafts()).map(({ supplier, request }) => `${supplier} ${request}`);
    expect([made.length, new Set(made).size]).to.deep.equal([7, 7]);
    expect((await asked()).filter((one) => one.includes("ListRecords"))).to.have.length(2);

    const over = await run(`${server.url}/stuck`, ...kept);
    expect(over.json?.["error"]).to.include({ code: "FileExists" });
    expect(await drafts()).to.have.length(7);
    await rm(join(folder, "drafts.json"));
    const third = await run(`${server.url}/stuck`, ...kept);
    expect(third.json).to.deep.include({ records: 0 });
    expect((await asked()).at(-1)).to.include("from=2026-11-02T08%3A00%3A00Z");
  });

  it("refuses a state of another question, and what is none", async () => {
    const path = join(folder, "a.state");
    const asked = { base: "https://a.example/oai", prefix: "marc21" };
    await keep(path, { ...(await resume(path, asked)), journal: 3 });
    expect(await resume(path, asked)).to.include({ journal: 3 });
    expect(await codeOf(resume(path, { ...asked, prefix: "oai_dc" }))).to.equal("HarvestStateOfAnother");
    expect(await codeOf(resume(path, { ...asked, from: "2026-10-01" }))).to.equal("HarvestStateOfAnother");
    for (const text of ['{"version":1,"__proto__":{"place":{}}}', "null", "[]"]) {
      await writeFile(path, text);
      expect(await codeOf(resume(path, asked)), text).to.equal("HarvestStateInvalid");
    }
  });

  it("begins where the last span ended, not where its harvest began, so that nothing between is lost", async () => {
    const path = join(folder, "a.state");
    const question = { base: "https://a.example/oai", prefix: "marc21", until: "2026-10-31" };
    const fresh = await resume(path, question);
    const place = { ...fresh.place, started: "2026-11-05T10:00:00Z" };
    await keep(path, { ...fresh, place, stage: "done" });
    const next = await resume(path, { ...question, until: "2026-11-30" });
    expect(next.question).to.include({ from: "2026-10-31", until: "2026-11-30" });
    await keep(path, { ...fresh, question: { ...question, until: "2026-12-31" }, place, stage: "done" });
    expect((await resume(path, question)).question).to.include({ from: "2026-11-05T10:00:00Z" });
  });

  it("refuses a journal that does not hold what the state says of it", async () => {
    const path = join(folder, "a.records");
    const entry = '{"id":"a","made":[]}\n';
    expect(await codeOf(all(entriesOf(path, 3)))).to.equal("HarvestStateInvalid");
    for (const text of [entry, `${entry}{"id":7,"made":[]}\n`, `${entry}\0\0\0\0\n`, entry.repeat(2)]) {
      await writeFile(path, text);
      const confirmed = text === entry ? entry.length + 1 : text === entry.repeat(2) ? 25 : text.length;
      expect(await codeOf(all(entriesOf(path, confirmed))), text).to.equal("HarvestStateInvalid");
    }
    expect(await all(entriesOf(path, 2 * entry.length))).to.have.length(2);
  });

  it("names the sets where a set is unknown, and then writes nothing", async () => {
    const { json } = await run(`${server.url}/empty`, "--set", "music");
    expect(json?.["error"]).to.include({ code: "OaiSetUnknown" });
    expect(json?.["error"].message).to.include("maps");
    expect(await text("drafts.json").catch(() => "nothing")).to.equal("nothing");
  });

  it("reads files of a folder, leaves out aloud what it cannot read, and runs no formula of theirs", async () => {
    const header = (identifier: string) =>
      `<record><header status="deleted"><identifier>${identifier}</identifier><datestamp>2026-10-05</datestamp></header></record>`;
    const answer = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>${header("=1+cmd|'/C'!A0".replace(/ /g, ""))}${header("oai:a:2")}</ListRecords></OAI-PMH>`;
    await mkdir(join(folder, "pages"));
    await writeFile(join(folder, "pages/page.xml"), answer);
    await writeFile(join(folder, "pages/cut.xml"), answer.slice(0, -20));
    await writeFile(join(folder, "pages/notes.xml"), "not a record");
    const { json } = await run("pages");
    expect(json).to.deep.include({ records: 4, deleted: 4 });
    const rows = await text("exceptions.csv");
    expect(rows).to.include("cut.xml,,,XmlCut").and.to.include("notes.xml,,,MarcShapeUnknown");
    expect(rows)
      .to.include("'=1+cmd")
      .and.not.match(/(^|,)"?=1/m);
    const nowhere = ofFiles(
      join(folder, "nowhere"),
      createContributions(readMapping({})),
      createTally(),
      () => {},
    );
    expect(await codeOf(nowhere.next())).to.equal("SourceUnreadable");
  });
});
