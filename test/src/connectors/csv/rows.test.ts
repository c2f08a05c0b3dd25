import { expect } from "chai";
import fc from "fast-check";
import { rowReader, type Row } from "../../../../src/connectors/csv/rows.ts";

const cell = fc.string({
  unit: fc.constantFrom("a", "ü", "図", '"', ",", ";", "\r", "\n", " ", "'"),
  maxLength: 6,
});
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

function read(text: string, cut: number): Row[] {
  const reader = rowReader({ delimiter: ",", quote: '"' });
  const rows: Row[] = [];
  for (let at = 0; at < text.length; at += cut) rows.push(...reader.push(text.slice(at, at + cut)));
  const { rows: last, open } = reader.end();
  return open === undefined ? [...rows, ...last] : rows;
}

describe("rowReader", () => {
  it("gives back whatever was written as RFC 4180 has it, however it is cut", () => {
    fc.assert(
      fc.property(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom("\r\n", "\n", "\r"),
        (rows, cut, end) => {
          const text = rows.map((cells) => cells.map(quoted).join(",") + end).join("");
          expect(read(text, cut)).to.deep.equal(rows.map((cells, index) => ({ row: index + 1, cells })));
        },
      ),
    );
  });

  it("reads any text whatever, the same however it is cut", () => {
    const text = fc.string({ unit: fc.constantFrom("a", '"', ",", "\r", "\n", "\0"), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (any, cut) => {
        const rows = read(any, cut);
        expect(rows).to.deep.equal(read(any, 1000));
        expect(rows.map(({ row }) => row)).to.deep.equal(
          [...new Set(rows.map(({ row }) => row))].sort((a, b) => a - b),
        );
      }),
    );
  });
});
