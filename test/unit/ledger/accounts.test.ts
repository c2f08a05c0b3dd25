import { expect } from "chai";
import { addMonths } from "../../../src/core/period.ts";
import { statementNumber } from "../../../src/core/ids.ts";
import { decayStanding } from "../../../src/core/standing.ts";
import { credits } from "../../../src/core/money.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { DUE, GROSS, bill, c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Ledger.touch", () => {
  const world = useWorld();

  for (const member of [0, 99]) {
    it(`refuses account ${member}`, async () => {
      const { ledger } = world();
      await expect(ledger.touch(member))
        .to.be.revertedWithCustomError(ledger, "LedgerMemberUnknown")
        .withArgs(member);
    });
  }

  it("changes nothing that counts, within a month or after it (invariant 3)", async () => {
    const w = world();
    await bill(w);
    for (let month = 0; month < 3; month++) {
      const before = await w.ledger.account(w.ada.id);
      await w.strange.ledger.touch(w.ada.id);
      expect(await w.ledger.account(w.ada.id)).to.deep.equal(before);
      await w.closeMonth();
    }
  });
});

describe("Ledger.sync", () => {
  const world = useWorld();

  for (const member of [0, 99]) {
    it(`refuses account ${member}`, async () => {
      const { ledger } = world();
      await expect(ledger.sync(member))
        .to.be.revertedWithCustomError(ledger, "LedgerMemberUnknown")
        .withArgs(member);
    });
  }

  it("copies months and tier, whoever calls, and moves no balance", async () => {
    const w = world();
    await bill(w);
    const before = await w.ledger.account(w.bob.id);
    await expect(w.strange.ledger.sync(w.bob.id))
      .to.emit(w.ledger, "AccountSynced")
      .withArgs(w.bob.id, OCTOBER, 0, OCTOBER, 1, 1, false);
    expect(await w.ledger.account(w.bob.id)).to.deep.equal(before);
  });

  it("opens an account for an applicant, who may hold cash and not take part", async () => {
    const w = world();
    const { isil } = await w.register.membership(w.ada.id);
    await w.strange.register.applyFor(isil, 1, 1, 1, 1, w.stranger.address);
    const applicant = await w.register.lastMember();
    await w.ledger.sync(applicant);
    await w.fund(Number(applicant) as never, c("100"));
    await expect(bill(w, { consumer: Number(applicant) as never }))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 1, 7n, applicant, 0n);
  });
});

describe("Ledger.account", () => {
  const world = useWorld();

  it("is empty of whom nobody knows", async () => {
    expect(await world().ledger.account(99)).to.deep.equal(Array.from({ length: 9 }, () => 0n));
  });

  it("settles a closed month without anybody touching it", async () => {
    const w = world();
    await bill(w);
    await w.closeMonth();
    const [ada, bob] = await Promise.all([w.ledger.account(w.ada.id), w.ledger.account(w.bob.id)]);
    expect([ada.position, ada.cash, ada.supplied, ada.free]).to.deep.equal([
      0n,
      c("100") + GROSS,
      0n,
      c("100") + GROSS,
    ]);
    expect([bob.position, bob.cash]).to.deep.equal([0n, c("1000") - DUE]);
  });

  it("lets what was supplied flow into standing at the close, and decay after", async () => {
    const w = world();
    await bill(w, { lines: loans(5) });
    expect((await w.ledger.account(w.ada.id)).standing).to.equal(0n);
    await w.closeMonth();
    expect((await w.ledger.account(w.ada.id)).standing).to.equal(5n * GROSS);
    await w.closeMonth();
    await w.closeMonth();
    const decayed = decayStanding(credits(5n * GROSS), 2);
    expect((await w.ledger.account(w.ada.id)).standing).to.equal(decayed);
    await bill(w, { number: statementNumber(2), period: addMonths(OCTOBER, 3) });
    await w.closeMonth();
    expect((await w.ledger.account(w.ada.id)).standing).to.equal(decayStanding(decayed, 1) + GROSS);
  });
});
