import { COMMONS, statementNumber } from "../../src/core/ids.ts";
import { createBalanced, type Balanced } from "./balanced.ts";
import { playMonths } from "./balanced-months.ts";
import { acceptance, claim, claimIn, DAY } from "./claims.ts";
import { LOAN } from "./consortium.ts";
import { lineRecords } from "./desk-records.ts";
import { postRecorded } from "./reversals.ts";
import { bill, c } from "./statements.ts";

/** What nobody deposited and the ledger holds all the same. */
export const STRAY = c("0.75");

/** Half a year in which everything that moves money happens at least once; its last month is closed. */
export async function createPapered(): Promise<Balanced> {
  const world = await createBalanced();
  await trouble(world);
  await playMonths(world);
  await world.ledger.payDebt(world.eve.id, world.ada.id);
  await world.ledger.payDebt(world.eve.id, COMMONS);
  await world.bob.as.contracts.advances.recallAdvance(world.bob.id, world.eve.id, c("1"));
  await world.closeMonth();
  return world;
}

/** October: claims, bonds, debts, refunds, pay-outs and a stray transfer. */
async function trouble(world: Balanced): Promise<void> {
  const { ada, bob, eve, claims, ledger, asset, deployment, time } = world;
  const accepted = await claim(world, { number: statementNumber(901) });
  await claims.accept(accepted.id, await acceptance(world, accepted.statement));
  const disputed = await claimIn(world, "disputed", { number: statementNumber(902) });
  await ada.as.contracts.claims.withdrawClaim(disputed.id);
  await bill(world, { number: statementNumber(903), consumer: eve.id }, { mode: "acknowledge" });
  const lines = [{ service: LOAN, quantity: 2 }];
  const changes = { number: statementNumber(904), consumer: eve.id, lines };
  const owed = await postRecorded(world, lineRecords(world, lines), changes, c("24.52"));
  await ada.as.contracts.reversals.refundStatement(owed.charged);
  await bob.as.contracts.ledger.announceWithdrawal(bob.id, c("100"));
  await time.increase(8 * DAY);
  await ledger.withdraw(bob.id);
  await asset.release(COMMONS, c("10"));
  await asset.issue(deployment.ledger, STRAY);
}
