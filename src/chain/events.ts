import type { Log, Provider, TopicFilter } from "ethers";
import { getBytes } from "ethers";
import { getBig } from "../core/abi.ts";
import { hash, memberId, statementNumber } from "../core/ids.ts";
import type { Hash, MemberId, StatementNumber } from "../core/ids.ts";
import { decodeLeg, type Leg } from "../core/legs.ts";
import { credits, ZERO } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import { decodeBatch } from "../core/statement.ts";
import type { SignedStatement } from "../core/statement.ts";
import { decodeError } from "./errors.ts";
import type { Contracts } from "./contracts.ts";
import type { Ledger, Pricing } from "./types/index.ts";

/** What others paid of a statement and got of it. */
export interface SettledLegs {
  readonly legs: readonly Leg[];
  /** The part of what others paid that came out of grants. */
  readonly granted: Credits;
}

/** A statement as it was posted, with what it was charged. */
export interface PostedStatement extends SignedStatement, SettledLegs {
  readonly gross: Credits;
  readonly fee: Credits;
}

/** A settled claim as the ledger charged it: a batch of one, told by its root. */
export interface ClaimCharge {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly batchRoot: Hash;
  readonly gross: Credits;
  readonly fee: Credits;
}

/** What changed the book, one kind for each of the ledger's events that do. */
export type LedgerEvent = { readonly block: number; readonly tx: string } & (
  | {
      readonly kind: "posted";
      readonly supplier: MemberId;
      readonly batchRoot: Hash;
      readonly statements: readonly PostedStatement[];
    }
  | ({ readonly kind: "claimCharged" } & ClaimCharge)
  | {
      readonly kind: "givenBack";
      readonly supplier: MemberId;
      readonly consumer: MemberId;
      readonly amount: Credits;
    }
  | { readonly kind: "closed" }
  | {
      readonly kind: "deposited" | "withdrawn" | "bondLocked" | "bondReleased" | "potEmptied";
      readonly member: MemberId;
      readonly amount: Credits;
    }
  | { readonly kind: "potFilled" | "potReturned"; readonly amount: Credits }
  | { readonly kind: "watched"; readonly member: MemberId; readonly watched: boolean }
  | {
      readonly kind: "advanced" | "returned";
      readonly sponsor: MemberId;
      readonly member: MemberId;
      readonly amount: Credits;
    }
  | {
      readonly kind: "acknowledged" | "debtPaid" | "debtCancelled";
      readonly debtor: MemberId;
      readonly creditor: MemberId;
      readonly amount: Credits;
    }
);

const DEBT_KINDS = {
  DebtAcknowledged: "acknowledged",
  DebtPaid: "debtPaid",
  DebtCancelled: "debtCancelled",
} as const;

const NO_LEGS: SettledLegs = { legs: [], granted: ZERO };

/** How many blocks are asked for at once; nodes cap what one answer may hold. */
const PAGE = 2_000;

/** Which logs, in which blocks. */
export interface LogRange {
  readonly address: string | string[];
  readonly topics?: TopicFilter;
  readonly fromBlock: number;
  readonly toBlock: number;
  /** Told after each page how many of the blocks were read. */
  readonly progress?: (done: number, total: number) => void;
}

/** Logs page by page, in the order of the chain. */
export async function* readLogs(provider: Provider, range: LogRange): AsyncGenerator<Log> {
  const { fromBlock, toBlock, progress, ...filter } = range;
  for (let from = fromBlock; from <= toBlock; from += PAGE) {
    const end = Math.min(from + PAGE - 1, toBlock);
    yield* await provider.getLogs({ ...filter, fromBlock: from, toBlock: end }).catch(refused);
    progress?.(end - fromBlock + 1, toBlock - fromBlock + 1);
  }
}

/** @throws the error in plain words */
function refused(error: unknown): never {
  throw decodeError(error);
}

/** Every event of the ledger that changed the book, in the order of the chain, with what pricing says beside it. */
export async function* readLedgerEvents(
  { ledger, pricing }: Pick<Contracts, "ledger" | "pricing">,
  fromBlock: number,
  toBlock: number,
): AsyncGenerator<LedgerEvent> {
  const provider = ledger.runner?.provider;
  if (!provider) throw new TypeError("the ledger's handle has no provider");
  const address = [ledger.target as string, pricing.target as string];
  let settled = new Map<StatementNumber, SettledLegs>();
  for await (const log of readLogs(provider, { address, fromBlock, toBlock })) {
    noteLegs(pricing, log, settled);
    const event = decodeLedgerEvent(ledger, log, settled);
    if (event === undefined) continue;
    yield event;
    // Legs are settled while their batch is at work: what comes after it belongs to the next.
    if (event.kind === "posted") settled = new Map();
  }
}

