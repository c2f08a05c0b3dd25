import { expect } from "chai";
import { asDesk } from "../../support/desks.ts";
import { expectSound } from "../../support/soundness.ts";
import { DUE, bill, c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const NOBODY = 99;

/** Cash, advances and what is free. */
async function figures({ ledger }: World, member: number) {
  const { cash, advances, free } = await ledger.account(member);
  return [cash, advances, free];
}

describe("Ledger.lend", () => {
  const world = useWorld();

  it("moves free cash and not a millionth more, into an account that exists", async () => {
    const w = world();
    const desk = await asDesk(w, "advances");
    await bill(w);
    const free = c("1000") - DUE;
    await expect(desk.lend(w.bob.id, w.eve.id, free + 1n))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.bob.id, free + 1n, free);
    for (const [from, to] of [
      [NOBODY, w.eve.id],
      [w.bob.id, NOBODY],
    ] as const) {
      await expect(desk.lend(from, to, 0))
        .to.be.revertedWithCustomError(w.ledger, "LedgerMemberUnknown")
        .withArgs(NOBODY);
    }
    await expect(desk.lend(w.bob.id, w.eve.id, free))
      .to.emit(w.ledger, "AdvanceGiven")
      .withArgs(w.bob.id, w.eve.id, free);
    expect(await figures(w, w.bob.id)).to.deep.equal([DUE, 0n, 0n]);
    expect(await figures(w, w.eve.id)).to.deep.equal([free, free, 0n]);
  });

  it("makes no money where a desk lends an account to itself", async () => {
    const w = world();
    await (await asDesk(w, "advances")).lend(w.bob.id, w.bob.id, c("400"));
    expect(await figures(w, w.bob.id)).to.deep.equal([c("1000"), c("400"), c("600")]);
    await expectSound(w);
  });
});

describe("Ledger.takeBack", () => {
  const world = useWorld();

  it("takes no more than an account holds in advances, whatever the desk says", async () => {
    const w = world();
    const desk = await asDesk(w, "advances");
    await desk.lend(w.ada.id, w.bob.id, c("40"));
    await expect(desk.takeBack(w.ada.id, w.bob.id, c("40.000001"))).to.be.revertedWithPanic(0x11);
    await expect(desk.takeBack(w.ada.id, w.bob.id, c("40")))
      .to.emit(w.ledger, "AdvanceReturned")
      .withArgs(w.ada.id, w.bob.id, c("40"));
    expect(await figures(w, w.bob.id)).to.deep.equal([c("1000"), 0n, c("1000")]);
  });

  it("leaves debits and acknowledged debts what they need", async () => {
    const w = world();
    const desk = await asDesk(w, "advances");
    await desk.lend(w.bob.id, w.eve.id, c("10"));
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    await w.fund(w.eve.id, c("5"));
    await expect(desk.takeBack(w.bob.id, w.eve.id, c("2.740001")))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.eve.id, c("2.740001"), c("2.74"));
    await desk.takeBack(w.bob.id, w.eve.id, c("2.74"));
    await expectSound(w);
  });
});
