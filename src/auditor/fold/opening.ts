import { ConsortiaError } from "../../core/error.ts";
import type { Hash, MemberId } from "../../core/ids.ts";
import { toHash } from "../../core/keccak.ts";
import { decodeUnsigned, type Statement } from "../../core/statement.ts";
import type { FindingCode } from "../codes.ts";
import { claimable, explainBreach, price, spellBreach } from "./faults.ts";
import { sentence, tell } from "./ground.ts";
import { tierIn, type Terms } from "./membership.ts";
import type { FoldState } from "./state.ts";
import { nameOf, refOf } from "./statements.ts";

/** A claim as the desk logs its opening. */
export interface ClaimOpened {
  claim: Hash;
  supplier: MemberId;
  consumer: MemberId;
  statement: Uint8Array;
  gross: bigint;
  fee: bigint;
}

const NOBODY: Terms = { since: 0, until: 0, tierSince: 0, tier: 0, priorTier: 0, choosy: false };

/** A claimed statement, and the price tiers of its parties. */
export interface Opening {
  readonly statement: Statement;
  readonly tier: number;
  readonly supplierTier: number;
}

/** The claimed statement with its parties' tiers; undefined, with a finding, where it cannot be read. */
export function readOpening(
  state: FoldState,
  { claim, supplier, consumer, statement: packed }: ClaimOpened,
): Opening | undefined {
  const fail = (why: string): undefined => {
    const message = `The claim ${claim} of member ${supplier} ${why}.`;
    state.ground.find("ClaimMalformed", message, { member: supplier, found: claim });
    return undefined;
  };
  let statement: Statement;
  try {
    statement = decodeUnsigned(supplier, packed);
  } catch (error) {
    if (!(error instanceof ConsortiaError)) throw error;
    fail(`cannot be read: ${error.message.replace(/\.$/, "")}`);
    return;
  }
  const digest = new Uint8Array(32);
  state.hashStatement(statement, digest, 0);
  if (toHash(digest) !== claim) fail("is not the digest of its statement");
  if (statement.consumer !== consumer) {
    fail(`names member ${consumer}, and its statement member ${statement.consumer}`);
  }
  const tierOf = (member: MemberId): number => tierIn(termsOf(state, member), statement.period);
  return { statement, tier: tierOf(statement.consumer), supplierTier: tierOf(supplier) };
}

/** Whether a statement could be posted but for its countersignature, and is claimed for what it costs. */
export function checkOpening(
  state: FoldState,
  { statement, tier, supplierTier }: Opening,
  { gross, fee }: ClaimOpened,
  open: number,
): void {
  const { supplier, consumer } = statement;
  const find = (code: FindingCode, what: string, expected: string, found: string): void => {
    const message = sentence(`${nameOf(statement)} was claimed, and ${what}`);
    state.ground.find(code, message, { member: supplier, statement: refOf(statement), expected, found });
  };
  const parties = { tier, supplierTier, kind: 0, region: 0, choosy: true };
  const due = price({ ...statement, ...parties, countersigned: false, reliefRoom: 0n }, state.policies);
  const [given, drawn] = [termsOf(state, supplier), termsOf(state, consumer)];
  // Whether its number was used is told where the ledger spends it.
  const breach = claimable(statement, state.ground.month, given, drawn) ?? due.breach;
  if (breach !== undefined) {
    find("ClaimInadmissible", explainBreach(breach), spellBreach(breach), "claimed");
  }
  if (due.gross !== gross || due.fee !== fee) {
    const expected = `${tell.amount(due.gross)} and ${tell.amount(due.fee)} fee`;
    const found = `${tell.amount(gross)} and ${tell.amount(fee)} fee`;
    find("ClaimPriceWrong", `the prices say ${expected}, not ${found}.`, expected, found);
  }
  const limits = state.terms?.claims;
  if (limits === undefined) return;
  if (gross + fee > limits.limit) {
    const [most, sum] = [tell.amount(limits.limit), tell.amount(gross + fee)];
    find("ClaimTooLarge", `the charter allows ${most}, not ${sum}.`, most, sum);
  }
  if (open > limits.openPerPair) {
    find("ClaimsTooMany", `it is number ${open} that is open.`, String(limits.openPerPair), String(open));
  }
}

/** Months and tiers as the register has them, which the desk asks. */
function termsOf({ register }: FoldState, member: MemberId): Terms {
  return register.member(member) ?? NOBODY;
}
