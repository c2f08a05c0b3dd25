import { expect } from "chai";
import { concat, keccak256, toBeHex } from "ethers";
import fc from "fast-check";
import { recordLeaf, treeDomain } from "../../../src/core/leaf.ts";
import type { Hash } from "../../../src/core/ids.ts";
import type { ServiceRecord } from "../../../src/core/record.ts";
import { oracleDomain, oracleLeaf } from "../../parity/tree-oracle.ts";
import { anyRecord, codeOf, DOMAIN, LEDGER, record, UINT64 } from "../../support/records.ts";

describe("treeDomain", () => {
  it("hashes chain and ledger as two words", () => {
    expect(DOMAIN).to.equal(oracleDomain(31337n, LEDGER));
    expect(treeDomain(31337n, LEDGER.toLowerCase())).to.equal(DOMAIN);
  });

  it("tells chains and ledgers apart", () => {
    expect(treeDomain(1n, LEDGER)).to.not.equal(DOMAIN);
    expect(treeDomain(31337n, LEDGER.replace("5F", "6F"))).to.not.equal(DOMAIN);
  });

  it("refuses what is no chain or no address", () => {
    expect(codeOf(() => treeDomain(0n, LEDGER))).to.equal("ChainIdInvalid");
    expect(codeOf(() => treeDomain(1n, "0x12"))).to.equal("LedgerInvalid");
  });
});

describe("recordLeaf", () => {
  it("hashes 121 bytes twice: a zero, the domain and the fields in their order", () => {
    const { request, details } = record(1);
    const packed = [
      "0x00",
      DOMAIN,
      "0x00000003",
      "0x00000004",
      request,
      "0x0001",
      "0x0000",
      "0x00000001",
      toBeHex(1_000_000n, 8),
      details,
    ];
    expect(concat(packed).length).to.equal(2 + 2 * 121);
    expect(recordLeaf(DOMAIN, record(1))).to.equal(keccak256(keccak256(concat(packed))));
  });

  it("takes capitals for the digits they are", () => {
    const { request } = record(1);
    const loud = { ...record(1), request: `0x${request.slice(2).toUpperCase()}` as Hash };
    expect(recordLeaf(DOMAIN, loud)).to.equal(recordLeaf(DOMAIN, record(1)));
  });

  it("agrees with ethers on any record", () => {
    fc.assert(
      fc.property(anyRecord, (any) => {
        expect(recordLeaf(DOMAIN, any)).to.equal(oracleLeaf(DOMAIN, any));
      }),
    );
  });

  const wrong: [keyof ServiceRecord, unknown][] = [
    ["supplier", -1],
    ["supplier", 2 ** 32],
    ["consumer", 1.5],
    ["consumer", Number.NaN],
    ["service", 0x10000],
    ["charge", 0x10000],
    ["quantity", 2 ** 32],
    ["amount", -1n],
    ["amount", UINT64 + 1n],
    ["amount", 5],
    ["request", "0x12"],
    ["request", `0x${"g".repeat(64)}`],
    ["request", `0x${"０".repeat(64)}`],
    ["request", `0X${"0".repeat(64)}`],
    ["request", `0x${"0".repeat(63)}/`],
    ["details", `0x${"0".repeat(66)}`],
    ["details", ""],
  ];
  for (const [field, value] of wrong) {
    it(`refuses ${String(value)} as ${field}, and says so`, () => {
      const bad = { ...record(1), [field]: value };
      expect(() => recordLeaf(DOMAIN, bad)).to.throw(`A record's ${field} must be`);
      expect(codeOf(() => recordLeaf(DOMAIN, bad))).to.equal("RecordInvalid");
    });
  }
});
