import { expect } from "chai";
import { id as hashOf } from "ethers";
import { batchRoot } from "../../../src/core/batch.ts";
import { hash } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { periodEnd } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { asDesk } from "../../support/desks.ts";
import { no } from "../../support/desk-records.ts";
import { expectSound } from "../../support/soundness.ts";
import { FAULT, bill, c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const DIGEST = hash(hashOf("a claim"));
const NOBODY = 99;

/** Position, cash, supplied and debts. */
async function figures({ ledger }: World, member: number) {
  const { position, cash, supplied, debts } = await ledger.account(member);
  return [position, cash, supplied, debts];
}

describe("Ledger.CLAIMS, REVERSALS and ADVANCES", () => {
  const world = useWorld();

  it("are the desks it was founded with", async () => {
    const { ledger, deployment } = world();
    expect(await ledger.CLAIMS()).to.equal(deployment.claims);
    expect(await ledger.REVERSALS()).to.equal(deployment.reversals);
    expect(await ledger.ADVANCES()).to.equal(deployment.advances);
  });
});

describe("Ledger.lockBond", () => {
  const world = useWorld();

  it("spends the number and moves free cash into the bonds; the backing stays", async () => {
    const w = world();
    const desk = await asDesk(w, "claims");
    await expect(desk.lockBond(w.ada.id, 513, c("30")))
      .to.emit(w.ledger, "BondLocked")
      .withArgs(w.ada.id, 513, c("30"));
    expect(await figures(w, w.ada.id)).to.deep.equal([0n, c("70"), 0n, 0n]);
    expect([await w.ledger.bonds(), await w.ledger.backing()]).to.deep.equal([c("30"), c("1100")]);
    const used = await Promise.all([512, 513, 514].map((n) => w.ledger.numberUsed(w.ada.id, n)));
    expect(used).to.deep.equal([false, true, false]);
    await expectSound(w);
  });

  it("takes all that is free and not a millionth more", async () => {
    const w = world();
    const desk = await asDesk(w, "claims");
    await expect(desk.lockBond(w.ada.id, 1, c("100.000001")))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.ada.id, c("100.000001"), c("100"));
    await desk.lockBond(w.ada.id, 1, c("100"));
    await expect(desk.lockBond(w.ada.id, 2, 1))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.ada.id, 1, 0);
    await desk.lockBond(w.ada.id, 2, 0);
    await expectSound(w);
  });

  it("counts an open debit as taken, and an open credit as not there yet", async () => {
    const w = world();
    const desk = await asDesk(w, "claims");
    await bill(w);
    await expect(desk.lockBond(w.bob.id, 1, c("987.740001"))).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerNotFree",
    );
    await desk.lockBond(w.bob.id, 1, c("987.74"));
    await expect(desk.lockBond(w.ada.id, 2, c("100.000001"))).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerNotFree",
    );
    await expectSound(w);
  });

  it("rolls the account first: what was earned in a closed month is free", async () => {
    const w = world();
    const desk = await asDesk(w, "claims");
    await bill(w);
    await w.closeMonth();
    await desk.lockBond(w.ada.id, 2, c("112"));
    expect(await figures(w, w.ada.id)).to.deep.equal([0n, 0n, 0n, 0n]);
    await expectSound(w);
  });

  it("refuses a number that was used, and a member that nobody knows", async () => {
    const w = world();
    const desk = await asDesk(w, "claims");
    await bill(w, { number: no(5) });
    await desk.lockBond(w.ada.id, 6, 0);
    for (const number of [5, 6]) {
      await expect(desk.lockBond(w.ada.id, number, 0))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, number, FAULT.NumberUsed, number, 0);
    }
    await expect(desk.lockBond(NOBODY, 1, 0))
      .to.be.revertedWithCustomError(w.ledger, "LedgerMemberUnknown")
      .withArgs(NOBODY);
  });

  it("waits for a pause and for a close that is due", async () => {
    const w = world();
    const desk = await asDesk(w, "claims");
    await w.ledger.pausePosting(60);
    await expect(desk.lockBond(w.ada.id, 1, 0)).to.be.revertedWithCustomError(w.ledger, "LedgerPaused");
    await w.time.increaseTo(periodEnd(OCTOBER));
    await expect(desk.lockBond(w.ada.id, 1, 0))
      .to.be.revertedWithCustomError(w.ledger, "LedgerCloseDue")
      .withArgs(OCTOBER);
  });
});

