import type { AuditBlock } from "./chain/block.ts";
import type { Site } from "./chain/discover.ts";
import { houseOf } from "./chain/house.ts";
import type { ChainNode } from "./chain/node.ts";
import { checkPots, checkSums, conclude } from "./conclude.ts";
import { createEngine, type Engine } from "./engine/engine.ts";
import { FindingList } from "./finding.ts";
import { Fold } from "./fold/fold.ts";
import { FoldState } from "./fold/state.ts";
import type { AuditResult, AuditScope } from "./result.ts";
import { readTerms, type AuditTerms } from "./terms.ts";
import { askAgreements } from "./verify/agreements.ts";
import { askCallers, askWords } from "./verify/callers.ts";
import { verifyBundles } from "./verify/bundles.ts";
import { compareWithChain } from "./verify/chain.ts";
import { askWallets } from "./verify/wallets.ts";

/** How far an audit is. */
export interface AuditProgress {
  readonly stage: "blocks" | "views" | "bundles";
  readonly done: number;
  readonly total: number;
}

/** The end of the audited range. */
export interface LastBlock {
  readonly number: number;
  readonly hash: string;
  readonly timestamp: number;
}

export interface AuditOptions {
  readonly site: Site;
  /** Every block with logs of the site's contracts from their first to `last`, in order; see `readBlocks`. */
  readonly source: AsyncIterable<AuditBlock>;
  readonly last: LastBlock;
  /** Nodes whose views are compared and which are asked for contracts' signatures; none by default. */
  readonly nodes?: readonly ChainNode[];
  /** Blocks at whose ends views are compared besides the last; the times are read from the first node. */
  readonly checkAt?: readonly number[];
  /** Directories of bundles; without any, every statement's records are unverifiable. */
  readonly records?: readonly string[];
  /** The charter's terms; read from the nodes by default. */
  readonly terms?: AuditTerms;
  /** Verifies signatures and bundles; one of the audit's own by default. */
  readonly engine?: Engine;
  /** Where what is found goes; a list of the audit's own by default, so that a reader's notes can join it. */
  readonly findings?: FindingList;
  readonly onProgress?: (progress: AuditProgress) => void;
}

/**
 * Audits a ledger from nothing but logs: folds them by the rules, verifies every signature and every bundle, and
 * compares what comes of it with the chain's views. What does not agree is found and named; the audit goes on to its
 * end.
 * @throws what the source throws: a node that is caught lying ends the reading
 */
export async function audit(options: AuditOptions): Promise<AuditResult> {
  const engine = options.engine ?? createEngine();
  try {
    return await run(options, engine);
  } finally {
    if (options.engine === undefined) await engine.close();
  }
}

async function run(options: AuditOptions, engine: Engine): Promise<AuditResult> {
  const { site, source, last, nodes = [], records = [], onProgress = () => {} } = options;
  const findings = options.findings ?? new FindingList();
  const terms = options.terms ?? (await readTerms(nodes, site, last.number, findings));
  const state = new FoldState(site, engine, findings, terms);
  const fold = new Fold(state);
  const checkedAt: number[] = [];
  let views = 0;

  async function compare(block: number, timestamp: number): Promise<void> {
    if (nodes.length === 0) return;
    const told = (done: number, total: number): void => onProgress({ stage: "views", done, total });
    views += await compareWithChain(nodes, block, timestamp, fold, findings, told);
    checkedAt.push(block);
  }
  /** Compares at the chosen blocks that lie before a block. */
  async function compareBefore(block: number): Promise<void> {
    while (checks[0] !== undefined && checks[0] < block) {
      const at = checks.shift()!;
      const header = await nodes[0]?.getBlock(at);
      if (header !== undefined) await compare(at, header.timestamp);
    }
  }

  const total = last.number - site.fromBlock;
  const checks = [...new Set(options.checkAt)].filter((at) => at < last.number).sort((a, b) => a - b);
  for await (const block of source) {
    await compareBefore(block.number);
    fold.take(block);
    await state.signatures.keepPace();
    onProgress({ stage: "blocks", done: block.number - site.fromBlock, total });
  }
  onProgress({ stage: "blocks", done: total, total });
  await compareBefore(last.number);
  await compare(last.number, last.timestamp);
  await askAgreements(nodes, state, findings);
  await state.signatures.settle();
  await askCallers(nodes, state.signatures, findings);
  await askWords(nodes, fold.governance.acts.words, findings);
  await askWallets(nodes, state.signatures, findings);
  checkSums(state.book, findings);
  checkPots(fold, findings);
  const told = (done: number, all: number): void => onProgress({ stage: "bundles", done, total: all });
  const counts = await verifyBundles(engine, state, findings, records, fold.reversals.given, told);
  const scope = scopeOf(options, state, checkedAt);
  return conclude(fold, findings, scope, { ...counts, views });
}

function scopeOf(
  { site, last, nodes = [] }: AuditOptions,
  { book }: FoldState,
  checkedAt: readonly number[],
): AuditScope {
  const { chainId, ledger, governance, fromBlock } = site;
  return {
    ...{ chainId: Number(chainId), ledger, ...houseOf(site) },
    ...(governance === undefined ? {} : { governance }),
    ...{ fromBlock, toBlock: last.number, toHash: last.hash, toTime: last.timestamp },
    openPeriod: book.openPeriod,
    nodes: nodes.map(({ name }) => name),
    checkedAt,
  };
}
