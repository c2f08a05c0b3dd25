import type { TransactionReceipt } from "ethers";
import { decodeLeg } from "../core/legs.ts";
import { memberId, statementNumber } from "../core/ids.ts";
import type { Hash, MemberId, StatementNumber } from "../core/ids.ts";
import { credits, type Credits } from "../core/money.ts";
import type { PeriodId } from "../core/period.ts";
import type { Grant, Relief } from "../core/relief.ts";
import { approveAsset } from "./assets.ts";
import type { Consortium } from "./consortium.ts";
import { readEvents } from "./log.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";

/** What a grant is opened with: a relief that ends, whom it is for, and its terms in words. */
export interface GrantTerms extends Relief {
  readonly until: PeriodId;
  /** At most 256; none for all that its terms cover. */
  readonly members: readonly MemberId[];
  /** Hash of the grant's terms in words. */
  readonly document: Hash;
}

interface Funding {
  readonly relief: number;
  readonly amount: Credits;
}

const grant = verb<GrantTerms>((c, { members, document, ...terms }) => {
  const ascending = [...new Set(members)].sort((a, b) => a - b);
  return c.contracts.pricing.openGrant.populateTransaction(terms, ascending, document);
});
const funding = verb<Funding>((c, a) =>
  c.contracts.pricing.fundGrant.populateTransaction(a.relief, a.amount),
);
const giving = verb<{ relief: number; giver: string }>((c, a) =>
  c.contracts.pricing.returnGrant.populateTransaction(a.relief, a.giver),
);

/** Opens a grant, which holds nothing yet. Authority. */
export const prepareGrant = grant.prepare;

/** Opens a grant, and tells its number. */
export async function sendGrant(
  consortium: Consortium,
  terms: GrantTerms,
): Promise<{ readonly relief: number; readonly receipt: TransactionReceipt }> {
  const receipt = await grant.send(consortium, terms);
  const { args } = eventOf(consortium.contracts.pricing, receipt, "GrantOpened");
  return { relief: Number(args.relief), receipt };
}

/** Puts the signer's assets into a grant, until its last month is over. The asset must have been approved; see {@link sendGrantFunding}. Anyone. */
export const prepareGrantFunding = funding.prepare;

/** Approves the asset where the allowance is short, then funds the grant. */
export async function sendGrantFunding(consortium: Consortium, input: Funding): Promise<TransactionReceipt> {
  await approveAsset(consortium, consortium.deployment.pricing, input.amount);
  return funding.send(consortium, input);
}

/** Pays a giver its part of what a grant did not spend, once nothing more can be posted for its months. Anyone. */
export const prepareGrantReturn = giving.prepare;

/** Pays a giver back, and tells how much. */
export async function sendGrantReturn(
  consortium: Consortium,
  input: { relief: number; giver: string },
): Promise<{ readonly amount: Credits; readonly receipt: TransactionReceipt }> {
  const receipt = await giving.send(consortium, input);
  const { args } = eventOf(consortium.contracts.pricing, receipt, "GrantReturned");
  return { amount: credits(args.amount as bigint), receipt };
}

/** What is left of a grant, and what givers can claim back in proportion. */
export async function readGrant({ contracts }: Consortium, relief: number): Promise<Grant> {
  const { balance, given } = await read(contracts.pricing.grantOf(relief));
  return { balance: credits(balance), given: credits(given) };
}

/** Where the money of a grant came from, and where every unit of it went. */
export interface GrantTrace {
  /** Who gave, in the order of the chain. */
  readonly given: readonly { readonly giver: string; readonly amount: Credits; readonly block: number }[];
  /** Whose statements it paid for. */
  readonly spent: readonly {
    readonly supplier: MemberId;
    readonly number: StatementNumber;
    readonly consumer: MemberId;
    readonly amount: Credits;
    readonly block: number;
  }[];
  /** What went back to givers. */
  readonly returned: readonly { readonly giver: string; readonly amount: Credits; readonly block: number }[];
  readonly left: Credits;
  /** By giver: what it gave, what went back to it, and which part of what is left is its own, rounded down. */
  readonly givers: readonly {
    readonly giver: string;
    readonly given: Credits;
    readonly returned: Credits;
    readonly left: Credits;
    readonly spent: Credits;
  }[];
}

/** Traces a grant from those who gave to those for whom it paid: given = spent + returned + left, to the millionth. */
export async function traceGrant(consortium: Consortium, relief: number): Promise<GrantTrace> {
  const { pricing } = consortium.contracts;
  const { filters } = pricing;
  const [fundings, settled, returns, { balance: left }] = await Promise.all([
    readEvents(consortium, pricing, { filter: filters.GrantFunded(relief) }),
    readEvents(consortium, pricing, { filter: filters.LegsSettled() }),
    readEvents(consortium, pricing, { filter: filters.GrantReturned(relief) }),
    readGrant(consortium, relief),
  ]);
  const moved = ({ args, block }: (typeof fundings)[number]) => ({
    giver: String(args.giver),
    amount: credits(args.amount as bigint),
    block,
  });
  const [given, returned] = [fundings.map(moved), returns.map(moved)];
  const spent = settled.flatMap(({ args, block }) => {
    const legs = (args.legs as bigint[]).map(decodeLeg);
    return legs
      .filter((leg) => leg.kind === "aid" && leg.relief === relief)
      .map(({ amount }) => ({
        supplier: memberId(Number(args.supplier)),
        number: statementNumber(Number(args.number)),
        consumer: memberId(Number(args.consumer)),
        ...{ amount, block },
      }));
  });
  return { given, spent, returned, left, givers: giversOf(given, returned, left) };
}

type Moved = GrantTrace["given"];

/** Givers share what is left in proportion to what they gave; who was paid back has no share any more. */
function giversOf(given: Moved, returned: Moved, left: Credits): GrantTrace["givers"] {
  const [own, back] = [sums(given), sums(returned)];
  const waiting = [...own].reduce((sum, [giver, amount]) => sum + (back.has(giver) ? 0n : amount), 0n);
  return [...own].map(([giver, amount]) => {
    const paid = back.get(giver) ?? 0n;
    const share = back.has(giver) || waiting === 0n ? 0n : (left * amount) / waiting;
    return {
      giver,
      given: credits(amount),
      returned: credits(paid),
      left: credits(share),
      spent: credits(amount - paid - share),
    };
  });
}

function sums(moved: Moved): Map<string, bigint> {
  const all = new Map<string, bigint>();
  for (const { giver, amount } of moved) all.set(giver, (all.get(giver) ?? 0n) + amount);
  return all;
}
