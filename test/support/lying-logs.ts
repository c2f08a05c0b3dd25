/** A log as JSON-RPC tells it. */
export interface RpcLog {
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly transactionHash: string;
  readonly transactionIndex: string;
  readonly logIndex: string;
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly removed?: boolean;
}

/** A receipt as JSON-RPC tells it. */
export interface RpcReceipt {
  readonly transactionHash: string;
  readonly logsBloom: string;
  readonly logs: readonly RpcLog[];
}

/** Which log is meant. */
export interface Which {
  readonly block: number;
  /** Its place in the block. */
  readonly index: number;
}

/** Lies about logs. */
export interface LogLies {
  /** Leaves the log out. */
  readonly skip?: Which;
  /** Tells these fields of the log instead of its own. */
  readonly change?: Which & { readonly to: Partial<RpcLog> };
  /** Tells the log twice. */
  readonly double?: Which;
  /** Tells the log as one of another block: its number, its hash, and the place after that block's last. */
  readonly move?: Which & { readonly to: number; readonly hash: string; readonly place: number };
  /** Tells the log as one that was taken back. */
  readonly remove?: Which;
  /** Tells all logs of a page backwards. */
  readonly reverse?: boolean;
  /** Tells another log too, in its place. */
  readonly add?: RpcLog;
  /** Tells the log in every page, whatever was asked for. */
  readonly insist?: RpcLog;
}

const is = (log: RpcLog, which: Which | undefined): boolean =>
  Number(log.blockNumber) === which?.block && Number(log.logIndex) === which.index;

const inOrder = (a: RpcLog, b: RpcLog): number =>
  Number(a.blockNumber) - Number(b.blockNumber) || Number(a.logIndex) - Number(b.logIndex);

function one(lies: LogLies, log: RpcLog): RpcLog[] {
  if (is(log, lies.skip)) return [];
  if (is(log, lies.double)) return [log, log];
  if (is(log, lies.remove)) return [{ ...log, removed: true }];
  if (lies.change !== undefined && is(log, lies.change)) {
    return [{ ...log, ...lies.change.to }];
  }
  if (lies.move !== undefined && is(log, lies.move)) {
    const { to, hash, place } = lies.move;
    return [{ ...log, blockNumber: hex(to), blockHash: hash, logIndex: hex(place) }];
  }
  return [log];
}

function moveUp(log: RpcLog, skipped: Which | undefined): RpcLog {
  const after = Number(log.blockNumber) === skipped?.block && Number(log.logIndex) > skipped.index;
  return after ? { ...log, logIndex: hex(Number(log.logIndex) - 1) } : log;
}

/** Applies the lies to true answers. */
export const tamper = {
  /** A page of logs from one block to another. `closed` leaves no gap in the places where a log was left out. */
  logs(lies: LogLies, from: number, to: number, real: readonly RpcLog[], closed = false): RpcLog[] {
    const told = real.flatMap((log) => one(lies, log)).map((log) => (closed ? moveUp(log, lies.skip) : log));
    const { add, insist } = lies;
    if (add !== undefined && Number(add.blockNumber) >= from && Number(add.blockNumber) <= to) told.push(add);
    told.sort(inOrder);
    if (insist !== undefined) told.push(insist);
    return lies.reverse ? told.reverse() : told;
  },

  /** A block's receipts, so that they tell what the logs tell. */
  receipts<T extends RpcReceipt>(lies: LogLies, block: number, real: readonly T[]): T[] {
    const { skip, change, double, remove, move } = lies;
    const touched = [skip, change, double, remove, move].some((which) => which?.block === block);
    return touched
      ? real.map((receipt) => ({ ...receipt, logs: receipt.logs.flatMap((log) => one(lies, log)) }))
      : [...real];
  },
};

const hex = (value: number): string => `0x${value.toString(16)}`;