describe("Ledger.releaseBond", () => {
  const world = useWorld();

  it("pays it into any account as settled cash, while posting is paused and a close is due too", async () => {
    const w = world();
    const desk = await asDesk(w, "claims");
    await desk.lockBond(w.ada.id, 1, c("30"));
    await w.time.increaseTo(periodEnd(OCTOBER));
    await w.ledger.pausePosting(60);
    await expect(desk.releaseBond(w.ada.id, c("10")))
      .to.emit(w.ledger, "BondReleased")
      .withArgs(w.ada.id, c("10"));
    await desk.releaseBond(1, c("20"));
    expect((await w.ledger.account(w.ada.id)).free).to.equal(c("80"));
    expect((await w.ledger.account(1)).free).to.equal(c("20"));
    expect([await w.ledger.bonds(), await w.ledger.backing()]).to.deep.equal([0n, c("1100")]);
    await expectSound(w);
  });

  it("pays no more than there are bonds, and nobody unknown", async () => {
    const w = world();
    const desk = await asDesk(w, "claims");
    await desk.lockBond(w.ada.id, 1, c("30"));
    await expect(desk.releaseBond(w.bob.id, c("30.000001"))).to.be.revertedWithPanic(0x11);
    await expect(desk.releaseBond(NOBODY, c("1")))
      .to.be.revertedWithCustomError(w.ledger, "LedgerMemberUnknown")
      .withArgs(NOBODY);
  });

  it("leaves debts alone: what comes back is there to pay them, by anyone's call", async () => {
    const w = world();
    const desk = await asDesk(w, "claims");
    await w.fund(w.eve.id, c("5"));
    await desk.lockBond(w.eve.id, 1, c("5"));
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    await desk.releaseBond(w.eve.id, c("5"));
    const { cash, free, room, debts } = await w.ledger.account(w.eve.id);
    expect([cash, free, room, debts]).to.deep.equal([c("5"), 0n, 0n, c("12.26")]);
    await w.strange.ledger.payDebt(w.eve.id, w.ada.id);
    expect((await w.ledger.account(w.eve.id)).debts).to.equal(c("7.26"));
    await expectSound(w);
  });
});

describe("Ledger.charge", () => {
  const world = useWorld();
  const charge = async (w: World, gross: string, fee: string, consumer: number = w.bob.id) =>
    (await asDesk(w, "claims")).charge(w.ada.id, consumer, DIGEST, c(gross), c(fee));

  it("debits the consumer, credits supplier and COMMONS, and stores a batch of one", async () => {
    const w = world();
    const root = batchRoot([
      { digest: DIGEST, gross: c("24"), fee: c("0.5"), acknowledged: c("0"), relieved: c("0") },
    ]);
    const desk = await asDesk(w, "claims");
    expect(await desk.charge.staticCall(w.ada.id, w.bob.id, DIGEST, c("24"), c("0.5"))).to.equal(0n);
    await expect(charge(w, "24", "0.5"))
      .to.emit(w.ledger, "ClaimCharged")
      .withArgs(w.ada.id, w.bob.id, root, c("24"), c("0.5"));
    expect(await figures(w, w.ada.id)).to.deep.equal([c("24"), c("100"), c("24"), 0n]);
    expect(await figures(w, w.bob.id)).to.deep.equal([-c("24.5"), c("1000"), 0n, 0n]);
    expect(await figures(w, 1)).to.deep.equal([c("0.5"), 0n, 0n, 0n]);
    const { supplier, period, postedAt } = await w.ledger.batchOf(root);
    expect([supplier, period, postedAt]).to.deep.equal([
      BigInt(w.ada.id),
      BigInt(OCTOBER),
      BigInt(await w.time.latest()),
    ]);
    await expectSound(w);
  });

  // The fee is paid last.
  for (const [room, gross, fee, grossOwed, feeOwed] of [
    ["11", "9", "2", "0", "0"],
    ["10.999999", "9", "2", "0", "0.000001"],
    ["9", "9", "2", "0", "2"],
    ["8.999999", "9", "2", "0.000001", "2"],
    ["0", "9", "2", "9", "2"],
    ["1", "0", "2", "0", "1"],
    ["1", "9", "0", "8", "0"],
  ] as const) {
    it(`charges ${gross} and ${fee} where there is room for ${room}: ${grossOwed} and ${feeOwed} are owed`, async () => {
      const w = world();
      if (room !== "0") await w.fund(w.eve.id, c(room));
      await charge(w, gross, fee, w.eve.id);
      expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(c(grossOwed));
      expect(await w.ledger.debtOf(w.eve.id, 1)).to.equal(c(feeOwed));
      const paid = c(gross) - c(grossOwed);
      expect(await figures(w, w.ada.id)).to.deep.equal([paid, c("100"), paid, 0n]);
      expect((await w.ledger.account(1)).position).to.equal(c(fee) - c(feeOwed));
      const acknowledged = credits(c(grossOwed) + c(feeOwed));
      const leaf = { digest: DIGEST, gross: c(gross), fee: c(fee), acknowledged, relieved: c("0") };
      expect((await w.ledger.batchOf(batchRoot([leaf]))).supplier).to.equal(BigInt(w.ada.id));
      const { indebtedSince } = await w.ledger.account(w.eve.id);
      expect(indebtedSince).to.equal(acknowledged === 0n ? 0n : BigInt(await w.time.latest()));
      await expectSound(w);
    });
  }

  it("owes all of it where the consumer is in debt already, whatever it holds", async () => {
    const w = world();
    await charge(w, "9", "2", w.eve.id);
    await w.fund(w.eve.id, c("11"));
    await charge(w, "5", "1", w.eve.id);
    expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(c("14"));
    expect(await figures(w, w.eve.id)).to.deep.equal([0n, c("11"), 0n, c("17")]);
    await expectSound(w);
  });

  it("refuses members that nobody knows", async () => {
    const w = world();
    const desk = await asDesk(w, "claims");
    for (const [supplier, consumer] of [
      [NOBODY, w.bob.id],
      [w.ada.id, NOBODY],
    ] as const) {
      await expect(desk.charge(supplier, consumer, DIGEST, 1, 0))
        .to.be.revertedWithCustomError(w.ledger, "LedgerMemberUnknown")
        .withArgs(NOBODY);
    }
  });
});

