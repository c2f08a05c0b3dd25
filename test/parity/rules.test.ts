import { readFileSync } from "node:fs";
import { expect } from "chai";
import { TypedDataEncoder, concat, getBytes, hexlify } from "ethers";
import { statementDigest, ledgerDomain } from "../../src/chain/signing.ts";
import { batchRoot, hashBatchLeaf } from "../../src/core/batch.ts";
import { isil, statementNumber } from "../../src/core/ids.ts";
import { credits } from "../../src/core/money.ts";
import { periodEnd, periodOf, periodStart } from "../../src/core/period.ts";
import type { PeriodId } from "../../src/core/period.ts";
import { Schedule } from "../../src/core/schedule.ts";
import type { Price } from "../../src/core/schedule.ts";
import { decayStanding } from "../../src/core/standing.ts";
import { decodeBatch, encodeStatement } from "../../src/core/statement.ts";
import type { Signature, Statement } from "../../src/core/statement.ts";
import { STATEMENT_TYPES, typedStatement } from "../../src/core/typed-data.ts";
import { OCTOBER } from "../support/consortium.ts";
import { FEE, GROSS, bill, countersigned, post } from "../support/statements.ts";
import { useWorld } from "../support/world.ts";
import { isilText, ruleVectors } from "./rule-vectors.ts";

interface Vectors {
  months: { month: number; start: number; end: number }[];
  decays: { standing: string; age: number; decayed: string }[];
  isils: { bytes: string; valid: boolean }[];
  roots: { leaves: Record<string, string>[]; hashes: string[]; root: string }[];
  statements: { statement: Statement & { maximum: string }; structHash: string; head: string }[];
  words: {
    fields: Record<string, string | number>;
    word: string;
    months: { at: number; ran: boolean; tier: number }[];
  }[];
  charges: {
    prices: Record<string, string | number>[];
    cases: { lines: Statement["lines"]; gross: string; fee: string }[];
  };
}

const file = new URL("./vectors/rules.json", import.meta.url);
/** Amounts are decimal text in the file. */
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;
const SIGNATURE: Signature = {
  kind: "key",
  r: `0x${"11".repeat(32)}` as never,
  vs: `0x${"22".repeat(32)}` as never,
};

describe("test/parity/vectors/rules.json", () => {
  it("is what the oracle says", () => {
    expect(readFileSync(file, "utf8") === ruleVectors()).to.equal(true);
  });
});

