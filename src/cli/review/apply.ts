import type { LedgerEvent, PostedStatement } from "../../chain/events.ts";
import type { Book } from "../../core/book.ts";
import { ConsortiaError } from "../../core/error.ts";
import { sumLegs } from "../../core/legs.ts";
import { formatCredits } from "../../core/money.ts";
import type { Credits } from "../../core/money.ts";

/** Applies one of the ledger's events to the book's twin. @throws `ReplayDiffers`; as the book's verbs */
export function applyEvent(book: Book, event: LedgerEvent): void {
  switch (event.kind) {
    case "posted":
      for (const posted of event.statements) applyPosted(book, posted);
      break;
    case "claimCharged":
      book.charge(event.supplier, event.consumer, event.gross, event.fee);
      break;
    case "givenBack":
      book.giveBack(event.supplier, event.consumer, event.amount);
      break;
    case "bondLocked":
      book.lockBond(event.member, event.amount);
      break;
    case "bondReleased":
      book.releaseBond(event.member, event.amount);
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
    case "potFilled":
      book.fillPot(event.amount);
      break;
    case "potEmptied":
      book.releaseBond(event.member, event.amount);
      break;
    case "potReturned":
      book.returnPot(event.amount);
      break;
    case "watched":
      book.accounts.watch(event.member, event.watched);
      break;
    case "acknowledged":
    case "debtCancelled":
      // Follows from the posting, the claim or the refund that it came with.
      break;
  }
}

/** Books a posted statement with what others paid and got of it. @returns what became debts */
export function applyPosted(book: Book, { statement, gross, fee, legs, granted }: PostedStatement): Credits {
  const royalties = legs.filter((leg) => leg.kind === "royalty");
  const others = { relieved: sumLegs(legs, "aid"), granted, royalties };
  return book.post(statement.supplier, statement.consumer, gross, fee, true, others);
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
