import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { shown } from "../http/address.ts";
import { discard } from "../http/body.ts";
import { get, type GetOptions } from "../http/get.ts";
import { delay, patience } from "../http/patience.ts";
import { notOai, oaiError } from "./error.ts";
import type { Identify } from "./identify.ts";
import { readOaiResponse, type OaiPart } from "./response.ts";

export type Verb =
  "Identify" | "ListMetadataFormats" | "ListSets" | "ListRecords" | "ListIdentifiers" | "GetRecord";
export type Arguments = Readonly<Record<string, string | undefined>>;

/**
 * Asks a repository once, and again where the answer breaks off in the middle: what was handed out of it by then comes a second
 * time, which `again` tells. Errors of the protocol come as parts.
 * @throws `OaiServerRefused` for an answer that is no success; what get and readOaiResponse throw
 */
export async function* ask(
  base: URL,
  verb: Verb,
  given: Arguments,
  options: GetOptions,
  again: () => void = () => undefined,
): AsyncGenerator<OaiPart, void, undefined> {
  const address = addressOf(base, verb, given);
  const { attempts, wait } = patience(options);
  for (let attempt = 1; ; attempt++) {
    try {
      yield* answerOf(address, verb, options);
      return;
    } catch (error) {
      if (attempt >= Math.min(attempts, triesOf(error))) throw error;
      const pause = delay(attempt, options);
      options.waiting?.(pause, "its answer broke off");
      await wait(pause, options.signal);
      again();
    }
  }
}

/** An answer that is not whole, and may be the next time. Where nobody answers, get has been patient already. */
const AGAIN: ReadonlySet<string> = new Set(["ServerBroken", "ServerSlow", "XmlCut"]);

/** How often an answer of such a fault is asked for in all. Damaged compression can first show as XML that is wrong. */
function triesOf(error: unknown): number {
  if (!isConsortiaError(error)) return 1;
  if (AGAIN.has(error.code)) return Infinity;
  return error.code.startsWith("Xml") ? 2 : 1;
}

async function* answerOf(
  address: URL,
  verb: Verb,
  options: GetOptions,
): AsyncGenerator<OaiPart, void, undefined> {
  const { status, headers, body } = await get(address, options);
  if (status === 200) {
    for await (const part of readOaiResponse(body)) {
      if (part.kind === "verb" && part.verb !== verb) throw notOai("it answers another question");
      yield part;
    }
    return;
  }
  const isXml = /xml/i.test(headers.get("content-type") ?? "");
  const errors = isXml ? await errorsOf(body) : [];
  if (!isXml) await discard(body);
  if (errors.length === 0) throw serverRefused(address, status);
  yield* errors;
}

/** Errors of the protocol, which some servers send with a status that is no success. */
async function errorsOf(body: AsyncIterable<Uint8Array>): Promise<OaiPart[]> {
  const errors: OaiPart[] = [];
  try {
    for await (const part of readOaiResponse(body, { record: 1 << 16 })) {
      if (part.kind === "error") errors.push(part);
    }
  } catch (error) {
    if (!isConsortiaError(error)) throw error;
  }
  return errors;
}

function addressOf(base: URL, verb: Verb, given: Arguments): URL {
  const address = new URL(base);
  address.hash = "";
  address.searchParams.set("verb", verb);
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) address.searchParams.set(name, value);
  return address;
}

function serverRefused(address: URL, status: number): ConsortiaError {
  const message = `${shown(address)} answered ${status} instead of OAI-PMH. Check the address and whether it wants to know who asks.`;
  return new ConsortiaError("OaiServerRefused", message, { values: { status } });
}

/** What the repository says of itself. @throws `OaiAnswerInvalid`, its errors, and what asking throws */
export async function identify(base: URL, options: GetOptions = {}): Promise<Identify> {
  for await (const part of ask(base, "Identify", {}, options)) {
    if (part.kind === "error") throw oaiError(part.code);
    if (part.kind === "identify") return part.identify;
  }
  throw notOai("it does not identify itself");
}

/** One record. @throws `OaiIdDoesNotExist` and other errors of the repository, `OaiRecordInvalid`, and what asking throws */
export async function getRecord(
  base: URL,
  identifier: string,
  metadataPrefix: string,
  options: GetOptions = {},
) {
  for await (const part of ask(base, "GetRecord", { identifier, metadataPrefix }, options)) {
    if (part.kind === "error") throw oaiError(part.code);
    if (part.kind === "refused") throw new ConsortiaError(part.code, part.sentence);
    if (part.kind === "record") return part.record;
  }
  throw notOai("it holds no record");
}
