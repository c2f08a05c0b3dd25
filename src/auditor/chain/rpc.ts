import { setTimeout as pause } from "node:timers/promises";
import { ConsortiaError } from "../../core/error.ts";
import { answerOf, bodyOf, failureOf, inspect, type Reply } from "./answer.ts";

/** A method and its parameters. */
export type Question = readonly [method: string, params: readonly unknown[]];

export interface RpcOptions {
  /** What messages call the node; the origin of its address by default, so that no key in a path is told. */
  readonly name?: string;
  /** How long one answer may take, in milliseconds; 30,000 by default. */
  readonly timeout?: number;
  /** How often a question is put before the node is given up; 5 by default. */
  readonly attempts?: number;
  /** The first pause between attempts, in milliseconds; it doubles each time. 250 by default. */
  readonly pause?: number;
}

/** Puts questions to one JSON-RPC node and is patient with it. */
export interface Rpc {
  readonly name: string;
  /**
   * One question in one request. `once` does not ask a silent node again.
   * @throws `NetworkUnreachable`, `NodeSilent`, `NodeBusy`, `NodeForbidden`, `NodeAnswerInvalid`; the node's own
   * refusal as `RangeTooLarge`, `MethodMissing`, `HistoryMissing`, `BlockMissing`, `CallReverted` or `NodeRefused`
   */
  ask(method: string, params: readonly unknown[], once?: boolean): Promise<unknown>;
  /** Many questions in few requests, answered in their order; singly where the node takes no batches. */
  askAll(questions: readonly Question[]): Promise<unknown[]>;
}

/** How many questions go into one request; public nodes refuse more than a hundred. */
const BATCH = 100;
const LONGEST_PAUSE = 10_000;
const TRANSIENT = new Set(["NetworkUnreachable", "NodeSilent", "NodeBusy", "NodeFailing"]);

/** Speaks to the node at an address, `http://` or `https://`, with a name and password in it where it has one. */
export function openRpc(url: string, options: RpcOptions = {}): Rpc {
  const { target, name, headers } = addressOf(url, options.name);
  const { timeout = 30_000, attempts = 5, pause: firstPause = 250 } = options;
  let batches = true;
  let lastId = 0;

  async function send(method: string, body: unknown): Promise<Reply> {
    try {
      const signal = AbortSignal.timeout(timeout);
      const request = { method: "POST", headers, body: JSON.stringify(body), signal };
      const response = await fetch(target, request);
      return {
        status: response.status,
        wait: response.headers.get("retry-after"),
        text: await bodyOf(response),
      };
    } catch (cause) {
      throw failureOf(name, method, cause, timeout);
    }
  }

  async function patiently<T>(once: boolean, attempt: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt();
      } catch (error) {
        const hopeless = !(error instanceof ConsortiaError) || !TRANSIENT.has(error.code);
        if (hopeless || tried >= attempts || (once && error.code === "NodeSilent")) throw error;
        const asked = Number(error.values["wait"] ?? 0) * 1_000;
        await pause(Math.min(Math.max(asked, firstPause * 2 ** (tried - 1)), LONGEST_PAUSE));
      }
    }
  }

  async function ask(method: string, params: readonly unknown[], once = false): Promise<unknown> {
    return patiently(once, async () => {
      const id = ++lastId;
      const json = inspect(name, await send(method, { jsonrpc: "2.0", id, method, params }));
      return answerOf(name, method, json, id);
    });
  }

  async function askBatch(questions: readonly Question[]): Promise<unknown[]> {
    return patiently(false, async () => {
      const first = lastId + 1;
      lastId += questions.length;
      const body = questions.map(([method, params], i) => ({
        jsonrpc: "2.0",
        id: first + i,
        method,
        params,
      }));
      const json = inspect(name, await send("a batch", body));
      if (!Array.isArray(json))
        throw new ConsortiaError("BatchRefused", `The node ${name} takes no batches.`);
      const byId = new Map(json.map((one: unknown) => [(one as { id?: unknown } | null)?.id, one]));
      return questions.map(([method], i) => answerOf(name, method, byId.get(first + i), first + i));
    });
  }

  async function askAll(questions: readonly Question[]): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (let at = 0; at < questions.length; at += BATCH) {
      const part = questions.slice(at, at + BATCH);
      answers.push(...(batches && part.length > 1 ? await tryBatch(part) : await askSingly(part)));
    }
    return answers;
  }

  /** Whatever a batch stumbles over, its questions are put again one by one: that finds out which it was. */
  async function tryBatch(questions: readonly Question[]): Promise<unknown[]> {
    try {
      return await askBatch(questions);
    } catch (error) {
      if (!(error instanceof ConsortiaError) || TRANSIENT.has(error.code)) throw error;
      if (error.code === "BatchRefused") batches = false;
      return askSingly(questions);
    }
  }

  async function askSingly(questions: readonly Question[]): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (const [method, params] of questions) answers.push(await ask(method, params));
    return answers;
  }

  return { name, ask, askAll };
}

/** Splits name and password off an address, since `fetch` takes none in it. @throws `AddressInvalid` */
function addressOf(text: string, given: string | undefined) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    // Protocol and host at most: what stands beside them may be a password or a key.
    const shown = url === undefined || url.host === "" ? "What was given" : `${url.protocol}//${url.host}`;
    throw new ConsortiaError(
      "AddressInvalid",
      `${shown} is no address of a node. It must begin with http:// or https://.`,
    );
  }
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (url.username !== "") {
    const secret = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers["authorization"] = `Basic ${Buffer.from(secret).toString("base64")}`;
    url.username = url.password = "";
  }
  return { target: url.href, name: given ?? url.origin, headers };
}
