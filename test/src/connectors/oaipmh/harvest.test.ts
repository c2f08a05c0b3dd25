import { expect } from "chai";
import { join } from "node:path";
import { getRecord, identify } from "../../../../src/connectors/oaipmh/ask.ts";
import { fitted } from "../../../../src/connectors/oaipmh/datestamp.ts";
import {
  harvest,
  type HarvestOptions,
  type HarvestQuery,
} from "../../../../src/connectors/oaipmh/harvest.ts";
import { listFormats, listSets, prefixOf } from "../../../../src/connectors/oaipmh/lists.ts";
import type { Place } from "../../../../src/connectors/oaipmh/place.ts";
import { createSeen } from "../../../../src/connectors/seen.ts";
import { all, codeOf } from "../../../support/bytes.ts";
import { startServer, type ServerProcess } from "../../../support/servers/process.ts";
import { needs, sharedFiles } from "../../../support/shared-files.ts";

const SERVERS = join(import.meta.dirname, "../../../support/servers");
const SHARED = join(import.meta.dirname, "../../../../../shared/data/oai-pmh");
const ALL = Array.from({ length: 7 }, (_, at) => `oai:example:${at + 1}`);

describe("oaipmh/harvest: a repository in a process of its own", () => {
  let server: ServerProcess;
  let waits: number[];
  before(async () => {
    server = await startServer(join(SERVERS, "oaipmh.ts"), [SHARED]);
  });
  after(() => server.stop());
  beforeEach(async () => {
    waits = [];
    await asked();
  });

  const patient = () => ({ wait: async (ms: number) => void waits.push(ms) });
  const query = (way: string, more: Partial<HarvestQuery> = {}): HarvestQuery => ({
    ...{ base: new URL(`${server.url}/${way}`), prefix: "marc21", granularity: "second", ...more },
  });
  const asked = async () => (await (await fetch(`${server.url}/requests`)).json()) as string[];
  async function run(way: string, more: Partial<HarvestQuery> = {}, options: HarvestOptions = {}) {
    const found = await all(harvest(query(way, more), { ...patient(), ...options }));
    return {
      ids: found.flatMap((one) => (one.kind === "record" ? one.record.header.identifier : [])),
      places: found.flatMap((one) => (one.kind === "page" ? one.place : [])),
    };
  }
  const refusal = (way: string) => codeOf(all(harvest(query(way), patient())));

  it("reads a list page by page, with the token alone", async () => {
    const { ids, places } = await run("plain", { set: "maps", from: "2026-10-01", until: "2026-10-31" });
    expect(ids).to.deep.equal(ALL);
    expect(places.map(({ pages, token, size }) => [pages, token, size])).to.deep.equal([
      ...[1, 2, 3].map((page) => [page, `${page + 1}`, 7]),
      [4, undefined, 7],
    ]);
    expect(await asked()).to.deep.equal([
      "/plain?verb=ListRecords&metadataPrefix=marc21&from=2026-10-01T00%3A00%3A00Z&until=2026-10-31T23%3A59%3A59Z&set=maps",
      ...[2, 3, 4].map((page) => `/plain?verb=ListRecords&resumptionToken=${page}`),
    ]);
  });

  it("asks a server of days for whole days", async () => {
    const { granularity } = await identify(query("days").base);
    expect(granularity).to.equal("day");
    await run("days", { granularity, from: "2026-10-01T12:00:00Z", until: "2026-10-31T12:00:00Z" });
    expect((await asked())[1]).to.include("&from=2026-10-01&until=2026-10-31");
  });

  for (const way of ["gzip", "damaged", "cut", "short", "busy"]) {
    it(`reads each record once from a server that is ${way}`, async () => {
      expect((await run(way)).ids).to.deep.equal(ALL);
      expect(waits).to.have.length({ gzip: 0, damaged: 1, cut: 2, short: 1, busy: 1 }[way] ?? -1);
      if (way === "busy") expect(waits).to.deep.equal([1000]);
    });
  }

  it("begins a list anew when its token has expired, and gives no record twice", async () => {
    const { ids, places } = await run("expired", { from: "2026-10-01" });
    expect(ids).to.deep.equal(ALL);
    expect(places.at(-1)).to.include({ restarts: 1, pages: 5 });
    const lists = (await asked()).filter((one) => one.includes("from="));
    expect(lists).to.have.length(2);
    expect(lists[0]).to.equal(lists[1]);
  });

  it("begins at the latest datestamp where the list is in their order", async () => {
    const place: Place = {
      ...{ token: "2", pages: 1, barren: 0, restarts: 0, ascending: 9, latest: "2026-10-02T12:00:00Z" },
      size: 7,
    };
    const seen = createSeen();
    for (const id of ALL.slice(0, 2)) seen.add(id);
    const forgot = await all(harvest(query("forgetful"), { ...patient(), place, seen })).catch(() => []);
    expect(forgot).to.deep.equal([]);
    expect((await asked())[1]).to.include("from=2026-10-02T12%3A00%3A00Z");
  });

  it("begins at the beginning where the order deceived, and where nobody says how long the list is", async () => {
    const kept = {
      token: "2",
      pages: 1,
      barren: 0,
      restarts: 0,
      ascending: 9,
      latest: "2026-10-06T12:00:00Z",
    };
    for (const [size, lists] of [
      [{ size: 7 }, 2],
      [{}, 1],
    ] as const) {
      await fetch(`${server.url}/forget`);
      const seen = createSeen();
      for (const id of ALL.slice(0, 2)) seen.add(id);
      const { ids, places } = await run("merged", {}, { place: { ...kept, ...size }, seen });
      expect([...ids].sort()).to.deep.equal(ALL.slice(2));
      expect(places.filter(({ token }) => token === undefined)).to.have.length(1);
      expect((await asked()).filter((one) => one.includes("metadataPrefix"))).to.have.length(lists);
    }
  });

  it("gives a list up whose tokens expire again and again", async () => {
    expect(await refusal("forgetful")).to.equal("OaiTokensExpire");
    expect((await asked()).length).to.equal(22);
  });

  for (const way of ["same", "circle", "treadmill"]) {
    it(`refuses a list that goes round in circles: ${way}`, async () => {
      expect(await refusal(way)).to.equal("OaiListLoops");
    });
  }

  it("goes on from a place that another process kept", async () => {
    const first: Place[] = [];
    for await (const one of harvest(query("plain"), patient())) {
      if (one.kind !== "page") continue;
      first.push(one.place);
      if (first.length === 2) break;
    }
    const place = JSON.parse(JSON.stringify(first[1])) as Place;
    expect((await run("plain", {}, { place })).ids).to.deep.equal(ALL.slice(4));
  });

  it("takes no match for an empty list, and other errors for what they are", async () => {
    expect((await run("empty")).ids).to.deep.equal([]);
    expect(await refusal("strict")).to.equal("OaiBadArgument");
    expect(await refusal("refusing")).to.equal("OaiServerRefused");
    expect(await refusal("nowhere")).to.equal("OaiServerRefused");
  });

  it("takes a record no earlier than it is asked for", async () => {
    const records = harvest(query("plain"), patient());
    await records.next();
    expect(await asked()).to.have.length(1);
    await records.return();
  });

  it("gets one record, the sets and the formats", async () => {
    const { base } = query("plain");
    expect((await getRecord(base, "oai:example:2", "marc21")).header.datestamp).to.equal(
      "2026-10-02T12:00:00Z",
    );
    expect(await codeOf(getRecord(base, "oai:example:9", "marc21"))).to.equal("OaiIdDoesNotExist");
    expect(await listSets(base)).to.deep.equal([{ spec: "maps", name: "Maps" }]);
    expect(prefixOf(await listFormats(base))).to.equal("mrc-xml");
    expect(prefixOf([{ prefix: "oai_dc", namespace: "" }])).to.equal("oai_dc");
  });

  describe("with answers that others recorded", () => {
    before(needs(sharedFiles("oai-pmh"), "oai-pmh"));

    it("reads lists of headers over two pages", async () => {
      const found = await all(harvest(query("recorded", { verb: "ListIdentifiers" }), patient()));
      const headers = found.flatMap((one) => (one.kind === "header" ? one.header : []));
      expect(headers.map(({ deleted }) => deleted)).to.deep.equal([false, true]);
      expect(found.filter(({ kind }) => kind === "page")).to.have.length(2);
    });

    it("refuses what is no record in a page, and goes on", async () => {
      const found = await all(harvest(query("recorded"), patient()));
      expect(found.flatMap((one) => (one.kind === "refused" ? one.code : []))).to.deep.equal([
        "OaiRecordInvalid",
      ]);
      expect(found.filter(({ kind }) => kind === "page")).to.have.length(4);
    });
  });
});

