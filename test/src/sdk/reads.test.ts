import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import { hash, isil, memberId, statementNumber } from "../../../src/core/ids.ts";
import { periodEnd } from "../../../src/core/period.ts";
import {
  readAccount,
  readAdvance,
  readDebt,
  readWithdrawal,
  sendDeposit,
  sendTouch,
} from "../../../src/sdk/accounts.ts";
import { openConsortium } from "../../../src/sdk/consortium.ts";
import { ALL_RIGHTS, parseRights, readKey, rightBits, rightNames } from "../../../src/sdk/keys.ts";
import { findMember, listMembers, readMember, sendApplication, wasMember } from "../../../src/sdk/members.ts";
import { readPeriod } from "../../../src/sdk/periods.ts";
import { isCountersigned, isNumberUsed, sendPost } from "../../../src/sdk/statements.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { DUE, FEE, GROSS, bill, c, countersigned } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const refused = async (act: Promise<unknown>, code: string): Promise<void> => {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(isConsortiaError(error, code), String(error)).to.equal(true);
};

describe("opening a consortium", () => {
  const world = useWorld();

  it("refuses another chain, and an address without a ledger", async () => {
    const { deployment, admin, stranger } = world();
    await refused(openConsortium({ ...deployment, chainId: 1n }, admin.provider), "NetworkWrong");
    await refused(
      openConsortium({ ...deployment, ledger: stranger.address }, admin.provider),
      "DeploymentMissing",
    );
  });

  it("reads without a key and writes nothing", async () => {
    const { deployment, admin, bob } = world();
    const reader = await openConsortium(deployment, admin.provider);
    expect((await readAccount(reader, bob.id)).cash).to.equal(c("1000"));
    await refused(sendTouch(reader, bob.id), "SignerMissing");
  });
});

describe("what a consortium tells", () => {
  const world = useWorld();

  it("of members", async () => {
    const { admin, ada, bob, as } = { ...world(), as: world().ada.as };
    const member = await readMember(admin, ada.id);
    expect([member.standing, member.tier, member.since, member.payee]).to.deep.equal([
      "admitted",
      1,
      OCTOBER,
      ada.payee,
    ]);
    expect("until" in member).to.equal(false);
    expect(await findMember(admin, isil(member.isil))).to.equal(ada.id);
    expect(await findMember(admin, isil("DE-999"))).to.equal(undefined);
    expect((await listMembers(admin)).map(({ id }) => id)).to.include.members([ada.id, bob.id]);
    expect(await wasMember(admin, ada.id, OCTOBER)).to.equal(true);
    await refused(readMember(admin, memberId(99)), "MemberUnknown");
    const input = { isil: isil("DE-1"), kind: 1, tier: 1, constituency: 1, region: 1, payee: ada.payee };
    const { member: next } = await sendApplication(as, input);
    expect((await readMember(admin, next)).standing).to.equal("applied");
  });

  it("of keys", async () => {
    const { admin, ada, stranger } = world();
    expect((await readKey(admin, ada.id, ada.key.address)).rights).to.deep.equal(ALL_RIGHTS);
    const none = await readKey(admin, ada.id, stranger.address);
    expect(none).to.deep.equal({ member: ada.id, key: stranger.address, rights: [] });
    expect(rightBits(ALL_RIGHTS)).to.equal(63);
    expect(rightNames(10)).to.deep.equal(["countersign", "cash"]);
    expect(parseRights("post, read")).to.deep.equal(["post", "read"]);
    expect(parseRights("all")).to.deep.equal(ALL_RIGHTS);
    expect(() => parseRights("fly"))
      .to.throw()
      .that.satisfies((e: unknown) => isConsortiaError(e, "RightUnknown"));
  });

  it("of the month and a pause", async () => {
    const w = world();
    const state = await readPeriod(w.admin);
    expect([state.open, state.endsAt, state.closeDue]).to.deep.equal([OCTOBER, periodEnd(OCTOBER), false]);
    expect("pausedUntil" in state).to.equal(false);
    await w.ledger.pausePosting(86_400);
    expect((await readPeriod(w.admin)).pausedUntil).to.equal((await w.time.latest()) + 86_400);
    await w.time.increaseTo(periodEnd(OCTOBER));
    expect((await readPeriod(w.admin)).closeDue).to.equal(true);
  });

  it("of accounts, advances, debts and withdrawals", async () => {
    const w = world();
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    await w.bob.as.contracts.advances.advance(w.bob.id, w.ada.id, c("5"));
    expect(await readDebt(w.admin, w.eve.id, w.ada.id)).to.equal(GROSS);
    expect(await readAdvance(w.admin, w.bob.id, w.ada.id)).to.equal(c("5"));
    expect(await readWithdrawal(w.admin, w.bob.id)).to.equal(undefined);
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("7"));
    expect((await readWithdrawal(w.admin, w.bob.id))?.amount).to.equal(c("7"));
    const block = await w.admin.provider.getBlockNumber();
    await w.fund(w.bob.id, c("1"));
    expect((await readAccount(w.admin, w.bob.id, block)).cash).to.equal(c("995"));
    expect((await readAccount(w.admin, w.bob.id)).cash).to.equal(c("996"));
  });

  it("of a batch: what was posted, skipped and acknowledged", async () => {
    const w = world();
    const [good, bad, poor] = [
      await countersigned(w),
      await countersigned(w, { number: statementNumber(2), maximum: c("1") }),
      await countersigned(w, { number: statementNumber(3), consumer: w.eve.id }),
    ];
    expect(await isCountersigned(w.admin, good)).to.equal(true);
    expect(await isCountersigned(w.admin, await countersigned(w, {}, w.stranger))).to.equal(false);
    const skipping = await sendPost(w.ada.as, { mode: "skip", statements: [bad, good] });
    expect(skipping.posted).to.deep.equal([{ number: 1, gross: GROSS, fee: FEE }]);
    expect(skipping.skipped.map(({ number, fault }) => [number, fault])).to.deep.equal([[2, "AboveMaximum"]]);
    const owing = await sendPost(w.ada.as, { mode: "acknowledge", statements: [poor] });
    expect(owing.acknowledged).to.equal(DUE);
    expect(hash(owing.batchRoot)).not.to.equal(skipping.batchRoot);
    expect(await isNumberUsed(w.admin, w.ada.id, statementNumber(1))).to.equal(true);
    expect(await isNumberUsed(w.admin, w.ada.id, statementNumber(2))).to.equal(false);
    await refused(sendPost(w.ada.as, { mode: "allOrNothing", statements: [good] }), "StatementNumberUsed");
  });

  it("approves the asset where the allowance is short", async () => {
    const w = world();
    await w.asset.issue(w.bob.key.address, c("9"));
    await sendDeposit(w.bob.as, { member: w.bob.id, amount: c("9") });
    expect((await readAccount(w.admin, w.bob.id)).cash).to.equal(c("1009"));
  });
});
