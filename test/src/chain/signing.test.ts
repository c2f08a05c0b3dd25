import { expect } from "chai";
import { TypedDataEncoder, Wallet, getBytes, keccak256, verifyTypedData } from "ethers";
import { decodeIsil, encodeIsil } from "../../../src/chain/isil.ts";
import {
  contractSignature,
  ledgerDomain,
  recoverCountersigner,
  signBatch,
  signStatement,
  statementDigest,
} from "../../../src/chain/signing.ts";
import { hash, isil, memberId, serviceId, statementNumber } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { period } from "../../../src/core/period.ts";
import { BATCH_TYPES, STATEMENT_TYPES, typedStatement } from "../../../src/core/typed-data.ts";
import type { Statement } from "../../../src/core/statement.ts";

const LEDGER = `0x${"5f".repeat(20)}`;
const domain = ledgerDomain(31_337n, LEDGER);
const key = new Wallet(`0x${"07".repeat(32)}`);
const statement: Statement = {
  supplier: memberId(3),
  consumer: memberId(4),
  number: statementNumber(9),
  period: period(24_322),
  lines: [{ service: serviceId(1), quantity: 2 }],
  maximum: credits(5n),
  root: hash(`0x${"ab".repeat(32)}`),
  lastPeriod: period(24_325),
};

describe("signing", () => {
  it("names chain and ledger in its domain", () => {
    const digests = [ledgerDomain(1n, LEDGER), ledgerDomain(31_337n, `0x${"60".repeat(20)}`), domain].map(
      (each) => statementDigest(each, statement),
    );
    expect(new Set(digests).size).to.equal(3);
    expect(digests[2]).to.equal(TypedDataEncoder.hash(domain, STATEMENT_TYPES, typedStatement(statement)));
  });

  it("changes with every field of the statement", () => {
    const changes: Partial<Statement>[] = [
      { supplier: memberId(5) },
      { consumer: memberId(5) },
      { number: statementNumber(1) },
      { period: period(24_321) },
      { lines: [] },
      { lines: [{ service: serviceId(2), quantity: 2 }] },
      { lines: [...statement.lines, ...statement.lines] },
      { maximum: credits(6n) },
      { root: hash(`0x${"ac".repeat(32)}`) },
      { lastPeriod: period(24_326) },
    ];
    const digests = changes.map((change) => statementDigest(domain, { ...statement, ...change }));
    expect(new Set([...digests, statementDigest(domain, statement)]).size).to.equal(changes.length + 1);
  });

  it("is recovered as it was signed", async () => {
    const signature = await signStatement(key, domain, statement);
    expect(recoverCountersigner(domain, statement, signature)).to.equal(key.address);
    expect(recoverCountersigner(domain, { ...statement, maximum: credits(6n) }, signature)).not.to.equal(
      key.address,
    );
  });

  it("recovers nobody from garbage, and the contract that a contract's names", () => {
    const garbage = {
      kind: "key",
      r: hash(`0x${"00".repeat(32)}`),
      vs: hash(`0x${"00".repeat(32)}`),
    } as const;
    expect(recoverCountersigner(domain, statement, garbage)).to.equal(undefined);
    const wallet = contractSignature(LEDGER, "0x1234");
    expect(recoverCountersigner(domain, statement, wallet)).to.equal(LEDGER);
    expect(wallet).to.deep.equal({ kind: "contract", signer: LEDGER, bytes: getBytes("0x1234") });
  });

  it("signs a batch with its mode and deadline", async () => {
    const batch = getBytes("0x010203");
    const order = { supplier: memberId(3), mode: "skip", batch, deadline: 99 } as const;
    const signature = await signBatch(key, domain, order);
    if (signature.kind !== "key") throw new Error("a key pair signed");
    const value = { supplier: 3, mode: 1, statements: keccak256(batch), deadline: 99 };
    const { r, vs } = signature;
    expect(verifyTypedData(domain, BATCH_TYPES, value, { r, yParityAndS: vs })).to.equal(key.address);
  });
});

describe("encodeIsil and decodeIsil", () => {
  for (const text of ["DE-1", "ABCD-12345678901", "FR-a:b/c-d"]) {
    it(`carry ${text} in sixteen bytes`, () => {
      const bytes = encodeIsil(isil(text));
      expect(bytes).to.match(/^0x[0-9a-f]{32}$/);
      expect(decodeIsil(bytes)).to.equal(text);
    });
  }
});
