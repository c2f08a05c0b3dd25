import type { Log } from "ethers";
import { decodeLedgerEvent, readLogs } from "../chain/events.ts";
import type { LedgerEvent } from "../chain/events.ts";
import { batchPath, batchRoot, hashBatchLeaf } from "../core/batch.ts";
import type { BatchLeaf } from "../core/batch.ts";
import { ConsortiaError } from "../core/error.ts";
import type { Hash, MemberId, StatementNumber } from "../core/ids.ts";
import { type Leg } from "../core/legs.ts";
import { ZERO, type Credits } from "../core/money.ts";
import type { Statement } from "../core/statement.ts";
import { settledIn } from "./batchLogs.ts";
import { readEnds, readOpenings } from "./claimLog.ts";
import type { Consortium } from "./consortium.ts";
import { digestOf, isNumberUsed } from "./statements.ts";
import { read } from "./verb.ts";

/** A statement that was charged, with all that proves it: found in the logs, checked against its batch's root. */
export interface ChargedStatement extends BatchLeaf {
  readonly statement: Statement;
  /** What rights holders were due on top. */
  readonly royalties: Credits;
  /** Who paid the relief and who got the royalties. */
  readonly legs: readonly Leg[];
  readonly batchRoot: Hash;
  /** The siblings up to the root; none where it was alone, as a settled claim is. */
  readonly path: readonly Hash[];
  /** Second of its charge. */
  readonly chargedAt: number;
  /** Whether it was a claim that was settled, and not countersigned. */
  readonly claimed: boolean;
  readonly block: number;
  readonly tx: string;
}

/** Whose statements, and whom to tell how far the logs are read. */
export interface ChargeQuery {
  readonly supplier: MemberId;
  readonly consumer?: MemberId;
  readonly progress?: (done: number, total: number) => void;
}

type Posted = Extract<LedgerEvent, { kind: "posted" }>;

/** Every statement of a supplier that was charged, posted or claimed, in the order of the charges. */
export async function readCharges(consortium: Consortium, query: ChargeQuery): Promise<ChargedStatement[]> {
  const wanted = ({ consumer }: Statement) => query.consumer === undefined || query.consumer === consumer;
  const posted = await readPosted(consortium, query, wanted);
  const claimed = await readClaimCharges(consortium, query);
  return [...posted, ...claimed].sort((a, b) => a.chargedAt - b.chargedAt || a.block - b.block);
}

/**
 * The statement that bears a supplier's number, once it was charged.
 * @throws `ChargeUnknown` where it was not: never posted, still claimed, or a claim that came to nothing
 */
export async function findCharge(
  consortium: Consortium,
  { supplier, number }: { supplier: MemberId; number: StatementNumber },
): Promise<ChargedStatement> {
  if (!(await isNumberUsed(consortium, supplier, number))) {
    throw notCharged(supplier, number, "was neither posted nor claimed");
  }
  const wanted = (statement: Statement) => statement.number === number;
  const [posted] = await readPosted(consortium, { supplier }, wanted);
  if (posted !== undefined) return posted;
  const [claimed] = await readClaimCharges(consortium, { supplier }, wanted);
  if (claimed !== undefined) return claimed;
  throw notCharged(supplier, number, "was claimed, and nothing of it has been charged");
}

async function readPosted(
  consortium: Consortium,
  { supplier, progress }: ChargeQuery,
  wanted: (statement: Statement) => boolean,
): Promise<ChargedStatement[]> {
  const { contracts, deployment, provider } = consortium;
  const topics = await contracts.ledger.filters.StatementsPosted(supplier).getTopicFilter();
  const toBlock = await read(provider.getBlockNumber());
  const range = { address: deployment.ledger, topics, fromBlock: deployment.fromBlock, toBlock };
  const found: ChargedStatement[] = [];
  for await (const log of readLogs(provider, { ...range, ...(progress === undefined ? {} : { progress }) })) {
    const event = decodeLedgerEvent(contracts.ledger, log);
    if (event?.kind !== "posted" || !event.statements.some(({ statement }) => wanted(statement))) continue;
    const charged = await chargesOf(consortium, log, event);
    found.push(...charged.filter(({ statement }) => wanted(statement)));
  }
  return found;
}

