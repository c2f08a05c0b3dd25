import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { forgeChain, type ForgedChain } from "./forged-chain.ts";
import { tamper, type LogLies, type RpcLog, type RpcReceipt } from "./lying-logs.ts";

/** One JSON-RPC call. */
export interface RpcCall {
  readonly id: unknown;
  readonly method: string;
  readonly params: readonly unknown[];
}

/**
 * What a lying node does to its answers; nothing by default. Several may be set at once, and `node.lies` may be set
 * anew at any time. A log is chosen by `{ block, index }`, `index` being its place in the block (`logIndex`).
 */
export interface Lies extends LogLies {
  /**
   * How deep the lies about logs go. `logs`: only `eth_getLogs`. `receipts`: the receipts tell the same story, under
   * the old root. `headers`: receipts root and bloom too, and each block from there on is hashed and linked anew, so
   * that the chain is sound in itself and differs from the true one by its hashes alone. `logs` by default.
   */
  readonly depth?: "logs" | "receipts" | "headers";
  /** Answers `eth_call` as of so many blocks before the one asked for. */
  readonly oldState?: number;
  /** Has not the last so many blocks yet: `latest` is older, and what is newer is null. Logs stop short, silently. */
  readonly behind?: number;
  /** Changes anything else: gets a call and its result and gives the result to tell. */
  readonly edit?: (call: RpcCall, result: unknown) => unknown;
  /** Refuses `eth_getLogs` over more blocks than this. */
  readonly maxBlocks?: number;
  /** Refuses `eth_getLogs` with more logs than this. */
  readonly maxLogs?: number;
  /** Answers every n-th request with HTTP 503. */
  readonly failEvery?: number;
  /** Answers every n-th request with HTTP 429. */
  readonly busyEvery?: number;
  /** Never answers these methods. */
  readonly hang?: readonly string[];
  /** Does not know these methods. */
  readonly lacks?: readonly string[];
  /** Forgets states older than so many blocks: `eth_call` and `eth_getCode` fail there. */
  readonly forgets?: number;
  /** Takes no batches. */
  readonly noBatches?: boolean;
}

export interface LyingNode {
  readonly url: string;
  lies: Lies;
  /** How often each method was asked for since the node began. */
  readonly asked: Map<string, number>;
  stop(): Promise<void>;
}

