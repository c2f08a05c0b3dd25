import type { TransactionReceipt } from "ethers";
import { FIRST_MEMBER, hash, memberId, RELIEF } from "../core/ids.ts";
import type { Hash, MemberId, ServiceId } from "../core/ids.ts";
import { credits, type Credits } from "../core/money.ts";
import { period, type PeriodId } from "../core/period.ts";
import type { Relief } from "../core/relief.ts";
import { ANY_TIER } from "../core/schedule.ts";
import { readAccount } from "./accounts.ts";
import type { Consortium } from "./consortium.ts";
import { readEvents, type Logged } from "./log.ts";
import { readMember, readTier } from "./members.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";

/** A cap that no month reaches: the contract's amounts of relief have 48 bits. */
export const NO_CAP = credits(2n ** 48n - 1n);

/** A relief or a grant as it was opened; both share numbers. */
export interface OpenedRelief extends Relief {
  readonly relief: number;
  readonly kind: "relief" | "grant";
  /** Whom a grant is for; all that its terms cover where it names none. */
  readonly members: readonly MemberId[];
  /** Hash of a grant's terms in words. */
  readonly document?: Hash;
  readonly block: number;
}

const relief = verb<Relief>((c, terms) => c.contracts.pricing.relieve.populateTransaction(terms));

/** Opens a relief for months that have not begun. Scheduler. */
export const prepareRelief = relief.prepare;

/** Opens a relief, and tells its number. */
export async function sendRelief(
  consortium: Consortium,
  terms: Relief,
): Promise<{ readonly relief: number; readonly receipt: TransactionReceipt }> {
  const receipt = await relief.send(consortium, terms);
  const { args } = eventOf(consortium.contracts.pricing, receipt, "ReliefOpened");
  return { relief: Number(args.relief), receipt };
}

/** Ends a relief with a month that is not over; a grant cannot be ended. Scheduler. */
export const { prepare: prepareReliefEnd, send: sendReliefEnd } = verb<{ relief: number; last: PeriodId }>(
  (c, a) => c.contracts.pricing.endRelief.populateTransaction(a.relief, a.last),
);

/** Every relief and grant that was ever opened, in the order of their numbers, with the end that was set for it. */
export async function listReliefs(consortium: Consortium): Promise<OpenedRelief[]> {
  const { pricing } = consortium.contracts;
  const filters = [
    pricing.filters.ReliefOpened(),
    pricing.filters.GrantOpened(),
    pricing.filters.ReliefEnded(),
  ];
  const [reliefs = [], grants = [], ended = []] = await Promise.all(
    filters.map((filter) => readEvents(consortium, pricing, { filter })),
  );
  const lasts = new Map(ended.map(({ args }) => [Number(args.relief), period(Number(args.last))]));
  return [...reliefs, ...grants]
    .map((event) => {
      const opened = openedIn(event);
      const last = lasts.get(opened.relief);
      return last === undefined ? opened : { ...opened, until: last };
    })
    .sort((a, b) => a.relief - b.relief);
}

/** What a relief paid for one member, and for all, in a month of service that can still be posted. */
export async function readRelieved(
  { contracts }: Consortium,
  number: number,
  member: MemberId,
  month: PeriodId,
): Promise<{ readonly forMember: Credits; readonly forAll: Credits }> {
  const { forMember, forAll } = await read(contracts.pricing.relieved(number, member, month));
  return { forMember: credits(forMember), forAll: credits(forAll) };
}

/** A relief or grant that covers a member in a month, and what it still has for it then. */
export interface Cover extends OpenedRelief {
  /** What it paid for the member in the month so far. */
  readonly used: Credits;
  /** What it can still pay for it: the least of both caps and of the money. */
  readonly left: Credits;
}

/**
 * The reliefs and grants that cover a member in a month of service that can still be posted, in the order in which they
 * pay: what each has left is what it would pay if it paid alone.
 */
export async function readCovers(
  consortium: Consortium,
  member: MemberId,
  month: PeriodId,
): Promise<Cover[]> {
  if (member < FIRST_MEMBER) return [];
  const [{ region }, tier, general, opened] = await Promise.all([
    readMember(consortium, member),
    readTier(consortium, member, month),
    readAccount(consortium, RELIEF),
    listReliefs(consortium),
  ]);
  const covering = opened.filter(
    (one) =>
      (one.region === 0 || one.region === region) &&
      (one.tier === ANY_TIER || one.tier === tier) &&
      one.from <= month &&
      (one.until === 0 || month <= one.until) &&
      (one.members.length === 0 || one.members.includes(member)),
  );
  return Promise.all(
    covering.map(async (one): Promise<Cover> => {
      const { forMember, forAll } = await readRelieved(consortium, one.relief, member, month);
      const money =
        one.kind === "relief"
          ? general.room
          : (await read(consortium.contracts.pricing.grantOf(one.relief))).balance;
      const left = least(one.memberCap - forMember, one.cap - forAll, money);
      return { ...one, used: forMember, left: credits(left) };
    }),
  );
}

function openedIn({ name, args, block }: Logged): OpenedRelief {
  const terms = args.terms as Readonly<Record<string, bigint>>;
  const number = (field: string) => Number(terms[field] ?? 0n);
  const amount = (field: string) => credits(terms[field] ?? 0n);
  const grant = name === "GrantOpened";
  return {
    relief: Number(args.relief),
    kind: grant ? "grant" : "relief",
    service: number("service") as ServiceId | 0,
    region: number("region"),
    tier: number("tier"),
    share: number("share"),
    from: period(number("from")),
    until: number("until") === 0 ? 0 : period(number("until")),
    memberCap: amount("memberCap"),
    cap: amount("cap"),
    members: grant ? (args.members as bigint[]).map((id) => memberId(Number(id))) : [],
    ...(grant ? { document: hash(args.document as string) } : {}),
    block,
  };
}

function least(...amounts: readonly bigint[]): bigint {
  return amounts.reduce((low, one) => (one < low ? one : low), amounts[0] ?? 0n);
}
