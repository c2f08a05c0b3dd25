import { keccak256, toHash } from "../../core/keccak.ts";
import { count, fields, hexBytes, list, quantity } from "./hex.ts";
import { bytesOf, encodeRlp, rlpNumber } from "./rlp.ts";

/** A block without its transactions' contents. */
export interface Header {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly receiptsRoot: string;
  readonly logsBloom: string;
  /** Hashes of the block's transactions, in their order. */
  readonly transactions: readonly string[];
  /** What the fields hash to; the block's hash, unless somebody edited them or the chain has fields unknown here. */
  readonly computedHash: string;
  /** Fields that are neither the header's as known here nor what nodes add to it. */
  readonly unknownFields: readonly string[];
}

const WORD = 32;
const BLOOM = 256;

/** The header in the order in which it is hashed (yellow paper, 4.3); a length in bytes, or "number". */
const HASHED: readonly [name: string, shape: number | "number" | "bytes"][] = [
  ["parentHash", WORD],
  ["sha3Uncles", WORD],
  ["miner", 20],
  ["stateRoot", WORD],
  ["transactionsRoot", WORD],
  ["receiptsRoot", WORD],
  ["logsBloom", BLOOM],
  ["difficulty", "number"],
  ["number", "number"],
  ["gasLimit", "number"],
  ["gasUsed", "number"],
  ["timestamp", "number"],
  ["extraData", "bytes"],
  ["mixHash", WORD],
  ["nonce", 8],
];

/** What later forks appended, in their order: London, Shanghai, Cancun, Prague. Osaka appends nothing. */
const APPENDED: typeof HASHED = [
  ["baseFeePerGas", "number"],
  ["withdrawalsRoot", WORD],
  ["blobGasUsed", "number"],
  ["excessBlobGas", "number"],
  ["parentBeaconBlockRoot", WORD],
  ["requestsHash", WORD],
];

/** What nodes tell of a block besides its header. */
const BESIDE = ["hash", "totalDifficulty", "size", "uncles", "transactions", "withdrawals", "author"];
const KNOWN = new Set([...BESIDE, ...[...HASHED, ...APPENDED].map(([name]) => name)]);

/** Reads a block as `eth_getBlockByNumber` tells it. @throws ShapeError */
export function parseHeader(value: unknown): Header {
  const json = fields(value, "a block");
  const appended = APPENDED.filter(([name]) => (json[name] ?? undefined) !== undefined);
  const hashed = [...HASHED, ...appended].map(([name, shape]) => encodeField(json[name], name, shape));
  return {
    number: count(json["number"], "a block's number"),
    hash: hexBytes(json["hash"], "a block's hash", WORD),
    parentHash: hexBytes(json["parentHash"], "a parent's hash", WORD),
    timestamp: count(json["timestamp"], "a block's time"),
    receiptsRoot: hexBytes(json["receiptsRoot"], "a receipts' root", WORD),
    logsBloom: hexBytes(json["logsBloom"], "a block's bloom", BLOOM),
    transactions: list(json["transactions"], "a block's transactions", (one) =>
      hexBytes(
        typeof one === "string" ? one : fields(one, "a transaction")["hash"],
        "a transaction's hash",
        WORD,
      ),
    ),
    computedHash: toHash(keccak256(encodeRlp(hashed))),
    unknownFields: Object.keys(json).filter((name) => !KNOWN.has(name)),
  };
}

function encodeField(value: unknown, name: string, shape: number | "number" | "bytes"): Uint8Array {
  if (shape === "number") return rlpNumber(quantity(value, name));
  return bytesOf(hexBytes(value, name, shape === "bytes" ? undefined : shape));
}
