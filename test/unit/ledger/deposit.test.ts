import { expect } from "chai";
import { c } from "../../support/statements.ts";
import { NO_DESKS } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

const LIMIT = (1n << 63n) - 1n;

describe("Ledger.deposit", () => {
  const world = useWorld();

  it("refuses nothing, and whom nobody knows", async () => {
    const { ledger, ada } = world();
    await expect(ledger.deposit(ada.id, 0)).to.be.revertedWithCustomError(ledger, "LedgerAmountZero");
    for (const member of [0, 99]) {
      await expect(ledger.deposit(member, 1))
        .to.be.revertedWithCustomError(ledger, "LedgerMemberUnknown")
        .withArgs(member);
    }
  });

  it("refuses what the payer has not approved or does not hold", async () => {
    const { ledger, ada, asset, strange, stranger, deployment } = world();
    await expect(strange.ledger.deposit(ada.id, 5n))
      .to.be.revertedWithCustomError(asset, "ERC20InsufficientAllowance")
      .withArgs(deployment.ledger, 0n, 5n);
    await strange.asset.approve(ledger, 5n);
    await expect(strange.ledger.deposit(ada.id, 5n))
      .to.be.revertedWithCustomError(asset, "ERC20InsufficientBalance")
      .withArgs(stranger.address, 0n, 5n);
  });

  it("lets anyone pay into any account (invariant 2)", async () => {
    const { ledger, ada, asset, strange, stranger, deployment, ethers } = world();
    const backing = await ledger.backing();
    await asset.issue(stranger.address, c("5"));
    await strange.asset.approve(ledger, c("5"));
    const sent = await strange.ledger.deposit(ada.id, c("5"));
    await expect(sent).to.emit(ledger, "Deposited").withArgs(ada.id, stranger.address, c("5"));
    await expect(sent).to.changeTokenBalances(ethers, asset, [stranger, ledger], [-c("5"), c("5")]);
    expect((await ledger.account(ada.id)).cash).to.equal(c("105"));
    expect(await ledger.backing()).to.equal(backing + c("5"));
    expect(await asset.balanceOf(deployment.ledger)).to.equal(await ledger.backing());
  });

  it("takes deposits for COMMONS and RELIEF", async () => {
    const { ledger, fund } = world();
    await fund(1 as never, c("3"));
    await fund(2 as never, c("4"));
    expect((await ledger.account(1)).cash).to.equal(c("3"));
    expect((await ledger.account(2)).cash).to.equal(c("4"));
  });

  it("fills the book to its limit and not one millionth more", async () => {
    const { ledger, ada, fund } = world();
    const before = await ledger.backing();
    await fund(ada.id, (LIMIT - before) as never);
    expect(await ledger.backing()).to.equal(LIMIT);
    await expect(ledger.deposit(ada.id, 1))
      .to.be.revertedWithCustomError(ledger, "LedgerBackingFull")
      .withArgs(LIMIT, LIMIT);
  });

  it("does not mind assets that were sent by mistake", async () => {
    const { ledger, asset, ada, deployment, fund } = world();
    await asset.issue(deployment.ledger, 77n);
    const backing = await ledger.backing();
    await fund(ada.id, c("1"));
    expect(await ledger.backing()).to.equal(backing + c("1"));
    expect(await asset.balanceOf(deployment.ledger)).to.equal(backing + c("1") + 77n);
  });
});

describe("Ledger terms", () => {
  const world = useWorld();
  const terms = { withdrawalNotice: 1, withdrawalWindow: 1, debtTerm: 1 };

  for (const name of Object.keys(terms)) {
    it(`must have a ${name}`, async () => {
      const { ethers, deployment, ledger } = world();
      const { charter, register, asset } = deployment;
      const founding = ethers.deployContract("Ledger", [
        charter,
        register,
        asset,
        NO_DESKS,
        { ...terms, [name]: 0 },
      ]);
      await expect(founding).to.be.revertedWithCustomError(ledger, "LedgerTermsInvalid");
    });
  }

  it("stand in the open", async () => {
    const { ledger, deployment } = world();
    expect(await ledger.ASSET()).to.equal(deployment.asset);
    expect(await ledger.REGISTER()).to.equal(deployment.register);
    expect(await ledger.PRICING()).to.equal(deployment.pricing);
    expect(await ledger.WITHDRAWAL_NOTICE()).to.equal(7n * 86_400n);
    expect(await ledger.WITHDRAWAL_WINDOW()).to.equal(7n * 86_400n);
    expect(await ledger.PAUSE_LIMIT()).to.equal(7n * 86_400n);
    expect(await ledger.PAUSE_COOLDOWN()).to.equal(30n * 86_400n);
    expect(await ledger.BATCH_LIMIT()).to.equal(256n);
  });
});
