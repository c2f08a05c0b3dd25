import { RELIEF } from "../src/core/ids.ts";
import { parseCredits } from "../src/core/money.ts";
import { addMonths, periodStart } from "../src/core/period.ts";
import { ANY_TIER } from "../src/core/schedule.ts";
import type { Line } from "../src/core/statement.ts";
import { sendDeposit } from "../src/sdk/accounts.ts";
import { sendClose } from "../src/sdk/periods.ts";
import { NO_CAP, sendRelief } from "../src/sdk/reliefs.ts";
import { sendPermission, sendResource } from "../src/sdk/resources.ts";
import { sendDescription } from "../src/sdk/schedules.ts";
import { COPY, LOAN, OCTOBER } from "../test/support/consortium.ts";
import { createCrowd, postBatch } from "./crowd.ts";

const NOVEMBER = addMonths(OCTOBER, 1);

/** What one more statement in a batch of 50 costs where half of its price is relieved, and where it bears a royalty. */
export async function legsGas(): Promise<Record<string, number>> {
  const crowd = await createCrowd(52);
  const { admin, time } = crowd.consortium;
  const holder = crowd.members.at(-1);
  if (holder === undefined) throw new Error("a crowd needs a rights holder");
  const funds = parseCredits("10000");
  await (await admin.contracts.asset.issue(await admin.signer!.getAddress(), funds)).wait();
  await (await admin.contracts.asset.approve(admin.contracts.ledger, funds)).wait();
  await sendDeposit(admin, { member: RELIEF, amount: funds });
  const terms = { service: LOAN, region: 1, tier: ANY_TIER, share: 5_000, memberCap: NO_CAP, cap: NO_CAP };
  await sendRelief(admin, { ...terms, from: NOVEMBER, until: 0 });
  await sendDescription(admin, { service: COPY, unit: "page", act: "reproduce" });
  const work = { holder, urn: "urn:isbn:9783161484100", licence: "reserved" } as const;
  const { resource } = await sendResource(admin, work);
  await sendPermission(admin, { resource, service: COPY, permitted: true, royalty: parseCredits("0.50") });
  await time.increaseTo(periodStart(NOVEMBER) + 86_400);
  await sendClose(admin);

  const marginal = async (line: Line): Promise<number> => {
    await postBatch(crowd, 50, { period: NOVEMBER, line }); // rolls every account, opens every count of caps
    const fifty = await postBatch(crowd, 50, { period: NOVEMBER, line });
    const one = await postBatch(crowd, 1, { period: NOVEMBER, line });
    return Math.round((fifty.gas - one.gas) / 49);
  };
  return {
    "post.relief.marginal": await marginal({ service: LOAN, quantity: 1 }),
    "post.royalty.marginal": await marginal({ service: COPY, quantity: 1, resource }),
  };
}
