import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import { agency, hash, isil, memberId, serviceId, statementNumber } from "../../../src/core/ids.ts";

const code = (expected: string) => (error: unknown) => isConsortiaError(error, expected);

describe("ids", () => {
  for (const [name, make, least, most] of [
    ["MemberId", memberId, 1, 2 ** 32 - 1],
    ["ServiceId", serviceId, 1, 65_535],
    ["StatementNumber", statementNumber, 0, 2 ** 32 - 1],
  ] as const) {
    describe(name, () => {
      it(`reaches from ${least} to ${most}`, () => {
        expect(make(least)).to.equal(least);
        expect(make(most)).to.equal(most);
      });

      for (const value of [least - 1, most + 1, 1.5, NaN, Infinity]) {
        it(`refuses ${value}`, () => {
          expect(() => make(value))
            .to.throw()
            .that.satisfies(code(`${name}Invalid`));
        });
      }
    });
  }

  describe("isil", () => {
    for (const text of ["DE-1", "AU-NNCU", "ABCD-12345678901", "FR-a:b/c-d"]) {
      it(`takes ${text}`, () => {
        expect(isil(text)).to.equal(text);
      });
    }

    for (const text of [
      "",
      "DE",
      "DE-",
      "-1",
      "ABCDE-1",
      "D1-1",
      "DE-123456789012",
      "DE-1\n",
      "DE-ä",
      " DE-1",
    ]) {
      it(`refuses ${JSON.stringify(text)}`, () => {
        expect(() => isil(text))
          .to.throw()
          .that.satisfies(code("IsilInvalid"));
      });
    }
  });

  describe("hash", () => {
    it("is lower-case, whatever it was", () => {
      expect(hash(`0x${"AB".repeat(32)}`)).to.equal(`0x${"ab".repeat(32)}`);
    });

    for (const text of ["", "0x", `0x${"ab".repeat(31)}`, `0x${"ab".repeat(33)}`, `0x${"zz".repeat(32)}`]) {
      it(`refuses ${text.slice(0, 6)} of ${text.length} characters`, () => {
        expect(() => hash(text))
          .to.throw()
          .that.satisfies(code("HashInvalid"));
      });
    }
  });

  describe("agency", () => {
    it("folds its scheme and keeps its symbol", () => {
      expect(agency(" isil ", " DE-1 ")).to.equal("ISIL:DE-1");
      expect(agency("Reshare", "Größe_1")).to.equal("RESHARE:Größe_1");
    });

    for (const [scheme, symbol] of [
      ["", "DE-1"],
      ["ISIL", ""],
      ["I S", "DE-1"],
      ["ISIL", "a b"],
      ["ISIL", "x".repeat(65)],
    ] as const) {
      it(`refuses "${scheme}:${symbol.slice(0, 8)}"`, () => {
        expect(() => agency(scheme, symbol))
          .to.throw()
          .that.satisfies(code("AgencyInvalid"));
      });
    }
  });
});
