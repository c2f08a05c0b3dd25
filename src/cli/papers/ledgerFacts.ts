import type { JsonRpcProvider } from "ethers";
import { discover, type Site } from "../../auditor/chain/discover.ts";
import type { ChainNode } from "../../auditor/chain/node.ts";
import { lastBlock, readBlocks } from "../../auditor/chain/pages.ts";
import { nodeBehind, type Sender } from "../../auditor/chain/provider.ts";
import type { Engine } from "../../auditor/engine/engine.ts";
import { ADDRESS, countOf } from "../../auditor/engine/recover.ts";
import { Fold } from "../../auditor/fold/fold.ts";
import { FoldState } from "../../auditor/fold/state.ts";
import { contractsOf } from "../../auditor/site.ts";
import type { Deployment } from "../../chain/contracts.ts";
import { periodOf, type PeriodId } from "../../core/period.ts";
import type { Movement } from "../../documents/journal/movement.ts";
import { MovementReader, type Close } from "./movementReader.ts";

/** What a ledger's logs come to, up to a block. */
export interface LedgerFacts {
  readonly site: Site;
  readonly node: ChainNode;
  /** The ledger's first month, and the one that is open at the end. */
  readonly first: PeriodId;
  readonly open: PeriodId;
  readonly block: number;
  /** All that moved money, in the order of the chain. */
  readonly movements: readonly Movement[];
  readonly closes: ReadonlyMap<PeriodId, Close>;
  /** Memberships and prices, as the auditor folds them. */
  readonly state: FoldState;
}

/**
 * Reads a ledger from its logs alone. They are taken as the node tells them: proving them is the audit's part.
 * @throws as `discover` and `readBlocks`
 */
export async function readLedgerFacts(
  provider: Sender | JsonRpcProvider,
  deployment: Pick<Deployment, "ledger" | "fromBlock">,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<LedgerFacts> {
  const node = nodeBehind(provider);
  const nodes = [node];
  const block = await lastBlock(nodes);
  const site = await discover(nodes, deployment.ledger, { fromBlock: deployment.fromBlock });
  const state = new FoldState(site, BLIND, { add: () => {} }, undefined);
  const fold = new Fold(state);
  const reader = new MovementReader(site, state);
  const addresses = contractsOf(site);
  const range = { fromBlock: site.fromBlock, toBlock: block };
  for await (const one of readBlocks({ nodes, addresses, ...range, headers: "none" })) {
    fold.take(one);
    reader.take(one);
    onProgress(one.number - range.fromBlock, block - range.fromBlock);
  }
  onProgress(1, 1);
  const first = periodOf(site.created.timestamp);
  const { movements, closes, open } = reader;
  return { ...{ site, node, first, open, block }, movements, closes, state };
}

/** Recovers nobody: papers do not judge signatures, and what is found of them is not looked at. */
const BLIND: Engine = {
  recover: (digests, signatures) => Promise.resolve(new Uint8Array(ADDRESS * countOf(digests, signatures))),
  verifyBundles: async function* () {},
  close: () => Promise.resolve(),
};
