import { expect } from "chai";
import fc from "fast-check";
import { id } from "ethers";
import { isUrn, toUrn, urnKey } from "../../../src/core/urn.ts";
import { codeOf } from "../../support/records.ts";

describe("isUrn", () => {
  const valid = [
    "urn:isbn:9783161484100",
    "urn:isbn:9791090636071",
    "urn:issn:0317-8471",
    "urn:issn:2434-561x",
    "urn:nbn:de:101:1-201102033592",
    "urn:x",
    `urn:${"a".repeat(124)}`,
    "doi:10.1000/182",
    `doi:10.${"1".repeat(120)}`,
  ];
  const invalid = [
    "",
    "urn:",
    "urn:isbn:9783161484101",
    "urn:isbn:978316148410",
    "urn:isbn:97831614841000",
    "urn:isbn:9773161484103",
    "urn:isbn:978316148410x",
    "urn:isbn:",
    "urn:issn:03178471",
    "urn:issn:0317-8472",
    "urn:issn:2434-561X",
    "urn:issn:0317-84711",
    "urn:ISBN:9783161484100",
    "urn:a b",
    "urn:é",
    "urn:a\n",
    `urn:${"a".repeat(125)}`,
    "doi:10.",
    "doi:11.1000/182",
    `doi:10.${"1".repeat(121)}`,
    "isbn:9783161484100",
  ];
  for (const text of valid) it(`takes ${text.slice(0, 40)}`, () => expect(isUrn(text)).to.equal(true));
  for (const text of invalid) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => expect(isUrn(text)).to.equal(false));
  }

  it("finds any wrong digit of an ISBN", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digits = Array.from("9783161484100");
        digits[at] = String((Number(digits[at]) + by) % 10);
        expect(isUrn(`urn:isbn:${digits.join("")}`)).to.equal(false);
      }),
    );
  });
});

describe("toUrn", () => {
  const same: Record<string, readonly string[]> = {
    "urn:isbn:9783161484100": [
      "978-3-16-148410-0",
      "9783161484100",
      " ISBN 978-3-16-148410-0 ",
      "ISBN-13: 978 3 16 148410 0",
      "3-16-148410-X",
      "urn:isbn:316148410x",
      "URN:ISBN:978-3-16-148410-0",
    ],
    "urn:issn:0317-8471": ["0317-8471", "ISSN 0317-8471", "03178471", "urn:ISSN:0317-8471"],
    "urn:issn:2434-561x": ["2434-561X"],
    "doi:10.1000/abc": [
      "10.1000/ABC",
      "doi:10.1000/ABC",
      "DOI: 10.1000/abc",
      "https://doi.org/10.1000/abc",
      "http://dx.doi.org/10.1000/abc",
      "info:doi/10.1000/abc",
    ],
    "urn:nbn:de:101:1-1": ["URN:NBN:de:101:1-1"],
  };
  for (const [urn, texts] of Object.entries(same)) {
    for (const text of texts)
      it(`reads ${JSON.stringify(text)} as ${urn}`, () => expect(toUrn(text)).to.equal(urn));
  }

  it("says the same of what it wrote", () => {
    for (const urn of Object.keys(same)) expect(toUrn(urn)).to.equal(urn);
  });

  it("refuses what names no work, or has a wrong check digit", () => {
    const wrong = [
      "",
      "Atlas",
      "978-3-16-148410-1",
      "3-16-148410-0",
      "0317-8470",
      "10.",
      "doi:",
      "https://example.org/1",
    ];
    for (const text of wrong)
      expect(
        codeOf(() => toUrn(text)),
        text,
      ).to.equal("UrnInvalid");
  });
});

describe("urnKey", () => {
  it("is the hash of the standard form, and of nothing else", () => {
    expect(urnKey("urn:isbn:9783161484100")).to.equal(id("urn:isbn:9783161484100"));
    expect(codeOf(() => urnKey("978-3-16-148410-0"))).to.equal("UrnInvalid");
  });
});
