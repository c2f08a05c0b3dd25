import { readLedgerEvents, type LedgerEvent } from "../../chain/events.ts";
import { Book } from "../../core/book.ts";
import type { MemberId } from "../../core/ids.ts";
import { ZERO } from "../../core/money.ts";
import { addMonths, period, type PeriodId } from "../../core/period.ts";
import type { PastCharge } from "../../core/replay.ts";
import type { Charge } from "../../core/schedule.ts";
import type { Statement } from "../../core/statement.ts";
import { readClaimCharges } from "../../sdk/charges.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { tierIn, type Membership } from "../../sdk/memberLog.ts";
import { readAllGivenBack } from "../../sdk/reversals.ts";
import { digestOf } from "../../sdk/statements.ts";
import { read } from "../../sdk/verb.ts";
import { applyEvent } from "../review/apply.ts";
import { claimedIn } from "../review/month.ts";

/** A statement that was charged, and what of it was given back. */
export interface PastStatement extends PastCharge {
  readonly statement: Statement;
}

/** The ledger's log up to a block. */
export interface Past {
  /** The book's twin as it stood after the block. */
  readonly book: Book;
  readonly openMonth: PeriodId;
  /** Everything that was charged, posted or claimed, in the order of the chain. */
  readonly charges: readonly PastStatement[];
}

/**
 * Rebuilds the book as of a block from nothing but logs, so that anybody can do so later.
 * @throws `ClaimUnexplained`; as the book's verbs, where the log breaks its rules
 */
export async function readPast(
  consortium: Consortium,
  memberships: readonly Membership[],
  block: number,
): Promise<Past> {
  const { contracts, deployment, provider } = consortium;
  const latest = await read(provider.getBlockNumber());
  const open = period(Number(await read(contracts.ledger.openPeriod({ blockTag: latest }))));
  const events: LedgerEvent[] = [];
  for await (const event of readLedgerEvents(contracts, deployment.fromBlock, latest)) {
    events.push(event);
  }
  const book = new Book(addMonths(open, -events.filter(({ kind }) => kind === "closed").length));
  const claims = new Map(
    (await readClaimCharges(consortium)).map(({ batchRoot, statement }) => [batchRoot, statement]),
  );
  const charged: { statement: Statement; charge: Charge }[] = [];
  for (const event of events) {
    if (event.block > block) break;
    if (event.kind === "posted") {
      for (const { statement, ...charge } of event.statements) charged.push({ statement, charge });
    } else if (event.kind === "claimCharged") {
      charged.push({ statement: claimedIn(claims, event), charge: event });
    }
    applyEvent(book, event);
  }
  const givenBack = await readAllGivenBack(consortium, block);
  const byMember = new Map(memberships.map((membership) => [membership.member, membership]));
  const charges = charged.map(({ statement, charge: { gross, fee } }): PastStatement => {
    const { supplier, consumer, period: month, lines, maximum } = statement;
    const tierOf = (member: MemberId) => {
      const membership = byMember.get(member);
      return membership === undefined ? 0 : tierIn(membership, month);
    };
    return {
      ...{ statement, supplier, consumer, period: month, lines, maximum, gross, fee },
      ...{ tier: tierOf(consumer), supplierTier: tierOf(supplier) },
      givenBack: givenBack.size === 0 ? ZERO : (givenBack.get(digestOf(consortium, statement)) ?? ZERO),
    };
  });
  return { book, openMonth: book.openPeriod, charges };
}
