import { wasMember } from "../../auditor/fold/membership.ts";
import { ConsortiaError } from "../../core/error.ts";
import { FIRST_MEMBER, type MemberId } from "../../core/ids.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import { effectsOf } from "../../documents/journal/effects.ts";
import { accountName } from "../audit/account.ts";
import type { LedgerFacts } from "./ledgerFacts.ts";
import type { Close } from "./movementReader.ts";

/**
 * The close of a month that a paper is to be made of: its figures never change any more.
 * @throws `MonthBeforeLedger`, `MonthNotClosed`
 */
export function closeOf({ first, closes }: LedgerFacts, month: PeriodId): Close {
  if (month < first) {
    throw new ConsortiaError(
      "MonthBeforeLedger",
      `The consortium's book begins with ${formatPeriod(first)}: there is nothing to tell of ${formatPeriod(month)}.`,
      { values: { month, first } },
    );
  }
  const close = closes.get(month);
  if (close !== undefined) return close;
  throw new ConsortiaError(
    "MonthNotClosed",
    `${formatPeriod(month)} is not closed, so its figures may still change. Close it with "consortia period close" once it is over.`,
    { retryable: true, values: { month } },
  );
}

/**
 * The months of a span that an account belongs to: those in which the institution was a member, and those in which its
 * account moved all the same.
 * @throws `MemberUnknown`, `MemberNotThen` where there are none
 */
export function monthsOf(
  { state, movements }: LedgerFacts,
  member: MemberId,
  [from, to]: readonly [PeriodId, PeriodId],
): PeriodId[] {
  const all = Array.from({ length: to - from + 1 }, (_, i) => (from + i) as PeriodId);
  if (member < FIRST_MEMBER) return all;
  const known = state.register.member(member);
  if (known === undefined) {
    throw new ConsortiaError("MemberUnknown", `There is no member ${member}.`, { values: { member } });
  }
  const moved = new Set(
    movements
      .filter(({ month }) => month >= from && month <= to)
      .filter((movement) => effectsOf(movement).some((effect) => effect.member === member))
      .map(({ month }) => month),
  );
  const months = all.filter((month) => wasMember(known, month) || moved.has(month));
  if (months.length > 0) return months;
  const span = from === to ? formatPeriod(from) : `${formatPeriod(from)} to ${formatPeriod(to)}`;
  const since =
    known.since === 0 ? "was never admitted" : `joined in ${formatPeriod(known.since as PeriodId)}`;
  const until = known.state === "left" ? ` and left with ${formatPeriod(known.until as PeriodId)}` : "";
  throw new ConsortiaError(
    "MemberNotThen",
    `${accountName({ member, isil: known.isil })} was no member in ${span}: it ${since}${until}.`,
    { values: { member, from, to } },
  );
}

/** What people call accounts: ISIL or what it is for. */
export function namesOf({ state }: LedgerFacts): (member: MemberId) => string {
  return (member) => {
    const isil = state.register.member(member)?.isil;
    return accountName({ member, ...(isil === undefined || isil === "" ? {} : { isil }) });
  };
}
