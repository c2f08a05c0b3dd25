import { expect } from "chai";
import fc from "fast-check";
import { isConsortiaError } from "../../../src/core/error.ts";
import { treeDomain } from "../../../src/core/leaf.ts";
import { credits, formatCredits } from "../../../src/core/money.ts";
import { verifyRecords } from "../../../src/core/proof.ts";
import { bundleRecords, bundleTree } from "../../../src/records/bundle.ts";
import { canonicalJson } from "../../../src/core/json.ts";
import { parseBundle } from "../../../src/records/parse.ts";
import { bundle } from "../../support/bundles.ts";

describe("bundleTree", () => {
  it("proves each record under the bundle's root", () => {
    const one = bundle(5);
    const tree = bundleTree(one);
    const domain = treeDomain(31337n, one.ledger);
    for (const [index, record] of bundleRecords(one).entries()) {
      expect(verifyRecords(domain, one.root, [record], tree.prove(index))).to.equal(true);
    }
    expect(tree.sum).to.equal(62_500_000n);
  });
});

describe("parseBundle", () => {
  const good = bundle(1);
  const record = good.records[0]!;
  const withRecord = (over: object) => ({ ...good, records: [{ ...record, ...over }] });

  it("reads its own JSON back", () => {
    expect(parseBundle(JSON.parse(canonicalJson(good)))).to.deep.equal(good);
  });

  it("writes an amount one way", () => {
    expect(parseBundle(withRecord({ amount: "12.5" })).records[0]?.amount).to.equal("12.50");
  });

  it("takes every amount that is written so, and no other", () => {
    const amounts = fc.oneof(
      fc.bigInt({ min: 0n, max: 99_999_999n }),
      fc.bigInt({ min: 0n, max: 1n << 64n }),
    );
    const amountOf = (amount: string) => parseBundle(withRecord({ amount })).records[0]?.amount;
    fc.assert(
      fc.property(amounts, fc.constantFrom("", "0", "000"), (millionths, zeros) => {
        const written = formatCredits(credits(millionths));
        expect(amountOf(written)).to.equal(written);
        expect(amountOf(zeros + written)).to.equal(written);
        expect(amountOf(written + "0".repeat(zeros.length))).to.equal(written);
      }),
    );
  });

  it("keeps a detail that is named like an object's own machinery", () => {
    const text = canonicalJson(good).replace('"author"', '"__proto__"');
    expect(Object.keys(parseBundle(JSON.parse(text)).records[0]!.details)).to.include("__proto__");
  });

  const wrong: [string, unknown, string][] = [
    ["null", null, "bundle"],
    ["another version", { ...good, version: 2 }, "version"],
    ["no records", { ...good, records: [] }, "records"],
    ["a member missing", { ...good, root: undefined }, "root"],
    ["a member too many", { ...good, patron: "Ada" }, "bundle"],
    ["patron data in a record", withRecord({ patron: "Ada" }), "records[0]"],
    ["a chain of zero", { ...good, chainId: 0 }, "chainId"],
    ["a ledger that is a name", { ...good, ledger: "ledger.eth" }, "ledger"],
    ["a period out of range", { ...good, period: 12 }, "period"],
    ["a negative amount", withRecord({ amount: "-1.00" }), "records[0].amount"],
    ["an amount with a float", withRecord({ amount: 12.5 }), "records[0].amount"],
    [
      "an agency in lower case",
      withRecord({ request: { ...record.request, requesting: "isil:DE-1" } }),
      "records[0].request.requesting",
    ],
    [
      "a request without identifier",
      withRecord({ request: { ...record.request, id: " " } }),
      "records[0].request.id",
    ],
    ["a detail that is a number", withRecord({ details: { pages: 3 } }), "records[0].details"],
    ["a short salt", withRecord({ salt: "0x12" }), "records[0].salt"],
    ["a statement that is no JSON", { ...good, statement: { gross: 1n } }, "statement"],
  ];
  for (const [what, value, path] of wrong) {
    it(`refuses ${what}, naming ${path}`, () => {
      try {
        parseBundle(value);
      } catch (error) {
        expect(isConsortiaError(error, "BundleInvalid") && error.values["path"]).to.equal(path);
        return;
      }
      throw new Error("nothing was refused");
    });
  }
});

describe("canonicalJson", () => {
  it("sorts members at every depth and leaves out undefined", () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: "é", z: undefined })).to.equal(
      '{"a":"é","b":[{"c":null,"d":1}]}',
    );
  });

  it("refuses what JSON cannot carry, and endless nesting", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100; i++) deep = [deep];
    for (const value of [1n, Number.NaN, () => 1, undefined, deep]) {
      expect(() => canonicalJson({ value: [value] })).to.throw("value[0]");
    }
  });
});
