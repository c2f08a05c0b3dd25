import { toAssetUnits } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";

/** Issues the consortium's own credits against commitments. Treasurer. */
export const { prepare: prepareIssue, send: sendIssue } = verb<{ to: string; amount: Credits }>(
  async (c, a) => c.contracts.asset.issue.populateTransaction(a.to, await units(c, a.amount)),
);

/** Burns the signer's own credits, when the bank has paid them out. */
export const { prepare: prepareRedemption, send: sendRedemption } = verb<{ amount: Credits }>(async (c, a) =>
  c.contracts.asset.redeem.populateTransaction(await units(c, a.amount)),
);

async function units(consortium: Consortium, amount: Credits): Promise<bigint> {
  return toAssetUnits(amount, Number(await read(consortium.contracts.asset.decimals())));
}
