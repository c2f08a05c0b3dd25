import type { Credits } from "../../../../core/money.ts";
import { sendAdvance } from "../../../../sdk/accounts.ts";
import { COMMONS_ACCOUNT, type Account } from "../plan.ts";
import type { Treasury } from "../treasury.ts";
import { advanceAll, invoiceAll, payOutAll } from "./advances.ts";

/** How many months a quarter has. */
const QUARTER = 3;

/**
 * An invoice a month: COMMONS advances to every borrower, what a borrower spent of it beyond its own earnings is invoiced
 * after the close, and is advanced anew. Whoever earned more is paid by the quarter.
 * @param earners members that are paid out and borrow nothing
 */
export function monthlyTreasury(
  borrowers: readonly Account[],
  earners: readonly Account[],
  each: Credits,
): Treasury {
  const credit = { sponsor: COMMONS_ACCOUNT, members: borrowers, each };
  return {
    credit,
    open: (office) => advanceAll(office, credit),
    async closed(office, month) {
      const paid = await invoiceAll(office, credit, month);
      if (month % QUARTER === QUARTER - 1) await payOutAll(office, [...borrowers, ...earners]);
      if (month === office.plan.months - 1) return;
      const sponsor = office.party(COMMONS_ACCOUNT);
      for (const [name, amount] of paid) {
        await sendAdvance(sponsor.as, { sponsor: sponsor.id, member: office.party(name).id, amount });
      }
    },
  };
}
