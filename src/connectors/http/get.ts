import { ConsortiaError } from "../../core/error.ts";
import { shown } from "./address.ts";
import { bodyOf } from "./body.ts";
import { delay, patience, type Patience } from "./patience.ts";

export interface GetOptions extends Partial<Patience> {
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the work from outside. */
  readonly signal?: AbortSignal;
  /** Told before each wait, for whoever watches. */
  readonly waiting?: (ms: number, because: string) => void;
}

/** What a server answered: its status, whatever it is, and its body piece by piece. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Decoded where it came compressed. @throws `ServerSlow`, `ServerBroken`, both retryable */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Refused by an overloaded or restarting server, which may answer the same question later. */
const LATER: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
const HOPS = 5;

/**
 * Asks a server, again and again with longer waits where it is busy, broken or away, for as long as it asked for where it
 * named a time. Any other answer is the caller's to judge.
 * @throws `ServerUnavailable`, retryable, once patience has run out; `ServerRedirects`; `AbortError` from the signal
 */
export async function get(address: URL, options: GetOptions = {}): Promise<Answer> {
  const { attempts, longest } = patience(options);
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(address, options);
    if (!("trouble" in answer)) return answer;
    const { trouble, after } = answer;
    const wait = after ?? delay(attempt, options);
    if (attempt >= attempts || wait > longest) {
      throw new ConsortiaError(
        "ServerUnavailable",
        `${shown(address)} did not answer in ${attempt} ${attempt === 1 ? "attempt" : "attempts"}: ${trouble}. Try again later.`,
        { retryable: true, values: { status: answer.status, ...(after === undefined ? {} : { after }) } },
      );
    }
    options.waiting?.(wait, trouble);
    await patience(options).wait(wait, options.signal);
  }
}

interface Trouble {
  readonly trouble: string;
  readonly status?: number;
  /** Milliseconds that the server asked to wait. */
  readonly after?: number;
}

async function ask(address: URL, options: GetOptions): Promise<Answer | Trouble> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), patience(options).silence);
  const signals = [silence.signal, ...(options.signal === undefined ? [] : [options.signal])];
  try {
    const response = await follow(address, options.headers ?? {}, AbortSignal.any(signals));
    const { status, headers } = response;
    if (!LATER.has(status)) return { status, headers, body: bodyOf(response, address, options) };
    await response.body?.cancel();
    const after = retryAfter(headers.get("retry-after"));
    return { trouble: `it answered ${status}`, status, ...(after === undefined ? {} : { after }) };
  } catch (error) {
    if (error instanceof ConsortiaError || options.signal?.aborted === true) throw error;
    return { trouble: silence.signal.aborted ? "it said nothing" : "the connection failed" };
  } finally {
    clearTimeout(timer);
  }
}

/** Follows redirects; never from https to http, and what authorizes goes to no other server. */
async function follow(from: URL, given: Readonly<Record<string, string>>, signal: AbortSignal) {
  let [address, headers] = [from, given];
  for (let hop = 0; hop <= HOPS; hop++) {
    const response = await fetch(address, { redirect: "manual", headers, signal });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, address.href) ? new URL(location, address) : undefined;
    if (next === undefined || (next.protocol !== address.protocol && next.protocol !== "https:")) break;
    if (next.origin !== address.origin) headers = {};
    address = next;
  }
  throw new ConsortiaError(
    "ServerRedirects",
    `${shown(from)} sends on to other addresses without end, or to one that is not safe. Ask its operator for the right one.`,
  );
}

/** Milliseconds from a `Retry-After`, in seconds or as a date. */
function retryAfter(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
