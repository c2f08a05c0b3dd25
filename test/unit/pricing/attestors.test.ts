import { expect } from "chai";
import type { ResourceId } from "../../../src/core/ids.ts";
import { COPY, LOAN } from "../../support/consortium.ts";
import { packLines, some } from "../../support/pricing.ts";
import { useWorld } from "../../support/world.ts";

describe("Pricing.accredit", () => {
  const world = useWorld();

  it("refuses who is no registrar", async () => {
    const { pricing, stranger } = world();
    await expect(pricing.connect(stranger).accredit(stranger.address, LOAN, true))
      .to.be.revertedWithCustomError(pricing, "AccessManagedUnauthorized")
      .withArgs(stranger.address);
  });

  it("accredits one key for one service, and takes it back", async () => {
    const { pricing, stranger, ada } = world();
    const key = stranger.address;
    await expect(pricing.accredit(key, 257, true))
      .to.emit(pricing, "AttestorAccredited")
      .withArgs(key, 257, true);
    expect(await pricing.isAccredited(key, 257)).to.equal(true);
    for (const service of [1, 256, 258, 513]) {
      expect(await pricing.isAccredited(key, service)).to.equal(false);
    }
    expect(await pricing.isAccredited(ada.key.address, 257)).to.equal(false);
    await expect(pricing.accredit(key, 257, false))
      .to.emit(pricing, "AttestorAccredited")
      .withArgs(key, 257, false);
    expect(await pricing.isAccredited(key, 257)).to.equal(false);
  });

  it("takes back one service and leaves the others", async () => {
    const { pricing, stranger } = world();
    for (const service of [LOAN, COPY]) await pricing.accredit(stranger.address, service, true);
    await pricing.accredit(stranger.address, LOAN, false);
    expect(await pricing.isAccredited(stranger.address, COPY)).to.equal(true);
  });
});

describe("Pricing.unaccredited", () => {
  const world = useWorld();

  it("names the first service of the lines that a key may not attest, short lines or long", async () => {
    const { pricing, stranger } = world();
    const resource = 7 as ResourceId;
    const asked = async (...lines: Parameters<typeof packLines>[0]) => {
      const { lines: packed, lineSize } = packLines(lines);
      return Number(await pricing.unaccredited(stranger.address, packed, lineSize));
    };
    expect(await asked(some(1))).to.equal(LOAN);
    await pricing.accredit(stranger.address, LOAN, true);
    expect(await asked(some(1), some(2))).to.equal(0);
    expect(await asked(some(1), some(1, COPY), some(1, 300))).to.equal(COPY);
    expect(await asked({ ...some(1), resource }, { ...some(1, 300), resource })).to.equal(300);
    expect(await asked()).to.equal(0);
  });
});
