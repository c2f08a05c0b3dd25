import { sendDeposit } from "../../../../sdk/accounts.ts";
import { payIn } from "../bank.ts";
import { returnGrants } from "../relief.ts";
import type { Treasury } from "../treasury.ts";

/** Payment in advance: every member pays in what it will draw, and is refused what it did not pay for. */
export function prepaidTreasury(): Treasury {
  return {
    async open({ admin, stage }) {
      for (const { id, key, as, deposit } of stage.actors) {
        if (deposit === undefined || deposit === 0n) continue;
        await payIn(admin, { member: id, to: key.address, amount: deposit });
        await sendDeposit(as, { member: id, amount: deposit });
      }
    },
    end: returnGrants,
  };
}
