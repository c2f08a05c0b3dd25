import { isConsortiaError } from "../../core/error.ts";
import { toAssetUnits } from "../../core/money.ts";
import type { ChainNode } from "../chain/node.ts";
import type { Findings } from "../finding.ts";
import type { Fold } from "../fold/fold.ts";
import { compareViews, encodeCall } from "./compare.ts";
import { deskViews } from "./desks.ts";
import { fundViews } from "./funds.ts";
import { governanceViews } from "./governance.ts";
import { officeViews } from "./offices.ts";
import { priceViews } from "./prices.ts";
import { ledgerViews } from "./views.ts";

/**
 * Compares every view of every node at the end of a block with what the logs up to there have come to.
 * @param timestamp the block's second
 * @returns how many figures agreed
 */
export async function compareWithChain(
  nodes: readonly ChainNode[],
  block: number,
  timestamp: number,
  fold: Fold,
  findings: Findings,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<number> {
  const { state, cashier, claims, governance } = fold;
  let compared = 0;
  const views = [
    ...ledgerViews(state, cashier, timestamp),
    ...officeViews(state, timestamp),
    ...priceViews(fold, timestamp),
    ...deskViews(state, claims),
    ...fundViews(fold),
    ...governanceViews(state, governance, timestamp),
  ];
  for (const [turn, node] of nodes.entries()) {
    const told = (done: number): void => onProgress(turn * views.length + done, nodes.length * views.length);
    compared += await compareViews(node, block, views, findings, told);
    await compareAsset(node, block, fold, findings);
  }
  return compared;
}

/** The ledger holds what it accounts for; more is a stray transfer and changes nothing. */
async function compareAsset(
  node: ChainNode,
  block: number,
  { state }: Fold,
  findings: Findings,
): Promise<void> {
  const { site, terms, book } = state;
  if (terms === undefined) return;
  try {
    const answer = await node.call(
      site.asset,
      encodeCall("balanceOf(address)", [BigInt(site.ledger)]),
      block,
    );
    const held = BigInt(answer === "0x" ? 0 : answer);
    const due = toAssetUnits(book.backing, terms.assetDecimals);
    if (held >= due) return;
    const message = `The ledger holds ${held} units of its asset at block ${block} by ${node.name}, and accounts for ${due}.`;
    findings.add("AssetShort", message, { block, expected: String(due), found: String(held) });
  } catch (error) {
    if (!isConsortiaError(error)) throw error;
    const message = `What the ledger holds of its asset could not be read at block ${block}. ${error.message}`;
    findings.add("ViewUnavailable", message, { block, found: error.code });
  }
}
