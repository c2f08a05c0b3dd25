import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Printed } from "../../support/cli.ts";
import { createLibraries, type Libraries } from "../../support/libraries.ts";

/** One record, shown to somebody who is no party, by the command line and the parties' own files. */
describe("the command line, where one record is to be proven", () => {
  let libraries: Libraries;
  let root: string;
  before(async () => {
    libraries = await createLibraries();
    ({ root } = await libraries.write(1, ["REQ-1", "REQ-2", "REQ-3"], { signed: true }));
    await libraries.write(2, ["REQ-4"], { signed: true });
    await libraries.run("statement post 3-1", libraries.supplier);
  });
  after(() => libraries.close());

  const consumer = (words: string, code = 0) => libraries.run(words, libraries.consumer, code);
  const anyone = (words: string, code = 0) => libraries.run(words, undefined, code);
  const path = (name: string) => join(libraries.folder, name);
  const edited = (name: string, change: (file: Printed) => void) => {
    const file = JSON.parse(readFileSync(path("one.json"), "utf8")) as Printed;
    change(file);
    writeFileSync(path(name), JSON.stringify(file));
  };

  it("shows one record by place or request, and of it what was chosen", async () => {
    const bare = await consumer("record disclose 3-1 0");
    expect(bare).to.include({ file: ".consortia/disclosures/3-1-0.json", statement: "3-1", place: 0, of: 3 });
    expect(bare).to.include({ quantity: 1, amount: "12.00" }).and.to.not.have.any.keys("request", "details");
    expect(statSync(path(".consortia/disclosures/3-1-0.json")).mode & 0o077).to.equal(0);
    const full = await consumer("record disclose 3-1 REQ-2 --request --fields title --to one.json");
    expect(full).to.deep.include({ file: "one.json", request: "REQ-2", details: { title: "Band 1" } });
    const text = readFileSync(path("one.json"), "utf8");
    expect(text)
      .to.include("REQ-2")
      .and.to.not.match(/REQ-[13]|Band [02]/);
    expect((await consumer("record disclose 3-1 REQ-9", 1))["error"].code).to.equal("RecordUnknown");
    const lacking = await consumer("record disclose 3-1 0 --fields shelf", 1);
    expect(lacking["error"].code).to.equal("DetailUnknown");
  });

  it("is verified by anybody against the ledger, or against a root without asking a node", async () => {
    const facts = { valid: true, statement: "3-1", consumer: libraries.consumer.id, amount: "12.00", root };
    const charged = { charged: "whole", givenBack: false, request: "REQ-2" };
    expect(await anyone("record verify one.json")).to.include({ ...facts, ...charged });
    const nowhere = `record verify one.json --rpc http://127.0.0.1:9 --root ${root}`;
    expect(await anyone(nowhere))
      .to.include(facts)
      .and.to.not.have.property("charged");
    const other = `record verify one.json --root 0x${"ab".repeat(32)}`;
    expect((await anyone(other, 1))["error"].code).to.equal("DisclosureRootUntrusted");
  });

  it("says that the record was given back since", async () => {
    await libraries.run("refund give 3-1 --records 1", libraries.supplier);
    expect((await anyone("record verify one.json"))["givenBack"]).to.equal(true);
    expect((await anyone("record verify .consortia/disclosures/3-1-0.json"))["givenBack"]).to.equal(false);
  });

  it("proves nothing where it was edited, is of another ledger, or was not charged", async () => {
    const refused = async (name: string) =>
      (await anyone(`record verify ${name}`, 1))["error"].code as string;
    edited("dear.json", (file) => (file["record"].amount = "120.00"));
    expect(await refused("dear.json")).to.equal("DisclosureLeafMismatch");
    edited("renamed.json", (file) => (file["record"].request.opened.id = "REQ-3"));
    expect(await refused("renamed.json")).to.equal("DisclosureRequestMismatch");
    edited("foreign.json", (file) => (file["ledger"] = `0x${"12".repeat(20)}`));
    expect(await refused("foreign.json")).to.equal("DisclosureForeign");
    edited("moved.json", (file) => (file["number"] = 2));
    expect(await refused("moved.json")).to.equal("ChargeUnknown");
    await libraries.run("statement post 3-2", libraries.supplier);
    expect(await refused("moved.json")).to.equal("DisclosureRootUntrusted");
    expect((await anyone("record verify deployment.json", 1))["error"].code).to.equal("DisclosureInvalid");
  });
});