describe("Ledger.giveBack", () => {
  const world = useWorld();
  const giveBack = async (
    w: World,
    amount: string,
    supplier: number = w.ada.id,
    consumer: number = w.bob.id,
  ) => (await asDesk(w, "reversals")).giveBack(supplier, consumer, c(amount));

  it("moves it back and takes it off what was supplied", async () => {
    const w = world();
    await bill(w);
    await expect(giveBack(w, "5")).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, w.bob.id, c("5"));
    expect(await figures(w, w.ada.id)).to.deep.equal([c("7"), c("100"), c("7"), 0n]);
    expect(await figures(w, w.bob.id)).to.deep.equal([-c("7.26"), c("1000"), 0n, 0n]);
    await expectSound(w);
  });

  it("reaches into cash, and what was supplied does not go below nothing", async () => {
    const w = world();
    await bill(w);
    await giveBack(w, "40");
    expect(await figures(w, w.ada.id)).to.deep.equal([-c("28"), c("100"), 0n, 0n]);
    await expectSound(w);
  });

  it("owes what exceeds the room, to the millionth", async () => {
    const w = world();
    await giveBack(w, "100");
    expect((await w.ledger.account(w.ada.id)).debts).to.equal(0n);
    await expect(giveBack(w, "0.000001"))
      .to.emit(w.ledger, "DebtAcknowledged")
      .withArgs(w.ada.id, w.bob.id, 1n);
    expect(await figures(w, w.ada.id)).to.deep.equal([-c("100"), c("100"), 0n, 1n]);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(c("100"));
    await expectSound(w);
  });

  it("gives back nothing at all, and says so", async () => {
    const w = world();
    await expect(giveBack(w, "0")).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, w.bob.id, 0);
    await expectSound(w);
  });

  it("refuses members that nobody knows, and waits for a pause", async () => {
    const w = world();
    for (const [supplier, consumer] of [
      [NOBODY, w.bob.id],
      [w.ada.id, NOBODY],
    ] as const) {
      await expect(giveBack(w, "1", supplier, consumer))
        .to.be.revertedWithCustomError(w.ledger, "LedgerMemberUnknown")
        .withArgs(NOBODY);
    }
    await w.ledger.pausePosting(60);
    await expect(giveBack(w, "1")).to.be.revertedWithCustomError(w.ledger, "LedgerPaused");
  });
});
