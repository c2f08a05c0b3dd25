import { AbiCoder, keccak256, toBeHex } from "ethers";
import { openNode } from "../../src/auditor/chain/node.ts";
import { startLyingNode, type Lies } from "../support/lying-node.ts";
import { thrown, type Lie } from "./lie.ts";
import type { World } from "./world.ts";

/** A log to lie about: the first deposit's. */
function aLog({ blocks, site }: World): { block: number; index: number } {
  const ledger = site.ledger.toLowerCase();
  const block = blocks.find(({ logs }) =>
    logs.some(({ address, topics }) => address === ledger && topics.length > 2),
  );
  const log = block?.logs.find(({ address, topics }) => address === ledger && topics.length > 2);
  if (block === undefined || log === undefined) throw new Error("the ledger has no logs");
  return { block: block.number, index: log.logIndex };
}

/** What reading through a lying node comes to: an error, or what the audit finds. */
function node(name: string, code: string, lies: (world: World) => Lies, honest = false): Lie {
  return {
    name,
    code,
    async tell(world) {
      const liar = await startLyingNode(world.settled.stage.chain.url, lies(world));
      try {
        const nodes = [...(honest ? [world.node] : []), openNode(liar.url)];
        let codes: readonly string[] = [];
        const failed = await thrown(async () => {
          codes = await world.codes({ blocks: await world.read(nodes), nodes });
        });
        return [...failed, ...codes];
      } finally {
        await liar.stop();
      }
    },
  };
}

/** Slot of a mapping's entry, for the mapping in a slot. */
function slotOf(key: number, slot: number): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["uint256", "uint256"], [key, slot]));
}

/** Finds the ledger's account word of a member by its value, since the storage layout is the compiler's business. */
async function accountSlot({ settled, site, node: reader }: World, member: number): Promise<string> {
  const { provider } = settled.stage.chain;
  const last = await reader.getBlock("latest");
  for (let slot = 0; slot < 32; slot++) {
    const word = await provider.getStorage(site.ledger, slotOf(member, slot), last.number);
    // An account that is known bears its flag in the highest byte.
    if ((BigInt(word) >> 248n) & 1n) return slotOf(member, slot);
  }
  throw new Error("no slot of the ledger looks like an account");
}

/** Changes a word of the ledger on a fork. */
function patched(name: string, code: string, change: (word: bigint) => bigint): Lie {
  return {
    name,
    code,
    tell: (world) =>
      world.onFork(async () => {
        const { provider } = world.settled.stage.chain;
        const slot = await accountSlot(world, 3);
        const word = BigInt(await provider.getStorage(world.site.ledger, slot));
        await provider.send("anvil_setStorageAt", [world.site.ledger, slot, toBeHex(change(word), 32)]);
        await provider.send("evm_mine", []);
        return world.codes();
      }),
  };
}

/** Lies told by nodes, and by contracts whose state was patched. */
export const CHAIN_LIES: readonly Lie[] = [
  node("a log that a node withholds", "LogsWithheld", (world) => ({ skip: aLog(world) })),
  node("a log that a node edits", "LogForged", (world) => ({
    change: { ...aLog(world), to: { data: `0x${"66".repeat(32)}` } },
  })),
  node("a log that a node tells twice", "LogDoubled", (world) => ({ double: aLog(world) })),
  node("a log that a node says was taken back", "LogRemoved", (world) => ({ remove: aLog(world) })),
  node("logs that a node tells backwards", "LogsReordered", () => ({ reverse: true })),
  node("receipts that a node bends to its story", "ReceiptsForged", (world) => ({
    skip: aLog(world),
    depth: "receipts",
  })),
  node(
    "a whole chain that a node makes up, beside an honest one",
    "NodesDisagree",
    (world) => ({ skip: aLog(world), depth: "headers" }),
    true,
  ),
  node("views of an older state", "ViewDiffers", () => ({ oldState: 60 })),
  patched(
    "cash made out of nothing in the ledger's storage",
    "ViewDiffers",
    (word) => word + (1_000_000n << 64n),
  ),
  patched("a position patched in the ledger's storage", "ViewDiffers", (word) => word + 1n),
  patched("a flag of debts wiped from the ledger's storage", "ViewDiffers", (word) => word ^ (1n << 128n)),
];