/** A batch's statements, each with what of it became debts, who paid and got the rest, and with its path. */
async function chargesOf(
  consortium: Consortium,
  { index, blockNumber: block, transactionHash: tx }: Log,
  event: Posted,
): Promise<ChargedStatement[]> {
  const receipt = await read(consortium.provider.getTransactionReceipt(tx));
  const settled = settledIn(consortium, receipt, index, event);
  const charged = event.statements.map(({ statement, gross, fee }, place) => {
    return { ...settled[place]!, statement, digest: digestOf(consortium, statement), gross, fee };
  });
  if (batchRoot(charged) !== event.batchRoot) throw rootDiffers(tx, event.batchRoot, batchRoot(charged));
  const chargedAt = await chargedAtOf(consortium, event.batchRoot);
  return charged.map((one, place) => ({
    ...one,
    ...{ batchRoot: event.batchRoot, path: batchPath(charged, place) },
    ...{ chargedAt, claimed: false, block, tx },
  }));
}

/** Every claim that was settled with something to charge, in the order of their openings. */
export async function readClaimCharges(
  consortium: Consortium,
  { supplier, consumer }: Partial<ChargeQuery> = {},
  wanted: (statement: Statement) => boolean = () => true,
): Promise<ChargedStatement[]> {
  const pair = {
    ...(supplier === undefined ? {} : { supplier }),
    ...(consumer === undefined ? {} : { consumer }),
  };
  const opened = (await readOpenings(consortium, pair)).filter(({ statement }) => wanted(statement));
  if (opened.length === 0) return [];
  const ends = new Map(
    (
      await readEnds(
        consortium,
        opened.map(({ claim }) => claim),
      )
    ).map((end) => [end.claim, end]),
  );
  const found: ChargedStatement[] = [];
  for (const { claim, statement } of opened) {
    const end = ends.get(claim);
    if (end === undefined || end.gross + end.fee === 0n) continue;
    const { gross, fee, acknowledged, block, tx } = end;
    // A claim is never relieved and bears no royalties.
    const leaf = { digest: claim, gross, fee, acknowledged, relieved: ZERO };
    const root = hashBatchLeaf(leaf);
    const chargedAt = await chargedAtOf(consortium, root);
    const legless = { royalties: ZERO, legs: [] };
    found.push({
      ...leaf,
      ...legless,
      statement,
      batchRoot: root,
      path: [],
      chargedAt,
      claimed: true,
      block,
      tx,
    });
  }
  return found;
}

/** @throws `ChargeUnproven` where the chain knows no such batch: the logs are not this ledger's */
async function chargedAtOf({ contracts }: Consortium, root: Hash): Promise<number> {
  const { postedAt } = await read(contracts.ledger.batchOf(root));
  if (postedAt !== 0n) return Number(postedAt);
  throw new ConsortiaError(
    "ChargeUnproven",
    `The node's logs tell of a batch ${root} that the ledger does not know. Ask another node.`,
    { values: { batchRoot: root } },
  );
}

function rootDiffers(tx: string, expected: Hash, found: Hash): ConsortiaError {
  return new ConsortiaError(
    "ChargeUnproven",
    `The logs of transaction ${tx} add up to the batch ${found}, not to ${expected} as they say. Ask another node.`,
    { values: { tx, expected, found } },
  );
}

function notCharged(supplier: MemberId, number: StatementNumber, why: string): ConsortiaError {
  return new ConsortiaError("ChargeUnknown", `Statement ${number} of member ${supplier} ${why}.`, {
    values: { supplier, number },
  });
}
