import { expect } from "chai";
import type { MemberId } from "../../src/core/ids.ts";
import { memberId } from "../../src/core/ids.ts";
import type { AccountViewStructOutput } from "../../src/chain/types/interfaces/ILedger.ts";
import { LOAN } from "./consortium.ts";
import { no } from "./desk-records.ts";
import { c, countersigned, encodeBatch } from "./statements.ts";
import type { World } from "./world.ts";

const COMMONS = memberId(1);
const RELIEF = memberId(2);

/** Every account of the book, by member. */
export async function accountsOf({ ledger, register }: World): Promise<AccountViewStructOutput[]> {
  const last = Number(await register.lastMember());
  return Promise.all(Array.from({ length: last }, (_, i) => ledger.account(i + 1)));
}

/** Invariants 1 and 2, bonds counted in: what no attack may break. */
export async function expectSound(world: World): Promise<void> {
  const accounts = await accountsOf(world);
  const sum = (of: (account: AccountViewStructOutput) => bigint) =>
    accounts.reduce((total, account) => total + of(account), 0n);
  expect(
    sum(({ position }) => position),
    "sum of positions",
  ).to.equal(0n);
  expect(accounts.filter(({ position, cash }) => position + cash < 0n)).to.deep.equal([]);
  const bonds = await world.ledger.bonds();
  expect(await world.ledger.backing(), "backing").to.equal(sum(({ cash }) => cash) + bonds);
  const held = await world.asset.balanceOf(world.deployment.ledger);
  expect(held >= (await world.ledger.backing()), "assets held").to.equal(true);
}

/**
 * Third parties with cash, open positions and debts: eve and one more, who owes her. What is done between ada and bob
 * must leave them, and RELIEF, just as they were; COMMONS may only gain.
 */
export async function watchThirdParties(world: World): Promise<() => Promise<void>> {
  const dan = await world.createMember({ deposit: c("20") });
  await world.fund(world.eve.id, c("50"));
  for (const [number, quantity] of [[1, 1] as const, [2, 3] as const]) {
    const changes = { supplier: world.eve.id, consumer: dan.id, number: no(number) };
    const lines = [{ service: LOAN, quantity }];
    const batch = encodeBatch([await countersigned(world, { ...changes, lines }, dan.key)]);
    await world.eve.as.contracts.ledger.post(world.eve.id, 2, batch);
  }
  const watched = [world.eve.id, dan.id, RELIEF];
  const look = () => Promise.all(watched.map((member) => wealthOf(world, member)));
  const commons = async () => (await wealthOf(world, COMMONS)).worth;
  const [before, common] = [await look(), await commons()];
  return async () => {
    expect(await look(), "third parties").to.deep.equal(before);
    expect((await commons()) >= common, "COMMONS has lost nothing").to.equal(true);
    await expectSound(world);
  };
}

async function wealthOf({ ledger }: World, member: MemberId) {
  const { position, cash, advances, debts, indebtedSince } = await ledger.account(member);
  return { member, worth: position + cash, advances, debts, indebtedSince };
}
