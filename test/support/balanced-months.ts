import { id, ZeroHash } from "ethers";
import { COMMONS, RELIEF, resourceId, serviceId } from "../../src/core/ids.ts";
import { addMonths } from "../../src/core/period.ts";
import { agree, both } from "./agreements.ts";
import { charge, draw, type Balanced, type BilledLine } from "./balanced.ts";
import { name, seatCouncil } from "./compensation.ts";
import { condition } from "./conditions.ts";
import { COPY, LOAN, OCTOBER } from "./consortium.ts";
import { enrich } from "./credits.ts";
import { fundGrant, NOVEMBER, openGrant, openMonth, openRelief, publishBeside } from "./pricing.ts";
import { chargedIn, refund } from "./reversals.ts";
import { c } from "./statements.ts";
import { ACT, BOOK, LICENCE, registerWork } from "./works.ts";

/** Pages, which cost at least 3 and at most 6 a line, and records for the common catalogue. */
export const [PAGE, RECORD] = [serviceId(3), serviceId(4)];
/** Eve's book, of which a copy costs 2 on top. */
export const WORK = resourceId(1);
const DECEMBER = addMonths(OCTOBER, 2);

export const loansOf = (count: number): BilledLine => ({
  ...{ service: LOAN, quantity: count, amounts: Array.from({ length: count }, () => "12") },
});
export const copiesOf = (count: number, details = { isbn: "978-3-16-148410-0" }): BilledLine => ({
  ...{ service: COPY, quantity: count, resource: WORK, details },
  amounts: Array.from({ length: count }, () => "5"),
});

/**
 * Half a year of interests that have to be balanced: prices with conditions, agreements, works, reliefs, a grant, net
 * lenders, advances that invoices repay, contributions to the common good and what it costs to use it. Everything that
 * the auditor has to follow happens at least once.
 */
export async function playMonths(world: Balanced): Promise<void> {
  await arrange(world);
  await openMonth(world, NOVEMBER);
  await trade(world);
  await openMonth(world, DECEMBER);
  await settle(world);
  await openMonth(world, NOVEMBER + 4);
  await world.pricing.returnGrant(2, world.stranger.address);
}

/** October: what will hold from November on. */
async function arrange(world: Balanced): Promise<void> {
  const { ada, bob, eve, register, pricing, schedule, resources, commons, stranger } = world;
  await schedule.describe(COPY, 1, ACT.Reproduce);
  const pages = condition({ service: PAGE, price: c("1"), fee: 0n, minimum: c("3"), cap: c("6") });
  await publishBeside(world, [pages, condition({ service: RECORD, price: c("1"), fee: c("0.1") })]);
  await eve.as.contracts.resources.registerResource(eve.id, BOOK, LICENCE.Reserved);
  await eve.as.contracts.resources.permit(WORK, COPY, true, c("2"));
  await registerWork(ada, LICENCE.CC0);
  await resources.setCommercial(7, true);
  await openRelief(world);
  await openGrant(world, { share: 2_500 }, [bob.id]);
  await fundGrant(world, 2, c("10"));
  await agree(world, { prices: [both(LOAN, c("5"))] }, [ada, eve]);
  await seatCouncil(world);
  await name(world, [{ member: ada.id }]);
  await register.appoint(COMMONS, commons.key.address, 3, stranger.address);
  await pricing.accredit(commons.key.address, RECORD, true);
  await world.fund(COMMONS, c("50"));
  await world.fund(RELIEF, c("100"));
  await bob.as.contracts.advances.advance(bob.id, eve.id, c("30"));
}

/** November: what is lent, copied, contributed and used, and what is left out. */
async function trade(world: Balanced): Promise<void> {
  const { ada, bob, eve, commons } = world;
  const post = async (parties: Parameters<typeof charge>[1], lines: readonly BilledLine[]) => {
    const drawn = await draw(world, parties, NOVEMBER, lines);
    return { drawn, sent: await charge(world, parties, drawn, "skip") };
  };
  const { drawn, sent } = await post([ada, bob], [loansOf(2)]);
  const [charged] = await chargedIn(world, [drawn], sent);
  await post([ada, bob], [copiesOf(2)]);
  await post([ada, bob], [{ service: PAGE, quantity: 2, amounts: ["2.5", "0.5"] }]);
  await post([ada, eve], [{ ...loansOf(1), amounts: ["5"] }]);
  await post([ada, commons], [{ service: RECORD, quantity: 5, amounts: ["5"] }]);
  await post([commons, bob], [{ service: RECORD, quantity: 3, amounts: ["3"] }]);
  await post([ada, bob], [{ ...copiesOf(1), resource: resourceId(9) }]);
  await post([ada, commons], [{ service: PAGE, quantity: 2, amounts: ["3"] }]);
  if (charged !== undefined) await refund(world, charged, [1]);
}

/** December: who is paid what for November. */
async function settle(world: Balanced): Promise<void> {
  const { ada, bob, eve, compensation, pricing, asset, advances, register, stranger } = world;
  await compensation.compensate(ada.id, NOVEMBER);
  await pricing.endRelief(1, DECEMBER);
  await bob.as.contracts.advances.raiseInvoice(bob.id, eve.id, NOVEMBER, c("9"), ZeroHash);
  await enrich(world, stranger.address, c("20"));
  await asset.connect(stranger).approve(await advances.getAddress(), c("9"));
  await advances.connect(stranger).payInvoice(1, c("9"), id("transfer"));
  await register.connect(ada.key).endAgreement(1, ada.id);
  await asset.confirmPayment(bob.id, c("11"), id("bank"));
  await asset.connect(stranger).redeem(c("11"), id("account"));
  await asset.confirmRedemption(1, id("paid out"));
}
