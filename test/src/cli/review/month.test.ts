import { expect } from "chai";
import { readBookMonth } from "../../../../src/cli/review/month.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { credits, ZERO } from "../../../../src/core/money.ts";
import { findCharge } from "../../../../src/sdk/charges.ts";
import { sendClaim, sendClaimProof } from "../../../../src/sdk/claims.ts";
import { signReceipt } from "../../../../src/sdk/receipts.ts";
import { sendStatementRefund } from "../../../../src/sdk/reversals.ts";
import { billed, grossOf, postBilled } from "../../../support/billed.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import { DUE, FEE, GROSS } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";

describe("a month read from the ledger's log", () => {
  const world = useWorld();

  it("holds what was posted, what was charged of claims, and what was given back", async () => {
    const w = world();
    const [posted, claimed] = [billed(w, ["REQ-1"]), billed(w, ["REQ-2", "REQ-3"], { number: 2 })];
    await postBilled(w, [posted]);
    await sendClaim(w.ada.as, claimed);
    const receipt = await signReceipt(w.admin, w.bob.key, claimed.records[1]!);
    await sendClaimProof(w.ada.as, { ...claimed, receipts: new Map([[1, receipt]]) });
    await sendStatementRefund(w.ada.as, await findCharge(w.admin, posted.statement));
    await w.closeMonth();

    const { statements, refunds, before, after } = await readBookMonth(w.admin, OCTOBER);
    expect(statements.map(({ statement, claimed: byClaim }) => [statement.number, byClaim])).to.deep.equal([
      [1, false],
      [2, true],
    ]);
    for (const one of statements) expect(one).to.include({ gross: GROSS, fee: FEE, acknowledged: ZERO });
    expect(statements[1]!.statement).to.deep.equal(claimed.statement);
    expect(refunds).to.have.length(1);
    expect(refunds[0]).to.include({ supplier: w.ada.id, consumer: w.bob.id, amount: GROSS });
    const deposited = before(w.bob.id).cash;
    expect(before(w.bob.id).position).to.equal(credits(GROSS - DUE - DUE));
    expect(after(w.bob.id).cash).to.equal(credits(deposited - DUE - FEE));
  });

  it("counts a refund in the month in which it is given, not in the charge's", async () => {
    const w = world();
    const posted = billed(w, ["REQ-1", "REQ-2"]);
    await postBilled(w, [posted]);
    await w.closeMonth();
    await sendStatementRefund(w.ada.as, await findCharge(w.admin, posted.statement));
    await w.closeMonth();
    expect((await readBookMonth(w.admin, OCTOBER)).refunds).to.deep.equal([]);
    const next = await readBookMonth(w.admin, (OCTOBER + 1) as typeof OCTOBER);
    expect([next.statements.length, next.refunds.map(({ amount }) => amount)]).to.deep.equal([
      0,
      [grossOf(2)],
    ]);
  });

  it("is empty where nothing happened, and none before its close", async () => {
    const w = world();
    await w.closeMonth();
    const { statements, refunds, advances, postTxs } = await readBookMonth(w.admin, OCTOBER);
    expect([...statements, ...refunds, ...advances, ...postTxs]).to.deep.equal([]);
    const open = await readBookMonth(w.admin, (OCTOBER + 1) as typeof OCTOBER).catch(
      (thrown: unknown) => thrown,
    );
    expect(isConsortiaError(open, "MonthNotClosed"), String(open)).to.equal(true);
  });
});
