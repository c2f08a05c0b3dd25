import { Transaction, type TransactionLike } from "ethers";
import { fields } from "./hex.ts";

/** Who sent a transaction, to whom and with what, in lower case. */
export interface Sender {
  readonly from: string;
  /** Absent where the transaction made a contract. */
  readonly to?: string;
  /** What the called contract was told. */
  readonly data: string;
}

/**
 * The sender of a transaction as a node tells it, proven: its fields hash to the transaction's own hash, and its
 * signature is the sender's. Undefined where they do not, or are of a kind that is not known here.
 */
export function proveSender(hash: string, value: unknown): Sender | undefined {
  const json = fields(value, "a transaction");
  try {
    const type = Number(json["type"] ?? 0);
    const { r, s, v } = json as { r: string; s: string; v: string };
    const optional = (name: string): object => (json[name] === undefined ? {} : { [name]: json[name] });
    const like = {
      ...{ type, to: (json["to"] ?? null) as string | null, nonce: Number(json["nonce"]) },
      ...{ gasLimit: json["gas"], data: json["input"], value: json["value"] },
      ...(type < 2 ? { gasPrice: json["gasPrice"] } : {}),
      ...(type < 2 ? {} : { maxFeePerGas: json["maxFeePerGas"] }),
      ...(type < 2 ? {} : { maxPriorityFeePerGas: json["maxPriorityFeePerGas"] }),
      ...(type < 1 ? {} : { accessList: json["accessList"], chainId: json["chainId"] }),
      ...optional("maxFeePerBlobGas"),
      ...(json["blobVersionedHashes"] === undefined
        ? {}
        : { blobVersionedHashes: json["blobVersionedHashes"] }),
      signature: { r, s, ...(type === 0 ? { v } : { yParity: Number(json["yParity"] ?? v) }) },
    } as TransactionLike;
    const transaction = Transaction.from(like);
    if (transaction.hash !== hash || transaction.from === null) return undefined;
    const [from, data] = [transaction.from.toLowerCase(), transaction.data.toLowerCase()];
    return transaction.to === null ? { from, data } : { from, to: transaction.to.toLowerCase(), data };
  } catch {
    return undefined;
  }
}
