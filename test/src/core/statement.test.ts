import { expect } from "chai";
import fc from "fast-check";
import { isConsortiaError } from "../../../src/core/error.ts";
import { hash, memberId, resourceId, serviceId, statementNumber } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { FIRST_PERIOD, period } from "../../../src/core/period.ts";
import {
  checkStatement,
  decodeAlone,
  decodeBatch,
  decodeUnsigned,
  encodeAlone,
  encodeBatch,
  encodeStatement,
  encodeUnsigned,
} from "../../../src/core/statement.ts";
import type { Line, Signature, SignedStatement, Statement } from "../../../src/core/statement.ts";

const code = (expected: string) => (error: unknown) => isConsortiaError(error, expected);
const uint = (bits: number, min = 0) => fc.integer({ min, max: 2 ** bits - 1 });
const bytes32 = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => hash(`0x${Buffer.from(bytes).toString("hex")}`));
const months = fc.integer({ min: FIRST_PERIOD, max: FIRST_PERIOD + 4094 }).map(period);
const line = fc.record(
  { service: uint(16, 1).map(serviceId), quantity: uint(32), resource: uint(32, 1).map(resourceId) },
  { requiredKeys: ["service", "quantity"] },
);
const lines = fc.array(line, { minLength: 1, maxLength: 9 });

const statements: fc.Arbitrary<Statement> = fc.record({
  supplier: fc.constant(memberId(7)),
  consumer: uint(32, 1).map(memberId),
  number: uint(32).map(statementNumber),
  period: months,
  lines,
  maximum: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(credits),
  root: bytes32,
  lastPeriod: months,
});

const signatures: fc.Arbitrary<Signature> = fc.oneof(
  fc.record({ kind: fc.constant("key" as const), r: bytes32, vs: bytes32 }),
  fc.record({
    kind: fc.constant("contract" as const),
    signer: bytes32.map((text) => text.slice(0, 42)),
    bytes: fc.uint8Array({ maxLength: 300 }),
  }),
);

const signed: fc.Arbitrary<SignedStatement> = fc.record({
  statement: statements,
  countersignature: signatures,
});
const sample = (): SignedStatement => fc.sample(signed, { numRuns: 1, seed: 5 })[0]!;

