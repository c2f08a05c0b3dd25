import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { answerTo, type Answer } from "../../../../../src/cli/scenario/commons/answers.ts";
import { whileServing } from "../../../../../src/cli/scenario/commons/server.ts";
import { isConsortiaError } from "../../../../../src/core/error.ts";

const ANSWERS: readonly Answer[] = [
  { path: "/oai", query: {}, file: "error.xml" },
  { path: "/oai", query: { verb: "Identify" }, file: "identify.xml" },
  { path: "/pr", query: { customer_id: "a" }, file: "first.json", first: { status: 202 } },
  { path: "/pr", query: { customer_id: "a" }, since: "2026-10-19", file: "restated.json" },
];

describe("recorded answers", () => {
  const told = (path: string, day: string) => answerTo(ANSWERS, new URL(path, "http://x"), day)?.file;

  it("are given to whoever asks for at least that, the one that asks for most first", () => {
    expect(told("/oai?verb=Identify&more=1", "2026-10-01")).to.equal("identify.xml");
    expect(told("/oai?verb=ListRecords", "2026-10-01")).to.equal("error.xml");
    expect(told("/pr?customer_id=b", "2026-10-01")).to.equal(undefined);
    expect(told("/elsewhere", "2026-10-01")).to.equal(undefined);
  });

  it("are those of the day: what was restated is told from its own day on", () => {
    expect(told("/pr?customer_id=a", "2026-10-18")).to.equal("first.json");
    expect(told("/pr?customer_id=a", "2026-10-19")).to.equal("restated.json");
  });
});

describe("a server of recorded answers", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "answers-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("answers from a process of its own, once otherwise where that is recorded, and ends", async () => {
    const file = join(folder, "answers.json");
    writeFileSync(file, JSON.stringify(ANSWERS));
    writeFileSync(join(folder, "first.json"), "{}");
    const url = await whileServing([file], "2026-10-01", async (urlOf) => {
      const ask = (path: string) => fetch(`${urlOf(file)}${path}`);
      const asked = [];
      for (const path of ["/pr?customer_id=a", "/pr?customer_id=a", "/nowhere"]) asked.push(await ask(path));
      expect(asked.map(({ status }) => status)).to.deep.equal([202, 200, 404]);
      expect(await asked[1]?.text()).to.equal("{}");
      return urlOf(file);
    });
    const after = await fetch(url).catch((error: unknown) => error);
    expect(after).to.be.an("error");
  });

  it("says which one did not come up, and ends the others", async () => {
    const [file, missing] = [join(folder, "answers.json"), join(folder, "missing.json")];
    writeFileSync(file, "[]");
    let url = "";
    const error: unknown = await whileServing([file, missing], "2026-10-01", (urlOf) => {
      url = urlOf(file);
      return Promise.resolve(urlOf(missing));
    }).catch((reason: unknown) => reason);
    expect(isConsortiaError(error, "ServerFailed")).to.equal(true);
    expect(String(error)).to.contain(missing);
    expect(await fetch(url).catch((reason: unknown) => reason)).to.be.an("error");
  });
});
