import { hexlify } from "ethers";
import type { TransactionReceipt } from "ethers";
import { readLogs } from "../chain/events.ts";
import { hash } from "../core/ids.ts";
import type { Hash } from "../core/ids.ts";
import { treeDomain } from "../core/leaf.ts";
import { credits } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import type { ServiceRecord } from "../core/record.ts";
import { encodeUnsigned } from "../core/statement.ts";
import { buildTree } from "../core/tree.ts";
import type { ChargedStatement } from "./charges.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";

/** Records of a charged statement, by their places. */
export interface Refund {
  readonly charge: ChargedStatement;
  /** All records of the statement, in their order. */
  readonly records: readonly ServiceRecord[];
  /** Places of those to give back, from 0, in any order. */
  readonly indices: readonly number[];
}

/** One record where it was charged. */
export interface ChargedRecord {
  readonly charge: ChargedStatement;
  /** All records of the statement, in their order. */
  readonly records: readonly ServiceRecord[];
  readonly index: number;
}

/** Two charges of one record. */
export interface DuplicatePair {
  /** The charge that stays. */
  readonly earlier: ChargedRecord;
  /** The charge that is given back. */
  readonly later: ChargedRecord;
}

/** What was given back, and in which transaction. */
export interface Reversed {
  readonly receipt: TransactionReceipt;
  readonly amount: Credits;
}

const refund = verb<Refund>((c, { charge, records, indices }) => {
  const places = [...new Set(indices)].sort((a, b) => a - b);
  const shown = proofOf(c, records, places);
  const named = places.map((place) => records[place]!);
  return c.contracts.reversals.refund.populateTransaction(shownCharge(charge), named, shown);
});
const statementRefund = verb<ChargedStatement>((c, charge) =>
  c.contracts.reversals.refundStatement.populateTransaction(shownCharge(charge)),
);
const duplicateReversal = verb<DuplicatePair>((c, { earlier, later }) =>
  c.contracts.reversals.reverseDuplicate.populateTransaction(shownRecord(c, earlier), shownRecord(c, later)),
);

/** Gives back named records of a charged statement; fees stay. A countersigning key of the supplier. */
export const prepareRefund = refund.prepare;
export const sendRefund = reversing(refund.send);

/** Gives back all that is left of a charged statement; fees stay. A countersigning key of the supplier. */
export const prepareStatementRefund = statementRefund.prepare;
export const sendStatementRefund = reversing(statementRefund.send);

/** Gives back the later of two charges of one record. Anyone who can show both. */
export const prepareDuplicateReversal = duplicateReversal.prepare;
export const sendDuplicateReversal = reversing(duplicateReversal.send);

/** What was given back of a statement so far, and whether that was all that was left of it. @param digest its own */
export async function readGivenBack(
  consortium: Consortium,
  digest: Hash,
): Promise<{ readonly amount: Credits; readonly whole: boolean }> {
  const { amount, whole } = await read(consortium.contracts.reversals.givenBack(digest));
  return { amount: credits(amount), whole };
}

/** Whether a record of a statement was given back. */
export async function isGivenBack(consortium: Consortium, digest: Hash, index: number): Promise<boolean> {
  return read(consortium.contracts.reversals.isGivenBack(digest, index));
}

/** What was given back of each statement up to a block, by the statement's digest. */
export async function readAllGivenBack(
  { contracts, deployment, provider }: Consortium,
  toBlock: number,
): Promise<Map<Hash, Credits>> {
  const sums = new Map<Hash, Credits>();
  const range = { address: deployment.reversals, fromBlock: deployment.fromBlock, toBlock };
  for await (const log of readLogs(provider, range)) {
    const event = contracts.reversals.interface.parseLog(log);
    if (event === null || !REVERSALS.has(event.name)) continue;
    const statement = hash(event.args.statement as string);
    sums.set(statement, credits((sums.get(statement) ?? 0n) + (event.args.amount as bigint)));
  }
  return sums;
}

function shownCharge({ statement, gross, fee, acknowledged, relieved, batchRoot, path }: ChargedStatement) {
  const packed = hexlify(encodeUnsigned(statement));
  return { statement: packed, gross, fee, acknowledged, relieved, batchRoot, path: [...path] };
}

function shownRecord(consortium: Consortium, { charge, records, index }: ChargedRecord) {
  const proof = proofOf(consortium, records, [index]);
  return { charged: shownCharge(charge), record: records[index]!, proof };
}

function proofOf({ deployment }: Consortium, records: readonly ServiceRecord[], places: readonly number[]) {
  const tree = buildTree(treeDomain(deployment.chainId, deployment.ledger), records);
  const { count, siblings } = tree.proveMany(places);
  return { count, indices: [...places], siblings: [...siblings] };
}

const REVERSALS = new Set(["RecordsRefunded", "StatementRefunded", "DuplicateReversed"]);

function reversing<Input>(send: (consortium: Consortium, input: Input) => Promise<TransactionReceipt>) {
  return async (consortium: Consortium, input: Input): Promise<Reversed> => {
    const receipt = await send(consortium, input);
    const { reversals } = consortium.contracts;
    const events = receipt.logs.map((log) => reversals.interface.parseLog(log));
    const done = events.find((event) => event !== null && REVERSALS.has(event.name));
    return { receipt, amount: credits((done?.args.amount as bigint | undefined) ?? 0n) };
  };
}
