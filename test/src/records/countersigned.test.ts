import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import { memberId, statementNumber } from "../../../src/core/ids.ts";
import { randomSalt } from "../../../src/records/bundle.ts";
import {
  type Countersigned,
  type CountersignedIndex,
  createCountersignedIndex,
} from "../../../src/records/countersigned.ts";

const PAIR = {
  chainId: 31337,
  ledger: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
  supplier: memberId(3),
  consumer: memberId(4),
};
const statement = (
  number: number,
  records: readonly string[],
  over: Partial<Countersigned> = {},
): Countersigned => ({
  ...PAIR,
  ...{ number: statementNumber(number), root: randomSalt(), records },
  ...over,
});

describe("createCountersignedIndex", () => {
  let path: string;
  let index: CountersignedIndex;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), "countersigned-"));
    index = createCountersignedIndex(path);
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  const codeOf = (act: Promise<unknown>) =>
    act.then(
      () => "none",
      (error: unknown) => (isConsortiaError(error) ? error.code : String(error)),
    );
  const files = () =>
    readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));

  it("knows nothing of a pair that signed nothing", async () => {
    expect(await index.of(PAIR)).to.deep.equal([]);
  });

  it("gives back what was noted, in its order, after a restart too", async () => {
    const all = Array.from({ length: 12 }, (_, n) => statement(n, [`r${n}/1/0`]));
    for (const one of all) await index.note(one);
    expect(await createCountersignedIndex(path).of(PAIR)).to.deep.equal(all);
  });

  it("takes the same statement again without a further entry", async () => {
    const one = statement(1, ["a/1/0", "b/1/0"]);
    await index.note(one);
    await index.note(one);
    expect(files()).to.have.length(1);
  });

  it("refuses another statement with one record of an earlier one", async () => {
    await index.note(statement(1, ["a/1/0", "b/1/0"]));
    expect(await codeOf(index.note(statement(2, ["c/1/0", "b/1/0"])))).to.equal("RecordCountersigned");
    expect(await codeOf(index.note(statement(2, ["c/1/0", "b/2/0"])))).to.equal("none");
    expect(await codeOf(index.note(statement(3, ["b/1/1"])))).to.equal("none");
  });

  it("lets a corrected statement take its number over, and remembers the records of both", async () => {
    await index.note(statement(1, ["a/1/0", "b/1/0"]));
    await index.note(statement(1, ["a/1/0", "c/1/0"]));
    for (const record of ["a/1/0", "b/1/0", "c/1/0"]) {
      expect(await codeOf(index.note(statement(2, [record])))).to.equal("RecordCountersigned");
    }
  });

  it("keeps pairs, ledgers and chains apart", async () => {
    await index.note(statement(1, ["a/1/0"]));
    await index.note(statement(2, ["a/1/0"], { consumer: memberId(5) }));
    await index.note(statement(2, ["a/1/0"], { ledger: `0x${"12".repeat(20)}` }));
    await index.note(statement(2, ["a/1/0"], { chainId: 1 }));
    expect(await codeOf(index.note(statement(2, ["a/1/0"], { ledger: PAIR.ledger.toLowerCase() })))).to.equal(
      "RecordCountersigned",
    );
  });

  it("lets one of twenty have a record that all want at once, in as many processes' place", async () => {
    const all = Array.from({ length: 20 }, (_, n) => statement(n, ["a/1/0", `own${n}/1/0`]));
    const codes = await Promise.all(all.map((one) => codeOf(createCountersignedIndex(path).note(one))));
    expect(codes.filter((code) => code === "none")).to.have.length(1);
    expect(codes.filter((code) => code === "RecordCountersigned")).to.have.length(19);
    expect(await index.of(PAIR)).to.have.length(1);
  });

  it("lets all of twenty have records of their own at once, and leaves no draft behind", async () => {
    const all = Array.from({ length: 20 }, (_, n) => statement(n, [`own${n}/1/0`]));
    const codes = await Promise.all(all.map((one) => codeOf(createCountersignedIndex(path).note(one))));
    expect(new Set(codes)).to.deep.equal(new Set(["none"]));
    expect(await index.of(PAIR)).to.have.length(20);
    expect(readdirSync(join(path, "tmp"))).to.deep.equal([]);
  });

  it("signs nothing for a pair whose entries are damaged", async () => {
    await index.note(statement(1, ["a/1/0"]));
    const [name] = files();
    const text = readFileSync(join(path, name!), "utf8");
    for (const damaged of ["", text.slice(0, 40), text.replace('["a/1/0"]', "7"), "null"]) {
      writeFileSync(join(path, name!), damaged);
      expect(await codeOf(index.note(statement(2, ["b/1/0"])))).to.equal("IndexDamaged");
    }
  });

  it("says that the disk fails, as something to try again", async () => {
    writeFileSync(join(path, "plain"), "");
    const broken = createCountersignedIndex(join(path, "plain"));
    const error: unknown = await broken.note(statement(1, ["a/1/0"])).catch((reason: unknown) => reason);
    expect(isConsortiaError(error, "StoreFailed") && error.retryable).to.equal(true);
  });
});