describe("encodeBatch and decodeBatch", () => {
  it("read back what they wrote", () => {
    fc.assert(
      fc.property(fc.array(signed, { minLength: 1, maxLength: 5 }), (batch) => {
        expect(decodeBatch(memberId(7), encodeBatch(batch))).to.deep.equal(batch);
      }),
    );
  });

  it("break at any length but the whole", () => {
    fc.assert(
      fc.property(signed, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (one, share) => {
        const whole = encodeStatement(one);
        const cut = whole.slice(0, Math.max(1, Math.floor(whole.length * share)));
        expect(() => decodeBatch(memberId(7), cut))
          .to.throw()
          .that.satisfies(code("BatchMalformed"));
      }),
    );
  });

  it("read nothing as no statement", () => {
    expect(decodeBatch(memberId(7), new Uint8Array())).to.deep.equal([]);
  });

  it("refuse no statement, and more than 256", () => {
    expect(() => encodeBatch([]))
      .to.throw()
      .that.satisfies(code("BatchTooLarge"));
    const many = Array.from({ length: 257 }, sample);
    expect(() => encodeBatch(many))
      .to.throw()
      .that.satisfies(code("BatchTooLarge"));
    expect(encodeBatch(many.slice(1)).length).to.be.greaterThan(0);
  });

  it("refuse statements of two suppliers", () => {
    const [one, two] = [sample(), sample()];
    const other = { ...two, statement: { ...two.statement, supplier: memberId(8) } };
    expect(() => encodeBatch([one, other]))
      .to.throw()
      .that.satisfies(code("BatchMixed"));
  });

  it("refuse 256 lines", () => {
    const one = sample();
    const line = { service: serviceId(1), quantity: 1 };
    const long = (length: number) => ({
      ...one,
      statement: { ...one.statement, lines: Array.from({ length }, () => line) },
    });
    expect(() => encodeStatement(long(256)))
      .to.throw()
      .that.satisfies(code("StatementTooLong"));
    expect(decodeBatch(memberId(7), encodeStatement(long(255)))[0]?.statement.lines.length).to.equal(255);
  });

  it("take ten bytes a line where one names a work, and six elsewhere", () => {
    const one = sample();
    const packed = (...lines: Line[]) =>
      encodeUnsigned({ ...one.statement, lines: [{ service: serviceId(1), quantity: 1 }, ...lines] });
    const work = { service: serviceId(2), quantity: 3, resource: resourceId(0xfffffffe) };
    expect([packed().length, packed().at(21)]).to.deep.equal([60, 0]);
    expect([packed(work).length, packed(work).at(21)]).to.deep.equal([74, 2]);
    expect(Buffer.from(packed(work).slice(54)).toString("hex")).to.equal(
      "0001" + "00000001" + "00000000" + "0002" + "00000003" + "fffffffe",
    );
  });

  it("read a long form that names no work as the short one", () => {
    const { statement } = sample();
    const plain = { ...statement, lines: [{ service: serviceId(1), quantity: 2 }] };
    const bytes = encodeUnsigned(plain);
    const long = new Uint8Array([...bytes, 0, 0, 0, 0]).fill(2, 21, 22);
    expect(decodeUnsigned(memberId(7), long)).to.deep.equal(plain);
  });

  it("refuse a form that nobody knows", () => {
    const bytes = encodeStatement(sample());
    for (const form of [4, 6, 8, 128, 255]) {
      expect(() => decodeBatch(memberId(7), bytes.fill(form, 21, 22)))
        .to.throw()
        .that.satisfies(code("BatchMalformed"));
    }
  });

  it("read a skipped statement whose month, service or consumer is none", () => {
    const bytes = encodeStatement(sample());
    bytes.fill(0, 0, 12);
    expect(decodeBatch(memberId(7), bytes).length).to.equal(1);
  });
});

describe("what stands alone", () => {
  it("is a statement up to its signature, as a batch begins", () => {
    fc.assert(
      fc.property(signed, (one) => {
        const bytes = encodeUnsigned(one.statement);
        expect(decodeUnsigned(memberId(7), bytes)).to.deep.equal(one.statement);
        const [kind, whole] = [21, encodeStatement(one).slice(0, bytes.length)];
        whole[kind]! &= ~1;
        expect(whole).to.deep.equal(bytes);
      }),
    );
  });
  it("is a signature with its kind", () => {
    fc.assert(
      fc.property(signatures, (signature) => {
        const bytes = encodeAlone(signature);
        expect(decodeAlone(bytes)).to.deep.equal(signature);
        for (const wrong of [bytes.slice(0, -1), new Uint8Array([...bytes, 0]), bytes.fill(2, 0, 1)]) {
          expect(() => decodeAlone(wrong))
            .to.throw()
            .that.satisfies(code("SignatureMalformed"));
        }
      }),
    );
  });
  it("is nothing longer, shorter or signed", () => {
    const one = sample();
    const bytes = encodeUnsigned(one.statement);
    const claimedKind = bytes.slice().fill(1, 21, 22);
    for (const wrong of [bytes.slice(1), bytes.slice(0, -1), encodeStatement(one), claimedKind]) {
      expect(() => decodeUnsigned(memberId(7), wrong))
        .to.throw()
        .that.satisfies(code("BatchMalformed"));
    }
  });
});

describe("checkStatement", () => {
  it("passes what could be posted", () => {
    const { statement } = sample();
    expect(checkStatement(statement)).to.equal(statement);
  });

  it("refuses one party, no lines and a root that is none", () => {
    const { statement } = sample();
    expect(() => checkStatement({ ...statement, consumer: memberId(7) }))
      .to.throw()
      .that.satisfies(code("StatementSameParty"));
    expect(() => checkStatement({ ...statement, lines: [] }))
      .to.throw()
      .that.satisfies(code("StatementEmpty"));
    expect(() => checkStatement({ ...statement, root: "0x" as never }))
      .to.throw()
      .that.satisfies(code("HashInvalid"));
  });
});
