/** A log as a node told it, in one spelling: all hexadecimal in lower case. */
export interface RawLog {
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly txHash: string;
  /** The transaction's place in its block. */
  readonly txIndex: number;
  /** The log's place in its block. */
  readonly logIndex: number;
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

/** A block that holds logs of the addresses asked for, and all of them, in order. */
export interface AuditBlock {
  readonly number: number;
  readonly hash: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly logs: readonly RawLog[];
}
