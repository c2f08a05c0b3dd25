import { expect } from "chai";
import { statementNumber } from "../../../../src/core/ids.ts";
import { isCountersigned } from "../../../../src/sdk/statements.ts";
import { bill, c, countersigned, packed, post } from "../../../support/statements.ts";
import { NO_DESKS } from "../../../support/consortium.ts";
import { useWorld } from "../../../support/world.ts";

const DAY = 86_400;

/** What a review of the whole ledger tried, and what now stands against it. */
describe("attack: what the first review tried", () => {
  const world = useWorld();

  it("an applicant cannot fill the ledger's log with statements that are skipped", async () => {
    const w = world();
    const applied = await w.strange.register.applyFor.staticCall(
      `0x58412d41${"00".repeat(12)}`,
      1,
      1,
      1,
      1,
      w.stranger,
    );
    await w.strange.register.applyFor(`0x58412d41${"00".repeat(12)}`, 1, 1, 1, 1, w.stranger);
    await expect(w.strange.ledger.post(applied, 1, `0x${"00".repeat(118)}`))
      .to.be.revertedWithCustomError(w.ledger, "LedgerMemberUnknown")
      .withArgs(applied);
  });

  it("a key with the right to cash alone cannot lend its member's cash away", async () => {
    const w = world();
    await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger, 8);
    await expect(w.strange.advances.advance(w.bob.id, w.eve.id, c("10")))
      .to.be.revertedWithCustomError(w.advances, "DeskRightMissing")
      .withArgs(w.bob.id, w.stranger.address, 10);
  });

  it("nobody has a debtor suspended that holds enough to pay", async () => {
    const w = world();
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    await w.fund(w.eve.id, c("5000"));
    await w.time.increase(91 * DAY);
    await expect(w.strange.register.suspendDebtor(w.eve.id)).to.be.revertedWithCustomError(
      w.register,
      "RegisterNotOverdue",
    );
  });

  it("a withdrawal's window cannot outlast its notice, nor a notice a season", async () => {
    const w = world();
    const { charter, register, asset } = w.deployment;
    for (const [withdrawalNotice, withdrawalWindow] of [
      [7 * DAY, 7 * DAY + 1],
      [90 * DAY + 1, DAY],
    ]) {
      const terms = { withdrawalNotice, withdrawalWindow, debtTerm: DAY };
      const founding = w.ethers.deployContract("Ledger", [charter, register, asset, NO_DESKS, terms]);
      await expect(founding).to.be.revertedWithCustomError(w.ledger, "LedgerTermsInvalid");
    }
  });

  it("a contract's signature that the contract never gave is believed by nobody", async () => {
    const w = world();
    const { statement } = await countersigned(w, {});
    const forged = { kind: "contract", signer: w.bob.key.address, bytes: new Uint8Array() } as const;
    expect(await isCountersigned(w.admin, { statement, countersignature: forged })).to.equal(false);
  });

  it("one consumer that revokes its key does not hold up a batch that acknowledges", async () => {
    const w = world();
    const [first, second] = [
      await packed(w, { number: statementNumber(1) }, w.stranger),
      await packed(w, { number: statementNumber(2) }),
    ];
    await expect(post(w, `${first}${second.slice(2)}`, { mode: "acknowledge" }))
      .to.emit(w.ledger, "StatementSkipped")
      .and.to.emit(w.ledger, "StatementsPosted");
    expect(await w.ledger.numberUsed(w.ada.id, 2)).to.equal(true);
  });

  it("an institution is not admitted twice by the case of its ISIL", async () => {
    const w = world();
    const name = async (isil: string) => {
      const bytes = `0x${Buffer.from(isil).toString("hex").padEnd(32, "0")}`;
      await w.register.applyFor(bytes, 1, 1, 1, 1, w.stranger);
      return w.register.lastMember();
    };
    const taken = await name("DE-1a");
    await w.register.admit(taken);
    const again = await name("de-1A");
    await expect(w.register.admit(again)).to.be.revertedWithCustomError(w.register, "RegisterIsilTaken");
    expect(await w.register.memberOf(`0x${Buffer.from("dE-1A").toString("hex").padEnd(32, "0")}`)).to.equal(
      taken,
    );
  });

  it("a dismissed treasurer's announced payee does not outlive its dismissal", async () => {
    const w = world();
    await w.register.appoint(1, w.stranger, 63, w.ada.payee);
    await w.strange.register.announcePayee(1, w.stranger);
    await expect(w.register.appoint(1, w.stranger, 0, w.ada.payee))
      .to.emit(w.register, "PayeeAnnounced")
      .withArgs(1, "0x0000000000000000000000000000000000000000", 0);
    await w.time.increase(14 * DAY);
    await expect(w.register.applyPayee(1)).to.be.revertedWithCustomError(
      w.register,
      "RegisterNothingPending",
    );
  });
});
