import { expect } from "chai";
import fc from "fast-check";
import { hashDetails, hashRequest } from "../../../src/core/commitment.ts";
import { type Disclosure, verifyDisclosure } from "../../../src/core/disclosure.ts";
import { hash, type Hash } from "../../../src/core/ids.ts";
import { recordLeaf, treeDomain } from "../../../src/core/leaf.ts";
import { bundleRecords, bundleTree, sealBundle } from "../../../src/records/bundle.ts";
import { disclose } from "../../../src/records/disclose.ts";
import { canonicalJson } from "../../../src/core/json.ts";
import { parseDisclosure } from "../../../src/records/parse-disclosure.ts";
import { bundle } from "../../support/bundles.ts";
import { codeOf } from "../../support/records.ts";

const six = bundle(6);

describe("disclose", () => {
  it("shows of a record what was chosen", () => {
    const hidden = disclose(six, 1);
    expect(hidden.record.request).to.not.have.property("opened");
    expect(hidden.record.details).to.not.have.property("fields");
    const { request, details } = disclose(six, 1, { request: true, fields: ["author"] }).record;
    expect(request.opened).to.deep.equal(six.records[1]?.request);
    expect(details.fields?.[0]).to.include({ key: "author", value: "鲁迅" });
    expect(details.fields?.[1]).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("refuses a record or a detail that is not there", () => {
    expect(codeOf(() => disclose(six, 6))).to.equal("TreeIndexInvalid");
    expect(codeOf(() => disclose(six, 0, { fields: ["isbn"] }))).to.equal("DetailUnknown");
    expect(codeOf(() => disclose(six, 0, { fields: ["constructor"] }))).to.equal("DetailUnknown");
  });

  it("says nothing of what was not chosen, nor of other records", () => {
    const every = bundleTree(six);
    for (let index = 0; index < 6; index++) {
      const text = canonicalJson(disclose(six, index, { fields: ["author"] }));
      for (const [other, { request, salt, details, completedAt }] of six.records.entries()) {
        expect(text).to.not.include(salt.slice(2));
        expect(text).to.not.include(request.id);
        expect(text).to.not.include(details["title"]);
        expect(text).to.not.include(String(completedAt));
        if (other === index) continue;
        expect(text).to.not.include(hashRequest(request.requesting, request.supplying, request.id).slice(2));
        expect(text).to.not.include(hashDetails(salt, details).slice(2));
      }
      // Whatever else it holds is the proof's: no hash has come along by accident.
      const proof = every.prove(index).siblings.map((sibling) => sibling.hash);
      const { record, leaf, root } = disclose(six, index, { fields: ["author"] });
      const fields = record.details.fields!.flatMap((field) =>
        typeof field === "string" ? [field] : [field.salt],
      );
      const known = [...proof, ...fields, record.request.hash, record.details.hash, leaf, root];
      expect(new Set(text.match(/0x[0-9a-f]{64}/g))).to.deep.equal(new Set(known));
    }
  });

  it("lets nobody check a guess at a neighbour, though every particular be guessed right", () => {
    // Two records of one sibling pair: all of the second is known to the guesser except its salt.
    const two = bundle(2);
    const neighbour = disclose(two, 0, { request: true, fields: ["author", "title"] }).proof.siblings[0]!
      .hash;
    const [, real] = bundleRecords(two);
    const domain = treeDomain(BigInt(two.chainId), two.ledger);
    const guess = (salt: Hash) =>
      recordLeaf(domain, { ...real!, details: hashDetails(salt, two.records[1]!.details) });
    expect(guess(two.records[1]!.salt)).to.equal(neighbour);
    for (const salt of [two.records[0]!.salt, hash(`0x${"0".repeat(64)}`), real!.request]) {
      expect(guess(salt)).to.not.equal(neighbour);
    }
    // The same holds where a record has no details: its salt is in the leaf all the same.
    const bare = sealBundle({ ...two, records: two.records.map((record) => ({ ...record, details: {} })) });
    const again = sealBundle({
      ...bare,
      records: bare.records.map((r, i) => ({ ...r, salt: two.records[1 - i]!.salt })),
    });
    expect(disclose(bare, 0).proof.siblings[0]!.hash).to.not.equal(
      disclose(again, 0).proof.siblings[0]!.hash,
    );
  });
});

describe("parseDisclosure", () => {
  const shown = disclose(six, 3, { request: true, fields: ["title"] });
  const { record, proof } = shown;

  it("reads its own JSON back, and it still verifies", () => {
    for (const choice of [{}, { request: true }, { fields: ["title", "author"] }]) {
      const one = disclose(six, 3, choice);
      const read = parseDisclosure(JSON.parse(canonicalJson(one)));
      expect(read).to.deep.equal(one);
      expect(verifyDisclosure(read).root).to.equal(six.root);
    }
  });

  const wrong: [string, unknown, string][] = [
    ["null", null, "disclosure"],
    ["another version", { ...shown, version: 2 }, "version"],
    ["a leaf that is a number", { ...shown, leaf: 1 }, "leaf"],
    ["a member missing", Object.fromEntries(Object.entries(shown).slice(1)), "disclosure"],
    ["patron data", { ...shown, patron: "Ada" }, "disclosure"],
    ["patron data in the record", { ...shown, record: { ...record, patron: "Ada" } }, "record"],
    ["a chain of zero", { ...shown, chainId: 0 }, "chainId"],
    ["a ledger that is a name", { ...shown, ledger: "ledger.eth" }, "ledger"],
    ["a member of zero", { ...shown, supplier: 0 }, "supplier"],
    ["a number that is text", { ...shown, number: "7" }, "number"],
    ["a short root", { ...shown, root: "0x12" }, "root"],
    ["a service of zero", { ...shown, record: { ...record, service: 0 } }, "record.service"],
    ["a charge too high", { ...shown, record: { ...record, charge: 65536 } }, "record.charge"],
    ["half a quantity", { ...shown, record: { ...record, quantity: 0.5 } }, "record.quantity"],
    ["a negative amount", { ...shown, record: { ...record, amount: "-1.00" } }, "record.amount"],
    ["a request that is text", { ...shown, record: { ...record, request: "REQ-3" } }, "record.request"],
    ["an agency in lower case", withOpened({ requesting: "isil:DE-1" }), "record.request.opened.requesting"],
    ["a request without identifier", withOpened({ id: " " }), "record.request.opened.id"],
    ["fields that are no list", withFields({ title: "x" }), "record.details.fields"],
    ["no field", withFields([]), "record.details.fields"],
    ["a field that is no hash", withFields(["0x12"]), "record.details.fields[0]"],
    ["a field without salt", withFields([{ key: "title", value: "x" }]), "record.details.fields[0]"],
    [
      "a value that is a number",
      withFields([{ key: "t", value: 1, salt: six.root }]),
      "record.details.fields[0].value",
    ],
    ["a count of zero", { ...shown, proof: { ...proof, count: 0 } }, "proof.count"],
    ["a place before the first", { ...shown, proof: { ...proof, index: -1 } }, "proof.index"],
    ["siblings that are none", { ...shown, proof: { ...proof, siblings: {} } }, "proof.siblings"],
    [
      "a sibling without sum",
      { ...shown, proof: { ...proof, siblings: [{ hash: six.root }] } },
      "proof.siblings[0]",
    ],
    [
      "a sum with a float",
      { ...shown, proof: { ...proof, siblings: [{ hash: six.root, sum: 1.5 }] } },
      "proof.siblings[0].sum",
    ],
  ];
  for (const [what, value, path] of wrong) {
    it(`refuses ${what}, naming ${path}`, () => {
      const said = (() => {
        try {
          parseDisclosure(value);
        } catch (error) {
          return error as { code: string; values: { path: string } };
        }
        return undefined;
      })();
      expect([said?.code, said?.values.path]).to.deep.equal(["DisclosureInvalid", path]);
    });
  }

  it("either refuses what was tampered with or finds it changed, whatever byte it is", () => {
    const text = canonicalJson(shown);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), (at, code) => {
        const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        let read: Disclosure;
        try {
          read = parseDisclosure(JSON.parse(changed));
          verifyDisclosure(read, six.root);
        } catch {
          return;
        }
        // Another spelling of the same, or of the statement's number, which is for the reader and not under the root.
        expect({ ...read, number: 7 }).to.deep.equal({ ...shown, ledger: read.ledger });
        expect(read.ledger.toLowerCase()).to.equal(shown.ledger.toLowerCase());
      }),
      { numRuns: 500 },
    );
  });

  function withOpened(over: object) {
    const request = { ...record.request, opened: { ...record.request.opened, ...over } };
    return { ...shown, record: { ...record, request } };
  }

  function withFields(fields: unknown) {
    return { ...shown, record: { ...record, details: { ...record.details, fields } } };
  }
});
