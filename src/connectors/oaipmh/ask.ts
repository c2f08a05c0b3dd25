import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { shown } from "../http/address.ts";
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
      if (!isConsortiaError(error) || !AGAIN.has(error.code) || attempt >= attempts) throw error;
      const pause = delay(attempt, options);
      options.waiting?.(pause, "its answer broke off");
      await wait(pause, options.signal);
      again();
    }
  }
}

/** An answer that is not whole, and may be the next time. Where nobody answers, get has been patient already. */
const AGAIN: ReadonlySet<string> = new Set(["ServerBroken", "ServerSlow", "XmlCut"]);

async function* answerOf(
  address: URL,
  verb: Verb,
  options: GetOptions,
): AsyncGenerator<OaiPart, void, undefined> {
  const { status, headers, body } = await get(address, options);
  const isXml = /xml/i.test(headers.get("content-type") ?? "");
  if (status !== 200 && !isXml) throw serverRefused(address, status);
  let heard = false;
  for await (const part of readOaiResponse(body)) {
    if (part.kind === "verb" && part.verb !== verb) throw notOai("it answers another question");
    heard ||= part.kind === "error";
    if (status === 200 || heard) yield part;
  }
  if (status !== 200 && !heard) throw serverRefused(address, status);
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