describe("oaipmh/datestamp", () => {
  it("fits a span to the server's granularity, never narrower", () => {
    const span = { from: "2026-10-01", until: "2026-10-31" };
    expect(fitted(span, "day")).to.deep.equal(span);
    expect(fitted(span, "second")).to.deep.equal({
      from: "2026-10-01T00:00:00Z",
      until: "2026-10-31T23:59:59Z",
    });
    expect(fitted({}, "day")).to.deep.equal({});
  });

  it("refuses a span that ends before it begins, and dates that there are not", () => {
    const refuse = (from: string, until: string) => () => fitted({ from, until }, "day");
    expect(refuse("2026-10-02", "2026-10-01")).to.throw().with.property("code", "OaiSpanInvalid");
    expect(refuse("2026-02-30", "2026-10-01")).to.throw().with.property("code", "OaiSpanInvalid");
  });
});

describe("oaipmh/seen", () => {
  it("knows each of many identifiers, and no other", () => {
    const seen = createSeen();
    for (let at = 0; at < 5_000; at++) expect(seen.add(`oai:a:${at}`)).to.equal(true);
    for (let at = 0; at < 5_000; at++) expect(seen.add(`oai:a:${at}`)).to.equal(false);
    expect(seen.add("")).to.equal(true);
    expect(seen.size).to.equal(5_001);
  });
});
