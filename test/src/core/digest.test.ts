import { expect } from "chai";
import { TypedDataEncoder } from "ethers";
import fc from "fast-check";
import { createStatementHasher, hashStatement, ledgerSeparator } from "../../../src/core/digest.ts";
import { hash, memberId, resourceId, serviceId, statementNumber } from "../../../src/core/ids.ts";
import { toHash } from "../../../src/core/keccak.ts";
import { credits } from "../../../src/core/money.ts";
import { period } from "../../../src/core/period.ts";
import type { Statement } from "../../../src/core/statement.ts";
import { STATEMENT_TYPES, typedStatement } from "../../../src/core/typed-data.ts";
import { codeOf, LEDGER } from "../../support/records.ts";

const CHAIN = 31337n;
const domain = (chainId: bigint, ledger: string) => ({
  name: "Consortia Ledger",
  version: "1",
  chainId,
  verifyingContract: ledger,
});

const word = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => toHash(bytes));
const uint32 = fc.integer({ min: 1, max: 0xffff_ffff });

const anyStatement: fc.Arbitrary<Statement> = fc.record({
  supplier: uint32.map(memberId),
  consumer: uint32.map(memberId),
  number: uint32.map(statementNumber),
  period: fc.integer({ min: 0, max: 4095 }).map((month) => month as Statement["period"]),
  lines: fc.array(
    fc.record(
      {
        service: fc.integer({ min: 1, max: 0xffff }).map(serviceId),
        quantity: fc.integer({ min: 0, max: 0xffff_ffff }),
        resource: uint32.map(resourceId),
      },
      { requiredKeys: ["service", "quantity"] },
    ),
    { maxLength: 12 },
  ),
  maximum: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map(credits),
  root: word,
  lastPeriod: fc.integer({ min: 0, max: 0xffff }).map((month) => month as Statement["lastPeriod"]),
});

const line = { service: serviceId(1), quantity: 10 };
const statement: Statement = {
  supplier: memberId(3),
  consumer: memberId(4),
  number: statementNumber(0),
  period: period(2026 * 12 + 9),
  lines: [line],
  maximum: credits(123_000_000n),
  root: hash(`0x${"5a".repeat(32)}`),
  lastPeriod: period(2026 * 12 + 11),
};

describe("ledgerSeparator", () => {
  it("is EIP-712's domain separator of the ledger", () => {
    for (const chainId of [1n, CHAIN, (1n << 256n) - 1n]) {
      const expected = TypedDataEncoder.hashDomain(domain(chainId, LEDGER));
      expect(toHash(ledgerSeparator(chainId, LEDGER))).to.equal(expected);
      expect(toHash(ledgerSeparator(chainId, LEDGER.toLowerCase()))).to.equal(expected);
    }
  });

  it("refuses what is no chain and what is no address", () => {
    expect(codeOf(() => ledgerSeparator(-1n, LEDGER))).to.equal("ChainIdInvalid");
    expect(codeOf(() => ledgerSeparator(1n << 256n, LEDGER))).to.equal("ChainIdInvalid");
    expect(codeOf(() => ledgerSeparator(CHAIN, LEDGER.slice(0, -1)))).to.equal("LedgerInvalid");
  });
});

describe("createStatementHasher", () => {
  it("agrees with ethers on any statement, whatever it hashed before", () => {
    const hashInto = createStatementHasher(CHAIN, LEDGER);
    const expected = (each: Statement) =>
      TypedDataEncoder.hash(domain(CHAIN, LEDGER), STATEMENT_TYPES, typedStatement(each));
    fc.assert(
      fc.property(anyStatement, (each) => {
        const target = new Uint8Array(40);
        hashInto(each, target, 8);
        expect(toHash(target, 8)).to.equal(expected(each));
        expect([...target.subarray(0, 8)]).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 0]);
      }),
      { numRuns: 300 },
    );
  });

  it("hashes as many lines as a batch can carry, and not one more", () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ service: serviceId(1 + i), quantity: i }));
    const full = { ...statement, lines: lines(255) };
    expect(hashStatement(CHAIN, LEDGER, full)).to.equal(
      TypedDataEncoder.hash(domain(CHAIN, LEDGER), STATEMENT_TYPES, typedStatement(full)),
    );
    expect(codeOf(() => hashStatement(CHAIN, LEDGER, { ...statement, lines: lines(256) }))).to.equal(
      "StatementTooLong",
    );
  });

  it("refuses what a field cannot hold, rather than hash something else", () => {
    const refused = (over: object) => codeOf(() => hashStatement(CHAIN, LEDGER, { ...statement, ...over }));
    for (const field of ["supplier", "consumer", "number", "period", "lastPeriod"]) {
      for (const value of [-1, 0.5, 2 ** 32, NaN]) {
        expect(refused({ [field]: value }), field).to.equal("StatementInvalid");
      }
    }
    expect(refused({ period: 0x1_0000 })).to.equal("StatementInvalid");
    expect(refused({ maximum: -1n })).to.equal("StatementInvalid");
    expect(refused({ maximum: 1n << 64n })).to.equal("StatementInvalid");
    expect(refused({ lines: [{ service: 0x1_0000, quantity: 1 }] })).to.equal("StatementInvalid");
    expect(refused({ lines: [{ service: 1, quantity: 2 ** 32 }] })).to.equal("StatementInvalid");
    expect(refused({ lines: [{ service: 1, quantity: 1, resource: 2 ** 32 }] })).to.equal("StatementInvalid");
    expect(refused({ root: "0x5a" })).to.equal("HashInvalid");
  });

  it("gives no two ledgers, chains or statements one digest", () => {
    const other = `0x${"11".repeat(20)}`;
    const digests = [
      hashStatement(CHAIN, LEDGER, statement),
      hashStatement(CHAIN + 1n, LEDGER, statement),
      hashStatement(CHAIN, other, statement),
      hashStatement(CHAIN, LEDGER, { ...statement, number: statementNumber(1) }),
      hashStatement(CHAIN, LEDGER, { ...statement, lines: [...statement.lines, ...statement.lines] }),
      hashStatement(CHAIN, LEDGER, { ...statement, lines: [{ ...line, resource: resourceId(1) }] }),
    ];
    expect(new Set(digests).size).to.equal(digests.length);
  });
});
