import { expect } from "chai";
import { readDirectory } from "../../../../src/connectors/reshare/directory.ts";
import { readReshareAction } from "../../../../src/connectors/reshare/actions.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import { needs, sharedFiles } from "../../../support/shared-files.ts";

describe("readReshareAction", () => {
  it("tells side and effect, and copies no parameter but a cost", () => {
    const note = { note: "for Leopold Underhay", itemBarcodes: [{ itemId: "30012345" }] };
    expect(readReshareAction({ action: "supplierMarkShipped", actionParams: note })).to.deep.equal({
      ...{ action: "supplierMarkShipped", side: "supplier", effect: "supplied" },
    });
    const params = { ...note, cost: "42.54", costCurrency: "CAD" };
    expect(readReshareAction({ action: "supplierConditionalSupply", actionParams: params })).to.deep.equal({
      ...{ action: "supplierConditionalSupply", side: "supplier", effect: "none" },
      cost: { amount: parseCredits("42.54"), currency: "CAD" },
    });
  });

  it("takes the answer to a cancellation for what it says", () => {
    const answer = (cancelResponse: unknown) =>
      readReshareAction({ action: "supplierRespondToCancel", actionParams: { cancelResponse } }).effect;
    expect(["yes", "no", undefined].map(answer)).to.deep.equal(["withdrawn", "none", "none"]);
  });

  it("refuses actions that are unknown, and what is none", () => {
    for (const action of ["doSudoku", "constructor", "__proto__", "SUPPLIERMARKSHIPPED"]) {
      expect(() => readReshareAction({ action }), action)
        .to.throw()
        .with.property("code", "ReshareActionUnknown");
    }
    const dear = { action: "supplierConditionalSupply", actionParams: { cost: "dear", costCurrency: "EUR" } };
    for (const source of [null, [], "undo", {}, { action: {} }, dear]) {
      expect(() => readReshareAction(source))
        .to.throw()
        .with.property("code", "ReshareActionUnreadable");
    }
  });

  describe("on the bodies of mod-rs's scenarios", () => {
    const files = sharedFiles("reshare-scenarios");
    before(needs(files, "reshare-scenarios"));

    it("reads all but three acts that exist for mod-rs's own tests", () => {
      const unknown: string[] = [];
      let supplied = 0;
      for (const { name, content } of files ?? []) {
        const body = JSON.parse(content) as { action?: string };
        if (body.action === undefined) continue;
        try {
          if (readReshareAction(body).effect === "supplied") supplied += 1;
        } catch (error) {
          expect(error, name).to.have.property("code", "ReshareActionUnknown");
          unknown.push(body.action);
        }
      }
      expect(unknown.sort()).to.deep.equal(["doSudoku", "finishedSwimming", "goSwimming"]);
      expect(supplied).to.equal(8);
    });
  });
});

describe("readDirectory", () => {
  it("reads symbols by authority, written as a text or as an object, and names what has none", () => {
    const items = [
      {
        name: "Temple",
        symbols: [symbol("ISIL", "US-PPT"), { symbol: "TEMPLEI", authority: { symbol: "RESHARE" } }],
      },
      { name: "Temple / Annex", symbols: [], email: "desk@example.org" },
      { name: "Nowhere", symbols: [symbol("ISIL", "not one")] },
    ];
    const { institutions, omissions } = readDirectory({ items });
    expect(institutions).to.deep.equal([{ name: "Temple", agencies: ["ISIL:US-PPT", "RESHARE:TEMPLEI"] }]);
    expect(omissions.map(({ reason }) => reason)).to.deep.equal(["no-symbol", "bad-symbol"]);
    expect(JSON.stringify(omissions)).not.to.contain("desk@example.org");
    expect(readDirectory(items[0]).institutions).to.have.length(1);
    expect(() => readDirectory({ total: 0 }))
      .to.throw()
      .with.property("code", "DirectoryUnreadable");
  });
  const symbol = (authority: string, own: string) => ({ authority, symbol: own });

  describe("on a directory of mod-rs", () => {
    const files = sharedFiles("directory");
    before(needs(files, "directory"));

    it("finds its institution and names its branches", () => {
      const { institutions, omissions } = readDirectory(JSON.parse(files?.[0]?.content ?? "") as unknown);
      expect(institutions).to.deep.equal([{ name: "Melbourne dev tenant", agencies: ["ISIL:AU-MELBOURNE"] }]);
      expect(omissions).to.have.length(3);
    });
  });
});
