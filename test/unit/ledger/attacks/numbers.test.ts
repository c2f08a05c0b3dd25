import { expect } from "chai";
import { statementNumber } from "../../../../src/core/ids.ts";
import { bill, c, loans, packed, post } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";

const LAST = 2 ** 32 - 1;

describe("attack: burning numbers", () => {
  const world = useWorld();

  it("bricks nobody: after the last number every other one is free", async () => {
    const w = world();
    for (const number of [LAST, 0, 1, LAST - 1, 2 ** 31, 255, 256]) {
      expect(await w.ledger.numberUsed(w.ada.id, number)).to.equal(false);
      await bill(w, { number: statementNumber(number) });
      expect(await w.ledger.numberUsed(w.ada.id, number)).to.equal(true);
    }
  });

  it("spends exactly the numbers posted, however sparse", async () => {
    const w = world();
    const numbers = Array.from({ length: 40 }, (_, i) => (i * 104_729_001 + 7) % 2 ** 32);
    await post(
      w,
      await Promise.all(numbers.map((n) => packed(w, { number: statementNumber(n), lines: loans(0) }))),
    );
    for (const number of numbers) {
      expect(await w.ledger.numberUsed(w.ada.id, number), String(number)).to.equal(true);
      if (number > 0 && !numbers.includes(number - 1)) {
        expect(await w.ledger.numberUsed(w.ada.id, number - 1)).to.equal(false);
      }
    }
  });

  it("spends nobody else's: each supplier has its own", async () => {
    const w = world();
    await bill(w, { number: statementNumber(LAST) });
    expect(await w.ledger.numberUsed(w.bob.id, LAST)).to.equal(false);
    expect(await w.ledger.numberUsed(Number(w.ada.id) + 1, 0)).to.equal(false);
    await bill(w, { supplier: w.eve.id, number: statementNumber(LAST) });
    expect((await w.ledger.account(w.eve.id)).position).to.equal(c("12"));
  });

  it("spends no number of a statement that was skipped, in whatever word it lies", async () => {
    const w = world();
    const batch = [
      await packed(w, { number: statementNumber(5) }),
      await packed(w, { number: statementNumber(5_000), maximum: c("1") }),
      await packed(w, { number: statementNumber(6) }),
      await packed(w, { number: statementNumber(7), maximum: c("1") }),
      await packed(w, { number: statementNumber(5_001) }),
    ];
    await post(w, batch, { mode: "skip" });
    const used = await Promise.all([5, 5_000, 6, 7, 5_001].map((n) => w.ledger.numberUsed(w.ada.id, n)));
    expect(used).to.deep.equal([true, false, true, false, true]);
  });
});
