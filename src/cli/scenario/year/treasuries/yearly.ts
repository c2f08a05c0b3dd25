import { COMMONS } from "../../../../core/ids.ts";
import type { Credits } from "../../../../core/money.ts";
import { readAccount, readDebt, sendDebtPayment } from "../../../../sdk/accounts.ts";
import type { Office } from "../office.ts";
import type { Account } from "../plan.ts";
import type { Treasury } from "../treasury.ts";
import { advanceAll, invoiceAll, payOutAll } from "./advances.ts";

/**
 * One settlement a year: a centre advances for twelve months, and sends one invoice in January. What the users of the
 * common catalogue bring in is paid to its builders every month.
 */
export function yearlyTreasury(centre: Account, members: readonly Account[], each: Credits): Treasury {
  const credit = { sponsor: centre, members, each };
  return {
    credit,
    open: (office) => advanceAll(office, credit),
    lastDay: (office) => payBuilders(office, members),
    async end(office) {
      await invoiceAll(office, credit, office.plan.months - 1);
      await payOutAll(office, members);
    },
  };
}

/** Pays what COMMONS owes, in the order of the members, as far as it reaches. */
async function payBuilders(office: Office, members: readonly Account[]): Promise<void> {
  const { admin } = office;
  for (const name of members) {
    const { id: creditor } = office.party(name);
    if ((await readDebt(admin, COMMONS, creditor)) === 0n) continue;
    const { position, cash } = await readAccount(admin, COMMONS);
    if (position + cash > 0n) await sendDebtPayment(admin, { debtor: COMMONS, creditor });
  }
}
