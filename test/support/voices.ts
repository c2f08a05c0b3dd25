import { contractsAt } from "../../src/chain/contracts.ts";
import { memberId, statementNumber } from "../../src/core/ids.ts";
import { parseCredits } from "../../src/core/money.ts";
import type { PeriodId } from "../../src/core/period.ts";
import { actAs } from "../../src/sdk/consortium.ts";
import type { TestMember } from "./consortium.ts";
import type { Governance, Voter } from "./governance.ts";
import { bill, loans } from "./statements.ts";
import type { World } from "./world.ts";

/** Has one member supply so many loans of 12 credits to another, in the open month, and says what they come to. */
export async function supply(
  g: Governance,
  supplier: Voter,
  consumer: Voter,
  quantity: number,
  number = 1,
): Promise<bigint> {
  const member = ({ id, key }: Voter): TestMember => ({
    ...{ id: memberId(id), key, payee: key.address },
    as: actAs(g.consortium.admin, key),
  });
  const [ada, bob] = [member(supplier), member(consumer)];
  const { admin, deployment, fund } = g.consortium;
  const stranger = { stranger: g.stranger, strange: contractsAt(deployment, g.stranger) };
  const world: World = { ...g.consortium, ...admin.contracts, ada, bob, eve: bob, ...stranger };
  const price = parseCredits("12") * BigInt(quantity);
  await fund(bob.id, parseCredits(`${13 * quantity}`));
  const period = Number(await admin.contracts.ledger.openPeriod()) as PeriodId;
  const changes = { number: statementNumber(number), period, lines: loans(quantity), lastPeriod: period };
  await bill(world, changes);
  return price;
}

/** Closes so many months. */
export async function passMonths(g: Governance, months: number): Promise<void> {
  for (let i = 0; i < months; i++) await g.consortium.closeMonth();
}

/** The weight of a member now. */
export const votesOf = async ({ voice }: Governance, id: number | bigint): Promise<bigint> =>
  voice.getVotes(await voice.accountOf(id));

/** Whether a member is on a constituency's roll in the second before the last block. */
export async function enrolled(
  { voice, now }: Governance,
  constituency: number,
  id: number,
): Promise<boolean> {
  const word = await voice.rollWord(constituency, Math.floor(id / 208), (await now()) - 1);
  return ((word >> BigInt(id % 208)) & 1n) === 1n;
}
