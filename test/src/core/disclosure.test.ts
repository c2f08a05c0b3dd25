import { expect } from "chai";
import { id } from "ethers";
import { hashDetails, hashRequest } from "../../../src/core/commitment.ts";
import { type Disclosure, verifyDisclosure } from "../../../src/core/disclosure.ts";
import { hash, memberId, serviceId } from "../../../src/core/ids.ts";
import { recordLeaf, treeDomain } from "../../../src/core/leaf.ts";
import { bundleRecords, bundleTree } from "../../../src/records/bundle.ts";
import { disclose } from "../../../src/records/disclose.ts";
import { bundle } from "../../support/bundles.ts";
import { codeOf } from "../../support/records.ts";

const five = bundle(5);
const shown = disclose(five, 2, { request: true, fields: ["title"] });
const { record, proof } = shown;
const OTHER = hash(id("another"));

describe("verifyDisclosure", () => {
  it("answers the tree of every record of every bundle, whatever is opened", () => {
    for (let count = 1; count <= 9; count++) {
      const one = bundle(count);
      const { root, sum } = bundleTree(one);
      for (let index = 0; index < count; index++) {
        for (const choice of [
          {},
          { request: true },
          { fields: ["title"] },
          { fields: ["author", "title"] },
        ]) {
          expect(verifyDisclosure(disclose(one, index, choice), root)).to.deep.equal({ root, sum, count });
        }
      }
    }
  });

  /** Each changes something else; the code says what was found to be wrong. */
  const lies: [string, string, Disclosure][] = [
    ["another chain", "DisclosureLeafMismatch", { ...shown, chainId: 1 }],
    ["another ledger", "DisclosureLeafMismatch", { ...shown, ledger: `0x${"1".repeat(40)}` }],
    ["another supplier", "DisclosureLeafMismatch", { ...shown, supplier: memberId(5) }],
    ["another consumer", "DisclosureLeafMismatch", { ...shown, consumer: memberId(5) }],
    ["another service", "DisclosureLeafMismatch", { ...shown, record: { ...record, service: serviceId(2) } }],
    ["another charge", "DisclosureLeafMismatch", { ...shown, record: { ...record, charge: 1 } }],
    ["another quantity", "DisclosureLeafMismatch", { ...shown, record: { ...record, quantity: 2 } }],
    ["another amount", "DisclosureLeafMismatch", { ...shown, record: { ...record, amount: "12.51" } }],
    ["another leaf", "DisclosureLeafMismatch", { ...shown, leaf: OTHER }],
    ["another root", "DisclosureRootMismatch", { ...shown, root: OTHER }],
    ["another place", "DisclosureRootMismatch", { ...shown, proof: { ...proof, index: 3 } }],
    ["no place", "DisclosureProofInvalid", { ...shown, proof: { ...proof, index: 5 } }],
    ["another count", "DisclosureRootMismatch", { ...shown, proof: { ...proof, count: 6 } }],
    [
      "a sibling less",
      "DisclosureProofInvalid",
      { ...shown, proof: { ...proof, siblings: proof.siblings.slice(1) } },
    ],
    [
      "a sibling's sum",
      "DisclosureRootMismatch",
      { ...shown, proof: { ...proof, siblings: proof.siblings.map((node) => ({ ...node, sum: "0.00" })) } },
    ],
    [
      "a sum below nothing",
      "DisclosureProofInvalid",
      { ...shown, proof: { ...proof, siblings: proof.siblings.map((node) => ({ ...node, sum: "-1.00" })) } },
    ],
    [
      "another request",
      "DisclosureRequestMismatch",
      {
        ...shown,
        record: { ...record, request: { ...record.request, opened: { ...record.request.opened!, id: "x" } } },
      },
    ],
    [
      "a detail's value",
      "DisclosureDetailsMismatch",
      withFields((field) => (typeof field === "string" ? field : { ...field, value: "Another book" })),
    ],
    [
      "a detail's key",
      "DisclosureDetailsMismatch",
      withFields((field) => (typeof field === "string" ? field : { ...field, key: "titles" })),
    ],
    [
      "a detail's salt",
      "DisclosureDetailsMismatch",
      withFields((field) => (typeof field === "string" ? field : { ...field, salt: OTHER })),
    ],
    [
      "a hidden detail",
      "DisclosureDetailsMismatch",
      withFields((field) => (typeof field === "string" ? OTHER : field)),
    ],
    [
      "a detail left out",
      "DisclosureDetailsMismatch",
      {
        ...shown,
        record: { ...record, details: { ...record.details, fields: record.details.fields!.slice(1) } },
      },
    ],
  ];
  for (const [what, code, lie] of lies) {
    it(`catches ${what}: ${code}`, () => {
      expect(codeOf(() => verifyDisclosure(lie))).to.equal(code);
    });
  }

  it("catches a change that was carried through, all the way to the root", () => {
    const details = hashDetails(five.records[2]!.salt, { title: "Another book" });
    const { requesting, supplying } = record.request.opened!;
    const request = hashRequest(requesting, supplying, "REQ-99");
    const [plain] = bundleRecords({ ...five, records: [five.records[2]!] });
    const domain = treeDomain(BigInt(five.chainId), five.ledger);
    const forged: Disclosure = {
      ...shown,
      record: { ...record, request: { hash: request }, details: { hash: details } },
      leaf: recordLeaf(domain, { ...plain!, request, details }),
    };
    expect(codeOf(() => verifyDisclosure(forged))).to.equal("DisclosureRootMismatch");
  });

  it("catches a whole tree of the discloser's own by the root that is trusted", () => {
    const own = bundle(5);
    expect(verifyDisclosure(disclose(own, 2)).root).to.equal(own.root);
    expect(codeOf(() => verifyDisclosure(disclose(own, 2), five.root))).to.equal("DisclosureRootUntrusted");
  });
});

type Fields = NonNullable<Disclosure["record"]["details"]["fields"]>;

function withFields(change: (field: Fields[number]) => Fields[number]): Disclosure {
  const { details } = record;
  return { ...shown, record: { ...record, details: { ...details, fields: details.fields!.map(change) } } };
}
