import { readLedgerEvents } from "../chain/events.ts";
import type { LedgerEvent } from "../chain/events.ts";
import { Book } from "../core/book.ts";
import { COMMONS, FIRST_MEMBER, RELIEF, memberId } from "../core/ids.ts";
import { ConsortiaError } from "../core/error.ts";
import { formatCredits, toAssetUnits } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import { periodOf } from "../core/period.ts";
import { readAccount } from "./accounts.ts";
import type { Consortium } from "./consortium.ts";
import { read } from "./verb.ts";

/** Applies one of the ledger's events to the book's twin. */
export function applyEvent(book: Book, event: LedgerEvent): void {
  switch (event.kind) {
    case "posted":
      for (const { statement, gross, fee } of event.statements) {
        book.post(statement.supplier, statement.consumer, gross, fee, true);
      }
      break;
    case "closed":
      book.close();
      break;
    case "deposited":
      book.deposit(event.member, event.amount);
      break;
    case "withdrawn":
      exactly(event, book.withdraw(event.member, event.amount));
      break;
    case "advanced":
      book.advance(event.sponsor, event.member, event.amount);
      break;
    case "returned":
      book.returnAdvance(event.sponsor, event.member, event.amount);
      break;
    case "debtPaid":
      exactly(event, book.payDebt(event.debtor, event.creditor));
      break;
    case "acknowledged":
      // Follows from the posting it came with.
      break;
  }
}

/** What the chain says was paid must be what the book could pay. */
function exactly({ kind, amount, tx }: LedgerEvent & { readonly amount: Credits }, paid: Credits): void {
  if (paid === amount) return;
  throw new ConsortiaError(
    "ReplayDiffers",
    `Transaction ${tx} logs ${formatCredits(amount)} as ${kind}, and the book by its rules ${formatCredits(paid)}.`,
    { values: { tx, logged: amount, expected: paid } },
  );
}

/** Rebuilds the book from nothing but the ledger's logs up to a block. */
export async function replayBook(consortium: Consortium, toBlock?: number): Promise<Book> {
  const { deployment, contracts, provider } = consortium;
  const last = toBlock ?? (await provider.getBlockNumber());
  const book = new Book(periodOf(await birthOf(consortium)));
  for await (const event of readLedgerEvents(contracts.ledger, deployment.fromBlock, last))
    applyEvent(book, event);
  return book;
}

/**
 * Compares the chain's views with the book rebuilt from its logs and with the invariants of the design.
 * @returns a sentence for each that does not hold; none where all do
 */
export async function checkInvariants(consortium: Consortium): Promise<string[]> {
  const { contracts, deployment, provider } = consortium;
  const block = await provider.getBlockNumber();
  const book = await replayBook(consortium, block);
  const wrong: string[] = [];
  let [positions, cash] = [0n, 0n];
  const last = Number(await read(contracts.register.lastMember({ blockTag: block })));
  const accounts = [
    COMMONS,
    RELIEF,
    ...Array.from({ length: last - FIRST_MEMBER + 1 }, (_, i) => memberId(i + FIRST_MEMBER)),
  ];
  for (const member of accounts) {
    const chain = await readAccount(consortium, member, block);
    const twin = book.account(member);
    positions += chain.position;
    cash += chain.cash;
    if (chain.position + chain.cash < 0n) wrong.push(`Invariant 2: member ${member} is not backed.`);
    for (const field of Object.keys(twin) as (keyof typeof twin)[]) {
      if (chain[field] === twin[field]) continue;
      wrong.push(
        `Invariant 6: ${field} of member ${member} is ${formatCredits(chain[field])} on chain and ${formatCredits(twin[field])} by its logs.`,
      );
    }
  }
  const backing = await read(contracts.ledger.backing({ blockTag: block }));
  const held = await read(contracts.asset.balanceOf(deployment.ledger, { blockTag: block }));
  const units = toAssetUnits(book.backing, Number(await read(contracts.asset.decimals())));
  if (positions !== 0n) wrong.push(`Invariant 1: positions sum to ${positions}, not to zero.`);
  if (cash !== backing || backing !== book.backing)
    wrong.push(`Invariant 2: cash of ${cash} stands against ${backing}.`);
  if (held < units) wrong.push(`Invariant 2: the ledger holds ${held} units and accounts for ${units}.`);
  return wrong;
}

/** The second the ledger was created in: its first month. */
async function birthOf({ deployment, provider }: Consortium): Promise<number> {
  for (let block = deployment.fromBlock; ; block++) {
    if ((await provider.getCode(deployment.ledger, block)) === "0x") continue;
    return (await provider.getBlock(block))?.timestamp ?? 0;
  }
}