/** Notes by its number what others paid and got of a statement, where a log says so. */
export function noteLegs(pricing: Pricing, log: Log, settled: Map<StatementNumber, SettledLegs>): void {
  if (log.address.toLowerCase() !== (pricing.target as string).toLowerCase()) return;
  const parsed = pricing.interface.parseLog(log);
  if (parsed?.name !== "LegsSettled") return;
  const legs = (parsed.args.legs as bigint[]).map(decodeLeg);
  const granted = credits(parsed.args.granted as bigint);
  settled.set(statementNumber(Number(parsed.args.number)), { legs, granted });
}

/**
 * One log as an event of the book, or undefined where it does not change it.
 * @param settled what pricing said about the batch at work; see {@link noteLegs}
 */
export function decodeLedgerEvent(
  ledger: Ledger,
  log: Log,
  settled: ReadonlyMap<StatementNumber, SettledLegs> = new Map(),
): LedgerEvent | undefined {
  const parsed = ledger.interface.parseLog(log);
  if (parsed === null) return undefined;
  const at = { block: log.blockNumber, tx: log.transactionHash };
  const member = (name: string): MemberId => memberId(Number(parsed.args[name]));
  const amount = (): Credits => credits(parsed.args.amount as bigint);
  switch (parsed.name) {
    case "StatementsPosted":
      return {
        ...at,
        kind: "posted",
        supplier: member("supplier"),
        batchRoot: hash(parsed.args.batchRoot as string),
        statements: postedStatements(member("supplier"), parsed.args, settled),
      };
    case "ClaimCharged":
      return {
        ...at,
        kind: "claimCharged",
        supplier: member("supplier"),
        consumer: member("consumer"),
        batchRoot: hash(parsed.args.batchRoot as string),
        gross: credits(parsed.args.gross as bigint),
        fee: credits(parsed.args.fee as bigint),
      };
    case "GivenBack":
      return {
        ...at,
        kind: "givenBack",
        supplier: member("supplier"),
        consumer: member("consumer"),
        amount: amount(),
      };
    case "PeriodClosed":
      return { ...at, kind: "closed" };
    case "Deposited":
      return { ...at, kind: "deposited", member: member("member"), amount: amount() };
    case "Withdrawn":
      return { ...at, kind: "withdrawn", member: member("member"), amount: amount() };
    case "BondLocked":
      return { ...at, kind: "bondLocked", member: member("supplier"), amount: amount() };
    case "BondReleased":
      return { ...at, kind: "bondReleased", member: member("member"), amount: amount() };
    case "PotEmptied":
      return { ...at, kind: "potEmptied", member: member("member"), amount: amount() };
    case "PotFilled":
      return { ...at, kind: "potFilled", amount: amount() };
    case "PotReturned":
      return { ...at, kind: "potReturned", amount: amount() };
    case "AccountWatched":
      return { ...at, kind: "watched", member: member("member"), watched: parsed.args.watched as boolean };
    case "AdvanceGiven":
    case "AdvanceReturned":
      return {
        ...at,
        kind: parsed.name === "AdvanceGiven" ? "advanced" : "returned",
        sponsor: member("sponsor"),
        member: member("member"),
        amount: amount(),
      };
    case "DebtAcknowledged":
    case "DebtPaid":
    case "DebtCancelled":
      return {
        ...at,
        kind: DEBT_KINDS[parsed.name],
        debtor: member("debtor"),
        creditor: member("creditor"),
        amount: amount(),
      };
    default:
      return undefined;
  }
}

/** The batch as given, less what was skipped, with each statement's gross, fee and legs. */
function postedStatements(
  supplier: MemberId,
  args: Record<string, unknown>,
  settled: ReadonlyMap<StatementNumber, SettledLegs>,
): PostedStatement[] {
  const charges = getBytes(args.charges as string);
  const posted = args.posted as bigint;
  return decodeBatch(supplier, getBytes(args.statements as string)).flatMap((signed, index) =>
    ((posted >> BigInt(index)) & 1n) === 0n
      ? []
      : [
          {
            ...signed,
            ...(settled.get(signed.statement.number) ?? NO_LEGS),
            gross: credits(getBig(charges, 16 * index, 8)),
            fee: credits(getBig(charges, 16 * index + 8, 8)),
          },
        ],
  );
}
