import type { Agency } from "../../../core/ids.ts";
import type { RecordDraft } from "../../../core/record.ts";
import type { Message } from "../message.ts";
import { collect, type Exchange } from "./exchange.ts";
import { judge, type Judgement } from "./judge.ts";
import { noticeSentence, reasonSentence, type NoticeCode, type Reason } from "./reason.ts";
import { successors, type Link } from "./retry.ts";

interface About {
  readonly supplier?: Agency;
  readonly consumer?: Agency;
  /** The requesting agency's identifier of the request; empty where a message names none. */
  readonly request: string;
  /** What happened, to which request, and what to do. */
  readonly sentence: string;
}

/** An exchange that makes no record, and why. */
export interface ExchangeException extends About {
  readonly reason: Reason;
  /** The request that was sent instead, where there is one. */
  readonly linked?: Link;
}

export interface ExchangeNotice extends About {
  readonly notice: NoticeCode;
}

export type Outcome = "loan" | "copy" | "lost" | Reason;

/** What a pile of messages comes to. Every exchange is either among the drafts or among the exceptions. */
export interface Fold {
  readonly drafts: readonly RecordDraft[];
  readonly exceptions: readonly ExchangeException[];
  readonly notices: readonly ExchangeNotice[];
  /** How many drafts of each service and exceptions of each reason; those that are none are left out. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly exchanges: number;
  readonly messages: number;
  /** Exact repeats, which were dropped. */
  readonly repeats: number;
}

/**
 * Folds messages into records of completed loans and copies. The result depends on which messages there are, not
 * on their order or on how often they come (but for the counts of messages and repeats).
 */
export function foldExchanges(messages: Iterable<Message>, options: { readonly currency: string }): Fold {
  const collected = collect(messages);
  const links = successors(collected.exchanges);
  const drafts: RecordDraft[] = [];
  const exceptions: ExchangeException[] = [];
  const notices: ExchangeNotice[] = [];
  for (const exchange of collected.exchanges) {
    const judgement = judge(exchange, options.currency.toUpperCase());
    const about = aboutOf(exchange);
    drafts.push(...judgement.drafts);
    exceptions.push(...exceptionOf(judgement, exchange, links.get(exchange)));
    for (const notice of judgement.notices) {
      notices.push({ notice, ...about, sentence: noticeSentence(subjectOf(exchange), notice) });
    }
  }
  for (const message of collected.unassignable) {
    const sentence = reasonSentence(`A message (${message.kind})`, "unassignable");
    exceptions.push({ reason: "unassignable", request: "", sentence });
  }
  const counts = tally([
    ...drafts.map(({ service }) => service as Outcome),
    ...exceptions.map(({ reason }) => reason),
  ]);
  const { messages: read, repeats } = collected;
  return {
    drafts,
    exceptions,
    notices,
    outcomes: counts,
    exchanges: collected.exchanges.length,
    messages: read,
    repeats,
  };
}

function aboutOf({ supplier, consumer, request }: Exchange): Omit<About, "sentence"> {
  return { ...(supplier === undefined ? {} : { supplier }), consumer, request };
}

function subjectOf({ supplier, consumer, request }: Exchange): string {
  return `Request ${request} of ${consumer}${supplier === undefined ? "" : ` to ${supplier}`}`;
}

const RETRIABLE: ReadonlySet<Reason> = new Set(["unfilled", "cancelled", "retry-possible"]);

function exceptionOf(judgement: Judgement, exchange: Exchange, link: Link | undefined): ExchangeException[] {
  if (judgement.reason === undefined) return [];
  const reason = link !== undefined && RETRIABLE.has(judgement.reason) ? "retried" : judgement.reason;
  const to =
    link === undefined
      ? undefined
      : `sent again as ${link.request} to ${link.supplier ?? "a supplier not named"}`;
  const why = [judgement.why, to].filter((part) => part !== undefined).join("; ");
  const sentence = reasonSentence(subjectOf(exchange), reason, why === "" ? undefined : why);
  return [{ reason, ...aboutOf(exchange), sentence, ...(link === undefined ? {} : { linked: link }) }];
}

function tally(outcomes: readonly Outcome[]): Partial<Record<Outcome, number>> {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const outcome of [...outcomes].sort()) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
