import { readdir, readFile } from "node:fs/promises";
import { expect } from "chai";
import { AbiCoder, Interface, id, makeError } from "ethers";
import type { ErrorFragment } from "ethers";
import { CONTRACT_ERRORS, decodeError } from "../../../src/chain/errors.ts";
import { EXPLANATIONS } from "../../../src/chain/explanations.ts";
import { FAULTS, explainFault } from "../../../src/chain/faults.ts";
import { ConsortiaError } from "../../../src/core/error.ts";
import * as types from "../../../src/chain/types/index.ts";

/**
 * Errors of OpenZeppelin's own that the contracts inherit and no verb of the SDK can run into: what the charter's
 * scheduling, tokens' approvals to nobody and EIP-712's constructor would say.
 */
const BEYOND_THE_VERBS =
  /^(AccessManager(?!UnauthorizedAccount)|Checkpoint|DoubleEnded|Governor(?!Nonexistent|Unexpected|InvalidProposalLength|Restricted|Insufficient|ProposalQueueingNot|Unmet)|InvalidAccountNonce|Queue|VotesExpired|AccessManagedRequiredDelay|AccessManagedInvalidAuthority|ERC20Invalid|ECDSA|InvalidShortString|StringTooLong|SafeCast|ReentrancyGuard|Strings|InsufficientBalance|FailedCall|AddressEmptyCode)/;

const factories = [
  types.Admissions__factory,
  types.Advances__factory,
  types.Amendments__factory,
  types.Chamber__factory,
  types.Charter__factory,
  types.Claims__factory,
  types.Compensation__factory,
  types.CreditToken__factory,
  types.Delegates__factory,
  types.Elections__factory,
  types.FeeSchedule__factory,
  types.Ledger__factory,
  types.Pricing__factory,
  types.Register__factory,
  types.Resources__factory,
  types.Reversals__factory,
  types.Seats__factory,
  types.Voice__factory,
];
const contractErrors = factories.flatMap((factory) => {
  const errors: ErrorFragment[] = [];
  Interface.from(factory.abi).forEachError((fragment) => errors.push(fragment));
  return errors;
});
const names = [...new Set(contractErrors.map(({ name }) => name))];

/** The data of a revert with plausible values of each type. */
function dataOf(fragment: ErrorFragment): string {
  const values = fragment.inputs.map(({ type }) => {
    if (type === "address") return `0x${"11".repeat(20)}`;
    if (type.startsWith("bytes")) return `0x444d2d31${"00".repeat(Number(type.slice(5)) - 4)}`;
    if (type === "uint16") return 24_322;
    if (type === "string") return "Atlas";
    return 1;
  });
  return fragment.selector + AbiCoder.defaultAbiCoder().encode(fragment.inputs, values).slice(2);
}

describe("EXPLANATIONS", () => {
  it("has a sentence for every error of the contracts", () => {
    const missing = names.filter((name) => !(name in EXPLANATIONS) && !BEYOND_THE_VERBS.test(name));
    expect(missing).to.deep.equal([]);
  });

  it("has a sentence for every error that a source of ours declares, whatever contract it is in", async () => {
    const folder = new URL("../../../contracts/", import.meta.url);
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".sol"));
    const sources = await Promise.all(files.map((file) => readFile(new URL(file, folder), "utf8")));
    const declared = sources.flatMap((source) =>
      [...source.matchAll(/^\s*error (\w+)\(/gm)].map(([, name]) => name),
    );
    expect(declared).to.have.length.greaterThan(100);
    expect(declared.filter((name) => !(name! in EXPLANATIONS))).to.deep.equal([]);
  });

  it("has none that no contract raises", () => {
    const known = new Set<string>();
    CONTRACT_ERRORS.forEachError(({ name }) => known.add(name));
    expect(Object.keys(EXPLANATIONS).filter((name) => !known.has(name))).to.deep.equal([]);
  });

  it("explains each in words, with the contract's own code", () => {
    for (const fragment of contractErrors.filter(({ name }) => name in EXPLANATIONS)) {
      const error = decodeError({ data: dataOf(fragment) });
      const expected = /^(LedgerStatement|Claim)Fault$/.test(fragment.name)
        ? "StatementSameParty"
        : fragment.name;
      expect(error.code).to.equal(expected);
      expect(error.message, fragment.name).to.match(/^[^]{10,}[.]$/);
      expect(error.message, fragment.name).not.to.match(/undefined|\[object|NaN/);
      expect(Object.keys(error.values)).to.deep.equal(fragment.inputs.map(({ name }) => name));
    }
  });
});

