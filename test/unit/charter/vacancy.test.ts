import { expect } from "chai";
import { id } from "ethers";
import { BOOTSTRAP_ROLES, ROLES } from "../../../deploy/modules/roles.ts";
import { DAY } from "../../support/claims.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** A role that the deployment gives to nobody. */
const FREE = 77n;

/** A charter of the administrator's own. */
async function founded(w: World) {
  const [deployer] = await w.ethers.getSigners();
  const charter = await w.ethers.deployContract("Charter", [deployer, id("text")]);
  const at = { vacant: "vacantSeconds", holders: "holdersOf" } as const;
  return {
    born: await w.time.latest(),
    grant: (role: bigint, to: string, delay = 0) => charter.getFunction("grantRole")(role, to, delay),
    revoke: (role: bigint, from: string) => charter.getFunction("revokeRole")(role, from),
    vacant: async (role: bigint) => await charter.getFunction(at.vacant)(role),
    holders: async (role: bigint) => await charter.getFunction(at.holders)(role),
    setGrantDelay: (role: bigint, delay: number) => charter.getFunction("setGrantDelay")(role, delay),
    renounce: (role: bigint, signer: World["stranger"]) =>
      charter.connect(signer).getFunction("renounceRole")(role, signer.address),
    deployer: deployer!.address,
  };
}

describe("Charter.vacantSeconds and holdersOf", () => {
  const world = useWorld();

  it("counts a role that nobody ever held from the charter's birth on", async () => {
    const w = world();
    const { born, vacant, holders } = await founded(w);
    expect([await holders(FREE), await vacant(FREE)]).to.deep.equal([0n, 0n]);
    await w.time.increaseTo(born + 1_000);
    expect(await vacant(FREE)).to.equal(1_000n);
  });

  it("counts the administrator's role as held from birth", async () => {
    const w = world();
    const { vacant, holders } = await founded(w);
    await w.time.increase(DAY);
    expect([await holders(0n), await vacant(0n)]).to.deep.equal([1n, 0n]);
  });

  it("stops at the second of the grant, and starts at the second when the last has gone", async () => {
    const w = world();
    const { born, grant, revoke, vacant, holders } = await founded(w);
    await w.time.setNextBlockTimestamp(born + 100);
    await grant(FREE, w.stranger.address);
    await w.time.increaseTo(born + 1_000);
    expect([await holders(FREE), await vacant(FREE)]).to.deep.equal([1n, 100n]);
    await w.time.setNextBlockTimestamp(born + 2_000);
    await revoke(FREE, w.stranger.address);
    expect([await holders(FREE), await vacant(FREE)]).to.deep.equal([0n, 100n]);
    await w.time.increaseTo(born + 2_001);
    expect(await vacant(FREE)).to.equal(101n);
    await w.time.setNextBlockTimestamp(born + 2_050);
    await grant(FREE, w.ada.key.address);
    await w.time.increaseTo(born + 9_000);
    expect(await vacant(FREE)).to.equal(150n);
  });

  it("is vacant only when the last of several has gone", async () => {
    const w = world();
    const { grant, revoke, vacant, holders } = await founded(w);
    const keys = [w.stranger, w.ada.key, w.bob.key].map(({ address }) => address);
    for (const key of keys) await grant(FREE, key);
    const before = await vacant(FREE);
    expect(await holders(FREE)).to.equal(3n);
    for (const key of keys.slice(1)) await revoke(FREE, key);
    await w.time.increase(DAY);
    expect([await holders(FREE), await vacant(FREE)]).to.deep.equal([1n, before]);
    await revoke(FREE, keys[0]!);
    await w.time.increase(10);
    expect([await holders(FREE), await vacant(FREE)]).to.deep.equal([0n, before + 10n]);
  });

  it("counts one account once, however often it is granted or taken what it does not hold", async () => {
    const w = world();
    const { grant, revoke, holders } = await founded(w);
    await grant(FREE, w.stranger.address);
    await grant(FREE, w.stranger.address);
    await grant(FREE, w.stranger.address, 60);
    expect(await holders(FREE)).to.equal(1n);
    await revoke(FREE, w.ada.key.address);
    expect(await holders(FREE)).to.equal(1n);
    await revoke(FREE, w.stranger.address);
    await revoke(FREE, w.stranger.address);
    expect(await holders(FREE)).to.equal(0n);
  });

  it("begins when a holder renounces", async () => {
    const w = world();
    const { grant, renounce, vacant, holders } = await founded(w);
    await grant(FREE, w.stranger.address);
    const before = await vacant(FREE);
    await renounce(FREE, w.stranger);
    await w.time.increase(60);
    expect([await holders(FREE), await vacant(FREE)]).to.deep.equal([0n, before + 60n]);
  });

  it("counts a holder from its grant on, though it can act only later", async () => {
    const w = world();
    const { grant, setGrantDelay, vacant, holders } = await founded(w);
    await setGrantDelay(FREE, 10 * DAY);
    await w.time.increase(6 * DAY);
    await grant(FREE, w.stranger.address);
    const before = await vacant(FREE);
    await w.time.increase(DAY);
    expect([await holders(FREE), await vacant(FREE)]).to.deep.equal([1n, before]);
  });

  it("keeps every role apart", async () => {
    const w = world();
    const { grant, vacant } = await founded(w);
    await grant(FREE, w.stranger.address);
    const before = await vacant(FREE);
    await w.time.increase(60);
    expect((await vacant(FREE + 1n)) - before >= 60n).to.equal(true);
    expect(await vacant(FREE)).to.equal(before);
  });

  it("has a holder for every role of the deployment", async () => {
    const { charter } = world();
    for (const role of BOOTSTRAP_ROLES) expect(await charter.holdersOf(ROLES[role]), role).to.equal(1n);
  });
});
