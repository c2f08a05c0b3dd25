import { expect } from "chai";
import { createLibraries, type Libraries } from "../../support/libraries.ts";

/** What suppliers give back, and what anybody has given back, by the command line and the parties' own files. */
describe("the command line, where too much was charged", () => {
  let libraries: Libraries;
  before(async () => {
    libraries = await createLibraries();
    await libraries.write(1, ["REQ-1", "REQ-2", "REQ-3", "REQ-2"], { signed: true });
    await libraries.write(2, ["REQ-4", "REQ-5"], { signed: true });
    await libraries.write(3, ["REQ-6", "REQ-4"], { signed: true });
    await supplier("statement post");
  });
  after(() => libraries.close());

  const supplier = (words: string, code = 0) => libraries.run(words, libraries.supplier, code);
  const consumer = (words: string, code = 0) => libraries.run(words, libraries.consumer, code);
  const anyone = (words: string, code = 0) => libraries.run(words, undefined, code);

  it("gives back records by place and by request, and shows which", async () => {
    expect((await supplier("refund give 3-1", 2))["error"].code).to.equal("RecordsUnnamed");
    expect((await supplier("refund give 3-1 --records 0,9", 1))["error"].code).to.equal("RecordUnknown");
    expect((await supplier("refund give 3-1 --all --records 0", 2))["error"].code).to.equal("RecordsUnnamed");
    expect((await consumer("refund give 3-1 --records 0", 1))["error"].code).to.equal("DeskRightMissing");
    const given = await supplier("refund give 3-1 --records 0 --requests REQ-3");
    expect(given).to.deep.include({ statement: "3-1", consumer: 4, amount: "24.00", records: [0, 2] });
    expect((await supplier("refund give 3-1 --records 2", 1))["error"].code).to.equal("ReversalDone");
    const shown = await anyone("refund show .consortia/statements/3-1.json");
    expect(shown).to.include({ gross: "48.00", givenBack: "24.00", left: "24.00", whole: false });
    expect(shown["records"].map((one: { givenBack: boolean }) => one.givenBack)).to.deep.equal([
      ...[true, false, true, false],
    ]);
  });

  it("finds what was charged twice, within a statement and across two", async () => {
    const found = await anyone(`duplicate find --supplier ${libraries.supplier.isil}`);
    expect(found).to.deep.include({ records: 8, amount: "24.00", withoutRecordsAtHand: [] });
    expect(found["duplicates"].map((one: { request: string }) => one.request).sort()).to.deep.equal([
      ...["REQ-2", "REQ-4"],
    ]);
    expect((await anyone("duplicate find --consumer 3"))["duplicates"]).to.deep.equal([]);
  });

  it("has the later charge given back to whoever shows both, in whichever order", async () => {
    const wrong = await anyone("duplicate prove 3-2 1 3-3 0", 1);
    expect(wrong["error"].code).to.equal("ReversalRecordsDiffer");
    expect((await anyone("duplicate prove 3-2 0 3-2 0", 1))["error"].code).to.equal("ReversalSameRecord");
    // REQ-2 stands twice in the statement: its name alone does not tell which.
    expect((await anyone("duplicate prove 3-1 REQ-2 3-1 3", 1))["error"].code).to.equal("RecordUnknown");
    expect(await anyone("duplicate prove 3-3 REQ-4 3-2 REQ-4")).to.include({
      ...{ stays: "3-2", givenBack: "3-3", laterRecord: 1, amount: "12.00" },
    });
    expect(await anyone("duplicate prove 3-1 3 3-1 1")).to.include({ record: 1, laterRecord: 3 });
    expect((await anyone("duplicate prove 3-2 0 3-3 1", 1))["error"].code).to.equal("ReversalDone");
    expect((await anyone("duplicate find"))["duplicates"]).to.deep.equal([]);
  });

  it("gives back all that is left of a statement, without its records", async () => {
    expect(await supplier("refund give 3-1 --all --store nowhere")).to.include({ amount: "12.00" });
    expect((await supplier("refund give 3-1 --all", 1))["error"].code).to.equal("ReversalStatementDone");
    expect(await anyone("refund show 3-1")).to.include({ left: "0.00", whole: true });
  });

  it("leaves the consumer charged for what it drew, and the fees where they are", async () => {
    // Eight loans were charged with a fee each; five are given back.
    expect(await anyone("account show 4")).to.include({ position: `-${(3 * 12 + 8 * 0.26).toFixed(2)}` });
    expect(await anyone("account show commons")).to.include({ position: "2.08" });
  });
});
