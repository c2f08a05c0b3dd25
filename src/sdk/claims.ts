import type { TransactionReceipt } from "ethers";
import { ConsortiaError } from "../core/error.ts";
import { hash, memberId } from "../core/ids.ts";
import type { Hash, MemberId } from "../core/ids.ts";
import { treeDomain } from "../core/leaf.ts";
import { credits } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import type { ServiceRecord } from "../core/record.ts";
import type { Charge } from "../core/schedule.ts";
import { checkStatement, encodeAlone, encodeUnsigned } from "../core/statement.ts";
import type { Signature, Statement } from "../core/statement.ts";
import { buildTree } from "../core/tree.ts";
import type { RecordTree } from "../core/tree.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";

/** Where a claim stands, in the order of the contract's `Stage`; `ended` also where there never was one. */
export const STAGES = ["ended", "open", "disputed", "awarded", "appealed", "ruled"] as const;
export type Stage = (typeof STAGES)[number];

/** How a claim ended, in the order of the contract's `Outcome`. */
export const OUTCOMES = ["unchallenged", "accepted", "proven", "awarded", "withdrawn", "lapsed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** An open claim, as the desk keeps it. */
export interface Claim extends Charge {
  /** The statement's digest. */
  readonly claim: Hash;
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly stage: Exclude<Stage, "ended">;
  /** What was awarded, from the first award on. */
  readonly award?: Charge;
  /** Seconds of its stage's clock until anyone can settle it; 0 where anyone can. */
  readonly secondsLeft: number;
}

/** What became of a claim that ended. */
export interface ClaimEnd extends Charge {
  readonly claim: Hash;
  readonly outcome: Outcome;
  /** The part of gross and fee that became acknowledged debts. */
  readonly acknowledged: Credits;
}

/** What the charter fixes for claims: times in seconds of the stage's clock. */
export interface ClaimTerms {
  readonly challengeWindow: number;
  readonly awardTerm: number;
  readonly appealWindow: number;
  readonly appealTerm: number;
  readonly bond: Credits;
  /** The most that one claim can come to, fee included. */
  readonly limit: Credits;
  readonly openPerPair: number;
}

/** A statement with all of its records, in their order. */
export interface ClaimedStatement {
  readonly statement: Statement;
  readonly records: readonly ServiceRecord[];
}

/** The consumer's receipts for some of a claim's records. */
export interface ClaimProof extends ClaimedStatement {
  /** Receipts by the places of their records, from 0. */
  readonly receipts: ReadonlyMap<number, Signature>;
}

const claim = verb<ClaimedStatement>((c, { statement, records }) => {
  const { top, count } = requireRecords(c, statement, records);
  const packed = encodeUnsigned(checkStatement(statement));
  return c.contracts.claims.claim.populateTransaction(statement.supplier, packed, top, count);
});

/**
 * Claims a statement that its consumer did not countersign. A key of the supplier that may post and countersign.
 * @throws `ClaimRecordsDiffer` where the records are not the statement's
 */
export const prepareClaim = claim.prepare;

/** Claims, and tells the claim's id and what it comes to. */
export async function sendClaim(
  consortium: Consortium,
  input: ClaimedStatement,
): Promise<Charge & { readonly claim: Hash; readonly receipt: TransactionReceipt }> {
  const receipt = await claim.send(consortium, input);
  const opened = logged(consortium, receipt, "ClaimOpened");
  return { claim: hash(opened.claim as string), ...chargeIn(opened), receipt };
}

/** What ended a claim, and how. */
export interface Ended {
  readonly receipt: TransactionReceipt;
  readonly end: ClaimEnd;
}

const acceptance = verb<{ claim: Hash; countersignature: Signature }>((c, a) =>
  c.contracts.claims.accept.populateTransaction(a.claim, encodeAlone(a.countersignature)),
);
const proof = verb<ClaimProof>((c, { statement, records, receipts }) => {
  const indices = [...receipts.keys()].sort((a, b) => a - b);
  const shown = requireRecords(c, statement, records).proveMany(indices);
  return c.contracts.claims.prove.populateTransaction(
    statement.supplier,
    encodeUnsigned(statement),
    indices.map((index) => records[index]!),
    { ...shown, indices: [...shown.indices], siblings: [...shown.siblings] },
    indices.map((index) => encodeAlone(receipts.get(index)!)),
  );
});
const withdrawal = verb<Hash>((c, id) => c.contracts.claims.withdrawClaim.populateTransaction(id));
const settlement = verb<Hash>((c, id) => c.contracts.claims.settle.populateTransaction(id));

/** Charges a claim whose consumer countersigned its statement after all. Anyone who has the signature. */
export const prepareAcceptance = acceptance.prepare;
export const sendAcceptance = ending(acceptance.send);

/**
 * Charges the records that the consumer signed receipts for, and gives up the rest. A key of the supplier that may post
 * and countersign.
 */
export const prepareClaimProof = proof.prepare;
export const sendClaimProof = ending(proof.send);

/** Withdraws a claim that nobody has judged. A key of the supplier that may post and countersign. */
export const prepareClaimWithdrawal = withdrawal.prepare;
export const sendClaimWithdrawal = ending(withdrawal.send);

/** Ends a claim whose time has come. Anyone. */
export const prepareSettlement = settlement.prepare;
export const sendSettlement = ending(settlement.send);

/** A claim as of now, or undefined where it has ended or never was. */
export async function readClaim(
  consortium: Consortium,
  id: Hash,
  block?: number,
): Promise<Claim | undefined> {
  const { claims } = consortium.contracts;
  const at = block === undefined ? {} : { blockTag: block };
  const view = await read(claims.claimOf(id, at));
  const stage = STAGES[Number(view.stage)] ?? "ended";
  if (stage === "ended") return undefined;
  const [clock, terms] = await Promise.all([read(claims.clock(view.stage, at)), readClaimTerms(consortium)]);
  const judged = stage === "awarded" || stage === "appealed" || stage === "ruled";
  return {
    claim: id,
    supplier: memberId(Number(view.supplier)),
    consumer: memberId(Number(view.consumer)),
    stage,
    gross: credits(view.gross),
    fee: credits(view.fee),
    ...(judged ? { award: { gross: credits(view.awardedGross), fee: credits(view.awardedFee) } } : {}),
    secondsLeft: Math.max(0, Number(view.since) + termOf(terms, stage) - Number(clock)),
  };
}

/** What the charter fixes for claims. */
export async function readClaimTerms(consortium: Consortium): Promise<ClaimTerms> {
  const terms = await read(consortium.contracts.claims.terms());
  return {
    challengeWindow: Number(terms.challengeWindow),
    awardTerm: Number(terms.awardTerm),
    appealWindow: Number(terms.appealWindow),
    appealTerm: Number(terms.appealTerm),
    bond: credits(terms.bond),
    limit: credits(terms.limit),
    openPerPair: Number(terms.openPerPair),
  };
}

/** The tree of a statement's records. @throws `ClaimRecordsDiffer` */
function requireRecords(
  { deployment }: Consortium,
  statement: Statement,
  records: readonly ServiceRecord[],
): RecordTree {
  const tree = buildTree(treeDomain(deployment.chainId, deployment.ledger), records);
  if (tree.root === statement.root) return tree;
  throw new ConsortiaError(
    "ClaimRecordsDiffer",
    `The records hash to ${tree.root}, statement ${statement.number} of member ${statement.supplier} says ${statement.root}. Take the bundle that the statement was built with.`,
    { values: { expected: statement.root, found: tree.root } },
  );
}

/** How long a stage lasts before anyone may settle the claim. */
function termOf(terms: ClaimTerms, stage: Stage): number {
  if (stage === "open") return terms.challengeWindow;
  if (stage === "disputed") return terms.awardTerm;
  if (stage === "awarded") return terms.appealWindow;
  return stage === "appealed" ? terms.appealTerm : 0;
}

function ending<Input>(send: (consortium: Consortium, input: Input) => Promise<TransactionReceipt>) {
  return async (consortium: Consortium, input: Input): Promise<Ended> => {
    const receipt = await send(consortium, input);
    return { receipt, end: claimEnd(logged(consortium, receipt, "ClaimEnded")) };
  };
}

/** What a log of `ClaimEnded` says. */
export function claimEnd(args: Readonly<Record<string, unknown>>): ClaimEnd {
  return {
    claim: hash(args.claim as string),
    outcome: OUTCOMES[Number(args.outcome)] ?? "lapsed",
    ...chargeIn(args),
    acknowledged: credits(args.acknowledged as bigint),
  };
}

function chargeIn(args: Readonly<Record<string, unknown>>): Charge {
  return { gross: credits(args.gross as bigint), fee: credits(args.fee as bigint) };
}

/** The arguments of the claims desk's only event of a name. */
function logged(
  { contracts: { claims } }: Consortium,
  receipt: TransactionReceipt,
  name: string,
): Readonly<Record<string, unknown>> {
  for (const log of receipt.logs) {
    const event = claims.interface.parseLog(log);
    if (event?.name === name) return event.args.toObject();
  }
  throw new ConsortiaError("ClaimLost", `Transaction ${receipt.hash} names no claim.`);
}
