import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readBookMonth } from "../../../../src/cli/review/month.ts";
import { reportMonth } from "../../../../src/cli/review/report.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { COMMONS, RELIEF } from "../../../../src/core/ids.ts";
import { credits, ZERO } from "../../../../src/core/money.ts";
import { addMonths } from "../../../../src/core/period.ts";
import { createDirectoryStore } from "../../../../src/records/directory.ts";
import { findCharge } from "../../../../src/sdk/charges.ts";
import { sendClaim, sendClaimProof } from "../../../../src/sdk/claims.ts";
import { sendCompensation, sendCompensationNaming } from "../../../../src/sdk/compensation.ts";
import { signReceipt } from "../../../../src/sdk/receipts.ts";
import { sendRelief } from "../../../../src/sdk/reliefs.ts";
import { sendPermission, sendResource } from "../../../../src/sdk/resources.ts";
import { sendStatementRefund } from "../../../../src/sdk/reversals.ts";
import { sendDescription } from "../../../../src/sdk/schedules.ts";
import { sendPost } from "../../../../src/sdk/statements.ts";
import { billed, grossOf, postBilled } from "../../../support/billed.ts";
import { COPY, OCTOBER } from "../../../support/consortium.ts";
import { c, countersigned, DUE, FEE, GROSS, loans } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import { BOOK, half } from "../../sdk/balanceCases.ts";

const NOVEMBER = addMonths(OCTOBER, 1);
/** Whoever has no records at hand still has the chain's figures. */
const NO_BUNDLES = createDirectoryStore(join(tmpdir(), "consortia-no-bundles"));

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

  it("tells who paid for a consumer, what rights holders got, and what net lenders were paid", async () => {
    const w = world();
    const [founder] = await w.ethers.getSigners();
    await (await w.charter.grantRole(8, founder!, 0)).wait();
    await w.fund(RELIEF, c("100"));
    await sendRelief(w.admin, half({ memberCap: c("4") }));
    await sendCompensationNaming(w.admin, {
      period: NOVEMBER,
      members: [{ member: w.ada.id, rate: 1_000, cap: c("10") }],
    });
    await sendDescription(w.admin, { service: COPY, unit: "page", act: "reproduce" });
    const { resource } = await sendResource(w.eve.as, { holder: w.eve.id, urn: BOOK, licence: "reserved" });
    await sendPermission(w.eve.as, { resource, service: COPY, permitted: true, royalty: c("0.5") });
    await w.closeMonth();
    const lines = [...loans(1), { service: COPY, quantity: 2, resource }];
    const statements = [await countersigned(w, { period: NOVEMBER, lines })];
    await sendPost(w.ada.as, { mode: "allOrNothing", statements });
    await w.closeMonth();
    await sendCompensation(w.admin, { member: w.ada.id, period: NOVEMBER });
    await w.closeMonth();

    const book = await readBookMonth(w.admin, NOVEMBER);
    expect(book.statements[0]!.legs).to.deep.equal([
      { kind: "aid", relief: 1, amount: c("4") },
      { kind: "royalty", holder: w.eve.id, amount: c("1") },
    ]);
    const about = { ...w.deployment, name: "Test", currency: "EUR", services: [] };
    const { members, totals, invariants } = await reportMonth(w.admin, about, NO_BUNDLES, book);
    expect(invariants).to.equal("held");
    expect(totals).to.include({ gross: c("22"), fees: c("0.78"), relief: c("4"), royalties: c("1") });
    const rows = members.map(({ id, relief, royalties, net, position }) => [
      id,
      relief,
      royalties,
      net,
      position,
    ]);
    const row = (id: number, relief: string, royalties: string, net: string) =>
      [id, c(relief), c(royalties), c(net), c(net)] as const;
    expect(rows).to.deep.equal([
      row(COMMONS, "0", "0", "0.78"),
      row(RELIEF, "-4", "0", "-4"),
      row(w.ada.id, "0", "0", "22"),
      row(w.bob.id, "4", "-1", "-19.78"),
      row(w.eve.id, "0", "1", "1"),
    ]);
    const december = await readBookMonth(w.admin, addMonths(NOVEMBER, 1));
    const later = await reportMonth(w.admin, about, NO_BUNDLES, december);
    expect(later.members.find(({ id }) => id === w.ada.id)?.compensation).to.equal(c("2.2"));
    expect(later.totals.compensation).to.equal(c("2.2"));
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
