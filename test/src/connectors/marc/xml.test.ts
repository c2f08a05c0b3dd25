import { expect } from "chai";
import { readMarc } from "../../../../src/connectors/marc/read.ts";
import { all, bytesOf, codeOf } from "../../../support/bytes.ts";

const read = (text: string) => all(readMarc(bytesOf(text), "xml"));
const inner = (code = "a") =>
  `<leader>00000nam a2200000 a 4500</leader><controlfield tag="001">1</controlfield>` +
  `<datafield tag="245" ind1="1" ind2="0"><subfield code="${code}">Title</subfield></datafield>`;

describe("marc/files/xml", () => {
  it("reads a bare record, a collection, and both without the namespace or with a prefix", async () => {
    const slim = "http://www.loc.gov/MARC21/slim";
    const shapes = [
      `<record>${inner()}</record>`,
      `<record xmlns="${slim}">${inner()}</record>`,
      `<collection><record>${inner()}</record></collection>`,
      `<m:collection xmlns:m="${slim}"><m:record>${inner().replace(/<(\/?)/g, "<$1m:")}</m:record></m:collection>`,
    ];
    for (const shape of shapes) {
      const found = await read(shape);
      expect(found, shape).to.have.length(1);
      expect(found[0]).to.have.nested.property("record.dataFields[0].subfields[0].value", "Title");
    }
  });

  it("reads TurboMARC", async () => {
    const turbo =
      `<r xmlns="http://www.indexdata.com/turbomarc"><l>leader</l><c001>1</c001>` +
      `<d245 i1="1" i2="0"><sa>Title</sa><s code="ü">x</s></d245></r>`;
    expect(await read(turbo)).to.deep.equal([
      {
        kind: "record",
        record: {
          leader: "leader",
          controlFields: [{ tag: "001", value: "1" }],
          dataFields: [
            {
              ...{ tag: "245", ind1: "1", ind2: "0" },
              subfields: [
                { code: "a", value: "Title" },
                { code: "ü", value: "x" },
              ],
            },
          ],
        },
      },
    ]);
  });

  it("refuses a record with faults, names the fault, and reads the next", async () => {
    const faults = [
      inner("ab"),
      `${inner()}<b/>`,
      inner().replace(' tag="001"', ""),
      inner().replace('"245"', '"24"'),
      inner().replace('"001"', '"245"'),
      inner().replace('ind1="1"', 'ind1="12"'),
    ];
    for (const fault of faults) {
      const found = await read(
        `<collection><record>${fault}</record><record>${inner()}</record></collection>`,
      );
      expect(
        found.map(({ kind }) => kind),
        fault,
      ).to.deep.equal(["refused", "record"]);
    }
  });

  it("says when an answer of SRU holds holdings only, or went wrong", async () => {
    const answer = (text: string) =>
      `<z:searchRetrieveResponse xmlns:z="http://www.loc.gov/zing/srw/">${text}</z:searchRetrieveResponse>`;
    const holdings =
      "<z:records><z:record><z:recordData><opacRecord><holdings/></opacRecord></z:recordData></z:record></z:records>";
    expect(await read(answer(holdings))).to.have.nested.property("[0].code", "MarcMissing");
    expect(await read(answer("<z:diagnostics/>"))).to.have.nested.property("[0].code", "SruDiagnostic");
  });

  it("refuses other XML", async () => {
    expect(await codeOf(read("<html/>"))).to.equal("MarcShapeUnknown");
    expect(await codeOf(read('<record xmlns="http://example.org/other"/>'))).to.equal("MarcShapeUnknown");
  });
});
