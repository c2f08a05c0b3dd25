import { expect } from "chai";
import { RELIEF } from "../../support/compensation.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("attack: lending RELIEF what it gives away", () => {
  const world = useWorld();

  it("is refused: a pair could have it pay beyond its cash, and out of what others give it later", async () => {
    const w = world();
    await expect(w.bob.as.contracts.advances.advance(w.bob.id, RELIEF, c("100")))
      .to.be.revertedWithCustomError(w.advances, "AdvanceToRelief")
      .withArgs(w.bob.id);
    // Whoever wants it to have more can give.
    await w.fund(RELIEF, c("100"));
    expect((await w.ledger.account(RELIEF)).free).to.equal(c("100"));
  });
});
