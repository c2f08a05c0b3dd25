import type { Signer, TransactionReceipt } from "ethers";
import { recoverSigner, signBatch, signStatement, statementDigest } from "../chain/signing.ts";
import { decodeLedgerEvent } from "../chain/events.ts";
import { explainFault, FAULTS } from "../chain/faults.ts";
import { ConsortiaError } from "../core/error.ts";
import type { Hash, MemberId, StatementNumber } from "../core/ids.ts";
import { COMMONS, hash, statementNumber } from "../core/ids.ts";
import { credits } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import { MODES, checkStatement, encodeAlone, encodeBatch } from "../core/statement.ts";
import type { Mode, Signature, SignedStatement, Statement } from "../core/statement.ts";
import { listUnaccredited } from "./attestors.ts";
import { settledIn } from "./batchLogs.ts";
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

/** What a statement came to as it was posted. */
export interface PostedCharge {
  readonly number: StatementNumber;
  readonly gross: Credits;
  readonly fee: Credits;
  /** What rights holders were due; absent where nobody was. */
  readonly royalties?: Credits;
  /** What others paid for the consumer; absent where nobody did. */
  readonly relieved?: Credits;
}

/** What became of a batch. */
export interface PostedBatch {
  readonly receipt: TransactionReceipt;
  readonly batchRoot: Hash;
  readonly posted: readonly PostedCharge[];
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
  return outcome(consortium, await direct.send(consortium, batch));
}

/** Posts a batch that its supplier ordered; the supplier needs no native coin. Anyone. */
export const prepareRelay = relayed.prepare;
export async function sendRelay(consortium: Consortium, batch: RelayedBatch): Promise<PostedBatch> {
  return outcome(consortium, await relayed.send(consortium, batch));
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

/**
 * Whether a key of the consumer with the right to countersign signed, as the register knows it now; for COMMONS one that is
 * accredited for all that the statement bills.
 */
export async function isCountersigned(consortium: Consortium, signed: SignedStatement): Promise<boolean> {
  const { statement, countersignature } = signed;
  const { consumer, lines } = statement;
  const digest = digestOf(consortium, statement);
  if (!(await isSignedFor(consortium, consumer, digest, countersignature))) return false;
  if (consumer !== COMMONS) return true;
  const key = recoverSigner(digest, countersignature);
  return key !== undefined && (await listUnaccredited(consortium, key, lines)).length === 0;
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

function outcome(consortium: Consortium, receipt: TransactionReceipt): PostedBatch {
  const { ledger } = consortium.contracts;
  const posted: PostedCharge[] = [];
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
    const own = decodeLedgerEvent(ledger, log);
    if (own?.kind !== "posted") continue;
    batchRoot = own.batchRoot;
    const settled = settledIn(consortium, receipt, log.index, own);
    own.statements.forEach(({ statement, gross, fee }, place) => {
      const { royalties = 0n, relieved = 0n } = settled[place] ?? {};
      posted.push({
        ...{ number: statement.number, gross, fee },
        ...(royalties === 0n ? {} : { royalties: credits(royalties) }),
        ...(relieved === 0n ? {} : { relieved: credits(relieved) }),
      });
    });
  }
  return { receipt, batchRoot, posted, skipped, acknowledged: credits(acknowledged) };
}
