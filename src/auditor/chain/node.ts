import { ConsortiaError } from "../../core/error.ts";
import { fault, invalid } from "./answer.ts";
import type { RawLog } from "./block.ts";
import { parseHeader, type Header } from "./header.ts";
import { count, fields, hexBytes, list, ShapeError, toQuantity } from "./hex.ts";
import { parseReceipt, type Receipt } from "./receipt.ts";
import { openRpc, type Rpc, type RpcOptions } from "./rpc.ts";
import { proveSender, type Sender } from "./transaction.ts";

export type BlockTag = number | "latest" | "finalized";

/**
 * A node of the chain, asked for what the auditor may believe only after checking. Every function throws as
 * `Rpc.ask` does, and `NodeAnswerInvalid` where an answer has not the shape of its kind.
 */
export interface ChainNode {
  /** What messages call it. */
  readonly name: string;
  chainId(): Promise<bigint>;
  /** @throws `BlockMissing` where the node does not have it (yet) */
  getBlock(tag: BlockTag): Promise<Header>;
  /** Blocks by number, in the order of the numbers. @throws `BlockMissing` */
  getBlocks(numbers: readonly number[]): Promise<Header[]>;
  /** Logs of the addresses in a range of blocks, both ends in it. @throws `RangeTooLarge`; `LogRemoved` */
  logs(addresses: readonly string[], from: number, to: number): Promise<RawLog[]>;
  /** The receipts of a block's transactions, in their order, or undefined where the node has none to give. */
  receipts(block: Header): Promise<Receipt[] | undefined>;
  /** What a call returns at a block, with so much gas where it is told. @throws `CallReverted`, `HistoryMissing` */
  call(to: string, data: string, block: BlockTag, gas?: number): Promise<string>;
  /** What many calls return at a block, in their order, in few requests. @throws `CallReverted`, `HistoryMissing` */
  calls(calls: readonly Call[], block: BlockTag): Promise<string[]>;
  /** Who sent a transaction and to whom, proven by its signature; undefined where the node cannot prove it. */
  sender(hash: string): Promise<Sender | undefined>;
  /** The code at an address, "0x" where there is none. @throws `HistoryMissing` */
  code(address: string, block: BlockTag): Promise<string>;
}

/** A contract and what it is asked, ABI-encoded. */
export interface Call {
  readonly to: string;
  readonly data: string;
}

/** Refusals after which a node may still have receipts under another name, or not at all. */
const NONE = new Set(["MethodMissing", "HistoryMissing", "BlockMissing", "NodeRefused"]);

/** Opens the node at an address. Nothing is asked yet. @throws `AddressInvalid` */
export function openNode(url: string, options: RpcOptions = {}): ChainNode {
  return nodeOver(openRpc(url, options));
}

