import { expect } from "chai";
import { concat, id, keccak256, toBeHex, toUtf8Bytes } from "ethers";
import fc from "fast-check";
import {
  hashDetails,
  hashFields,
  hashRequest,
  openFields,
  type OpenField,
} from "../../../src/core/commitment.ts";
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

/** The construction once more, by ethers. */
const fieldSalt = (key: string, salt: string = SALT) => keccak256(concat(["0x05", salt, part(key)]));
const field = (key: string, value: string) =>
  keccak256(concat(["0x04", fieldSalt(key), part(key), part(value)]));
const list = (fields: string[]) => keccak256(concat(["0x03", toBeHex(fields.length, 4), ...fields]));

const WORK = { title: "呐喊", author: "鲁迅", pages: "11–20" };

describe("hashDetails", () => {
  it("hashes the fields' salted hashes in key order", () => {
    const expected = list([field("author", "鲁迅"), field("pages", "11–20"), field("title", "呐喊")]);
    expect(hashDetails(SALT, WORK)).to.equal(expected);
  });

  it("orders keys by their UTF-8 bytes, neither by length nor by UTF-16", () => {
    const expected = list([field("aa", "1"), field("b", "2"), field("\uffee", "3")]);
    expect(hashDetails(SALT, { b: "2", "\uffee": "3", aa: "1" })).to.equal(expected);
    const astral = list([field("a", "0"), field("\uffee", "1"), field("😀", "2"), field("😀a", "3")]);
    expect(hashDetails(SALT, { "😀a": "3", "😀": "2", "\uffee": "1", a: "0" })).to.equal(astral);
  });

  it("is salted where there are no details", () => {
    expect(hashDetails(SALT, {})).to.equal(keccak256(concat(["0x03", "0x00000000", SALT])));
  });

  it("takes texts of any length", () => {
    for (const length of [90, 1_000, 5_000, 100_000]) {
      const [key, value] = ["k".repeat(length), "鲁".repeat(length)];
      expect(hashDetails(SALT, { [key]: value })).to.equal(list([field(key, value)]));
      expect(hashRequest(DE1, NNCU, value)).to.equal(
        keccak256(concat(["ISIL:DE-1", "ISIL:AU-NNCU", value].map(part))),
      );
    }
  });

  it("takes any number of fields", () => {
    for (const count of [2, 100, 400]) {
      const names = Array.from({ length: count }, (_, i) => `key ${1000 + i}`);
      const details = Object.fromEntries(names.map((name) => [name, "x"]));
      expect(hashDetails(SALT, details)).to.equal(list(names.map((name) => field(name, "x"))));
    }
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

  it("refuses a salt that is not 32 bytes, and half a surrogate pair", () => {
    expect(() => hashDetails("0x12" as never, {})).to.throw("not a hash of 32 bytes");
    expect(() => hashDetails(SALT, { title: "a\udc00" })).to.throw("surrogate");
    expect(() => hashDetails(SALT, { "\udc00": "a" })).to.throw("surrogate");
  });
});

describe("openFields", () => {
  it("opens the named fields and leaves a hash of the others", () => {
    expect(openFields(SALT, WORK, new Set(["title"]))).to.deep.equal([
      field("author", "鲁迅"),
      field("pages", "11–20"),
      { key: "title", value: "呐喊", salt: fieldSalt("title") },
    ]);
  });

  it("gives what hashes to the commitment, whatever is opened", () => {
    const details = fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(details, fc.nat(), (all, set) => {
        const shown = new Set(Object.keys(all).filter((_, i) => ((set >> (i % 30)) & 1) === 1));
        expect(hashFields(openFields(SALT, all, shown))).to.equal(hashDetails(SALT, all));
      }),
    );
  });

  it("never gives the record's salt away, nor one that fits a hidden field", () => {
    const fields = openFields(SALT, WORK, new Set(["title", "pages"]));
    const hidden = fields[0] as string;
    const salts = fields.flatMap((each) => (typeof each === "string" ? [] : [each.salt]));
    expect(salts).to.have.length(2).and.not.include(SALT);
    // Whoever guesses the author right still cannot check it with what was shown.
    for (const salt of [...salts, ...salts.map((each) => fieldSalt("author", each))]) {
      expect(keccak256(concat(["0x04", salt, part("author"), part("鲁迅")]))).to.not.equal(hidden);
    }
  });
});

describe("hashFields", () => {
  const fields = openFields(SALT, WORK, new Set(["title", "pages"]));
  const [author, pages, title] = fields;

  it("is another for a field changed, left out, added, moved or taken from another record", () => {
    const commitment = hashDetails(SALT, WORK);
    expect(hashFields(fields)).to.equal(commitment);
    for (const lie of [
      [author!, pages!, { ...(title as OpenField), value: "彷徨" }],
      [author!, pages!, { ...(title as OpenField), salt: hash(id("other")) }],
      [author!, title!],
      [author!, author!, pages!, title!],
      [pages!, author!, title!],
      [author!, pages!, openFields(hash(id("other")), WORK, new Set(["title"]))[2]!],
    ]) {
      expect(hashFields(lie)).to.not.equal(commitment);
    }
  });

  it("is none where opened keys repeat or descend, or where there is no field", () => {
    for (const lie of [[], [title!, title!], [title!, author!, pages!]]) {
      expect(hashFields(lie)).to.equal(undefined);
    }
  });
});
