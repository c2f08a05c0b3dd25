import { expect } from "chai";
import { readColumns } from "../../../../src/connectors/csv/columns.ts";

const usual = {
  ...{
    supplier: { constant: "ISIL:DE-1" },
    consumer: "Borrower",
    request: "No",
    service: "Type",
    date: "Sent",
  },
};

describe("readColumns", () => {
  const wrong: readonly [string, unknown][] = [
    ["no object", []],
    ["a field that no record has", { ...usual, patron: "Reader" }],
    ["no request", { ...usual, request: undefined }],
    ["a position beside a header", { ...usual, request: 2 }],
    ["a name without a header", { ...usual, header: false }],
    ["a date format of its own", { ...usual, date: { column: "Sent", format: "YY" } }],
    ["an encoding that is none", { ...usual, encoding: "klingon" }],
    ["an agency that is none", { ...usual, supplier: { constant: "?" } }],
    ["two characters between cells", { ...usual, delimiter: "||" }],
    ["one character for both", { ...usual, delimiter: '"' }],
    ["a quantity of zero", { ...usual, quantity: { constant: 0 } }],
    ["a decimal sign that groups too", { ...usual, amounts: { decimal: ",", group: "," } }],
    ["a choice of nothing", { ...usual, where: { Type: [] } }],
  ];
  for (const [name, source] of wrong) {
    it(`refuses ${name}`, () => {
      expect(() => readColumns(source))
        .to.throw()
        .with.property("code", "ColumnsInvalid");
    });
  }
});
