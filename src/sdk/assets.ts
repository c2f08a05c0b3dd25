import { toAssetUnits } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import type { Consortium } from "./consortium.ts";
import { read, sendCall, verb } from "./verb.ts";

/** Issues the consortium's own credits, no more than was committed and received. Treasurer. */
export const { prepare: prepareIssue, send: sendIssue } = verb<{ to: string; amount: Credits }>(
  async (c, a) => c.contracts.asset.issue.populateTransaction(a.to, await assetUnits(c, a.amount)),
);

/** Units of the settlement asset that stand for an amount of credits. */
export async function assetUnits(consortium: Consortium, amount: Credits): Promise<bigint> {
  return toAssetUnits(amount, Number(await read(consortium.contracts.asset.decimals())));
}

/** Lets a contract take an amount of the signer's assets, where it may not yet. */
export async function approveAsset(consortium: Consortium, spender: string, amount: Credits): Promise<void> {
  const { asset } = consortium.contracts;
  const units = await assetUnits(consortium, amount);
  const owner = await consortium.signer?.getAddress();
  if (owner === undefined || (await read(asset.allowance(owner, spender))) >= units) return;
  const { to, data } = await asset.approve.populateTransaction(spender, units);
  await sendCall(consortium, { to, data });
}
