import { bloomBits } from "../../src/auditor/chain/bloom.ts";
import { parseHeader } from "../../src/auditor/chain/header.ts";
import { parseReceipt } from "../../src/auditor/chain/receipt.ts";
import { receiptsRoot } from "../../src/auditor/chain/receipts-root.ts";
import { tamper, type LogLies, type RpcLog, type RpcReceipt } from "./lying-logs.ts";

interface RpcBlock extends Readonly<Record<string, unknown>> {
  readonly hash: string;
  readonly parentHash: string;
}

/** A chain told anew from the first lie on, sound in itself: every root, bloom, hash and link fits. */
export interface ForgedChain {
  /** The block told instead, or undefined where the true one will do. */
  block(number: number): RpcBlock | undefined;
  receipts(number: number): RpcReceipt[] | undefined;
  /** The logs under their blocks' new hashes. */
  rehash(logs: readonly RpcLog[]): RpcLog[];
}

type Ask = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** Tells every block anew from the first that the lies touch to the chain's last. Small chains only. */
export async function forgeChain(truth: Ask, lies: LogLies): Promise<ForgedChain> {
  const touched = [lies.skip, lies.change, lies.double, lies.remove].filter((which) => which !== undefined);
  const first = Math.min(...touched.map(({ block }) => block));
  const last = Number(await truth("eth_blockNumber", []));
  const blocks = new Map<number, RpcBlock>();
  const told = new Map<number, RpcReceipt[]>();
  for (let number = first; number <= last; number++) {
    const tag = `0x${number.toString(16)}`;
    const real = (await truth("eth_getBlockByNumber", [tag, false])) as RpcBlock;
    const receipts = (await truth("eth_getBlockReceipts", [tag])) as RpcReceipt[];
    const forged = tamper.receipts(lies, number, receipts).map(withBloom);
    const logsBloom = bloomOf(forged.flatMap(({ logs }) => logs));
    const root = await receiptsRoot(forged.map((one) => parseReceipt(one).encoded));
    const parentHash = blocks.get(number - 1)?.hash ?? real.parentHash;
    const block = { ...real, parentHash, logsBloom, receiptsRoot: root };
    blocks.set(number, { ...block, hash: parseHeader(block).computedHash });
    told.set(number, forged);
  }
  return {
    block: (number) => blocks.get(number),
    receipts: (number) => told.get(number),
    rehash: (logs) =>
      logs.map((log) => ({ ...log, blockHash: blocks.get(Number(log.blockNumber))?.hash ?? log.blockHash })),
  };
}

const withBloom = (receipt: RpcReceipt): RpcReceipt => ({ ...receipt, logsBloom: bloomOf(receipt.logs) });

function bloomOf(logs: readonly RpcLog[]): string {
  const bytes = new Uint8Array(256);
  for (const { address, topics } of logs) {
    for (const bit of [address, ...topics].flatMap((value) => bloomBits(value))) {
      bytes[255 - (bit >> 3)]! |= 1 << (bit & 7);
    }
  }
  return `0x${Buffer.from(bytes).toString("hex")}`;
}