/** A node behind whatever carries questions to it. */
export function nodeOver(rpc: Rpc): ChainNode {
  const { name } = rpc;
  let wholeBlocks = true;

  const read = <T>(parse: () => T): T => {
    try {
      return parse();
    } catch (error) {
      throw error instanceof ShapeError ? invalid(name, error.message) : error;
    }
  };

  const missing = (tag: BlockTag) =>
    fault(
      "BlockMissing",
      name,
      `has no block ${tag}. Is it still catching up? Ask later, or for fewer blocks.`,
      {
        retryable: true,
        values: { block: tag },
      },
    );

  function header(answer: unknown, tag: BlockTag): Header {
    if (answer === null) throw missing(tag);
    const parsed = read(() => parseHeader(answer));
    if (typeof tag === "number" && parsed.number !== tag) {
      throw invalid(name, `block ${parsed.number} when asked for block ${tag}`);
    }
    return parsed;
  }

  async function logs(addresses: readonly string[], from: number, to: number): Promise<RawLog[]> {
    const filter = { address: addresses, fromBlock: toQuantity(from), toBlock: toQuantity(to) };
    const answer = await rpc.ask("eth_getLogs", [filter], true);
    return read(() => list(answer, "logs", (one) => parseLog(name, one)));
  }

  async function receipts(block: Header): Promise<Receipt[] | undefined> {
    try {
      const answers = wholeBlocks ? await blockReceipts(block) : undefined;
      return answers ?? (await singleReceipts(block));
    } catch (error) {
      if (error instanceof ConsortiaError && NONE.has(error.code)) return undefined;
      throw error;
    }
  }

  async function blockReceipts({ number }: Header): Promise<Receipt[] | undefined> {
    try {
      const answer = await rpc.ask("eth_getBlockReceipts", [toQuantity(number)]);
      return answer === null ? undefined : read(() => list(answer, "receipts", parseReceipt));
    } catch (error) {
      if (!(error instanceof ConsortiaError) || error.code !== "MethodMissing") throw error;
      wholeBlocks = false;
      return undefined;
    }
  }

  async function singleReceipts({ transactions }: Header): Promise<Receipt[] | undefined> {
    const questions = transactions.map((hash) => ["eth_getTransactionReceipt", [hash]] as const);
    const answers = await rpc.askAll(questions);
    return answers.includes(null) ? undefined : read(() => answers.map(parseReceipt));
  }

  return {
    name,
    logs,
    receipts,
    chainId: async () => {
      const answer = await rpc.ask("eth_chainId", []);
      return read(() => BigInt(count(answer, "a chain's id")));
    },
    getBlock: async (tag) => header(await rpc.ask("eth_getBlockByNumber", [spell(tag), false]), tag),
    getBlocks: async (numbers) => {
      const questions = numbers.map((number) => ["eth_getBlockByNumber", [spell(number), false]] as const);
      return (await rpc.askAll(questions)).map((answer, i) => header(answer, numbers[i]!));
    },
    call: async (to, data, block, gas) => {
      const limit = gas === undefined ? {} : { gas: toQuantity(gas) };
      const answer = await rpc.ask("eth_call", [{ to, data, ...limit }, spell(block)]);
      return read(() => hexBytes(answer, "a call's result"));
    },
    calls: async (calls, block) => {
      const questions = calls.map(({ to, data }) => ["eth_call", [{ to, data }, spell(block)]] as const);
      const answers = await rpc.askAll(questions);
      return read(() => answers.map((answer) => hexBytes(answer, "a call's result")));
    },
    sender: async (hash) => {
      const answer = await rpc.ask("eth_getTransactionByHash", [hash]);
      return answer === null ? undefined : read(() => proveSender(hash, answer));
    },
    code: async (address, block) => {
      const answer = await rpc.ask("eth_getCode", [address, spell(block)]);
      return read(() => hexBytes(answer, "a contract's code"));
    },
  };
}

const spell = (tag: BlockTag): string => (typeof tag === "number" ? toQuantity(tag) : tag);

/** Reads a log as nodes tell it. @throws ShapeError; `LogRemoved` for one that the chain took back */
function parseLog(node: string, value: unknown): RawLog {
  const json = fields(value, "a log");
  const blockNumber = count(json["blockNumber"], "a log's block");
  if (json["removed"] === true) {
    throw fault(
      "LogRemoved",
      node,
      `tells a log of block ${blockNumber} that the chain has taken back. Read again.`,
      {
        retryable: true,
        values: { block: blockNumber },
      },
    );
  }
  return {
    blockNumber,
    blockHash: hexBytes(json["blockHash"], "a log's block", 32),
    txHash: hexBytes(json["transactionHash"], "a log's transaction", 32),
    txIndex: count(json["transactionIndex"], "a log's transaction"),
    logIndex: count(json["logIndex"], "a log's place"),
    address: hexBytes(json["address"], "a log's address", 20),
    topics: list(json["topics"], "a log's topics", (topic) => hexBytes(topic, "a topic", 32)),
    data: hexBytes(json["data"], "a log's data"),
  };
}
