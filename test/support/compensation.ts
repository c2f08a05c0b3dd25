import type { ContractTransactionResponse } from "ethers";
import type { MemberId } from "../../src/core/ids.ts";
import type { Credits } from "../../src/core/money.ts";
import { memberId } from "../../src/core/ids.ts";
import type { PeriodId } from "../../src/core/period.ts";
import { OCTOBER } from "./consortium.ts";
import { no } from "./desk-records.ts";
import { bill, c, loans } from "./statements.ts";
import type { World } from "./world.ts";

export const RELIEF = memberId(2);
export const NOVEMBER = (OCTOBER + 1) as PeriodId;

/** Whom the council names: at half of what was received net, and at most 100 credits, unless told otherwise. */
export interface Naming {
  readonly member: MemberId;
  readonly rate?: number;
  readonly cap?: Credits;
}

/** RELIEF has 500 credits, and whoever founded the world has the council's say. */
export async function seatCouncil(world: World): Promise<void> {
  const [founder] = await world.ethers.getSigners();
  if (founder === undefined) throw new Error("the test chain has no accounts");
  await world.charter.grantRole(8, founder, 0);
  await world.fund(RELIEF, c("500"));
}

/** Names members for a month: November, unless told otherwise. */
export const name = (
  world: World,
  members: readonly Naming[],
  period: PeriodId = NOVEMBER,
): Promise<ContractTransactionResponse> =>
  world.compensation.name(
    period,
    members.map(({ member, rate = 5_000, cap = c("100") }) => ({ member, rate, cap })),
  );

let number = 0;

/** So many loans at 12 credits, and 0.26 of fee, from ada to bob, unless told otherwise, in the open month's book. */
export const lend = (
  world: World,
  quantity: number,
  parties: { supplier?: MemberId; consumer?: MemberId } = {},
) => bill(world, { ...parties, number: no(++number), lines: loans(quantity) });

/** Cash of RELIEF, what is set aside, and what the book holds altogether. */
export async function purse({ ledger }: World) {
  return {
    relief: (await ledger.account(RELIEF)).cash,
    pot: await ledger.bonds(),
    backing: await ledger.backing(),
  };
}
