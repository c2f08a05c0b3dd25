import type { TransactionReceipt } from "ethers";
import { memberId } from "../core/ids.ts";
import type { MemberId } from "../core/ids.ts";
import { credits, type Credits } from "../core/money.ts";
import { period, type PeriodId } from "../core/period.ts";
import type { Consortium } from "./consortium.ts";
import { readEvents } from "./log.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";

/** What a net lender gets on top. */
export interface NamedLender {
  readonly member: MemberId;
  /** Of what it received net in the month, in ten-thousandths; rounded down, the rest goes back to RELIEF. */
  readonly rate: number;
  /** The most; set aside when it is named. */
  readonly cap: Credits;
}

/** Whom, for which month. */
export interface LenderMonth {
  readonly member: MemberId;
  readonly period: PeriodId;
}

/** A member that was named for a month, and what became of it. */
export interface Compensation extends NamedLender, LenderMonth {
  readonly standing: "waiting" | "paid" | "lapsed";
  /** What it received less what it was debited in the month; known once it was paid. */
  readonly net?: Credits;
  /** What it got; nothing before it was paid. */
  readonly paid: Credits;
}

/** Names members for a month that has not begun, and sets the sum of their caps aside from RELIEF. Council. */
export const { prepare: prepareCompensationNaming, send: sendCompensationNaming } = verb<{
  period: PeriodId;
  members: readonly NamedLender[];
}>((c, a) =>
  c.contracts.compensation.name.populateTransaction(
    a.period,
    a.members.map(({ member, rate, cap }) => ({ member, rate, cap })),
  ),
);

const payment = verb<LenderMonth>((c, a) =>
  c.contracts.compensation.compensate.populateTransaction(a.member, a.period),
);

/** Pays a named member after the close: rate × net received, up to its cap. Anyone. */
export const prepareCompensation = payment.prepare;

/** Pays a named member, and tells how much. */
export async function sendCompensation(
  consortium: Consortium,
  input: LenderMonth,
): Promise<{ readonly amount: Credits; readonly net: Credits; readonly receipt: TransactionReceipt }> {
  const receipt = await payment.send(consortium, input);
  const { args } = eventOf(consortium.contracts.compensation, receipt, "Compensated");
  return { amount: credits(args.amount as bigint), net: credits(args.net as bigint), receipt };
}

/** Gives back to RELIEF what nobody drew within twelve months of the close. Anyone. */
export const { prepare: prepareCompensationLapse, send: sendCompensationLapse } = verb<LenderMonth>((c, a) =>
  c.contracts.compensation.lapse.populateTransaction(a.member, a.period),
);

/** What a member was named for and has not been paid; undefined where there is nothing. */
export async function readNamed(
  { contracts }: Consortium,
  { member, period: month }: LenderMonth,
): Promise<NamedLender | undefined> {
  const { rate, cap } = await read(contracts.compensation.namedFor(member, month));
  return rate === 0n && cap === 0n ? undefined : { member, rate: Number(rate), cap: credits(cap) };
}

/** Everybody who was ever named, by month and member. */
export async function listCompensation(consortium: Consortium): Promise<Compensation[]> {
  const found = new Map<string, Compensation>();
  for (const { name, args } of await readEvents(consortium, consortium.contracts.compensation)) {
    const key = `${args.period as bigint}/${args.member as bigint}`;
    const before = found.get(key);
    if (name === "CompensationNamed") {
      found.set(key, {
        member: memberId(Number(args.member)),
        period: period(Number(args.period)),
        rate: Number(args.rate),
        cap: credits(args.cap as bigint),
        standing: "waiting",
        paid: credits(0n),
      });
    } else if (before !== undefined && name === "Compensated") {
      const [net, paid] = [credits(args.net as bigint), credits(args.amount as bigint)];
      found.set(key, { ...before, standing: "paid", net, paid });
    } else if (before !== undefined && name === "CompensationLapsed") {
      found.set(key, { ...before, standing: "lapsed" });
    }
  }
  return [...found.values()].sort((a, b) => a.period - b.period || a.member - b.member);
}
