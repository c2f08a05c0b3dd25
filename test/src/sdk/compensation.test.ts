import { expect } from "chai";
import { RELIEF } from "../../../src/core/ids.ts";
import { addMonths } from "../../../src/core/period.ts";
import { readAccount } from "../../../src/sdk/accounts.ts";
import * as compensation from "../../../src/sdk/compensation.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { bill, c, GROSS } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const NOVEMBER = addMonths(OCTOBER, 1);

describe("compensation", () => {
  const world = useWorld();

  it("is told from the naming to the payment and to what nobody drew", async () => {
    const w = world();
    const [founder] = await w.ethers.getSigners();
    await (await w.charter.grantRole(8, founder!, 0)).wait();
    await w.fund(RELIEF, c("100"));
    const named = [w.ada, w.bob].map(({ id }) => ({ member: id, rate: 2_500, cap: c("40") }));
    await compensation.sendCompensationNaming(w.admin, { period: NOVEMBER, members: named });
    expect((await readAccount(w.admin, RELIEF)).cash).to.equal(c("20"));
    const ada = { member: w.ada.id, period: NOVEMBER };
    expect(await compensation.readNamed(w.admin, ada)).to.deep.equal(named[0]);
    await w.closeMonth();
    await bill(w, { period: NOVEMBER });
    await w.closeMonth();

    const { amount, net } = await compensation.sendCompensation(w.admin, ada);
    expect([amount, net]).to.deep.equal([GROSS / 4n, GROSS]);
    expect(await compensation.readNamed(w.admin, ada)).to.equal(undefined);
    const bob = { member: w.bob.id, period: NOVEMBER };
    for (let month = 0; month < 12; month++) await w.closeMonth();
    await compensation.sendCompensationLapse(w.admin, bob);
    const rows = await compensation.listCompensation(w.admin);
    expect(rows.map(({ member, standing, paid, net: own }) => [member, standing, paid, own])).to.deep.equal([
      [w.ada.id, "paid", GROSS / 4n, GROSS],
      [w.bob.id, "lapsed", c("0"), undefined],
    ]);
    expect((await readAccount(w.admin, RELIEF)).cash).to.equal(c("100") - amount);
  });
});
