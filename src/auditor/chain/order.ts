import { fault } from "./answer.ts";
import type { RawLog } from "./block.ts";

/** What a node was asked for. */
export interface Asked {
  /** In lower case. */
  readonly addresses: readonly string[];
  readonly from: number;
  readonly to: number;
}

/**
 * What can be seen of an answer without asking further: that it holds nothing but what was asked for, in the
 * order of the chain, each log once, and one account of every block and transaction.
 * @throws `LogOutsideRange`, `LogUnasked`, `LogDoubled`, `LogsReordered`, `LogMisplaced`
 */
export function checkOrder(node: string, { addresses, from, to }: Asked, logs: readonly RawLog[]): void {
  const wanted = new Set(addresses);
  let last: RawLog | undefined;
  for (const log of logs) {
    const fail = (code: string, message: string) =>
      fault(code, node, `${message} Its answer cannot be trusted; read from another node.`, {
        values: { block: log.blockNumber, log: log.logIndex, tx: log.txHash },
      });
    const which = `log ${log.logIndex} of block ${log.blockNumber}`;
    if (log.blockNumber < from || log.blockNumber > to) {
      throw fail("LogOutsideRange", `answers with ${which} when asked for blocks ${from} to ${to}.`);
    }
    if (!wanted.has(log.address)) {
      throw fail("LogUnasked", `answers with ${which} of ${log.address}, which nobody asked for.`);
    }
    if (last !== undefined) checkPair(last, log, which, fail);
    last = log;
  }
}

function checkPair(
  last: RawLog,
  log: RawLog,
  which: string,
  fail: (code: string, message: string) => Error,
): void {
  if (log.blockNumber === last.blockNumber && log.logIndex === last.logIndex) {
    throw fail("LogDoubled", `answers with ${which} twice.`);
  }
  const sameBlock = log.blockNumber === last.blockNumber;
  if (log.blockNumber < last.blockNumber || (sameBlock && log.logIndex < last.logIndex)) {
    throw fail(
      "LogsReordered",
      `answers with ${which} after log ${last.logIndex} of block ${last.blockNumber}.`,
    );
  }
  if (!sameBlock) return;
  if (log.blockHash !== last.blockHash) {
    throw fail("LogMisplaced", `gives block ${log.blockNumber} two hashes.`);
  }
  const sameTx = log.txHash === last.txHash;
  if (log.txIndex < last.txIndex || sameTx !== (log.txIndex === last.txIndex)) {
    throw fail("LogMisplaced", `puts ${which} into a transaction that cannot be its own.`);
  }
}
