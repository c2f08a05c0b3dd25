import type { TransactionReceipt } from "ethers";
import { hash, type Hash } from "../core/ids.ts";
import { credits, type Credits } from "../core/money.ts";
import { assetUnits } from "./assets.ts";
import type { Consortium } from "./consortium.ts";
import { readEvents } from "./log.ts";
import { eventOf } from "./receipt.ts";
import { verb } from "./verb.ts";

interface Burn {
  readonly amount: Credits;
  /** Hash of where the bank is to pay. */
  readonly instruction: Hash;
}

const burning = verb<Burn>(async (c, a) =>
  c.contracts.asset.redeem.populateTransaction(await assetUnits(c, a.amount), a.instruction),
);

/** Burns the signer's own credits for the bank to pay out. */
export const prepareRedemption = burning.prepare;

/** Burns the signer's own credits, and tells the redemption's number. */
export async function sendRedemption(
  consortium: Consortium,
  input: Burn,
): Promise<{ readonly redemption: number; readonly receipt: TransactionReceipt }> {
  const receipt = await burning.send(consortium, input);
  const { args } = eventOf(consortium.contracts.asset, receipt, "RedemptionOpened");
  return { redemption: Number(args.redemption), receipt };
}

/** Notes that the bank paid a redemption out, whole. Treasurer. */
export const { prepare: prepareRedemptionConfirmation, send: sendRedemptionConfirmation } = verb<{
  redemption: number;
  /** The bank's reference, or its hash; counts once. */
  payment: Hash;
}>((c, a) => c.contracts.asset.confirmRedemption.populateTransaction(a.redemption, a.payment));

/** Credits that were burnt for the bank to pay out. */
export interface Redemption extends Burn {
  readonly redemption: number;
  readonly holder: string;
  /** The bank's reference; absent until it has paid. */
  readonly payment?: Hash;
}

/** Every redemption that was ever opened, in the order of their numbers. */
export async function listRedemptions(consortium: Consortium): Promise<Redemption[]> {
  const { asset } = consortium.contracts;
  const [opened, confirmed] = await Promise.all([
    readEvents(consortium, asset, { filter: asset.filters.RedemptionOpened() }),
    readEvents(consortium, asset, { filter: asset.filters.RedemptionConfirmed() }),
  ]);
  const payments = new Map(
    confirmed.map(({ args }) => [Number(args.redemption), hash(args.payment as string)]),
  );
  return opened.map(({ args }) => {
    const redemption = Number(args.redemption);
    const payment = payments.get(redemption);
    return {
      redemption,
      holder: String(args.holder),
      amount: credits(args.amount as bigint),
      instruction: hash(args.instruction as string),
      ...(payment === undefined ? {} : { payment }),
    };
  });
}
