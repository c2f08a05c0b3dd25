import { answerOf } from "./answer.ts";
import { nodeOver, type ChainNode } from "./node.ts";
import type { Question } from "./rpc.ts";

/** Whatever puts a question to a node and is trusted with it, as ethers' JSON-RPC providers are. */
export interface Sender {
  send(method: string, params: unknown[]): Promise<unknown>;
}

/** How many questions wait for their answers at once. */
const TOGETHER = 100;

/** The node that an open connection leads to; nobody else is asked and nothing is tried again. */
export function nodeBehind(sender: Sender, name = "the connected node"): ChainNode {
  async function ask(method: string, params: readonly unknown[]): Promise<unknown> {
    try {
      return await sender.send(method, [...params]);
    } catch (cause) {
      return answerOf(name, method, { id: 1, error: refusalIn(cause) }, 1);
    }
  }

  async function askAll(questions: readonly Question[]): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (let at = 0; at < questions.length; at += TOGETHER) {
      const asked = questions.slice(at, at + TOGETHER).map(([method, params]) => ask(method, params));
      answers.push(...(await Promise.all(asked)));
    }
    return answers;
  }

  return nodeOver({ name, ask, askAll });
}

/** What the node said; a library that asks on our behalf wraps it. */
function refusalIn(cause: unknown): { readonly code: unknown; readonly message: string } {
  const error = cause as { error?: unknown; code?: unknown; message?: unknown } | null;
  if (typeof error?.error === "object" && error.error !== null) return refusalIn(error.error);
  return { code: error?.code, message: String(error?.message ?? cause) };
}