describe("FAULTS", () => {
  it("are the contract's enum, in its order", async () => {
    const source = await readFile(new URL("../../../contracts/types/Statement.sol", import.meta.url), "utf8");
    const body = /enum Fault \{([^}]*)\}/.exec(source)?.[1] ?? "";
    const listed = body
      .replace(/\/\/\/.*/g, "")
      .split(",")
      .map((word) => word.trim());
    expect(FAULTS.map(({ name }) => name)).to.deep.equal(listed);
  });

  it("are explained, each in a sentence, those to come as well", () => {
    for (let fault = 0; fault <= FAULTS.length; fault++) {
      expect(explainFault(fault, 24_322n, 24_320n)).to.match(/^[^]{5,}[.]$/);
    }
  });
});

describe("decodeError", () => {
  const closeDue = contractErrors.find(({ name }) => name === "LedgerCloseDue")!;

  it("leaves its own errors alone", () => {
    const error = new ConsortiaError("Mine", "mine");
    expect(decodeError(error)).to.equal(error);
  });

  for (const [where, wrap] of [
    ["in the error itself", (data: string) => ({ data })],
    ["in a nested error", (data: string) => ({ error: { data } })],
    ["in the info of a provider", (data: string) => ({ info: { error: { data } } })],
    ["in an object named data", (data: string) => ({ data: { data } })],
    ["in a cause", (data: string) => ({ cause: { data } })],
  ] as const) {
    it(`finds the revert's data ${where}`, () => {
      const error = decodeError(wrap(dataOf(closeDue)));
      expect(error.code).to.equal("LedgerCloseDue");
      expect(error.retryable).to.equal(true);
      expect(error.values.period).to.equal(24_322n);
    });
  }

  it("names an error that is known and not explained", () => {
    const overflow = `${id("SafeCastOverflowedUintDowncast(uint8,uint256)").slice(0, 10)}${"00".repeat(64)}`;
    expect(decodeError({ data: overflow }).code).to.equal("SafeCastOverflowedUintDowncast");
  });

  it("says that a call failed where it knows no better", () => {
    expect(decodeError(new Error("boom")).code).to.equal("CallFailed");
    expect(decodeError("boom").message).to.include("boom");
    expect(decodeError({ data: "0x12345678" }).code).to.equal("CallFailed");
    expect(decodeError(undefined).code).to.equal("CallFailed");
  });

  for (const [given, code, retryable] of [
    [makeError("no net", "NETWORK_ERROR", { event: "x" }), "NetworkUnreachable", true],
    [makeError("slow", "TIMEOUT", { operation: "x", reason: "y" }), "NetworkUnreachable", true],
    [makeError("poor", "INSUFFICIENT_FUNDS", { transaction: {} }), "GasUnfunded", false],
    [Object.assign(new Error("refused"), { code: "ECONNREFUSED" }), "NetworkUnreachable", true],
  ] as const) {
    it(`calls ${String((given as { code?: string }).code)} ${code}`, () => {
      const error = decodeError(given);
      expect([error.code, error.retryable]).to.deep.equal([code, retryable]);
    });
  }

  it("explains an ISIL of garbage", () => {
    const fragment = contractErrors.find(({ name }) => name === "RegisterIsilInvalid")!;
    const data = `${fragment.selector}ff${"00".repeat(31)}`;
    expect(decodeError({ data }).code).to.equal("RegisterIsilInvalid");
  });
});
