import { getBytes } from "ethers";
import type { Log, TopicFilter } from "ethers";
import { readLogs } from "../chain/events.ts";
import { hash, memberId } from "../core/ids.ts";
import type { Hash, MemberId } from "../core/ids.ts";
import { credits } from "../core/money.ts";
import { decodeUnsigned } from "../core/statement.ts";
import type { Statement } from "../core/statement.ts";
import type { Charge } from "../core/schedule.ts";
import { claimEnd, readClaim } from "./claims.ts";
import type { Claim, ClaimEnd, Outcome } from "./claims.ts";
import type { Consortium } from "./consortium.ts";
import { read } from "./verb.ts";

/** Which claims, and whom to tell how far the logs are read. */
export interface ClaimQuery {
  readonly supplier?: MemberId;
  readonly consumer?: MemberId;
  readonly progress?: (done: number, total: number) => void;
}

/** A claim as it was opened. */
export interface OpenedClaim extends Charge {
  readonly claim: Hash;
  readonly statement: Statement;
  readonly block: number;
  readonly tx: string;
}

/** A claim as it was opened and as it stands now. */
export type OpenClaim = OpenedClaim & Claim;

const STEPS = {
  ClaimOpened: "claimed",
  ClaimDisputed: "disputed",
  ClaimAccepted: "countersigned",
  ReceiptsShown: "receipts shown",
  ClaimAwarded: "awarded",
  ClaimAppealed: "appealed",
  ClaimRuled: "ruled",
  ClaimEnded: "ended",
} as const;

/** One thing that happened to a claim. */
export interface ClaimStep {
  readonly step: (typeof STEPS)[keyof typeof STEPS];
  /** How it ended, where it did. */
  readonly outcome?: Outcome;
  readonly block: number;
  readonly tx: string;
  /** What was claimed, awarded, ruled or charged, where the step says so. */
  readonly charge?: Charge;
  /** Who judged or appealed: an arbiter's address or a member's number. */
  readonly by?: string;
}

/** Every claim that was ever opened, from the logs. */
export async function readOpenings(consortium: Consortium, query: ClaimQuery = {}): Promise<OpenedClaim[]> {
  const { claims } = consortium.contracts;
  const { supplier, consumer, progress } = query;
  const topics = await claims.filters.ClaimOpened(undefined, supplier, consumer).getTopicFilter();
  const opened: OpenedClaim[] = [];
  for await (const log of logsOf(consortium, topics, progress)) opened.push(opening(consortium, log));
  return opened;
}

/** Claims that have not ended, with their stages and what is left of their time, all at one block. */
export async function readOpenClaims(consortium: Consortium, query: ClaimQuery = {}): Promise<OpenClaim[]> {
  const block = await read(consortium.provider.getBlockNumber());
  const ended = new Set((await readEnds(consortium)).map(({ claim }) => claim));
  const candidates = (await readOpenings(consortium, query)).filter(({ claim }) => !ended.has(claim));
  const open: OpenClaim[] = [];
  for (const candidate of candidates) {
    const claim = await readClaim(consortium, candidate.claim, block);
    if (claim !== undefined) open.push({ ...candidate, ...claim });
  }
  return open;
}

/** How claims ended: all of them, or those given. */
export async function readEnds(
  consortium: Consortium,
  claims?: readonly Hash[],
): Promise<(ClaimEnd & { readonly block: number; readonly tx: string })[]> {
  const { contracts } = consortium;
  const topic = contracts.claims.interface.getEvent("ClaimEnded").topicHash;
  const ends = [];
  for await (const log of logsOf(consortium, claims === undefined ? [topic] : [topic, [...claims]])) {
    const args = contracts.claims.interface.parseLog(log)?.args;
    if (args === undefined) continue;
    ends.push({
      ...claimEnd(args.toObject()),
      block: log.blockNumber,
      tx: log.transactionHash,
    });
  }
  return ends;
}

/** All that happened to one claim, in order; nothing where there never was one. */
export async function readClaimSteps(consortium: Consortium, id: Hash): Promise<ClaimStep[]> {
  const { claims } = consortium.contracts;
  const steps: ClaimStep[] = [];
  for await (const log of logsOf(consortium, [null, id])) {
    const event = claims.interface.parseLog(log);
    const step = STEPS[event?.name as keyof typeof STEPS] as ClaimStep["step"] | undefined;
    if (event === null || step === undefined) continue;
    const args: Readonly<Record<string, unknown>> = event.args.toObject();
    const by = (args.arbiter ?? args.by) as string | bigint | undefined;
    steps.push({
      step,
      ...(step === "ended" ? { outcome: claimEnd(args).outcome } : {}),
      ...("gross" in args
        ? { charge: { gross: credits(args.gross as bigint), fee: credits(args.fee as bigint) } }
        : {}),
      ...(by === undefined ? {} : { by: String(by) }),
      block: log.blockNumber,
      tx: log.transactionHash,
    });
  }
  return steps;
}

function opening({ contracts: { claims } }: Consortium, log: Log): OpenedClaim {
  const event = claims.interface.parseLog(log);
  const args: Readonly<Record<string, unknown>> = event?.args.toObject() ?? {};
  const supplier = memberId(Number(args.supplier));
  return {
    claim: hash(args.claim as string),
    statement: decodeUnsigned(supplier, getBytes(args.statement as string)),
    gross: credits(args.gross as bigint),
    fee: credits(args.fee as bigint),
    block: log.blockNumber,
    tx: log.transactionHash,
  };
}

/** The claims desk's logs, page by page. */
async function* logsOf(
  { provider, deployment }: Consortium,
  topics: TopicFilter,
  progress?: (done: number, total: number) => void,
): AsyncGenerator<Log> {
  const toBlock = await read(provider.getBlockNumber());
  const range = { address: deployment.claims, topics, fromBlock: deployment.fromBlock, toBlock };
  yield* readLogs(provider, { ...range, ...(progress === undefined ? {} : { progress }) });
}
