import type { Hash, MemberId } from "../core/ids.ts";
import { credits, type Credits } from "../core/money.ts";
import { addMonths, period, periodEnd, type PeriodId } from "../core/period.ts";
import { readClaim } from "../sdk/claims.ts";
import type { Consortium } from "../sdk/consortium.ts";
import { read } from "../sdk/verb.ts";
import type { Act } from "./act.ts";
import type { Candidates, Settled } from "./candidates.ts";

/** Where and when a reading is made. */
export interface Moment {
  /** All state is read at this block, so that it fits together. */
  readonly block: number;
  /** The block's own second. */
  readonly at: number;
  /** Seconds since 1970; see the keeper's clock. */
  readonly now: number;
}

/** What is due, and which candidates have nothing left to wait for. */
export interface DueReading {
  readonly acts: readonly Act[];
  readonly settled: Settled;
}

/** Every month that is over and open, in order. Overdue months close one by one. */
export async function dueCloses(consortium: Consortium, { block, now }: Moment): Promise<Act[]> {
  const open = await read(consortium.contracts.ledger.openPeriod({ blockTag: block }));
  const acts: Act[] = [];
  for (let month: PeriodId = period(Number(open)); now >= periodEnd(month); month = addMonths(month, 1)) {
    acts.push({ kind: "close", period: month });
  }
  return acts;
}

/** Every other act that is due. @param leastPayment smaller part payments of a debt are left to wait */
export async function dueActs(
  consortium: Consortium,
  candidates: Candidates,
  moment: Moment,
  leastPayment: Credits,
): Promise<DueReading> {
  const acts: Act[] = [];
  const settled = {
    withdrawals: [] as MemberId[],
    payees: [] as MemberId[],
    rekeys: [] as MemberId[],
    debts: [] as string[],
    claims: [] as Hash[],
  };
  await each(candidates.withdrawals, async (member) => {
    const verdict = await judgeWithdrawal(consortium, member, moment);
    if (verdict === "settled") settled.withdrawals.push(member);
    else if (verdict !== "waiting") acts.push(verdict);
  });
  for (const kind of ["payees", "rekeys"] as const) {
    await each(candidates[kind], async (member) => {
      const verdict = await judgeChange(consortium, kind, member, moment);
      if (verdict === "settled") settled[kind].push(member);
      else if (verdict !== "waiting") acts.push(verdict);
    });
  }
  await each(candidates.debts.entries(), async ([pair, [debtor, creditor]]) => {
    const verdict = await judgeDebt(consortium, debtor, creditor, moment, leastPayment);
    if (verdict === "settled") settled.debts.push(pair);
    else if (verdict !== "waiting") acts.push(verdict);
  });
  await each(candidates.claims, async (claim) => {
    const verdict = await judgeClaim(consortium, claim, moment);
    if (verdict === "settled") settled.claims.push(claim);
    else if (verdict !== "waiting") acts.push(verdict);
  });
  return { acts, settled };
}

/** The arbiters' role of Roles.sol: while nobody holds it, no disputed claim lapses. */
const ARBITER = 6n;

/** `settled`: nothing will come of it without another event. `waiting`: not yet. */
type Verdict = Act | "settled" | "waiting";

async function judgeWithdrawal(
  { contracts: { ledger } }: Consortium,
  member: MemberId,
  { block, now }: Moment,
): Promise<Verdict> {
  const at = { blockTag: block };
  const { amount, readyAt } = await read(ledger.withdrawalOf(member, at));
  if (amount === 0n) return "settled";
  if (now < Number(readyAt)) return "waiting";
  const [view, window] = await read(
    Promise.all([ledger.account(member, at), ledger.WITHDRAWAL_WINDOW({ blockTag: block })]),
  );
  if (now > Number(readyAt) + Number(window)) return "settled";
  // Less than announced is for the member's own cash key to decide.
  if (view.free < amount) return "waiting";
  return { kind: "withdraw", member, amount: credits(amount) };
}

async function judgeChange(
  { contracts: { register } }: Consortium,
  kind: "payees" | "rekeys",
  member: MemberId,
  { block, now }: Moment,
): Promise<Verdict> {
  const at = { blockTag: block };
  const pending = kind === "payees" ? register.pendingPayee(member, at) : register.pendingKey(member, at);
  const { target, readyAt } = await read(pending);
  if (BigInt(target) === 0n) return "settled";
  if (now < Number(readyAt)) return "waiting";
  return kind === "payees"
    ? { kind: "apply-payee", member, payee: target }
    : { kind: "rekey", member, key: target };
}

async function judgeDebt(
  { contracts: { ledger } }: Consortium,
  debtor: MemberId,
  creditor: MemberId,
  { block }: Moment,
  leastPayment: Credits,
): Promise<Verdict> {
  const at = { blockTag: block };
  const [owed, view] = await read(
    Promise.all([ledger.debtOf(debtor, creditor, at), ledger.account(debtor, at)]),
  );
  if (owed === 0n) return "settled";
  const backing = view.position + view.cash;
  const amount = owed < backing ? owed : backing;
  if (amount === 0n || (amount < owed && amount < leastPayment)) return "waiting";
  return { kind: "pay-debt", debtor, creditor, amount: credits(amount) };
}

async function judgeClaim(consortium: Consortium, id: Hash, { block, at, now }: Moment): Promise<Verdict> {
  const claim = await readClaim(consortium, id, block);
  if (claim === undefined) return "settled";
  const { supplier, consumer, stage, secondsLeft } = claim;
  const { charter, ledger } = consortium.contracts;
  const [pausedUntil, arbiters] = await read(
    Promise.all([ledger.pausedUntil({ blockTag: block }), charter.holdersOf(ARBITER, { blockTag: block })]),
  );
  // A disputed claim's clock runs while an arbiter is seated, the others' while posting goes on.
  const runsFrom = stage === "disputed" ? (arbiters > 0n ? at : now) : Math.max(at, Number(pausedUntil));
  if (secondsLeft > Math.max(0, now - runsFrom)) return "waiting";
  const { gross, fee } = stage === "disputed" ? { gross: 0n, fee: 0n } : (claim.award ?? claim);
  const amount = credits(gross + fee);
  // While posting is paused nothing is charged; a claim that comes to nothing ends all the same.
  if (amount > 0n && now < pausedUntil) return "waiting";
  return { kind: "settle-claim", claim: id, supplier, consumer, amount };
}

/** A few dozen at a time: ethers sends them to the node together. */
async function each<T>(items: Iterable<T>, act: (item: T) => Promise<void>): Promise<void> {
  const list = [...items];
  for (let start = 0; start < list.length; start += 50) {
    await Promise.all(list.slice(start, start + 50).map(act));
  }
}
