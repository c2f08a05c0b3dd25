import { readLedgerEvents, type LedgerEvent } from "../../chain/events.ts";
import { Book, type AccountState } from "../../core/book.ts";
import { ConsortiaError } from "../../core/error.ts";
import { RELIEF, type Hash, type MemberId } from "../../core/ids.ts";
import type { Leg } from "../../core/legs.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import { addMonths, formatPeriod, type PeriodId } from "../../core/period.ts";
import type { Charge } from "../../core/schedule.ts";
import type { Statement } from "../../core/statement.ts";
import { readClaimCharges } from "../../sdk/charges.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readPeriod } from "../../sdk/periods.ts";
import { applyEvent, applyPosted } from "./apply.ts";

/** A statement that was charged in the month. */
export interface MonthCharge extends Charge {
  readonly statement: Statement;
  readonly acknowledged: Credits;
  /** Who paid a part of it for the consumer, and which rights holders got something on top. */
  readonly legs: readonly Leg[];
  /** Whether it was a claim that was settled. */
  readonly claimed: boolean;
  readonly tx: string;
}

/** What the ledger's log says about one month of the book, and the accounts around its close. */
export interface BookMonth {
  readonly month: PeriodId;
  readonly statements: readonly MonthCharge[];
  /** What suppliers gave back in the month, whenever they had charged it. */
  readonly refunds: readonly {
    readonly supplier: MemberId;
    readonly consumer: MemberId;
    readonly amount: Credits;
    /** The part that took away a debt of the consumer's. */
    readonly cancelled: Credits;
    /** The part that the supplier had no room for, and owes. */
    readonly owed: Credits;
  }[];
  readonly deposited: ReadonlyMap<MemberId, Credits>;
  /** What net lenders were paid in the month. */
  readonly compensated: ReadonlyMap<MemberId, Credits>;
  /** Sponsor, member and amount. */
  readonly advances: readonly {
    readonly sponsor: MemberId;
    readonly member: MemberId;
    readonly amount: Credits;
  }[];
  /** Paid out between this month's close and the next one's. */
  readonly paid: ReadonlyMap<MemberId, Credits>;
  /** Just before the close. */
  readonly before: (member: MemberId) => AccountState;
  /** At the next close, or now. */
  readonly after: (member: MemberId) => AccountState;
  readonly debtOf: (debtor: MemberId, creditor: MemberId) => Credits;
  readonly closeTx: string;
  readonly postTxs: readonly string[];
  readonly toBlock: number;
}

/** Rebuilds a closed month from nothing but the ledger's log. @throws `MonthNotClosed`, `MonthBeforeLedger` */
export async function readBookMonth(consortium: Consortium, month: PeriodId): Promise<BookMonth> {
  const { contracts, deployment, provider } = consortium;
  const toBlock = await provider.getBlockNumber();
  const { open } = await readPeriod(consortium);
  if (month >= open) {
    throw new ConsortiaError("MonthNotClosed", `${formatPeriod(month)} is not closed yet. Close it first.`, {
      retryable: true,
    });
  }
  const events: LedgerEvent[] = [];
  for await (const event of readLedgerEvents(contracts, deployment.fromBlock, toBlock)) events.push(event);
  const first = addMonths(open, -events.filter(({ kind }) => kind === "closed").length);
  if (month < first) {
    throw new ConsortiaError("MonthBeforeLedger", `The ledger's first month is ${formatPeriod(first)}.`);
  }
  const claims = new Map(
    (await readClaimCharges(consortium)).map(({ batchRoot, statement }) => [batchRoot, statement]),
  );
  return foldMonth(events, claims, first, month, toBlock);
}

function foldMonth(
  events: readonly LedgerEvent[],
  claims: ReadonlyMap<Hash, Statement>,
  first: PeriodId,
  month: PeriodId,
  toBlock: number,
): BookMonth {
  const book = new Book(first);
  const deposited = new Map<MemberId, Credits>();
  const paid = new Map<MemberId, Credits>();
  const compensated = new Map<MemberId, Credits>();
  const statements: MonthCharge[] = [];
  const refunds: BookMonth["refunds"][number][] = [];
  const advances: { sponsor: MemberId; member: MemberId; amount: Credits }[] = [];
  const postTxs = new Set<string>();
  let before = new Map<MemberId, AccountState>();
  let closeTx = "";
  for (const event of events) {
    const now = book.openPeriod;
    if (now > addMonths(month, 1)) break;
    if (event.kind === "closed" && now === month) {
      before = accountsOf(book);
      closeTx = event.tx;
    }
    if (event.kind === "withdrawn" && now > month) add(paid, event.member, event.amount);
    if (now === month) {
      if (event.kind === "potEmptied" && event.member !== RELIEF)
        add(compensated, event.member, event.amount);
      if (event.kind === "deposited") add(deposited, event.member, event.amount);
      if (event.kind === "advanced") advances.push(event);
    }
    if (event.kind === "posted" && now === month) {
      postTxs.add(event.tx);
      for (const posted of event.statements) {
        // The twin says what of each became a debt; the log says so for the batch as a whole.
        const acknowledged = applyPosted(book, posted);
        const { statement, gross, fee, legs } = posted;
        statements.push({ statement, gross, fee, acknowledged, legs, claimed: false, tx: event.tx });
      }
    } else if (event.kind === "claimCharged" && now === month) {
      const { supplier, consumer, gross, fee, tx } = event;
      const acknowledged = book.charge(supplier, consumer, gross, fee);
      statements.push({
        ...{ statement: claimedIn(claims, event), gross, fee },
        acknowledged,
        legs: [],
        claimed: true,
        tx,
      });
    } else if (event.kind === "givenBack" && now === month) {
      const { supplier, consumer, amount } = event;
      refunds.push({ supplier, consumer, amount, ...book.giveBack(supplier, consumer, amount) });
    } else applyEvent(book, event);
  }
  const after = accountsOf(book);
  return {
    ...{ month, statements, refunds, deposited, compensated, advances, paid, closeTx, toBlock },
    postTxs: [...postTxs],
    before: (member) => before.get(member) ?? book.account(member),
    after: (member) => after.get(member) ?? book.account(member),
    debtOf: (debtor, creditor) => book.debtOf(debtor, creditor),
  };
}

/** The statement of a claim that was charged. @throws `ClaimUnexplained` where the ledger charged what no claim says */
export function claimedIn(
  claims: ReadonlyMap<Hash, Statement>,
  { batchRoot, tx }: { readonly batchRoot: Hash; readonly tx: string },
): Statement {
  const statement = claims.get(batchRoot);
  if (statement !== undefined) return statement;
  throw new ConsortiaError(
    "ClaimUnexplained",
    `Transaction ${tx} charges ${batchRoot}, which no claim in the log comes to. Ask another node.`,
    { values: { tx, batchRoot } },
  );
}

function accountsOf(book: Book): Map<MemberId, AccountState> {
  return new Map(book.members().map((member) => [member, book.account(member)]));
}

function add(sums: Map<MemberId, Credits>, member: MemberId, amount: Credits): void {
  sums.set(member, credits((sums.get(member) ?? ZERO) + amount));
}
