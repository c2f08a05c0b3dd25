import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import { FAULT, c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const NOVEMBER = addMonths(OCTOBER, 1);
const NONE = [FAULT.None, 0n, 0n];
const REFUSED = 2;

describe("Register.refusal", () => {
  const world = useWorld();

  /** What stands against bob drawing loans and copies from ada in November, at these prices. */
  const refusal = async (loan: bigint = c("12"), copy: bigint = c("5"), month: number = NOVEMBER) => {
    const { register, ada, bob } = world();
    return [...(await register.refusal(ada.id, bob.id, month, [LOAN, COPY], [loan, copy]))];
  };

  it("is none between two that chose nothing, of nothing, and before a choice binds", async () => {
    const { register, ada, bob } = world();
    expect(await refusal()).to.deep.equal(NONE);
    await bob.as.contracts.register.chooseUse(bob.id, LOAN, false, 0);
    expect([...(await register.refusal(ada.id, bob.id, NOVEMBER, [], []))]).to.deep.equal(NONE);
    expect(await refusal(c("12"), c("5"), OCTOBER)).to.deep.equal(NONE);
  });

  it("names whose choice it is, and the service", async () => {
    const { ada, bob } = world();
    await bob.as.contracts.register.chooseUse(bob.id, COPY, false, 0);
    expect(await refusal()).to.deep.equal([FAULT.ServiceDeclined, BigInt(COPY), BigInt(bob.id)]);
    await ada.as.contracts.register.chooseOffer(ada.id, LOAN, false);
    expect(await refusal()).to.deep.equal([FAULT.ServiceDeclined, BigInt(LOAN), BigInt(ada.id)]);
    await bob.as.contracts.register.chooseRegard(bob.id, ada.id, REFUSED);
    expect(await refusal()).to.deep.equal([FAULT.PartnerRefused, BigInt(bob.id), BigInt(ada.id)]);
    await ada.as.contracts.register.chooseRegard(ada.id, bob.id, REFUSED);
    expect(await refusal()).to.deep.equal([FAULT.PartnerRefused, BigInt(ada.id), BigInt(bob.id)]);
  });

  it("holds a ceiling against the price it was asked about, each service for itself", async () => {
    const { bob, time } = world();
    await bob.as.contracts.register.chooseUse(bob.id, COPY, true, c("5"));
    expect(await refusal(c("12"), c("5"))).to.deep.equal(NONE);
    expect(await refusal(c("12"), c("5.000001"))).to.deep.equal([
      FAULT.CeilingExceeded,
      BigInt(COPY),
      c("5"),
    ]);
    await time.increaseTo(periodStart(NOVEMBER));
    await bob.as.contracts.register.chooseUse(bob.id, COPY, true, 2n ** 64n - 1n);
    expect(await refusal(2n ** 255n, 2n ** 255n)).to.deep.equal(NONE);
  });
});
