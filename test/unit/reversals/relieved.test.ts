import { expect } from "chai";
import type { Credits } from "../../../src/core/money.ts";
import { NOVEMBER, RELIEF } from "../../support/compensation.ts";
import { loanRecord, loanRecords, no } from "../../support/desk-records.ts";
import { openGrant, openRelief } from "../../support/pricing.ts";
import { enrich } from "../../support/credits.ts";
import { chargedRecord, postRecorded, refund } from "../../support/reversals.ts";
import type { Charged } from "../../support/reversals.ts";
import { accountsOf, expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** From November on RELIEF, which holds 500 credits, pays this share of every loan; it is November now. */
async function relieving(w: World, share: number, changes: { cap?: bigint } = {}): Promise<void> {
  await openRelief(w, { share, ...changes });
  await w.fund(RELIEF, c("500"));
  await w.closeMonth();
}

/** So many loans in November from ada to bob, who has them relieved. */
const lent = (w: World, count: number, first = 1, changes: { acknowledged?: Credits } = {}) =>
  postRecorded(
    w,
    loanRecords(w, count, first),
    { number: no(first), period: NOVEMBER },
    changes.acknowledged,
  );

/** What ada, bob and RELIEF have. */
async function worth(w: World): Promise<bigint[]> {
  const accounts = await accountsOf(w);
  return [w.ada.id, w.bob.id, RELIEF].map((id) => accounts[id - 1]!.position + accounts[id - 1]!.cash);
}

const whole = (w: World, { charged }: Charged) => w.ada.as.contracts.reversals.refundStatement(charged);

describe("Reversals of relieved statements", () => {
  const world = useWorld();

  it("give RELIEF and the consumer each what it paid; fees stay", async () => {
    const w = world();
    await relieving(w, 2_500);
    const before = await worth(w);
    const made = await lent(w, 4);
    expect(await worth(w)).to.deep.equal([before[0]! + c("48"), before[1]! - c("37.04"), c("488")]);
    const sent = await whole(w, made);
    await expect(sent)
      .to.emit(w.reversals, "StatementRefunded")
      .withArgs(made.id, w.ada.id, w.bob.id, c("48"));
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, w.bob.id, c("36"));
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, RELIEF, c("12"));
    expect(await worth(w)).to.deep.equal([before[0], before[1]! - c("1.04"), c("500")]);
    expect(await w.reversals.givenBack(made.id)).to.deep.equal([c("48"), true]);
    expect((await w.ledger.account(w.ada.id)).supplied).to.equal(0n);
    await expectSound(w);
  });

  it("give them back record by record, in proportion", async () => {
    const w = world();
    await relieving(w, 2_500);
    const made = await lent(w, 4);
    const sent = await refund(w, made, [1, 3]);
    await expect(sent)
      .to.emit(w.reversals, "RecordsRefunded")
      .withArgs(made.id, w.ada.id, w.bob.id, [1, 3], c("24"));
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, w.bob.id, c("18"));
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, RELIEF, c("6"));
    await whole(w, made);
    expect((await worth(w))[2]).to.equal(c("500"));
    await expectSound(w);
  });

  it("follow what was really relieved where a cap cut it short", async () => {
    const w = world();
    await relieving(w, 5_000, { cap: c("7") });
    const made = await lent(w, 3);
    expect(made.charged.relieved).to.equal(c("7"));
    await refund(w, made, [0]);
    // 12 ÷ 36 of 7, rounded down.
    expect((await worth(w))[2]).to.equal(c("495.333333"));
    await refund(w, made, [1, 2]);
    expect((await worth(w))[2]).to.equal(c("500"));
  });

  it("leave what rounds to the consumer, and no more over many refunds than over one", async () => {
    const w = world();
    await relieving(w, 3_333, { cap: 1_000_003n });
    // Odd amounts in one statement of four loans.
    const amounts = [1n, 2n, 6_999_998n, 12_000_001n, 28_999_998n] as Credits[];
    const records = amounts.map((amount, i) => loanRecord(w, i + 1, { amount }));
    const made = await postRecorded(w, records, {
      lines: [{ service: records[0]!.service, quantity: 4 }],
      period: NOVEMBER,
    });
    expect(made.charged.relieved).to.equal(1_000_003n);
    let given = 0n;
    for (const [i, amount] of amounts.entries()) {
      await refund(w, made, [i]);
      given += amount;
      expect((await worth(w))[2]).to.equal(c("500") - 1_000_003n + (given * 1_000_003n) / c("48"));
    }
    expect((await worth(w))[2]).to.equal(c("500"));
    await expectSound(w);
  });

  it("give a statement that was relieved whole to RELIEF alone", async () => {
    const w = world();
    await relieving(w, 10_000);
    const before = await worth(w);
    const made = await lent(w, 1);
    await refund(w, made, [0]);
    expect(await worth(w)).to.deep.equal([before[0], before[1]! - c("0.26"), before[2]]);
  });

  it("give one that was not relieved to the consumer alone", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 2));
    const logs = await (await whole(w, made)).wait();
    const given = await w.ledger.queryFilter(w.ledger.filters.GivenBack(), logs?.blockNumber);
    expect(given.map(({ args }) => args.consumer)).to.deep.equal([BigInt(w.bob.id)]);
  });

  it("reverse a duplicate in the same proportion", async () => {
    const w = world();
    await relieving(w, 2_500);
    const first = await lent(w, 2);
    const second = await postRecorded(w, [loanRecord(w, 1), loanRecord(w, 9)], {
      number: no(2),
      period: NOVEMBER,
    });
    const sent = w.strange.reversals.reverseDuplicate(chargedRecord(first, 0), chargedRecord(second, 0));
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, w.bob.id, c("9"));
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, RELIEF, c("3"));
    await expectSound(w);
  });

  it("cancel what the consumer still owes out of its own part alone", async () => {
    const w = world();
    await relieving(w, 2_500);
    const records = loanRecords(w, 4).map((record) => ({ ...record, consumer: w.eve.id }));
    const made = await postRecorded(w, records, { consumer: w.eve.id, period: NOVEMBER }, c("37.04"));
    expect((await w.ledger.account(w.eve.id)).debts).to.equal(c("37.04"));
    const sent = await whole(w, made);
    await expect(sent).to.emit(w.ledger, "DebtCancelled").withArgs(w.eve.id, w.ada.id, c("36"));
    expect((await w.ledger.account(w.eve.id)).debts).to.equal(c("1.04"));
    expect((await worth(w))[2]).to.equal(c("500"));
    expect((await w.ledger.account(w.ada.id)).supplied).to.equal(0n);
    await expectSound(w);
  });

  it("owe RELIEF what a supplier has no room for, after the consumer", async () => {
    const w = world();
    await relieving(w, 2_500);
    const records = loanRecords(w, 4).map((record) => ({ ...record, supplier: w.eve.id }));
    const made = await postRecorded(w, records, { supplier: w.eve.id, period: NOVEMBER });
    // Eve spends what she earned: 48 on three loans, of which RELIEF pays a quarter, and more.
    const drawn = loanRecords(w, 4, 50).map((record) => ({ ...record, consumer: w.eve.id }));
    await postRecorded(w, drawn, { consumer: w.eve.id, number: no(50), period: NOVEMBER });
    const { room } = await w.ledger.account(w.eve.id);
    expect(room).to.equal(c("10.96"));
    await w.eve.as.contracts.reversals.refundStatement(made.charged);
    expect(await w.ledger.debtOf(w.eve.id, w.bob.id)).to.equal(c("36") - room);
    expect(await w.ledger.debtOf(w.eve.id, RELIEF)).to.equal(c("12"));
    await w.fund(w.eve.id, c("100"));
    await w.strange.ledger.payDebt(w.eve.id, RELIEF);
    await w.strange.ledger.payDebt(w.eve.id, w.bob.id);
    expect((await worth(w))[2]).to.equal(c("500") - c("12"));
    await expectSound(w);
  });

  it("make money of a grant that comes back RELIEF's own", async () => {
    const w = world();
    const grant = await openGrant(w, { share: 10_000 });
    await enrich(w, w.stranger.address, c("30"));
    await w.strange.asset.approve(w.pricing, c("30"));
    await w.strange.pricing.fundGrant(grant, c("30"));
    await w.closeMonth();
    const made = await lent(w, 2);
    expect(await w.ledger.bonds()).to.equal(c("6"));
    await whole(w, made);
    expect([(await worth(w))[2], await w.ledger.bonds()]).to.deep.equal([c("24"), c("6")]);
    await expectSound(w);
  });

  it("are proven with what was relieved, neither more nor less", async () => {
    const w = world();
    await relieving(w, 2_500);
    const made = await lent(w, 4);
    for (const relieved of [0n, c("11.999999"), c("12.000001"), c("48")]) {
      const forged = { ...made.charged, relieved };
      await expect(w.ada.as.contracts.reversals.refundStatement(forged)).to.be.revertedWithCustomError(
        w.reversals,
        "ReversalStatementUnproven",
      );
    }
  });
});

