import { RELIEF } from "../../../core/ids.ts";
import { sendDeposit } from "../../../sdk/accounts.ts";
import { sendCompensation, sendCompensationNaming } from "../../../sdk/compensation.ts";
import { readGrant, sendGrantFunding, sendGrantReturn } from "../../../sdk/grants.ts";
import { payIn } from "./bank.ts";
import type { Office } from "./office.ts";

/** What is done before a month begins: givers give, and the council names net lenders. */
export async function prepareMonth(office: Office, month: number): Promise<void> {
  for (const { giver: name, grant, amount } of office.plan.gifts.filter((gift) => gift.month === month)) {
    const giver = office.actor(name);
    await payIn(office.admin, { member: giver.id, to: giver.key.address, amount });
    if (grant === undefined) await sendDeposit(giver.as, { member: RELIEF, amount });
    else await sendGrantFunding(giver.as, { relief: reliefOf(office, grant), amount });
  }
  const named = office.plan.rewards.filter((reward) => reward.month === month);
  if (named.length === 0) return;
  await sendCompensationNaming(office.council, {
    period: office.month(month),
    members: named.map(({ member, percent, cap }) => ({
      member: office.party(member).id,
      rate: percent * 100,
      cap,
    })),
  });
}

/** Pays the net lenders of a month that was closed. */
export async function compensate(office: Office, month: number): Promise<void> {
  for (const { member } of office.plan.rewards.filter((reward) => reward.month === month)) {
    const payment = await sendCompensation(office.admin, {
      member: office.party(member).id,
      period: office.month(month),
    });
    await office.stage.meter.note("compensate", Promise.resolve(payment.receipt));
  }
}

/** Gives the givers of grants back what was not spent, in the order in which they gave. */
export async function returnGrants(office: Office): Promise<void> {
  for (const { giver: name, grant } of office.plan.gifts) {
    if (grant === undefined) continue;
    const relief = reliefOf(office, grant);
    const { balance } = await readGrant(office.admin, relief);
    if (balance === 0n) continue;
    await sendGrantReturn(office.admin, { relief, giver: office.actor(name).key.address });
  }
}

/** The number under which the preset's grant was opened. */
export function reliefOf({ stage }: Office, place: number): number {
  const relief = stage.regime.grants[place];
  if (relief === undefined) throw new TypeError(`the preset has no grant ${place}`);
  return relief;
}
