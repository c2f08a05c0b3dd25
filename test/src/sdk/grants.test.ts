import { expect } from "chai";
import { COMMONS, RELIEF, statementNumber } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { addMonths } from "../../../src/core/period.ts";
import { readAccount } from "../../../src/sdk/accounts.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import { findCharge } from "../../../src/sdk/charges.ts";
import * as grants from "../../../src/sdk/grants.ts";
import { listReliefs, readCovers, sendRelief, sendReliefEnd } from "../../../src/sdk/reliefs.ts";
import { sendStatementRefund } from "../../../src/sdk/reversals.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { bill, c, FEE, GROSS } from "../../support/statements.ts";
import { useWorld, type World } from "../../support/world.ts";
import { DOCUMENT, gift, half } from "./balanceCases.ts";

const NOVEMBER = addMonths(OCTOBER, 1);

/** Issues credits to a key, which puts them into a grant. */
async function give(w: World, key: World["stranger"], amount: string): Promise<void> {
  await (await w.asset.issue(key.address, c(amount))).wait();
  await grants.sendGrantFunding(actAs(w.admin, key), { relief: 1, amount: c(amount) });
}

/** A grant of two givers for bob, and a loan of ada's to him in November. */
async function granted(w: World): Promise<void> {
  await grants.sendGrant(w.admin, gift(w));
  await give(w, w.stranger, "3");
  await give(w, w.eve.key, "1");
  await w.closeMonth();
  await bill(w, { period: NOVEMBER });
}

describe("reliefs and grants", () => {
  const world = useWorld();

  it("are listed in the order of their numbers, with their terms, ends and members", async () => {
    const w = world();
    await sendRelief(w.admin, half({ region: 1 }));
    await grants.sendGrant(w.admin, gift(w));
    await sendReliefEnd(w.admin, { relief: 1, last: NOVEMBER });
    const [relief, grant] = await listReliefs(w.admin);
    expect(relief).to.deep.include({ relief: 1, kind: "relief", ...half({ region: 1 }), until: NOVEMBER });
    expect(grant).to.deep.include({ relief: 2, kind: "grant", members: [w.bob.id], document: DOCUMENT });
  });

  it("cover whom they name, and tell what they still have for it", async () => {
    const w = world();
    await sendRelief(w.admin, half({ memberCap: c("4") }));
    await sendRelief(w.admin, half({ region: 7 }));
    await sendRelief(w.admin, half({ tier: 2 }));
    await w.fund(RELIEF, c("50"));
    await w.closeMonth();
    await bill(w, { period: NOVEMBER });
    const covers = await readCovers(w.admin, w.bob.id, NOVEMBER);
    expect(covers.map(({ relief, used, left }) => [relief, used, left])).to.deep.equal([[1, c("4"), c("0")]]);
    expect((await readCovers(w.admin, w.eve.id, NOVEMBER))[0]).to.include({ used: c("0"), left: c("4") });
    expect(await readCovers(w.admin, w.bob.id, OCTOBER)).to.deep.equal([]);
    expect(await readCovers(w.admin, COMMONS, NOVEMBER)).to.deep.equal([]);
  });

  it("pay from grants, every unit traced from who gave to whose statement it paid", async () => {
    const w = world();
    await granted(w);
    const trace = await grants.traceGrant(w.admin, 1);
    expect(trace.given.map(({ giver, amount }) => [giver, amount])).to.deep.equal([
      [w.stranger.address, c("3")],
      [w.eve.key.address, c("1")],
    ]);
    // Half of a loan is 6; there were 4.
    expect(trace.spent.map(({ block: _, ...one }) => one)).to.deep.equal([
      { supplier: w.ada.id, number: 1, consumer: w.bob.id, amount: c("4") },
    ]);
    expect(trace.left).to.equal(c("0"));
    expect(trace.givers.map(({ spent }) => spent)).to.deep.equal([c("3"), c("1")]);
  });

  it("give back what was not spent, to each giver its part", async () => {
    const w = world();
    await granted(w);
    await give(w, w.stranger, "5");
    for (let month = 0; month < 5; month++) await w.closeMonth();
    const before = await w.asset.balanceOf(w.eve.key.address);
    const { amount } = await grants.sendGrantReturn(w.admin, { relief: 1, giver: w.eve.key.address });
    expect(amount).to.equal(credits(c("5") / 9n));
    expect((await w.asset.balanceOf(w.eve.key.address)) - before).to.equal(amount);
    const { givers, left } = await grants.traceGrant(w.admin, 1);
    const [stranger, eve] = givers;
    expect(eve).to.include({ given: c("1"), returned: amount, left: c("0") });
    expect(stranger).to.include({ given: c("8"), returned: c("0"), left });
  });

  it("are told of a charge, whose refund gives each its own back", async () => {
    const w = world();
    await granted(w);
    const charge = await findCharge(w.admin, { supplier: w.ada.id, number: statementNumber(1) });
    expect(charge).to.include({ gross: GROSS, fee: FEE, relieved: c("4"), royalties: 0n });
    expect(charge.legs).to.deep.equal([{ kind: "aid", relief: 1, amount: c("4") }]);
    const bob = (await readAccount(w.admin, w.bob.id)).position;
    const relief = (await readAccount(w.admin, RELIEF)).position;
    expect((await sendStatementRefund(w.ada.as, charge)).amount).to.equal(GROSS);
    expect((await readAccount(w.admin, w.bob.id)).position - bob).to.equal(GROSS - c("4"));
    expect((await readAccount(w.admin, RELIEF)).position - relief).to.equal(c("4"));
  });
});