/** Refused with a JSON-RPC error. */
class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Starts an HTTP JSON-RPC node on 127.0.0.1 that asks the node at `target` and tells what `lies` makes of it. */
export async function startLyingNode(target: string, lies: Lies = {}): Promise<LyingNode> {
  const asked = new Map<string, number>();
  let requests = 0;
  let forged: { of: Lies; chain: Promise<ForgedChain> } | undefined;

  const truth = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(target, { method: "POST", headers: JSON_TYPE, body });
    const { result, error } = (await response.json()) as { result?: unknown; error?: Refusal };
    if (error) throw new Refusal(error.code, error.message);
    return result;
  };
  const head = async () => Number(await truth("eth_blockNumber", [])) - (node.lies.behind ?? 0);
  const forge = () => {
    if (forged?.of !== node.lies) forged = { of: node.lies, chain: forgeChain(truth, node.lies) };
    return forged.chain;
  };

  async function tell(call: RpcCall): Promise<unknown> {
    const { lies } = node;
    asked.set(call.method, (asked.get(call.method) ?? 0) + 1);
    if (lies.lacks?.includes(call.method))
      throw new Refusal(-32_601, "the method does not exist/is not available");
    if (lies.hang?.includes(call.method)) return new Promise(() => undefined);
    const result = await answer(call);
    return lies.edit === undefined ? result : lies.edit(call, result);
  }

  async function answer({ method, params }: RpcCall): Promise<unknown> {
    const { depth = "logs", behind, oldState, forgets } = node.lies;
    switch (method) {
      case "eth_getLogs":
        return logs(params[0] as { fromBlock: string; toBlock: string; address: string[] });
      case "eth_getBlockReceipts": {
        const receipts = (await truth(method, params)) as RpcReceipt[] | null;
        if (receipts === null || depth === "logs") return receipts;
        if (depth === "headers") return (await forge()).receipts(Number(params[0])) ?? receipts;
        return tamper.receipts(node.lies, Number(params[0]), receipts);
      }
      case "eth_getTransactionReceipt": {
        const receipt = (await truth(method, params)) as (RpcReceipt & { blockNumber: string }) | null;
        if (receipt === null || depth === "logs") return receipt;
        const block = Number(receipt.blockNumber);
        return depth === "headers"
          ? ((await forge()).receipts(block)?.find((one) => one.transactionHash === params[0]) ?? receipt)
          : tamper.receipts(node.lies, block, [receipt])[0];
      }
      case "eth_getBlockByNumber": {
        const tag = behind !== undefined && params[0] === "latest" ? hex(await head()) : params[0];
        if (behind !== undefined && Number(tag) > (await head())) return null;
        const block = (await truth(method, [tag, false])) as { number: string } | null;
        if (block === null || depth !== "headers") return block;
        return (await forge()).block(Number(block.number)) ?? block;
      }
      case "eth_blockNumber":
        return hex(await head());
      case "eth_call":
      case "eth_getCode": {
        const block = isNaN(Number(params[1])) ? await head() : Number(params[1]);
        if (forgets !== undefined && block < (await head()) - forgets) {
          throw new Refusal(-32_000, `missing trie node 00 (path ) state 0x00 is not available`);
        }
        return truth(method, [params[0], hex(method === "eth_call" ? block - (oldState ?? 0) : block)]);
      }
      default:
        return truth(method, params);
    }
  }

  async function logs(filter: { fromBlock: string; toBlock: string; address: string[] }): Promise<RpcLog[]> {
    const { maxBlocks, maxLogs, behind, depth } = node.lies;
    const [from, to] = [Number(filter.fromBlock), Number(filter.toBlock)];
    if (maxBlocks !== undefined && to - from >= maxBlocks) {
      throw new Refusal(-32_005, `block range is too wide: at most ${maxBlocks} blocks`);
    }
    const last = behind === undefined ? to : Math.min(to, await head());
    if (last < from) return [];
    const real = (await truth("eth_getLogs", [{ ...filter, toBlock: hex(last) }])) as RpcLog[];
    if (maxLogs !== undefined && real.length > maxLogs) {
      throw new Refusal(-32_005, `query returned more than ${maxLogs} results`);
    }
    const told = tamper.logs(node.lies, from, to, real, depth === "headers");
    return depth === "headers" ? (await forge()).rehash(told) : told;
  }

  async function serve(request: IncomingMessage): Promise<readonly [status: number, text: string]> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    requests++;
    const { failEvery, busyEvery, noBatches } = node.lies;
    if (failEvery !== undefined && requests % failEvery === 0) return [503, "upstream is down"];
    if (busyEvery !== undefined && requests % busyEvery === 0) return [429, "slow down"];
    const body = JSON.parse(Buffer.concat(parts).toString()) as RpcCall | RpcCall[];
    if (!Array.isArray(body)) return [200, JSON.stringify(await reply(body))];
    if (noBatches) return [200, JSON.stringify(refuse(null, new Refusal(-32_600, "no batches")))];
    const replies = [];
    for (const call of body) replies.push(await reply(call));
    return [200, JSON.stringify(replies)];
  }

  async function reply(call: RpcCall): Promise<unknown> {
    try {
      return { jsonrpc: "2.0", id: call.id, result: await tell(call) };
    } catch (error) {
      if (error instanceof Refusal) return refuse(call.id, error);
      throw error;
    }
  }

  const server = createServer((request, response) => {
    serve(request)
      .catch((error: unknown) => [500, String(error)] as const)
      .then(
        ([status, text]) => response.writeHead(status, JSON_TYPE).end(text),
        () => response.destroy(),
      );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const node: LyingNode = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lies,
    asked,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return node;
}

const JSON_TYPE = { "content-type": "application/json" };
const hex = (value: number): string => `0x${Math.max(value, 0).toString(16)}`;
const refuse = (id: unknown, { code, message }: Refusal) => ({
  jsonrpc: "2.0",
  id,
  error: { code, message },
});
