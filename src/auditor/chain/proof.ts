import { fault } from "./answer.ts";
import type { RawLog } from "./block.ts";
import { bloomBits, bloomHas } from "./bloom.ts";
import type { Header } from "./header.ts";
import type { Receipt } from "./receipt.ts";
import { receiptsRoot } from "./receipts-root.ts";
import { spellLog } from "./told.ts";

/** What could not be checked, which is not the same as wrong. */
export interface ChainNote {
  readonly code: "HeaderUnverifiable" | "ReceiptsUnverifiable" | "ReceiptsUnavailable";
  readonly node: string;
  /** The first block it was seen in. */
  readonly block: number;
  readonly message: string;
}

export type OnNote = (note: ChainNote) => void;

/**
 * Whether the block's hash is the hash of its fields.
 * @returns false, with a note, where it is not and the block has fields that are unknown here
 * @throws `HeaderForged` where it is not and every field is known
 */
export function checkHeader(node: string, header: Header, onNote: OnNote): boolean {
  const { number, hash, computedHash, unknownFields } = header;
  if (hash === computedHash) return true;
  const values = { block: number, hash, computedHash };
  if (unknownFields.length === 0) {
    const message = `tells fields of block ${number} that do not hash to ${hash}: one of them is edited.`;
    throw fault("HeaderForged", node, message, { values });
  }
  const message = `Blocks of ${node} have fields unknown here (${unknownFields.join(", ")}), so their hashes are believed.`;
  onNote({ code: "HeaderUnverifiable", node, block: number, message });
  return false;
}

/**
 * What the block's logs really are, by receipts that hash to the root in its header.
 * @returns undefined, with a note, where the node has no receipts or they are of kinds unknown here
 * @throws `ReceiptsForged` where they do not hash to the root
 */
export async function trueLogs(
  node: string,
  header: Header,
  receipts: readonly Receipt[] | undefined,
  onNote: OnNote,
): Promise<readonly RawLog[] | undefined> {
  const block = header.number;
  if (receipts === undefined) {
    const message = `${node} has no receipts of old blocks, so its logs are believed as far as the blocks' blooms go.`;
    onNote({ code: "ReceiptsUnavailable", node, block, message });
    return undefined;
  }
  if ((await receiptsRoot(receipts.map(({ encoded }) => encoded))) === header.receiptsRoot) {
    return logsOf(header, receipts);
  }
  if (receipts.every(({ knownType }) => knownType)) {
    const message = `tells receipts of block ${block} that do not hash to the root in its header: one of them is edited, or missing.`;
    throw fault("ReceiptsForged", node, message, { values: { block } });
  }
  const message = `Blocks of ${node} have receipts of kinds unknown here, so its logs are believed as far as the blocks' blooms go.`;
  onNote({ code: "ReceiptsUnverifiable", node, block, message });
  return undefined;
}

function logsOf({ number, hash }: Header, receipts: readonly Receipt[]): RawLog[] {
  let logIndex = 0;
  return receipts.flatMap(({ txHash, logs }, txIndex) =>
    logs.map((log) => ({
      blockNumber: number,
      blockHash: hash,
      txHash,
      txIndex,
      logIndex: logIndex++,
      ...log,
    })),
  );
}

/**
 * Compares what a node told of a block's logs with what they are.
 * @throws `LogForged` for a log that the block does not hold, `LogsWithheld` for one that was not told
 */
export function compareWithTruth(
  node: string,
  block: number,
  told: readonly RawLog[],
  truth: readonly RawLog[],
): void {
  const real = new Set(truth.map(spellLog));
  const forged = told.find((log) => !real.has(spellLog(log)));
  if (forged !== undefined) throw forgedLog(node, forged);
  const known = new Set(told.map(({ logIndex }) => logIndex));
  const withheld = truth.find(({ logIndex }) => !known.has(logIndex));
  if (withheld === undefined) return;
  const { logIndex, address, txHash } = withheld;
  const message = `withholds log ${logIndex} of block ${block}, of ${address}, which the block's receipts hold.`;
  throw fault("LogsWithheld", node, message, { values: { block, log: logIndex, tx: txHash } });
}

/** Checks logs against their block's bloom alone. @throws `LogForged` */
export function checkBloom(node: string, { logsBloom }: Header, told: readonly RawLog[]): void {
  const missing = (value: string) => !bloomHas(logsBloom, bloomBits(value));
  const forged = told.find(({ address, topics }) => missing(address) || topics.some(missing));
  if (forged !== undefined) throw forgedLog(node, forged);
}

function forgedLog(node: string, { blockNumber, logIndex, address, txHash }: RawLog) {
  const message = `tells log ${logIndex} of block ${blockNumber}, of ${address}, which the block does not hold so: it is edited, moved or invented.`;
  return fault("LogForged", node, message, { values: { block: blockNumber, log: logIndex, tx: txHash } });
}
