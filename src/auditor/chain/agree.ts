import { ConsortiaError } from "../../core/error.ts";
import type { BlockTag, ChainNode } from "./node.ts";

/**
 * Asks every node the same and takes an answer that all of them give.
 * @throws `NodesDisagree` with `nodes` and `answers` where they do not
 */
export async function agree<T extends string | number | bigint>(
  nodes: readonly ChainNode[],
  what: string,
  ask: (node: ChainNode) => Promise<T>,
): Promise<T> {
  const answers = await Promise.all(nodes.map(ask));
  const [first] = answers;
  if (first === undefined) throw new TypeError("there is no node to read from");
  if (answers.every((answer) => answer === first)) return first;
  const told = nodes.map(({ name }, i) => `${name} ${String(answers[i]).slice(0, 80)}`).join(", ");
  throw new ConsortiaError(
    "NodesDisagree",
    `The nodes tell different things of ${what}: ${told}. Ask a third node.`,
    { values: { nodes: nodes.map(({ name }) => name), answers, liars: [] } },
  );
}

/**
 * What a call returns at a block, the same from every node.
 * @throws `NodesDisagree`; `CallReverted`, `HistoryMissing`
 */
export const callAll = (
  nodes: readonly ChainNode[],
  to: string,
  data: string,
  block: BlockTag,
): Promise<string> => agree(nodes, `a call of ${to} at block ${block}`, (node) => node.call(to, data, block));
