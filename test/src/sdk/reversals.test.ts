import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import { readAccount, readDebt } from "../../../src/sdk/accounts.ts";
import { findCharge } from "../../../src/sdk/charges.ts";
import { sendClaim, sendClaimProof, sendSettlement } from "../../../src/sdk/claims.ts";
import { sendAward } from "../../../src/sdk/awards.ts";
import { sendDispute } from "../../../src/sdk/disputes.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import { findDuplicates } from "../../../src/sdk/duplicates.ts";
import { signReceipt } from "../../../src/sdk/receipts.ts";
import {
  isGivenBack,
  readGivenBack,
  sendDuplicateReversal,
  sendRefund,
  sendStatementRefund,
} from "../../../src/sdk/reversals.ts";
import type { Billed } from "../../support/billed.ts";
import { billed, grossOf, postBilled, recordsIn } from "../../support/billed.ts";
import { c, GROSS } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const refused = async (act: Promise<unknown>, code: string): Promise<void> => {
  const error = await act.catch((thrown: unknown) => thrown);
  expect(isConsortiaError(error, code), String(error)).to.equal(true);
};

describe("a refund", () => {
  const world = useWorld();
  const three = () => billed(world(), ["REQ-1", "REQ-2", "REQ-3"]);
  const posted = async () => {
    await postBilled(world(), [three(), billed(world(), ["REQ-9"], { number: 2, consumer: world().bob })]);
    return findCharge(world().admin, three().statement);
  };

  it("gives back the records it names, each once", async () => {
    const w = world();
    const charge = await posted();
    const before = await readAccount(w.admin, w.bob.id);
    // Places in any order, one of them twice: a set is meant.
    const { amount } = await sendRefund(w.ada.as, { charge, ...three(), indices: [2, 0, 2] });
    expect(amount).to.equal(grossOf(2));
    expect((await readAccount(w.admin, w.bob.id)).position - before.position).to.equal(grossOf(2));
    expect(await readGivenBack(w.admin, charge.digest)).to.deep.equal({ amount: grossOf(2), whole: false });
    const given = await Promise.all([0, 1, 2].map((index) => isGivenBack(w.admin, charge.digest, index)));
    expect(given).to.deep.equal([true, false, true]);
    await refused(sendRefund(w.ada.as, { charge, ...three(), indices: [1, 2] }), "ReversalDone");
  });
  it("gives back whatever is left of the whole, once", async () => {
    const w = world();
    const charge = await posted();
    await sendRefund(w.ada.as, { charge, ...three(), indices: [1] });
    expect((await sendStatementRefund(w.ada.as, charge)).amount).to.equal(grossOf(2));
    expect(await readGivenBack(w.admin, charge.digest)).to.deep.equal({ amount: grossOf(3), whole: true });
    await refused(sendStatementRefund(w.ada.as, charge), "ReversalStatementDone");
  });
  it("first takes away what the consumer still owes", async () => {
    const w = world();
    const own = billed(w, ["REQ-1"], { consumer: w.eve });
    await postBilled(w, [own], "acknowledge");
    await sendStatementRefund(w.ada.as, await findCharge(w.admin, own.statement));
    expect(await readDebt(w.admin, w.eve.id, w.ada.id)).to.equal(0n);
    expect((await readAccount(w.admin, w.ada.id)).position).to.equal(0n);
  });
  it("is its supplier's to give", async () => {
    const charge = await posted();
    await refused(sendRefund(world().bob.as, { charge, ...three(), indices: [0] }), "DeskRightMissing");
  });
});

