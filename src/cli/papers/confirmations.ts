import { isConsortiaError } from "../../core/error.ts";
import { formatCredits, parseCredits, type Credits } from "../../core/money.ts";
import type { BankNotice } from "../../connectors/bank/notice.ts";
import { endToEndId, type Origin } from "../../documents/payment/transfer.ts";
import type { Redemption } from "../../sdk/redemptions.ts";

/** A transfer that the bank did not carry out, or of which nobody can say so. */
export interface Setback {
  readonly redemption: number;
  readonly reason: string;
}

/** What a bank's file comes to. */
export interface Judged {
  /** To be confirmed; the reference is the bank's with the transfer's own, so that one booking of many counts for each. */
  readonly booked: readonly {
    readonly redemption: number;
    readonly amount: Credits;
    readonly reference: string;
  }[];
  /** Confirmed on the chain before. */
  readonly already: readonly number[];
  readonly rejected: readonly Setback[];
  /** Of another amount than was redeemed, returned, or told of in two ways: somebody has to look. */
  readonly doubtful: readonly Setback[];
  readonly waiting: readonly number[];
  /** Notices of transfers that no redemption of this consortium asked for. */
  readonly others: number;
}

/** Sorts what a bank says by what it means for redemptions; each is booked at most once. */
export function judgeNotices(
  notices: readonly BankNotice[],
  redemptions: readonly Redemption[],
  { currency, ...origin }: Origin & { readonly currency: string },
): Judged {
  const byId = new Map(redemptions.map((one) => [endToEndId(one.redemption, origin), one]));
  const own = new Map<string, BankNotice[]>();
  for (const notice of notices) {
    if (byId.has(notice.endToEndId))
      own.set(notice.endToEndId, [...(own.get(notice.endToEndId) ?? []), notice]);
  }
  const judged = {
    booked: [] as Judged["booked"][number][],
    already: [] as number[],
    rejected: [] as Setback[],
    doubtful: [] as Setback[],
    waiting: [] as number[],
    others: notices.filter((notice) => !byId.has(notice.endToEndId)).length,
  };
  for (const [id, told] of own) {
    const found = byId.get(id);
    if (found === undefined) continue;
    const { redemption, amount, payment } = found;
    const states = new Set(told.map(({ state }) => state));
    const reason = told.find((one) => one.reason !== undefined)?.reason ?? "the bank gives no reason";
    const bookings = told.filter(({ state }) => state === "booked");
    const [booking] = bookings;
    if (states.has("returned"))
      judged.doubtful.push({ redemption, reason: `The money came back: ${reason}.` });
    else if (states.has("rejected") && booking !== undefined) {
      judged.doubtful.push({
        redemption,
        reason: "The file says that it was booked, and that it was rejected.",
      });
    } else if (new Set(bookings.map((one) => one.reference ?? one)).size > 1) {
      judged.doubtful.push({ redemption, reason: "The file says that it was booked more than once." });
    } else if (payment !== undefined) judged.already.push(redemption);
    else if (states.has("rejected")) judged.rejected.push({ redemption, reason });
    else if (booking === undefined) judged.waiting.push(redemption);
    else if (told.some((one) => differs(one, amount, currency))) {
      const paid = told.map((one) => `${one.amount ?? ""} ${one.currency ?? ""}`.trim()).join(", ");
      judged.doubtful.push({
        redemption,
        reason: `The bank tells of ${paid}, and ${formatCredits(amount)} ${currency} was redeemed.`,
      });
    } else
      judged.booked.push({
        redemption,
        amount,
        reference: [booking.reference, id].filter(Boolean).join(" "),
      });
  }
  return judged;
}

/** Whether a notice names an amount other than what was redeemed. */
function differs(notice: BankNotice, amount: Credits, currency: string): boolean {
  if (notice.amount === undefined) return false;
  try {
    return notice.currency !== currency || parseCredits(notice.amount) !== amount;
  } catch (error) {
    if (isConsortiaError(error)) return true;
    throw error;
  }
}