describe("parity of the pure rules", () => {
  const world = useWorld();
  const harness = async () => world().ethers.deployContract("ParityHarness");

  it("months begin and end at the same second", async () => {
    const sol = await harness();
    for (const { month, start, end } of vectors.months) {
      const id = month as PeriodId;
      expect([periodStart(id), periodEnd(id)], String(month)).to.deep.equal([start, end]);
      expect(await sol.getFunction("monthBounds")(month)).to.deep.equal([BigInt(start), BigInt(end)]);
      for (const [second, expected] of [
        [start, month],
        [end - 1, month],
        [start - 1, month - 1],
      ] as const) {
        expect(await sol.getFunction("monthOf")(second)).to.equal(BigInt(expected));
        if (expected >= 2020 * 12) expect(periodOf(second)).to.equal(expected);
      }
    }
  });

  it("standing decays alike", async () => {
    const sol = await harness();
    for (const { standing, age, decayed } of vectors.decays) {
      expect(decayStanding(credits(BigInt(standing)), age), `${standing} after ${age}`).to.equal(
        BigInt(decayed),
      );
      expect(await sol.getFunction("decay")(standing, age)).to.equal(BigInt(decayed));
    }
  });

  it("an ISIL is an ISIL on both sides", async () => {
    const sol = await harness();
    for (const { bytes, valid } of vectors.isils) {
      const text = isilText(bytes);
      expect(await sol.getFunction("isilValid")(bytes), text).to.equal(valid);
      if (valid) expect(isil(text)).to.equal(text);
      else expect(() => isil(text), text).to.throw();
    }
  });

  it("a batch has the same root", async () => {
    const sol = await harness();
    for (const { leaves, hashes, root } of vectors.roots) {
      expect(await sol.getFunction("fold")(hashes)).to.equal(root);
      if (leaves.length !== hashes.length) continue;
      const typed = leaves.map(({ digest, gross, fee, acknowledged, relieved }) => ({
        digest: digest as never,
        gross: credits(BigInt(gross!)),
        fee: credits(BigInt(fee!)),
        acknowledged: credits(BigInt(acknowledged!)),
        relieved: credits(BigInt(relieved!)),
      }));
      expect(batchRoot(typed)).to.equal(root);
      for (const [i, leaf] of typed.entries()) {
        expect(hashBatchLeaf(leaf)).to.equal(hashes[i]);
        const args = [leaf.digest, leaf.gross, leaf.fee, leaf.acknowledged, leaf.relieved];
        expect(await sol.getFunction("leaf")(...args)).to.equal(hashes[i]);
      }
    }
  });

  it("a statement is packed and hashed alike", async () => {
    const sol = await harness();
    const encoder = TypedDataEncoder.from(STATEMENT_TYPES);
    const batch: string[] = [];
    for (const { statement: plain, structHash, head } of vectors.statements) {
      const statement = { ...plain, maximum: credits(BigInt(plain.maximum)) };
      const bytes = encodeStatement({ statement, countersignature: SIGNATURE });
      expect(hexlify(bytes.slice(0, 54))).to.equal(head);
      expect(encoder.hash(typedStatement(statement))).to.equal(structHash);
      expect(await sol.getFunction("structHash")(bytes, 0, statement.supplier)).to.deep.equal([
        structHash,
        BigInt(bytes.length),
      ]);
      expect(decodeBatch(statement.supplier, bytes)).to.deep.equal([
        { statement, countersignature: SIGNATURE },
      ]);
      batch.push(hexlify(bytes));
    }
    let offset = 0n;
    for (const { statement, structHash } of vectors.statements) {
      const [hash, end] = (await sol.getFunction("structHash")(
        concat(batch),
        offset,
        statement.supplier,
      )) as [string, bigint];
      expect(hash).to.equal(structHash);
      offset = end;
    }
    expect(offset).to.equal(BigInt(getBytes(concat(batch)).length));
  });

  it("an account word has its fields where the table says", async () => {
    const sol = await harness();
    for (const { fields, word, months } of vectors.words) {
      const f = fields as Record<string, number>;
      const numbers = [f.position, f.cash, f.supplied, f.month].map((value) => BigInt(value!));
      expect(await sol.getFunction("balances")(word)).to.deep.equal(numbers);
      for (const { at, ran, tier } of months) {
        const [since, until, wasIn, tierThen] = (await sol.getFunction("membership")(word, at)) as unknown[];
        expect([since, until, wasIn]).to.deep.equal([BigInt(f.since!), BigInt(f.until!), ran]);
        if (ran) expect(tierThen, String(at)).to.equal(BigInt(tier));
      }
      const args = [f.since, f.until, f.tierSince, f.tier, f.priorTier, (f.flags! & 8) !== 0];
      expect(BigInt(await sol.getFunction("withMembership")(word, ...args))).to.equal(BigInt(word));
      expect(BigInt(await sol.getFunction("withBalances")(word, f.position, f.cash))).to.equal(BigInt(word));
      const settled = BigInt(await sol.getFunction("settleInto")(word, OCTOBER + 5));
      const [position, cash, supplied, month] = (await sol.getFunction("balances")(settled)) as bigint[];
      expect([position, cash]).to.deep.equal([0n, BigInt(f.position!) + BigInt(f.cash!)]);
      expect([supplied, month]).to.deep.equal([0n, BigInt(OCTOBER + 5)]);
      expect(settled >> 196n).to.equal(BigInt(word) >> 196n);
    }
  });

  it("an account word refuses months it cannot hold", async () => {
    const sol = await harness();
    for (const month of [2020 * 12 - 1, 2020 * 12 + 4095]) {
      await expect(sol.getFunction("withMembership")(0, month, 0, 0, 0, 0, false))
        .to.be.revertedWithCustomError(sol, "AccountMonthOutOfRange")
        .withArgs(month);
    }
  });
});

describe("parity with the ledger itself", () => {
  const world = useWorld();

  it("lines come to the same gross and fee", async () => {
    const { ledger, schedule: contract } = world();
    const { prices, cases } = vectors.charges;
    const typed = prices.map((p) => ({
      ...p,
      price: BigInt(p.price!),
      fee: BigInt(p.fee!),
    })) as unknown as Price[];
    const twin = new Schedule();
    twin.publish((OCTOBER + 1) as PeriodId, typed);
    await contract.draft(0, typed);
    await contract.publish(await contract.lastVersion(), OCTOBER + 1);
    await world().closeMonth();
    const period = (OCTOBER + 1) as PeriodId;
    for (const [i, { lines, gross, fee }] of cases.entries()) {
      expect(twin.charge(period, lines, 1)).to.deep.equal({ gross: BigInt(gross), fee: BigInt(fee) });
      const statement = { number: statementNumber(i), period, lines, maximum: credits(2n ** 62n) };
      const sent = await bill(world(), statement, { mode: "acknowledge" });
      const receipt = await sent.wait();
      const log = receipt?.logs
        .map((l) => ledger.interface.parseLog(l))
        .find((l) => l?.name === "StatementsPosted");
      const word = BigInt(log?.args.charges as string);
      expect([word >> 64n, word & (2n ** 64n - 1n)]).to.deep.equal([BigInt(gross), BigInt(fee)]);
    }
  });

  it("a posted batch has the root that its twin works out, debts included", async () => {
    const w = world();
    const { chainId, ledger: address } = w.deployment;
    const statements = [
      await countersigned(w, { number: statementNumber(1) }),
      await countersigned(w, { number: statementNumber(2), consumer: w.eve.id }),
      await countersigned(w, { number: statementNumber(3) }),
    ];
    const batch = concat(statements.map(encodeStatement));
    await post(w, batch, { mode: "acknowledge" });
    const root = batchRoot(
      statements.map(({ statement }) => ({
        digest: statementDigest(ledgerDomain(chainId, address), statement),
        gross: GROSS,
        fee: FEE,
        acknowledged: credits(statement.consumer === w.eve.id ? GROSS + FEE : 0n),
        relieved: credits(0n),
      })),
    );
    expect((await w.ledger.batchOf(root)).supplier).to.equal(BigInt(w.ada.id));
  });
});
