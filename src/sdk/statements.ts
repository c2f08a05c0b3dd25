import type { Signer, TransactionReceipt } from "ethers";
import { signBatch, signStatement, statementDigest } from "../chain/signing.ts";
import { explainFault, FAULTS } from "../chain/faults.ts";
import { ConsortiaError } from "../core/error.ts";
import type { Hash, MemberId, StatementNumber } from "../core/ids.ts";
import { hash, statementNumber } from "../core/ids.ts";
import { getBig } from "../core/abi.ts";
import { credits } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import { MODES, checkStatement, encodeAlone, encodeBatch } from "../core/statement.ts";
import type { Mode, Signature, SignedStatement, Statement } from "../core/statement.ts";
import { getBytes } from "ethers";
import type { Consortium } from "./consortium.ts";
import { isSignedFor } from "./keys.ts";
import { read, verb } from "./verb.ts";

/** One supplier's statements, to be posted together. */
export interface Batch {
  readonly statements: readonly SignedStatement[];
  readonly mode: Mode;
}

/** A batch with the supplier's order that anyone may post it until a deadline. */
export interface RelayedBatch extends Batch {
  readonly deadline: number;
  readonly order: Signature;
}

/** What became of a batch. */
export interface PostedBatch {
  readonly receipt: TransactionReceipt;
  readonly batchRoot: Hash;
  readonly posted: readonly { number: StatementNumber; gross: Credits; fee: Credits }[];
  readonly skipped: readonly { number: StatementNumber; fault: string; explanation: string }[];
  /** What became acknowledged debts, over all statements. */
  readonly acknowledged: Credits;
}

const direct = verb<Batch>((c, batch) =>
  c.contracts.ledger.post.populateTransaction(
    supplierOf(batch),
    MODES[batch.mode],
    encodeBatch(batch.statements),
  ),
);

const relayed = verb<RelayedBatch>((c, batch) =>
  c.contracts.ledger.postFor.populateTransaction(
    supplierOf(batch),
    MODES[batch.mode],
    encodeBatch(batch.statements),
    batch.deadline,
    encodeAlone(batch.order),
  ),
);

/** Posts a batch with a key of the supplier. @throws the first statement's fault where the mode is all or nothing; the others skip it */
export const preparePost = direct.prepare;
export async function sendPost(consortium: Consortium, batch: Batch): Promise<PostedBatch> {
  return outcome(consortium, batch, await direct.send(consortium, batch));
}

/** Posts a batch that its supplier ordered; the supplier needs no native coin. Anyone. */
export const prepareRelay = relayed.prepare;
export async function sendRelay(consortium: Consortium, batch: RelayedBatch): Promise<PostedBatch> {
  return outcome(consortium, batch, await relayed.send(consortium, batch));
}

/** Countersigns a statement as the consumer, after checking that it could be posted at all. */
export async function countersign(
  consortium: Consortium,
  signer: Signer,
  statement: Statement,
): Promise<SignedStatement> {
  checkStatement(statement);
  return { statement, countersignature: await signStatement(signer, consortium.domain, statement) };
}

/** Orders a batch to be posted by anyone until a deadline, as the supplier. */
export async function orderBatch(
  consortium: Consortium,
  signer: Signer,
  batch: Batch & { deadline: number },
): Promise<RelayedBatch> {
  const order = await signBatch(signer, consortium.domain, {
    supplier: supplierOf(batch),
    mode: batch.mode,
    batch: encodeBatch(batch.statements),
    deadline: batch.deadline,
  });
  return { ...batch, order };
}

/** What the consumer's signature covers. */
export function digestOf(consortium: Consortium, statement: Statement): Hash {
  return statementDigest(consortium.domain, statement);
}

/** Whether a key of the consumer with the right to countersign signed, as the register knows it now. */
export async function isCountersigned(consortium: Consortium, signed: SignedStatement): Promise<boolean> {
  const { statement, countersignature } = signed;
  return isSignedFor(consortium, statement.consumer, digestOf(consortium, statement), countersignature);
}

/** Whether a supplier's number was used. */
export async function isNumberUsed(
  consortium: Consortium,
  supplier: MemberId,
  number: StatementNumber,
): Promise<boolean> {
  return read(consortium.contracts.ledger.numberUsed(supplier, number));
}

function supplierOf(batch: Batch): MemberId {
  const first = batch.statements[0];
  if (first === undefined) throw new ConsortiaError("BatchEmpty", "The batch holds no statement.");
  return first.statement.supplier;
}

function outcome(consortium: Consortium, batch: Batch, receipt: TransactionReceipt): PostedBatch {
  const { ledger } = consortium.contracts;
  const posted: { number: StatementNumber; gross: Credits; fee: Credits }[] = [];
  const skipped: { number: StatementNumber; fault: string; explanation: string }[] = [];
  let acknowledged = 0n;
  let batchRoot = hash(`0x${"0".repeat(64)}`);
  for (const log of receipt.logs) {
    const event = ledger.interface.parseLog(log);
    if (event?.name === "DebtAcknowledged") acknowledged += event.args.amount as bigint;
    if (event?.name === "StatementSkipped") {
      const { number, fault, found, limit } = event.args as unknown as Record<string, bigint>;
      skipped.push({
        number: statementNumber(Number(number)),
        fault: FAULTS[Number(fault)]?.name ?? String(fault),
        explanation: explainFault(Number(fault), found ?? 0n, limit ?? 0n),
      });
    }
    if (event?.name === "StatementsPosted") {
      const bits = event.args.posted as bigint;
      const charges = getBytes(event.args.charges as string);
      batchRoot = hash(event.args.batchRoot as string);
      batch.statements.forEach(({ statement }, index) => {
        if (((bits >> BigInt(index)) & 1n) === 0n) return;
        const gross = credits(getBig(charges, 16 * index, 8));
        posted.push({ number: statement.number, gross, fee: credits(getBig(charges, 16 * index + 8, 8)) });
      });
    }
  }
  return { receipt, batchRoot, posted, skipped, acknowledged: credits(acknowledged) };
}
