import { FetchRequest, JsonRpcProvider } from "ethers";
import { ConsortiaError } from "../../core/error.ts";

const LOCAL = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])([:/]|$)/;

/** Whether a node runs on this machine, where asking often costs nothing. */
export function isLocal(url: string): boolean {
  return LOCAL.test(url);
}

/**
 * Connects to any JSON-RPC node. Nothing is cached, since a reader who asks after an act wants its effect; a
 * node on this machine is asked for receipts every few milliseconds.
 * @throws `NetworkUnreachable` where nobody answers
 */
export async function connect(url: string): Promise<JsonRpcProvider> {
  const request = new FetchRequest(url);
  request.timeout = 30_000;
  // A node far away is worth a moment's wait for calls that travel together; one on this machine is not.
  const pace = isLocal(url) ? { pollingInterval: 25, batchStallTime: 0 } : { pollingInterval: 1_000 };
  const options = { cacheTimeout: -1, ...pace };
  const chainId = await askChainId(request);
  const provider = new JsonRpcProvider(request, chainId, { ...options, staticNetwork: true });
  return provider;
}

/** Asks once and without ethers' patience, which waits for a node for ever. */
async function askChainId(request: FetchRequest): Promise<bigint> {
  const ask = request.clone();
  ask.timeout = 10_000;
  ask.body = { jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] };
  try {
    const response = await ask.send();
    response.assertOk();
    const { result } = response.bodyJson as { result: string };
    return BigInt(result);
  } catch (cause) {
    throw new ConsortiaError(
      "NetworkUnreachable",
      `No node answers at ${new URL(request.url).origin}. Start one with "consortia network start", or set CONSORTIA_RPC_URL.`,
      { cause, retryable: true, values: { url: new URL(request.url).origin } },
    );
  }
}
