import { ConsortiaError } from "../../core/error.ts";
import type { RawLog } from "./block.ts";
import type { Header } from "./header.ts";
import { checkHeader, compareWithTruth, trueLogs, type OnNote } from "./proof.ts";
import { spellLog, type Told } from "./told.ts";

/**
 * Compares what several nodes say of one range. Where they differ, headers and receipts are asked for, and whoever
 * contradicts a proof is named among the `liars`; nodes that follow different blocks contradict one another only.
 * @throws `NodesDisagree` with `nodes`, `block`, `log` where it is one log, `liars` and the `reasons` against them
 */
export async function judge(
  answers: readonly Told[],
  addresses: readonly string[],
  onNote: OnNote,
): Promise<void> {
  const [first, ...others] = answers;
  if (first === undefined) return;
  for (const other of others) {
    if (first.end.hash !== other.end.hash) throw await differentBlocks(first, other, onNote);
  }
  for (const other of others) {
    const differing = firstDifference(first.logs, other.logs);
    if (differing !== undefined) throw await differentLogs(answers, differing, addresses, onNote);
  }
}

/** The first log that one of them tells and the other does not, or tells otherwise. */
function firstDifference(some: readonly RawLog[], others: readonly RawLog[]): RawLog | undefined {
  for (let i = 0; i < Math.max(some.length, others.length); i++) {
    const [one, other] = [some[i], others[i]];
    if (one === undefined || other === undefined) return one ?? other;
    if (spellLog(one) !== spellLog(other)) return isBefore(one, other) ? one : other;
  }
  return undefined;
}

const isBefore = (one: RawLog, other: RawLog): boolean =>
  one.blockNumber === other.blockNumber ? one.logIndex < other.logIndex : one.blockNumber < other.blockNumber;

async function differentBlocks(one: Told, other: Told, onNote: OnNote): Promise<ConsortiaError> {
  const block = one.end.number;
  const charges = new Charges();
  for (const { node, end } of [one, other]) {
    await charges.hear(node.name, () => checkHeader(node.name, end, onNote));
  }
  const names = [one, other].map(({ node }) => node.name);
  return charges.verdict(names, `follow different blocks: they give block ${block} two hashes.`, { block });
}

/** The nodes agree on the range's last block and not on a log before it. */
async function differentLogs(
  answers: readonly Told[],
  { blockNumber: block, logIndex: log }: RawLog,
  addresses: readonly string[],
  onNote: OnNote,
): Promise<ConsortiaError> {
  const charges = new Charges();
  const headers = new Map<Told, Header>();
  for (const answer of answers) {
    const header = await answer.node.getBlock(block);
    const proved = await charges.hear(answer.node.name, () => checkHeader(answer.node.name, header, onNote));
    if (proved !== undefined) headers.set(answer, header);
  }
  const hashes = new Set([...headers.values()].map(({ hash }) => hash));
  const truth = hashes.size === 1 ? await firstTruth(headers, charges, onNote) : undefined;
  for (const { node, logs } of truth === undefined ? [] : answers) {
    const told = logs.filter(({ blockNumber }) => blockNumber === block);
    const real = truth!.filter(({ address }) => addresses.includes(address));
    await charges.hear(node.name, () => compareWithTruth(node.name, block, told, real));
  }
  const names = answers.map(({ node }) => node.name);
  return charges.verdict(names, `tell different things of log ${log} of block ${block}.`, { block, log });
}

async function firstTruth(
  headers: ReadonlyMap<Told, Header>,
  charges: Charges,
  onNote: OnNote,
): Promise<readonly RawLog[] | undefined> {
  for (const [{ node }, header] of headers) {
    const truth = await charges.hear(node.name, async () =>
      trueLogs(node.name, header, await node.receipts(header), onNote),
    );
    if (truth !== undefined) return truth;
  }
  return undefined;
}

/** Who was found to contradict a proof, and how. */
class Charges {
  readonly #reasons = new Map<string, string>();

  /** Tries something that throws where the node lies. @returns undefined where it does */
  async hear<T>(name: string, trial: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await trial();
    } catch (error) {
      if (!(error instanceof ConsortiaError) || error.retryable) throw error;
      this.#reasons.set(name, error.message);
      return undefined;
    }
  }

  verdict(nodes: readonly string[], what: string, values: Record<string, unknown>): ConsortiaError {
    const liars = [...this.#reasons.keys()];
    const reasons = [...this.#reasons.values()];
    const who =
      liars.length === 0
        ? "No proof says who is wrong; ask a third node."
        : `Read without ${liars.join(" and ")}. ${reasons.join(" ")}`;
    return new ConsortiaError("NodesDisagree", `The nodes ${nodes.join(" and ")} ${what} ${who}`, {
      values: { nodes, ...values, liars, reasons },
    });
  }
}
