import type { Log } from "ethers";
import { getBytes } from "ethers";
import { getBig } from "../core/abi.ts";
import { memberId } from "../core/ids.ts";
import type { MemberId } from "../core/ids.ts";
import { credits } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import { decodeBatch } from "../core/statement.ts";
import type { SignedStatement } from "../core/statement.ts";
import type { Ledger } from "./types/index.ts";

/** A statement as it was posted, with what it was charged. */
export interface PostedStatement extends SignedStatement {
  readonly gross: Credits;
  readonly fee: Credits;
}

/** What changed the book, one kind for each of the ledger's events that do. */
export type LedgerEvent = { readonly block: number; readonly tx: string } & (
  | { readonly kind: "posted"; readonly supplier: MemberId; readonly statements: readonly PostedStatement[] }
  | { readonly kind: "closed" }
  | { readonly kind: "deposited"; readonly member: MemberId; readonly amount: Credits }
  | { readonly kind: "withdrawn"; readonly member: MemberId; readonly amount: Credits }
  | {
      readonly kind: "advanced" | "returned";
      readonly sponsor: MemberId;
      readonly member: MemberId;
      readonly amount: Credits;
    }
  | {
      readonly kind: "acknowledged" | "debtPaid";
      readonly debtor: MemberId;
      readonly creditor: MemberId;
      readonly amount: Credits;
    }
);

/** How many blocks are asked for at once; nodes cap what one answer may hold. */
const PAGE = 2_000;

/** Every event of the ledger that changed the book, in the order of the chain. */
export async function* readLedgerEvents(
  ledger: Ledger,
  fromBlock: number,
  toBlock: number,
): AsyncGenerator<LedgerEvent> {
  const provider = ledger.runner?.provider;
  if (!provider) throw new TypeError("the ledger's handle has no provider");
  for (let from = fromBlock; from <= toBlock; from += PAGE) {
    const page = {
      address: ledger.target as string,
      fromBlock: from,
      toBlock: Math.min(from + PAGE - 1, toBlock),
    };
    for (const log of await provider.getLogs(page)) {
      const event = decodeLedgerEvent(ledger, log);
      if (event !== undefined) yield event;
    }
  }
}

/** One log as an event of the book, or undefined where it does not change it. */
export function decodeLedgerEvent(ledger: Ledger, log: Log): LedgerEvent | undefined {
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
        statements: postedStatements(member("supplier"), parsed.args),
      };
    case "PeriodClosed":
      return { ...at, kind: "closed" };
    case "Deposited":
      return { ...at, kind: "deposited", member: member("member"), amount: amount() };
    case "Withdrawn":
      return { ...at, kind: "withdrawn", member: member("member"), amount: amount() };
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
      return {
        ...at,
        kind: parsed.name === "DebtPaid" ? "debtPaid" : "acknowledged",
        debtor: member("debtor"),
        creditor: member("creditor"),
        amount: amount(),
      };
    default:
      return undefined;
  }
}

/** The batch as given, less what was skipped, with each statement's gross and fee. */
function postedStatements(supplier: MemberId, args: Record<string, unknown>): PostedStatement[] {
  const charges = getBytes(args.charges as string);
  const posted = args.posted as bigint;
  return decodeBatch(supplier, getBytes(args.statements as string)).flatMap((signed, index) =>
    ((posted >> BigInt(index)) & 1n) === 0n
      ? []
      : [
          {
            ...signed,
            gross: credits(getBig(charges, 16 * index, 8)),
            fee: credits(getBig(charges, 16 * index + 8, 8)),
          },
        ],
  );
}