describe("attack: refunds that would drain RELIEF, or spare it its part", () => {
  const world = useWorld();

  it("a pair that has loans relieved and refunds them in crumbs wins nothing, whatever the order", async () => {
    const w = world();
    await relieving(w, 9_999);
    const before = await worth(w);
    const amounts = [...Array.from({ length: 11 }, () => 1n), c("12") - 11n] as Credits[];
    const records = amounts.map((amount, i) => loanRecord(w, i + 1, { amount }));
    const made = await postRecorded(w, records, {
      lines: [{ service: records[0]!.service, quantity: 1 }],
      period: NOVEMBER,
    });
    for (const i of [3, 0, 7, 1, 2, 4, 11, 5, 6, 8, 9, 10]) await refund(w, made, [i]);
    expect(await worth(w)).to.deep.equal([before[0], before[1]! - c("0.26"), before[2]]);
    await expectSound(w);
  });

  it("a pair whose crumbs stop short of the whole keeps less than a millionth of RELIEF's", async () => {
    const w = world();
    await relieving(w, 9_999);
    const amounts = [...Array.from({ length: 11 }, () => 1n), c("12") - 11n] as Credits[];
    const records = amounts.map((amount, i) => loanRecord(w, i + 1, { amount }));
    const made = await postRecorded(w, records, {
      lines: [{ service: records[0]!.service, quantity: 1 }],
      period: NOVEMBER,
    });
    const after = (await worth(w))[2]!;
    for (let i = 0; i < 11; i++) await refund(w, made, [i]);
    // 11 millionths given back: 10.9989 of them are RELIEF's.
    expect((await worth(w))[2]).to.equal(after + 10n);
  });
});