describe("a duplicate", () => {
  const world = useWorld();
  const find = (statements: readonly Billed[]) =>
    findDuplicates(world().admin, {
      supplier: world().ada.id,
      consumer: world().bob.id,
      recordsOf: recordsIn(statements),
    });
  const anyone = () => actAs(world().admin, world().stranger);

  it("is found across statements and reversed by anyone, until none is left", async () => {
    const w = world();
    const first = billed(w, ["REQ-1", "REQ-2"], { number: 7 });
    const again = billed(w, ["REQ-3", "REQ-2", "REQ-1"], { number: 2 });
    await postBilled(w, [first]);
    await postBilled(w, [again]);
    const { duplicates, records, missing } = await find([first, again]);
    expect([records, missing]).to.deep.equal([5, []]);
    const told = duplicates.map(({ earlier, later, amount }) => [
      ...[earlier.charge.statement.number, earlier.index, later.charge.statement.number, later.index, amount],
    ]);
    expect(told).to.have.deep.members([
      [7, 0, 2, 2, GROSS],
      [7, 1, 2, 1, GROSS],
    ]);
    for (const pair of duplicates)
      expect((await sendDuplicateReversal(anyone(), pair)).amount).to.equal(GROSS);
    expect((await find([first, again])).duplicates).to.deep.equal([]);
    expect((await readAccount(w.admin, w.bob.id)).position).to.equal(-grossOf(3) - 5n * c("0.26"));
  });
  it("is found within one statement", async () => {
    const one = billed(world(), ["REQ-1", "REQ-2", "REQ-1", "REQ-1"]);
    await postBilled(world(), [one]);
    const { duplicates } = await find([one]);
    expect(duplicates.map(({ earlier, later }) => [earlier.index, later.index])).to.deep.equal([
      [0, 2],
      [0, 3],
    ]);
    for (const pair of duplicates) await sendDuplicateReversal(anyone(), pair);
  });
  it("is none once the first charge was refunded: the second is the corrected bill", async () => {
    const [first, again] = [billed(world(), ["REQ-1"]), billed(world(), ["REQ-1"], { number: 2 })];
    await postBilled(world(), [first]);
    await postBilled(world(), [again]);
    await sendStatementRefund(world().ada.as, await findCharge(world().admin, first.statement));
    expect((await find([first, again])).duplicates).to.deep.equal([]);
  });
  it("cannot be turned round so that the earlier charge is given back", async () => {
    const [first, again] = [billed(world(), ["REQ-1"]), billed(world(), ["REQ-1"], { number: 2 })];
    await postBilled(world(), [first, again]);
    const [pair] = (await find([first, again])).duplicates;
    const turned = { earlier: pair!.later, later: pair!.earlier };
    await refused(sendDuplicateReversal(anyone(), turned), "ReversalOrder");
  });
  it("is sought in a claim that was proven in part among the records of its receipts", async () => {
    const w = world();
    const [first, again] = [billed(w, ["REQ-1", "REQ-2"]), billed(w, ["REQ-1", "REQ-2"], { number: 2 })];
    await postBilled(w, [first]);
    await sendClaim(w.ada.as, again);
    const receipt = await signReceipt(w.admin, w.bob.key, again.records[1]!);
    await sendClaimProof(w.ada.as, { ...again, receipts: new Map([[1, receipt]]) });
    const { duplicates, partly } = await find([first, again]);
    expect(partly).to.deep.equal([]);
    expect(duplicates.map(({ later }) => [later.charge.claimed, later.index])).to.deep.equal([[true, 1]]);
    for (const pair of duplicates)
      expect((await sendDuplicateReversal(anyone(), pair)).amount).to.equal(GROSS);
  });
  it("is not sought where records are not at hand, nor in claims that were awarded in part", async () => {
    const w = world();
    const [first, again] = [billed(w, ["REQ-1"]), billed(w, ["REQ-1", "REQ-2"], { number: 2 })];
    await postBilled(w, [first]);
    const { claim } = await sendClaim(w.ada.as, again);
    await sendDispute(w.bob.as, { consumer: w.bob.id, claims: [claim] });
    await sendAward(w.admin, { claim, gross: GROSS, fee: c("0.26") });
    await w.time.increase(14 * 86_400);
    await sendSettlement(w.admin, claim);
    const { duplicates, missing, partly } = await find([again]);
    expect(duplicates).to.deep.equal([]);
    expect(missing.map(({ statement }) => statement.number)).to.deep.equal([1]);
    expect(partly.map(({ statement }) => statement.number)).to.deep.equal([2]);
  });
});
