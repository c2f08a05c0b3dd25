import { expect } from "chai";
import { concat, id, keccak256, toBeHex, toUtf8Bytes } from "ethers";
import fc from "fast-check";
import { hashDetails, hashRequest } from "../../../src/core/commitment.ts";
import { isConsortiaError } from "../../../src/core/error.ts";
import { type Agency, agency, hash } from "../../../src/core/ids.ts";

const DE1 = agency("ISIL", "DE-1");
const NNCU = agency("ISIL", "AU-NNCU");
const SALT = hash(id("salt"));

const part = (text: string) => {
  const bytes = toUtf8Bytes(text);
  return concat([toBeHex(bytes.length, 4), bytes]);
};

describe("hashRequest", () => {
  it("hashes three parts, each after its length in bytes", () => {
    const expected = keccak256(concat([part("ISIL:DE-1"), part("ISIL:AU-NNCU"), part("请求 № 7")]));
    expect(hashRequest(DE1, NNCU, "请求 № 7")).to.equal(expected);
  });

  it("keeps texts apart wherever they are cut", () => {
    const cut = [
      hashRequest("ab" as Agency, "c" as Agency, ""),
      hashRequest("a" as Agency, "bc" as Agency, ""),
      hashRequest("a" as Agency, "b" as Agency, "c"),
    ];
    expect(new Set(cut).size).to.equal(3);
  });

  it("tells the two directions of a pair apart", () => {
    expect(hashRequest(DE1, NNCU, "7")).to.not.equal(hashRequest(NNCU, DE1, "7"));
  });

  it("refuses half a surrogate pair, which UTF-8 would silently replace", () => {
    expect(() => hashRequest(DE1, NNCU, "\ud800"))
      .to.throw()
      .that.satisfies((error: unknown) => isConsortiaError(error, "TextInvalid"));
  });
});

describe("hashDetails", () => {
  it("hashes salt, number of entries and the parts in key order", () => {
    const expected = keccak256(
      concat([SALT, toBeHex(2, 4), part("author"), part("鲁迅"), part("title"), part("呐喊")]),
    );
    expect(hashDetails(SALT, { title: "呐喊", author: "鲁迅" })).to.equal(expected);
  });

  it("orders keys by their UTF-8 bytes, neither by length nor by UTF-16", () => {
    const expected = keccak256(
      concat([SALT, toBeHex(3, 4), ...["aa", "1", "b", "2", "\uffee", "3"].map(part)]),
    );
    expect(hashDetails(SALT, { b: "2", "\uffee": "3", aa: "1" })).to.equal(expected);
    const astral = ["\uffee", "1", "😀", "2"].map(part);
    expect(hashDetails(SALT, { "😀": "2", "\uffee": "1" })).to.equal(
      keccak256(concat([SALT, toBeHex(2, 4), ...astral])),
    );
  });

  it("depends on the salt, on emptiness and on every text, not on the order given", () => {
    const details = fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(details, details, (one, other) => {
        const turned = Object.fromEntries(Object.entries(one).reverse());
        expect(hashDetails(SALT, turned)).to.equal(hashDetails(SALT, one));
        expect(hashDetails(hash(id("other")), one)).to.not.equal(hashDetails(SALT, one));
        const same =
          JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
        expect(hashDetails(SALT, one) === hashDetails(SALT, other)).to.equal(same);
      }),
    );
    expect(hashDetails(SALT, {})).to.not.equal(hashDetails(SALT, { "": "" }));
  });

  it("refuses a salt that is not 32 bytes", () => {
    expect(() => hashDetails("0x12" as never, {})).to.throw("not a hash of 32 bytes");
  });
});
