import { expect } from "chai";
import { readMarc } from "../../../../src/connectors/marc/read.ts";
import { all, bytesOf, codeOf } from "../../../support/bytes.ts";

/** One record of ISO 2709 with the given fields, as it should be. */
function iso(fields: readonly (readonly [tag: string, value: string])[]): Uint8Array {
  const values = fields.map(([tag, value]) => [tag, new TextEncoder().encode(`${value}\u001e`)] as const);
  let at = 0;
  const directory = values.map(([tag, bytes]) => {
    const entry = `${tag}${String(bytes.length).padStart(4, "0")}${String(at).padStart(5, "0")}`;
    at += bytes.length;
    return entry;
  });
  const base = 24 + 12 * fields.length + 1;
  const head = `${String(base + at + 1).padStart(5, "0")}nam a22${String(base).padStart(5, "0")} a 4500`;
  return new Uint8Array([
    ...new TextEncoder().encode(`${head}${directory.join("")}\u001e`),
    ...values.flatMap(([, bytes]) => [...bytes]),
    0x1d,
  ]);
}

const SAMPLE = iso([
  ["001", "n1"],
  ["040", "  \u001faDE-1\u001fdDE-2"],
  ["245", "10\u001faGräser"],
]);
const read = (bytes: Uint8Array, length?: number) => all(readMarc(bytesOf(bytes, length), "iso2709"));
const changed = (place: number, text: string) => {
  const bytes = SAMPLE.slice();
  bytes.set(new TextEncoder().encode(text), place);
  return bytes;
};

describe("marc/iso2709", () => {
  it("reads records one after the other, whichever way the bytes are cut, with lines between them", async () => {
    const two = new Uint8Array([...SAMPLE, 0x0d, 0x0a, ...SAMPLE, 0x0a]);
    for (const length of [1, 5, 1000]) {
      const found = await read(two, length);
      expect(found, `${length}`).to.have.length(2);
      expect(found[1]).to.have.nested.property("record.dataFields[1].subfields[0].value", "Gräser");
      expect(found[1]).to.have.nested.property("record.controlFields[0].value", "n1");
    }
  });

  it("refuses a record of which lengths, places or marks do not fit, and reads the next", async () => {
    const damaged = [
      changed(0, "99999"),
      changed(0, "abcde"),
      changed(12, "00030"),
      changed(12, "99999"),
      changed(27, "9999"),
      changed(31, "99999"),
      changed(27, "0000"),
      changed(24, "\u0001\u0002\u0003"),
    ];
    for (const [index, bytes] of damaged.entries()) {
      const found = await read(new Uint8Array([...bytes, ...SAMPLE]));
      expect(
        found.map(({ kind }) => kind),
        `${index}`,
      ).to.deep.equal(["refused", "record"]);
      expect(found[0]).to.include({ code: "MarcInvalid" });
    }
  });

  it("refuses text that is no Unicode", async () => {
    const bytes = SAMPLE.slice();
    bytes[bytes.lastIndexOf(0xc3)] = 0xe8;
    expect(JSON.stringify(await read(bytes))).to.include("MARC-8");
  });

  it("refuses a record that was cut off, and one that has no end", async () => {
    expect(await codeOf(read(SAMPLE.slice(0, -1)))).to.equal("MarcCut");
    expect(await codeOf(read(new Uint8Array(200_000).fill(0x30)))).to.equal("MarcShapeUnknown");
    expect(await codeOf(read(new Uint8Array([...SAMPLE, ...new Uint8Array(200_000).fill(0x30)])))).to.equal(
      "MarcRecordTooLarge",
    );
  });
});

describe("marc/json", () => {
  const json = (text: string, kind: "json" | "folio" = "json") => all(readMarc(bytesOf(text, 7), kind));
  const RECORD = `{"leader":"x","fields":[{"001":"1"},{"245":{"ind1":"1","subfields":[{"a":"T"}]}}]}`;

  it("reads a list, one record, and a record a line", async () => {
    for (const text of [`[${RECORD},${RECORD}]`, `${RECORD}\n${RECORD}\n`]) {
      expect((await json(text)).map(({ kind }) => kind)).to.deep.equal(["record", "record"]);
    }
    expect(await json(RECORD)).to.have.length(1);
    expect(await json("[]")).to.deep.equal([]);
  });

  it("refuses records of other shapes one by one, and members that are inherited", async () => {
    const odd = [
      "1",
      "null",
      "[]",
      `{"fields":{}}`,
      `{"fields":[{"245":"T"}]}`,
      `{"fields":[{"001":"1","002":"2"}]}`,
    ];
    const inherited = `{"__proto__":{"fields":[]},"leader":"x"}`;
    const found = await json(`[${[...odd, inherited, RECORD].join(",")}]`);
    expect(found.map(({ kind }) => kind)).to.deep.equal([...odd.map(() => "refused"), "refused", "record"]);
  });

  it("refuses nesting and texts without end, what is cut off, and what is no list of FOLIO's", async () => {
    expect(await codeOf(json(`[${RECORD}`))).to.equal("MarcJsonMalformed");
    expect(await codeOf(all(readMarc(bytesOf(`["${"a".repeat(3 << 20)}"]`), "json")))).to.equal(
      "MarcRecordTooLarge",
    );
    expect(await codeOf(all(readMarc(bytesOf("[".repeat(3 << 20)), "json")))).to.equal("MarcRecordTooLarge");
    expect(await codeOf(json(`{"error":"none"}`, "folio"))).to.equal("MarcShapeUnknown");
    expect(await json(`{"sourceRecords":[],"totalRecords":0}`, "folio")).to.deep.equal([]);
  });
});
