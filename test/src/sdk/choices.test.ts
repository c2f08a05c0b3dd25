import { expect } from "chai";
import { serviceId } from "../../../src/core/ids.ts";
import { addMonths } from "../../../src/core/period.ts";
import { readRegard, readServiceChoice, sendOffer, sendRegard, sendUse } from "../../../src/sdk/choices.ts";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const NOVEMBER = addMonths(OCTOBER, 1);

describe("a member's choices", () => {
  const world = useWorld();

  it("are everything at any price with everybody until it chooses", async () => {
    const { admin, bob, eve } = world();
    const choice = await readServiceChoice(admin, bob.id, serviceId(99), NOVEMBER);
    expect(choice).to.deep.equal({ service: 99, offers: true, uses: true });
    expect(await readRegard(admin, bob.id, eve.id, NOVEMBER)).to.equal("none");
  });

  it("hold back from next month on, and give way at once", async () => {
    const { admin, bob, eve } = world();
    await sendUse(bob.as, { member: bob.id, service: LOAN, uses: true, ceiling: c("11.5") });
    await sendOffer(bob.as, { member: bob.id, service: COPY, offers: false });
    await sendRegard(bob.as, { member: bob.id, partner: eve.id, regard: "refused" });
    const loan = (month: typeof OCTOBER) => readServiceChoice(admin, bob.id, LOAN, month);
    expect(await loan(OCTOBER)).to.deep.equal({ service: LOAN, offers: true, uses: true });
    expect((await loan(NOVEMBER)).ceiling).to.equal(c("11.5"));
    expect((await readServiceChoice(admin, bob.id, COPY, NOVEMBER)).offers).to.equal(false);
    expect(await readRegard(admin, bob.id, eve.id, OCTOBER)).to.equal("none");
    expect(await readRegard(admin, bob.id, eve.id, NOVEMBER)).to.equal("refused");

    await sendUse(bob.as, { member: bob.id, service: LOAN, uses: true });
    expect(await loan(NOVEMBER)).to.deep.equal({ service: LOAN, offers: true, uses: true });
    await sendUse(bob.as, { member: bob.id, service: LOAN, uses: false });
    expect((await loan(OCTOBER)).uses).to.equal(true);
    expect((await loan(NOVEMBER)).uses).to.equal(false);
  });

  it("are its own keys' alone", async () => {
    const { ada, bob } = world();
    const choice = { member: bob.id, service: LOAN, uses: false };
    await sendUse(ada.as, choice).then(
      () => expect.fail("a stranger chose"),
      (error: unknown) => expect(error).to.have.property("code", "RegisterRightMissing"),
    );
  });
});
