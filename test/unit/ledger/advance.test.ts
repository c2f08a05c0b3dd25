import { expect } from "chai";
import { DUE, bill, c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Advances.advance", () => {
  const world = useWorld();

  it("refuses a stranger, a key without cash or without countersign, and the member itself", async () => {
    const { advances, bob, eve, strange, stranger } = world();
    for (const missing of [8, 2]) {
      await bob.as.contracts.register.setKey(bob.id, stranger.address, 63 - missing);
      await expect(strange.advances.advance(bob.id, eve.id, 1))
        .to.be.revertedWithCustomError(advances, "DeskRightMissing")
        .withArgs(bob.id, stranger.address, 10);
    }
    await expect(eve.as.contracts.advances.advance(bob.id, eve.id, 1)).to.be.revertedWithCustomError(
      advances,
      "DeskRightMissing",
    );
  });

  it("refuses nothing, itself and whom nobody knows", async () => {
    const { advances, ledger, bob, eve } = world();
    const mine = bob.as.contracts.advances;
    await expect(mine.advance(bob.id, eve.id, 0)).to.be.revertedWithCustomError(
      advances,
      "AdvanceAmountZero",
    );
    await expect(mine.advance(bob.id, bob.id, 1))
      .to.be.revertedWithCustomError(advances, "AdvanceToSelf")
      .withArgs(bob.id);
    await expect(mine.advance(bob.id, 99, 1))
      .to.be.revertedWithCustomError(ledger, "LedgerMemberUnknown")
      .withArgs(99);
  });

  it("refuses more than the sponsor has free", async () => {
    const w = world();
    await bill(w);
    await expect(w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("987.740001")))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.bob.id, c("987.740001"), c("1000") - DUE);
  });

  it("moves the sponsor's cash into the member's account, to be spent and not withdrawn", async () => {
    const w = world();
    const backing = await w.ledger.backing();
    await expect(w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("100")))
      .to.emit(w.ledger, "AdvanceGiven")
      .withArgs(w.bob.id, w.eve.id, c("100"));
    const { cash, room, free, advances } = await w.ledger.account(w.eve.id);
    expect([cash, room, free, advances]).to.deep.equal([c("100"), c("100"), 0n, c("100")]);
    expect((await w.ledger.account(w.bob.id)).cash).to.equal(c("900"));
    expect(await w.advances.advanceOf(w.bob.id, w.eve.id)).to.equal(c("100"));
    expect(await w.ledger.backing()).to.equal(backing);
    await bill(w, { consumer: w.eve.id });
    expect((await w.ledger.account(w.eve.id)).position).to.equal(-DUE);
  });

  it("adds up over several, and over several sponsors", async () => {
    const w = world();
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("10"));
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("5"));
    await w.ada.as.contracts.advances.advance(w.ada.id, w.eve.id, c("7"));
    expect(await w.advances.advanceOf(w.bob.id, w.eve.id)).to.equal(c("15"));
    expect(await w.advances.advanceOf(w.ada.id, w.eve.id)).to.equal(c("7"));
    expect((await w.ledger.account(w.eve.id)).advances).to.equal(c("22"));
  });
});

