import type { Interface } from "ethers";
import { CreditToken__factory, Ledger__factory } from "../../chain/types/index.ts";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { COMMONS, FIRST_MEMBER, RELIEF, type MemberId } from "../../core/ids.ts";
import { credits, CREDIT_DECIMALS, formatCredits, type Credits } from "../../core/money.ts";
import { consortiumEntry, type ConsortiumRole } from "../../documents/journal/consortium.ts";
import { Balances, closingOf } from "../../documents/journal/entry.ts";
import type { LedgerFacts } from "./ledgerFacts.ts";

/** How the books were found to agree with the chain. */
export interface BooksCheck {
  /** The block at whose end the chain's views were compared. */
  readonly block: number;
  /** How many figures of views were compared. */
  readonly figures: number;
  /** What the ledger holds of its asset beyond what the books say: stray transfers, nobody's. */
  readonly stray: Credits;
}

/** A view of the chain's, and the balances of the books that it must come to. */
interface View {
  readonly to: string;
  readonly data: string;
  /** The result in balances, in the order of `expected`. */
  read(answer: string): readonly bigint[];
  readonly expected: readonly (readonly [account: string, balance: bigint])[];
}

/**
 * Compares the consortium's books with the chain's own views at the end of a block: every account, its debts and
 * advances, what is set aside, the asset held, and what stands behind an own asset. Where the node forgot that block's
 * state the comparison is made at the newest block, with all that happened until then.
 * @throws `JournalUnbalanced` naming the account that differs
 */
export async function checkBooks(facts: LedgerFacts, block: number): Promise<BooksCheck> {
  try {
    return await compare(facts, block);
  } catch (error) {
    if (!isConsortiaError(error, "HistoryMissing") || block === facts.block) throw error;
    return compare(facts, facts.block);
  }
}

async function compare(facts: LedgerFacts, block: number): Promise<BooksCheck> {
  const books = new Balances<ConsortiumRole>();
  for (const movement of facts.movements) {
    if (movement.block > block) break;
    const entry = consortiumEntry(movement);
    if (entry !== undefined) books.book(entry);
  }
  const views = viewsOf(facts, books);
  const answers = await facts.node.calls(views, block);
  let figures = 0;
  for (const [at, { read, expected }] of views.entries()) {
    const found = read(answers[at] ?? "0x");
    for (const [i, [account, balance]] of expected.entries()) {
      figures += 1;
      if (found[i] !== balance) throw unbalanced(account, balance, found[i] ?? 0n, block);
    }
  }
  return { block, figures, stray: await strayOf(facts, books, block) };
}

const LEDGER = Ledger__factory.createInterface();
const TOKEN = CreditToken__factory.createInterface();

function viewsOf({ site }: LedgerFacts, books: Balances<ConsortiumRole>): View[] {
  const stands = (role: ConsortiumRole, member?: MemberId): bigint =>
    books.closing({ role, ...(member === undefined ? {} : { member }) });
  const accounts = new Set([COMMONS, RELIEF, ...books.list().flatMap(({ member = COMMONS }) => [member])]);
  const views = [...accounts].map((member): View => ({
    to: site.ledger,
    data: LEDGER.encodeFunctionData("account", [member]),
    read: (answer) => {
      const [{ position, cash, debts, advances }] = LEDGER.decodeFunctionResult(
        "account",
        answer,
      ) as unknown as [Record<"position" | "cash" | "debts" | "advances", bigint>];
      return [position + cash, debts, advances];
    },
    expected: [
      [`account ${member}`, -ownedBy(member, stands)],
      [`the debts of account ${member}`, stands("debtors", member)],
      [`the advances of account ${member}`, stands("advanced", member)],
    ],
  }));
  const backing = single(site.ledger, LEDGER, "backing", "the settlement asset", stands("asset"));
  if (site.credit === undefined) return [backing, ...views];
  const own = (name: string, account: string, balance: bigint) =>
    single(site.credit ?? "", TOKEN, name, account, balance);
  const promised = books.list().filter(({ role }) => role === "promises");
  const promises = promised.reduce((sum, balance) => sum + closingOf(balance), 0n);
  return [
    ...[backing, ...views],
    own("committed", "the promises", promises),
    own("received", "the bank", stands("bank")),
    own("totalSupply", "the credits in circulation", -stands("circulation")),
    own("redeeming", "the credits redeemed", -stands("redemptions")),
  ];
}

/** Debit balance of what a member, COMMONS or RELIEF owns. */
function ownedBy(member: MemberId, stands: (role: ConsortiumRole, member?: MemberId) => bigint): bigint {
  if (member >= FIRST_MEMBER) return stands("members", member);
  return stands(member === COMMONS ? "commons" : "relief");
}

function single(to: string, abi: Interface, name: string, account: string, balance: bigint): View {
  return {
    to,
    data: abi.encodeFunctionData(name),
    read: (answer) => [...abi.decodeFunctionResult(name, answer)] as bigint[],
    expected: [[account, balance]],
  };
}

/** What of the asset nobody deposited; less than nothing would be missing. @throws `JournalUnbalanced` */
async function strayOf(
  { node, site }: LedgerFacts,
  books: Balances<ConsortiumRole>,
  block: number,
): Promise<Credits> {
  const answers = await node.calls(
    [
      { to: site.asset, data: TOKEN.encodeFunctionData("balanceOf", [site.ledger]) },
      { to: site.asset, data: TOKEN.encodeFunctionData("decimals") },
    ],
    block,
  );
  const [held] = TOKEN.decodeFunctionResult("balanceOf", answers[0] ?? "0x") as unknown as [bigint];
  const [decimals] = TOKEN.decodeFunctionResult("decimals", answers[1] ?? "0x") as unknown as [bigint];
  const booked = books.closing({ role: "asset" });
  const unit = 10n ** (decimals - BigInt(CREDIT_DECIMALS));
  if (held < booked * unit) throw unbalanced("the settlement asset held", booked, held / unit, block);
  return credits(held / unit - booked);
}

function unbalanced(account: string, expected: bigint, found: bigint, block: number): ConsortiaError {
  const [books, chain] = [expected, found].map((amount) => formatCredits(credits(amount)));
  return new ConsortiaError(
    "JournalUnbalanced",
    `The books come to ${books} for ${account}, and the chain says ${chain} at block ${block}. Nothing was written; run "consortia audit run" to find out why.`,
    { values: { account, expected, found, block } },
  );
}
