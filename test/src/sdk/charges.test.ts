import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import { statementNumber } from "../../../src/core/ids.ts";
import type { MemberId } from "../../../src/core/ids.ts";
import { addMonths } from "../../../src/core/period.ts";
import { findCharge, readCharges } from "../../../src/sdk/charges.ts";
import type { ChargedStatement } from "../../../src/sdk/charges.ts";
import { sendClaim, sendClaimWithdrawal, sendSettlement } from "../../../src/sdk/claims.ts";
import type { Consortium } from "../../../src/sdk/consortium.ts";
import { sendPermission, sendResource } from "../../../src/sdk/resources.ts";
import { sendStatementRefund } from "../../../src/sdk/reversals.ts";
import { sendDescription } from "../../../src/sdk/schedules.ts";
import { sendPost } from "../../../src/sdk/statements.ts";
import { billed, postBilled } from "../../support/billed.ts";
import { COPY, OCTOBER } from "../../support/consortium.ts";
import { c, countersigned, DUE, FEE, GROSS } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import { BOOK } from "./balanceCases.ts";

const DAY = 86_400;

const codeOf = async (act: Promise<unknown>): Promise<unknown> => {
  const error = await act.catch((thrown: unknown) => thrown);
  return isConsortiaError(error) ? error.code : error;
};

/** A consortium behind a node that answers some calls in its own way. */
function misled(consortium: Consortium, answers: Readonly<Record<string, unknown>>): Consortium {
  const provider = new Proxy(consortium.provider, {
    get: (target, name) => {
      const own: unknown = answers[String(name)] ?? Reflect.get(target, name);
      return typeof own === "function" ? (own.bind(target) as unknown) : own;
    },
  });
  return { ...consortium, provider };
}

describe("findCharge", () => {
  const world = useWorld();
  const find = (number: number, supplier: MemberId = world().ada.id) =>
    findCharge(world().admin, { supplier, number: statementNumber(number) });
  /** That the chain takes the proof: a refund of nothing but its own is refused to others. */
  const proves = (charge: ChargedStatement) => sendStatementRefund(world().ada.as, charge);

  describe("given a batch in which consumers run out of room", () => {
    beforeEach(async () => {
      const w = world();
      await w.fund(w.eve.id, c("20"));
      const batch = [1, 2, 3, 4].map((number) =>
        billed(w, [`REQ-${number}`], { number, consumer: number === 2 ? w.bob : w.eve }),
      );
      await postBilled(w, batch, "acknowledge");
    });

    it("tells of each statement what became debts: none, a part, all", async () => {
      const owed = [];
      for (const number of [1, 2, 3, 4]) owed.push((await find(number)).acknowledged);
      expect(owed).to.deep.equal([0n, 0n, 2n * DUE - c("20"), DUE]);
    });
    it("proves every one of them to the chain", async () => {
      for (const number of [1, 2, 3, 4]) {
        const charge = await find(number);
        expect([charge.gross, charge.fee, charge.path.length]).to.deep.equal([GROSS, FEE, 2]);
        expect((await proves(charge)).amount).to.equal(GROSS);
      }
    });
  });

  it("follows a consumer's room where a royalty raises it in the midst of a batch", async () => {
    const w = world();
    const { resource } = await sendResource(w.eve.as, { holder: w.eve.id, urn: BOOK, licence: "reserved" });
    await sendDescription(w.admin, { service: COPY, unit: "page", act: "reproduce" });
    const permission = { resource, service: COPY, permitted: true, royalty: c("20") };
    await sendPermission(w.eve.as, permission);
    await w.closeMonth();
    const period = addMonths(OCTOBER, 1);
    const batch = [
      { number: statementNumber(1), consumer: w.eve.id, period },
      { number: statementNumber(2), period, lines: [{ service: COPY, quantity: 1, resource }] },
      { number: statementNumber(3), consumer: w.eve.id, period },
      { number: statementNumber(4), consumer: w.eve.id, period },
    ];
    const statements = await Promise.all(batch.map((one) => countersigned(w, one)));
    await sendPost(w.ada.as, { mode: "acknowledge", statements });
    const owed = [];
    for (const { number } of batch) owed.push((await find(number)).acknowledged);
    // Eve has nothing at first, then 20 of royalties, from which her debt takes its part of the room.
    expect(owed).to.deep.equal([DUE, 0n, 2n * DUE - c("20"), DUE]);
  });

  it("takes from a transaction of several batches what belongs to each", async () => {
    const w = world();
    const own = [1, 2].map((number) => billed(w, [`REQ-${number}`], { number, consumer: w.eve }));
    const receipts = [];
    for (const one of own) receipts.push((await postBilled(w, [one], "acknowledge")).receipt);
    // The node tells both batches' logs as those of one transaction.
    const logs = receipts.flatMap((receipt) => [...receipt.logs]);
    const told = logs.map((log, index) => ({ ...log.toJSON(), index, blockNumber: log.blockNumber }));
    const joined = misled(w.admin, {
      getTransactionReceipt: () => Promise.resolve({ logs: told }),
      getLogs: () => Promise.resolve(told.filter(({ topics }) => topics[0] === logs.at(-1)?.topics[0])),
    });
    for (const { statement } of own) {
      expect((await findCharge(joined, statement)).acknowledged).to.equal(DUE);
    }
  });

  it("lists a pair's charges in their order", async () => {
    const w = world();
    await postBilled(w, [billed(w, ["REQ-1"], { number: 300, consumer: w.eve })], "acknowledge");
    await postBilled(w, [billed(w, ["REQ-2"], { number: 2 }), billed(w, ["REQ-3"], { number: 1 })]);
    const all = await readCharges(w.admin, { supplier: w.ada.id, consumer: w.bob.id });
    expect(all.map(({ statement }) => statement.number)).to.deep.equal([2, 1]);
    expect(await readCharges(w.admin, { supplier: w.ada.id })).to.have.length(3);
  });

  it("finds a claim that was settled, as a batch of its own", async () => {
    const w = world();
    const one = billed(w, ["REQ-1"], { consumer: w.eve });
    const { claim } = await sendClaim(w.ada.as, one);
    await w.time.increase(45 * DAY);
    await w.closeMonth();
    await sendSettlement(w.admin, claim);
    const charge = await find(1);
    expect(charge).to.include({ claimed: true, gross: GROSS, fee: FEE, acknowledged: DUE, digest: claim });
    expect(charge.path).to.deep.equal([]);
    await proves(charge);
  });

  it("says why there is none: never posted, still claimed, or withdrawn", async () => {
    const w = world();
    expect(await codeOf(find(1))).to.equal("ChargeUnknown");
    const { claim } = await sendClaim(w.ada.as, billed(w, ["REQ-1"]));
    expect(await codeOf(find(1))).to.equal("ChargeUnknown");
    await sendClaimWithdrawal(w.ada.as, claim);
    expect(await codeOf(find(1))).to.equal("ChargeUnknown");
    expect(await codeOf(find(1, w.bob.id))).to.equal("ChargeUnknown");
  });

  it("believes no node whose logs do not add up to the batch's root", async () => {
    const w = world();
    const one = billed(w, ["REQ-1"], { consumer: w.eve });
    await postBilled(w, [one, billed(w, ["REQ-2"], { number: 2 })], "acknowledge");
    const forgetful = misled(w.admin, { getTransactionReceipt: () => Promise.resolve({ logs: [] }) });
    expect(await codeOf(findCharge(forgetful, one.statement))).to.equal("ChargeUnproven");
  });
});
