import { count, fields, hexBytes, list, quantity } from "./hex.ts";
import { bytesOf, encodeRlp, rlpNumber } from "./rlp.ts";

/** What of a log stands in its receipt; its place in the block follows from the receipts' order. */
export interface ReceiptLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

/** A transaction's receipt, with what the block's receipts root commits to. */
export interface Receipt {
  readonly txHash: string;
  readonly logs: readonly ReceiptLog[];
  /** The bytes under the receipts root (EIP-2718). */
  readonly encoded: Uint8Array;
  /** Whether the type is one whose encoding is known here: Ethereum's own up to Prague, and Optimism's deposits. */
  readonly knownType: boolean;
}

const ETHEREUM = 4;
const OPTIMISM_DEPOSIT = 0x7e;

/** Reads a receipt as `eth_getBlockReceipts` tells it. @throws ShapeError */
export function parseReceipt(value: unknown): Receipt {
  const json = fields(value, "a receipt");
  const type = json["type"] === undefined ? 0 : count(json["type"], "a receipt's type");
  const logs = list(json["logs"], "a receipt's logs", parseReceiptLog);
  const bloom = bytesOf(hexBytes(json["logsBloom"], "a receipt's bloom", 256));
  const gas = rlpNumber(quantity(json["cumulativeGasUsed"], "gas used"));
  const outcome =
    json["status"] === undefined
      ? bytesOf(hexBytes(json["root"], "a state's root", 32))
      : rlpNumber(quantity(json["status"], "a status"));
  const told = logs.map(({ address, topics, data }) => [
    bytesOf(address),
    topics.map(bytesOf),
    bytesOf(data),
  ]);
  const body = encodeRlp([
    outcome,
    gas,
    bloom,
    told,
    ...(type === OPTIMISM_DEPOSIT ? depositFields(json) : []),
  ]);
  return {
    txHash: hexBytes(json["transactionHash"], "a receipt's transaction", 32),
    logs,
    encoded: type === 0 ? body : Buffer.concat([rlpNumber(BigInt(type)), body]),
    knownType: type <= ETHEREUM || type === OPTIMISM_DEPOSIT,
  };
}

function parseReceiptLog(value: unknown): ReceiptLog {
  const json = fields(value, "a log");
  return {
    address: hexBytes(json["address"], "a log's address", 20),
    topics: list(json["topics"], "a log's topics", (topic) => hexBytes(topic, "a topic", 32)),
    data: hexBytes(json["data"], "a log's data"),
  };
}

/** Since its Canyon fork, Optimism commits to a deposit's nonce where the receipt has a version. */
function depositFields(json: Readonly<Record<string, unknown>>): Uint8Array[] {
  if (json["depositReceiptVersion"] === undefined) return [];
  return ["depositNonce", "depositReceiptVersion"].map((name) => rlpNumber(quantity(json[name], name)));
}
