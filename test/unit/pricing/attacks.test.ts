import { expect } from "chai";
import { MaxUint256, ZeroHash } from "ethers";
import { RELIEF, serviceId, statementNumber } from "../../../src/core/ids.ts";
import { ROLES } from "../../../deploy/modules/roles.ts";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import { condition } from "../../support/conditions.ts";
import {
  NOVEMBER,
  asAuthority,
  fundGrant,
  moveTo,
  openGrant,
  openMonth,
  openRelief,
  packLines,
  publishBeside,
  quoteOf,
  some,
  termsOf,
} from "../../support/pricing.ts";
import { bill, c, packed, post } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const WEEK = 7 * 86_400;

describe("attack: on reliefs and grants", () => {
  const world = useWorld();

  it("many statements in one batch do not pass a cap, nor do more months of posting", async () => {
    const w = world();
    const relief = await openRelief(w, { memberCap: c("20"), cap: c("31") });
    await w.fund(RELIEF, c("1000"));
    await w.fund(w.eve.id, c("1000"));
    await openMonth(w, NOVEMBER);
    const batch = async (first: number) =>
      Promise.all(
        [w.bob, w.eve, w.bob, w.eve, w.bob, w.eve, w.bob].map(({ id: consumer }, index) =>
          packed(w, { consumer, period: NOVEMBER, number: statementNumber(first + index) }),
        ),
      );
    await post(w, await batch(1));
    await openMonth(w, NOVEMBER + 2);
    await post(w, await batch(100));
    const paid = (member: number) => w.pricing.relieved(relief, member, NOVEMBER).then((found) => [...found]);
    expect(await paid(w.bob.id)).to.deep.equal([c("18"), c("31")]);
    expect(await paid(w.eve.id)).to.deep.equal([c("13"), c("31")]);
    expect((await w.ledger.account(RELIEF)).room).to.equal(c("969"));
  });

  it("many small lines get no more relief than one large one, and never more than their share", async () => {
    const w = world();
    const service = serviceId(7);
    await publishBeside(w, [condition({ service, price: 3n, fee: 0n })]);
    await openRelief(w, { service, share: 3_333 });
    const many = await quoteOf(w, Array(255).fill(some(1, service)));
    const one = await quoteOf(w, [some(255, service)]);
    expect([many.gross, many.relieved]).to.deep.equal([765n, 0n]);
    expect([one.gross, one.relieved]).to.deep.equal([765n, 254n]);
  });

  it("a statement that is skipped uses up nothing", async () => {
    const w = world();
    const relief = await openRelief(w, { cap: c("6") });
    await w.fund(RELIEF, c("1000"));
    await openMonth(w, NOVEMBER);
    const [unsigned, signed] = [
      await packed(w, { period: NOVEMBER, number: statementNumber(1) }, w.stranger),
      await packed(w, { period: NOVEMBER, number: statementNumber(2) }),
    ];
    await post(w, [unsigned, signed], { mode: "skip" });
    expect([...(await w.pricing.relieved(relief, w.bob.id, NOVEMBER))]).to.deep.equal([c("6"), c("6")]);
    expect((await w.ledger.account(RELIEF)).room).to.equal(c("994"));
  });

  it("RELIEF's own keys cannot draw what was given for grants", async () => {
    const w = world();
    const key = w.stranger;
    await w.register.appoint(RELIEF, key.address, 63, key.address);
    const grant = await openGrant(w);
    await fundGrant(w, grant, c("50"), w.ada.key);
    await w.fund(RELIEF, c("7"));
    await w.strange.ledger.announceWithdrawal(RELIEF, c("57"));
    await w.time.increase(WEEK);
    await w.strange.ledger.withdraw(RELIEF);
    expect(await w.asset.balanceOf(key.address)).to.equal(c("7"));
    expect(await w.ledger.bonds()).to.equal(c("50"));
  });

  it("nobody but the desks reaches the pot", async () => {
    const w = world();
    await fundGrant(w, await openGrant(w), c("50"), w.ada.key);
    await w.charter.grantRole(ROLES.treasurer, w.stranger.address, 0);
    for (const call of [
      w.strange.ledger.returnPot.staticCall(w.stranger.address, 1),
      w.strange.ledger.emptyPot.staticCall(w.bob.id, 1),
      w.strange.ledger.fillPot.staticCall(1),
    ]) {
      await expect(call)
        .to.be.revertedWithCustomError(w.ledger, "LedgerDeskOnly")
        .withArgs(w.stranger.address);
    }
  });

  it("a grant is not returned while a month of its can still be posted, nor spent after it was", async () => {
    const w = world();
    const grant = await openGrant(w, { share: 10_000 });
    await fundGrant(w, grant, c("50"));
    await openMonth(w, NOVEMBER + 3);
    await bill(w, { period: NOVEMBER, number: statementNumber(1) });
    expect((await w.pricing.grantOf(grant)).balance).to.equal(c("38"));
    await openMonth(w, NOVEMBER + 4);
    await w.pricing.returnGrant(grant, w.stranger.address);
    await expect(bill(w, { period: NOVEMBER, number: statementNumber(2) })).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerStatementFault",
    );
    expect(await w.ledger.bonds()).to.equal(0n);
  });

  it("an authority that floods a service's list with grants leaves half of it to the Board", async () => {
    const w = world();
    const authority = await asAuthority(w);
    const flood = () => authority.openGrant(termsOf({ service: 0, until: NOVEMBER }), [], ZeroHash);
    for (let count = 0; count < 4; ++count) await flood();
    await expect(flood()).to.be.revertedWithCustomError(w.pricing, "ReliefTooMany").withArgs(0, 4);
    for (let count = 0; count < 4; ++count) await openRelief(w, { service: 0, until: NOVEMBER });
    await expect(w.pricing.relieve(termsOf({ service: 0 })))
      .to.be.revertedWithCustomError(w.pricing, "ReliefTooMany")
      .withArgs(0, 8);
    const relief = await openRelief(w);
    expect((await quoteOf(w, [some(1, COPY)])).relieved).to.equal(c("5"));
    await moveTo(w, NOVEMBER + 4);
    expect(await openRelief(w, { service: 0, from: NOVEMBER + 5 })).to.equal(relief + 1);
  });

  it("an authority cannot occupy a list for ever: a grant ends within five years", async () => {
    const w = world();
    const authority = await asAuthority(w);
    const open = (until: number) => authority.openGrant(termsOf({ until }), [], ZeroHash);
    for (const until of [OCTOBER + 61, 65_535]) {
      await expect(open(until)).to.be.revertedWithCustomError(w.pricing, "ReliefTermsInvalid");
    }
    await open(OCTOBER + 60);
  });

  it("the longest statement under the fullest lists can be posted", async () => {
    const w = world();
    for (let count = 0; count < 8; ++count) {
      await openRelief(w, { service: 0, share: 1, region: 1 });
      await openRelief(w, { service: LOAN, share: 1, region: 1 });
    }
    const { lines, lineSize } = packLines(Array(255).fill(some(1)));
    const order = {
      ...{ supplier: w.ada.id, consumer: w.bob.id, period: NOVEMBER, tier: 1, supplierTier: 1 },
      ...{ choosy: true, countersigned: true, lineSize, maximum: 2n ** 64n - 1n, reliefRoom: c("1000") },
    };
    const [fault, , , relief] = await w.pricing.quote(order, lines, { gasLimit: 14_000_000n });
    expect([fault, relief]).to.deep.equal([0n, 255n * 16n * c("0.0012")]);
  });

  it("a giver who is told of its money before it is booked can do nothing in between", async () => {
    const w = world();
    const token = await w.ethers.deployContract("HookedToken", [6]);
    const party = await w.ethers.deployContract("ReentrantParty");
    const { ledger, pricing } = await settledIn(await token.getAddress());
    const grant = 1;
    const self = await party.getAddress();
    await token.getFunction("mint")(self, c("100"));
    await token.getFunction("setHooks")(self, self);
    const call = (target: string, data: string) => party.getFunction("execute")(target, data);
    const approve = token.interface.encodeFunctionData("approve", [await pricing.getAddress(), MaxUint256]);
    await call(await token.getAddress(), approve);
    const fund = pricing.interface.encodeFunctionData("fundGrant", [grant, c("10")]);
    await party.getFunction("arm")(true, await pricing.getAddress(), fund, false);
    await call(await pricing.getAddress(), fund);
    expect([await party.getFunction("attempts")(), await party.getFunction("successes")()]).to.deep.equal([
      1n,
      0n,
    ]);
    expect([...(await pricing.grantOf(grant))]).to.deep.equal([c("10"), c("10")]);
    expect(await ledger.bonds()).to.equal(c("10"));
  });

  it("a token that keeps a part of what is moved funds nothing", async () => {
    const w = world();
    const token = await w.ethers.deployContract("FeeOnTransferToken", [6, 100]);
    const { ledger, pricing } = await settledIn(await token.getAddress());
    await token.getFunction("mint")(w.stranger.address, c("100"));
    const approval = token.interface.encodeFunctionData("approve", [await pricing.getAddress(), MaxUint256]);
    await w.stranger.sendTransaction({ to: token, data: approval });
    // Strays on the desk make up for nothing.
    await token.getFunction("mint")(await pricing.getAddress(), c("100"));
    await expect(pricing.connect(w.stranger).fundGrant(1, c("10"))).to.be.revert(w.ethers);
    expect(await ledger.bonds()).to.equal(0n);
  });

  /** A ledger and a pricing desk that settle in another token, with one grant. */
  async function settledIn(asset: string) {
    const w = world();
    const { charter, register, schedule, resources } = w;
    const pricing = w.pricing.attach(
      await w.ethers.deployContract("Pricing", [charter, register, schedule, resources]),
    ) as typeof w.pricing;
    const nobody = `0x${"11".repeat(20)}`;
    const desks = { claims: nobody, reversals: nobody, advances: nobody, compensation: nobody, pricing };
    const terms = { withdrawalNotice: 60, withdrawalWindow: 60, debtTerm: 86_400 };
    const ledger = w.ledger.attach(
      await w.ethers.deployContract("Ledger", [charter, register, asset, desks, terms]),
    ) as typeof w.ledger;
    await pricing.bindLedger(ledger);
    await ledger.sync(RELIEF);
    await pricing.openGrant(termsOf({ until: NOVEMBER }), [], ZeroHash);
    return { ledger, pricing };
  }
});
