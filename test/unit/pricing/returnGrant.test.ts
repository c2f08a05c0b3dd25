import { expect } from "chai";
import { COPY } from "../../support/consortium.ts";
import {
  NOVEMBER,
  fundGrant,
  moveTo,
  openGrant,
  openMonth,
  openRelief,
  postQuoted,
  publishBeside,
  some,
} from "../../support/pricing.ts";
import { c } from "../../support/statements.ts";
import { condition } from "../../support/conditions.ts";
import { useWorld } from "../../support/world.ts";

/** The first month in which nothing of November can be posted. */
const OVER = NOVEMBER + 4;

describe("Pricing.returnGrant", () => {
  const world = useWorld();

  it("refuses what is no grant", async () => {
    const w = world();
    const relief = await openRelief(w);
    await expect(w.pricing.returnGrant(relief, w.stranger.address))
      .to.be.revertedWithCustomError(w.pricing, "ReliefUnknown")
      .withArgs(relief);
  });

  it("waits until nothing more can be posted for its months", async () => {
    const w = world();
    const grant = await openGrant(w);
    await fundGrant(w, grant, c("5"));
    for (const month of [NOVEMBER, NOVEMBER + 1, NOVEMBER + 3]) {
      await moveTo(w, month);
      await expect(w.pricing.returnGrant(grant, w.stranger.address))
        .to.be.revertedWithCustomError(w.pricing, "GrantRunning")
        .withArgs(grant, OVER);
    }
    await moveTo(w, OVER);
    await w.pricing.returnGrant(grant, w.stranger.address);
  });

  it("pays a giver back out of what is set aside, whoever asks", async () => {
    const w = world();
    const grant = await openGrant(w);
    await fundGrant(w, grant, c("5"));
    const [backing, bonds] = [await w.ledger.backing(), await w.ledger.bonds()];
    await moveTo(w, OVER);
    await expect(w.pricing.connect(w.ada.key).returnGrant(grant, w.stranger.address))
      .to.emit(w.pricing, "GrantReturned")
      .withArgs(grant, w.stranger.address, c("5"))
      .and.to.emit(w.ledger, "PotReturned")
      .withArgs(w.stranger.address, c("5"));
    expect(await w.asset.balanceOf(w.stranger.address)).to.equal(c("5"));
    expect(await w.ledger.backing()).to.equal(backing - c("5"));
    expect(await w.ledger.bonds()).to.equal(bonds - c("5"));
    expect([...(await w.pricing.grantOf(grant))]).to.deep.equal([0n, 0n]);
  });

  it("pays nobody twice, nobody who gave nothing, and nothing of what is spent", async () => {
    const w = world();
    const [grant, spent] = [await openGrant(w), await openGrant(w, { service: COPY, share: 10_000 })];
    await fundGrant(w, grant, c("5"));
    await fundGrant(w, grant, c("5"), w.ada.key);
    await fundGrant(w, spent, c("5"));
    await openMonth(w, NOVEMBER);
    expect((await postQuoted(w, [some(1, COPY)])).relieved).to.equal(c("5"));
    await moveTo(w, OVER);
    await w.pricing.returnGrant(grant, w.stranger.address);
    for (const [of, giver] of [
      [grant, w.stranger.address],
      [grant, w.bob.key.address],
      [spent, w.stranger.address],
    ] as const) {
      await expect(w.pricing.returnGrant(of, giver))
        .to.be.revertedWithCustomError(w.pricing, "GrantNothingLeft")
        .withArgs(of, giver);
    }
    expect(await w.pricing.givenBy(grant, w.ada.key.address)).to.equal(c("5"));
  });

  describe("given several who gave", () => {
    const given = async (amounts: readonly bigint[], spent: bigint) => {
      const w = world();
      const service = 7;
      await publishBeside(w, [condition({ service, price: spent, fee: 0n })]);
      const grant = await openGrant(w, { service, share: 10_000 });
      const givers = [w.stranger, w.ada.key, w.eve.key].slice(0, amounts.length);
      for (const [index, giver] of givers.entries()) await fundGrant(w, grant, amounts[index] ?? 0n, giver);
      await openMonth(w, NOVEMBER);
      expect((await postQuoted(w, [some(1, service)])).relieved).to.equal(spent);
      await moveTo(w, OVER);
      const returned = [];
      for (const giver of givers) {
        const before = await w.asset.balanceOf(giver.address);
        await w.pricing.returnGrant(grant, giver.address);
        returned.push((await w.asset.balanceOf(giver.address)) - before);
      }
      expect([...(await w.pricing.grantOf(grant))]).to.deep.equal([0n, 0n]);
      return returned;
    };

    it("pays each in proportion", async () => {
      expect(await given([c("10"), c("20"), c("30")], c("30"))).to.deep.equal([c("5"), c("10"), c("15")]);
    });

    it("rounds down and gives the last the rest, so that nothing stays", async () => {
      expect(await given([10n, 10n, 10n], 10n)).to.deep.equal([6n, 7n, 7n]);
    });

    it("pays nothing to whose part is less than the least, and no less to the last", async () => {
      expect(await given([10n, 10n, 10n], 29n)).to.deep.equal([0n, 0n, 1n]);
    });

    it("bears the greatest amounts", async () => {
      const most = 2n ** 61n;
      expect(await given([most, most + 1n], 2n ** 47n)).to.deep.equal([
        most - 2n ** 46n,
        most + 1n - 2n ** 46n,
      ]);
    });
  });
});