describe("Advances.recallAdvance", () => {
  const world = useWorld();

  it("refuses a stranger, and the member's own key", async () => {
    const { advances, bob, eve, strange, stranger } = world();
    await expect(strange.advances.recallAdvance(bob.id, eve.id, 1))
      .to.be.revertedWithCustomError(advances, "DeskRightMissing")
      .withArgs(bob.id, stranger.address, 8);
    await expect(eve.as.contracts.advances.recallAdvance(bob.id, eve.id, 1)).to.be.revertedWithCustomError(
      advances,
      "DeskRightMissing",
    );
  });

  it("refuses nothing", async () => {
    const { advances, bob, eve } = world();
    await expect(bob.as.contracts.advances.recallAdvance(bob.id, eve.id, 0)).to.be.revertedWithCustomError(
      advances,
      "AdvanceAmountZero",
    );
  });

  it("takes back what was advanced and no more", async () => {
    const w = world();
    const mine = w.bob.as.contracts.advances;
    await w.fund(w.eve.id, c("50"));
    await mine.advance(w.bob.id, w.eve.id, c("100"));
    await expect(mine.recallAdvance(w.bob.id, w.eve.id, c("100.000001")))
      .to.be.revertedWithCustomError(w.advances, "AdvanceExceeded")
      .withArgs(w.bob.id, w.eve.id, c("100.000001"), c("100"));
    await expect(mine.recallAdvance(w.bob.id, w.eve.id, c("100")))
      .to.emit(w.ledger, "AdvanceReturned")
      .withArgs(w.bob.id, w.eve.id, c("100"));
    const { cash, free, advances } = await w.ledger.account(w.eve.id);
    expect([cash, free, advances]).to.deep.equal([c("50"), c("50"), 0n]);
    expect((await w.ledger.account(w.bob.id)).cash).to.equal(c("1000"));
  });

  it("takes back what is not spent, leaving what the open month debited", async () => {
    const w = world();
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("100"));
    await bill(w, { consumer: w.eve.id, lines: loans(2) });
    await expect(w.bob.as.contracts.advances.recallAdvance(w.bob.id, w.eve.id, c("76")))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.eve.id, c("76"), c("100") - 2n * DUE);
    await w.bob.as.contracts.advances.recallAdvance(w.bob.id, w.eve.id, c("75.48"));
    const { position, cash } = await w.ledger.account(w.eve.id);
    expect(position + cash).to.equal(0n);
  });

  it("recalls from no one else's advance", async () => {
    const w = world();
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("100"));
    await expect(w.ada.as.contracts.advances.recallAdvance(w.ada.id, w.eve.id, 1))
      .to.be.revertedWithCustomError(w.advances, "AdvanceExceeded")
      .withArgs(w.ada.id, w.eve.id, 1n, 0n);
  });

  it("leaves acknowledged debts their cash", async () => {
    const w = world();
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("10"));
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    await w.fund(w.eve.id, c("5"));
    // 15 cash − 10 debited − 2.26 owed.
    await expect(w.bob.as.contracts.advances.recallAdvance(w.bob.id, w.eve.id, c("3")))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.eve.id, c("3"), c("2.74"));
  });
});

describe("Advances.repayAdvance", () => {
  const world = useWorld();

  it("refuses a stranger, and the sponsor's own key", async () => {
    const { advances, bob, eve, strange, stranger } = world();
    await expect(strange.advances.repayAdvance(eve.id, bob.id, 1))
      .to.be.revertedWithCustomError(advances, "DeskRightMissing")
      .withArgs(eve.id, stranger.address, 8);
    await expect(bob.as.contracts.advances.repayAdvance(eve.id, bob.id, 1)).to.be.revertedWithCustomError(
      advances,
      "DeskRightMissing",
    );
  });

  it("pays back from deposits, in parts, and frees the rest", async () => {
    const w = world();
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("100"));
    await w.fund(w.eve.id, c("30"));
    await expect(w.eve.as.contracts.advances.repayAdvance(w.eve.id, w.bob.id, c("60")))
      .to.emit(w.ledger, "AdvanceReturned")
      .withArgs(w.bob.id, w.eve.id, c("60"));
    const { cash, free, advances } = await w.ledger.account(w.eve.id);
    expect([cash, free, advances]).to.deep.equal([c("70"), c("30"), c("40")]);
  });

  it("pays back from earnings once their month is closed", async () => {
    const w = world();
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("12.26"));
    await bill(w, { consumer: w.eve.id });
    await bill(w, { supplier: w.eve.id, lines: loans(2) });
    await expect(w.eve.as.contracts.advances.repayAdvance(w.eve.id, w.bob.id, c("12.26"))).not.to.be.revert(
      w.ethers,
    );
    await w.closeMonth();
    const { cash, free } = await w.ledger.account(w.eve.id);
    expect([cash, free]).to.deep.equal([c("11.74"), c("11.74")]);
  });
});
