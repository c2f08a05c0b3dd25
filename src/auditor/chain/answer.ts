import { ConsortiaError } from "../../core/error.ts";

/** What came back over HTTP. */
export interface Reply {
  readonly status: number;
  /** `Retry-After`, in seconds or as a date. */
  readonly wait: string | null;
  readonly text: string;
}

/** An answer past this size, in bytes, is not read to its end. */
const LONGEST = 128 * 1024 * 1024;

/** Reads a body as text and stops where it grows past all measure. @throws `RangeTooLarge` */
export async function bodyOf(response: Response): Promise<string> {
  if (response.body === null) return "";
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > LONGEST) throw new ConsortiaError("RangeTooLarge", `The answer is past ${LONGEST} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Why no reply came at all. */
export function failureOf(name: string, method: string, cause: unknown, timeout: number): ConsortiaError {
  const options = { cause, retryable: true, values: { method } };
  if (cause instanceof ConsortiaError)
    return fault(cause.code, name, `sent too much: ${cause.message}`, options);
  if (cause instanceof Error && cause.name === "TimeoutError") {
    const message = `did not answer ${method} within ${timeout / 1_000} seconds. Ask later, or name another.`;
    return fault("NodeSilent", name, message, options);
  }
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
  const message = `cannot be reached: ${reason}. Is it running, and the address right?`;
  return fault("NetworkUnreachable", name, message, options);
}

/** The JSON in a reply. @throws `NodeBusy`, `NodeForbidden`, `NodeFailing`, `RangeTooLarge`, `NodeAnswerInvalid` */
export function inspect(name: string, { status, wait, text }: Reply): unknown {
  if (status === 429) {
    const seconds = wait === null || !/^\d+$/.test(wait) ? 0 : Number(wait);
    const message = "asks for fewer questions a second. Ask later, or name another.";
    throw fault("NodeBusy", name, message, { retryable: true, values: { wait: seconds } });
  }
  if (status === 401 || status === 403) {
    throw fault("NodeForbidden", name, `refuses us with HTTP ${status}. Does its address need a key?`);
  }
  if (status === 413) throw fault("RangeTooLarge", name, "refuses so large a question.");
  const json = parse(text);
  if (json !== undefined && (status < 500 || isError(json))) return json;
  const said = text.replaceAll(/\s+/g, " ").slice(0, 120);
  if (status >= 500)
    throw fault("NodeFailing", name, `fails with HTTP ${status}: ${said}`, { retryable: true });
  throw invalid(name, `HTTP ${status} and no JSON: ${said}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

interface RpcError {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly data?: unknown;
}

const isError = (json: unknown): json is { error: RpcError } => {
  const error = (json as { error?: unknown } | null)?.error;
  return typeof error === "object" && error !== null;
};

/** The result in one answer. @throws the node's refusal by its kind; `NodeAnswerInvalid` */
export function answerOf(name: string, method: string, json: unknown, id: number): unknown {
  if (isError(json)) throw refusalOf(name, method, json.error);
  const answer = json as { id?: unknown; result?: unknown } | null | undefined;
  if (answer?.id !== id || answer.result === undefined) throw invalid(name, `no result of ${method}`);
  return answer.result;
}

/** Providers word their refusals as they like; the first kind whose words occur is taken. */
const REFUSALS: readonly [code: string, words: RegExp][] = [
  ["RangeTooLarge", /(block|query|wide|large).{0,20}range|results|response size|too many logs/i],
  ["NodeBusy", /rate.?limit|per second|too many requests|throttl|quota|daily|capacity|try again/i],
  [
    "MethodMissing",
    /method.*(not|un)[ -]?(found|supported|available|exist)|unsupported method|does not exist\/is not/i,
  ],
  ["CallReverted", /revert/i],
  [
    "HistoryMissing",
    /missing trie node|pruned|archive|historical state|state .*not available|no state|history/i,
  ],
  ["RangeTooLarge", /range|too (many|large|big|wide)|limit|exceed|more than|size|timed? ?out|narrow/i],
  ["BlockMissing", /(block|header).*(not found|unknown|height|future|out.?of)|unknown block/i],
];

function refusalOf(name: string, method: string, error: RpcError): ConsortiaError {
  const said = String(error.message).slice(0, 300);
  const code = Number(error.code);
  const values = { rpc: code, ...(typeof error.data === "string" ? { data: error.data } : {}) };
  const kind = kindOf(method, code, said);
  return fault(kind, name, `refuses ${method}: ${said}`, { retryable: kind === "NodeBusy", values });
}

function kindOf(method: string, code: number, said: string): string {
  if (code === -32_601) return "MethodMissing";
  if (code === 429) return "NodeBusy";
  if (/BlockOutOfRange|block height/i.test(said)) return "BlockMissing";
  const fits = ([kind, words]: (typeof REFUSALS)[number]) =>
    words.test(said) && (kind !== "RangeTooLarge" || method === "eth_getLogs");
  return REFUSALS.find(fits)?.[0] ?? "NodeRefused";
}

/** An answer that no honest node gives. */
export const invalid = (name: string, what: string): ConsortiaError =>
  fault("NodeAnswerInvalid", name, `gave ${what}. It is no Ethereum node, or a broken one; name another.`);

/** An error about a node; the message begins with its name. */
export function fault(
  code: string,
  node: string,
  message: string,
  options: { cause?: unknown; retryable?: boolean; values?: Record<string, unknown> } = {},
): ConsortiaError {
  return new ConsortiaError(code, `The node ${node} ${message}`, {
    ...options,
    values: { node, ...options.values },
  });
}
