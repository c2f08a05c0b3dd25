import type { TransactionReceipt } from "ethers";
import { decodeLedgerEvent, noteLegs } from "../chain/events.ts";
import type { LedgerEvent, SettledLegs } from "../chain/events.ts";
import type { StatementNumber } from "../core/ids.ts";
import { sumLegs, type Leg } from "../core/legs.ts";
import { credits, type Credits } from "../core/money.ts";
import type { Consortium } from "./consortium.ts";

type Posted = Extract<LedgerEvent, { kind: "posted" }>;

/** What of a statement others paid, what others got of it, and what of it became debts. */
export interface Settled {
  readonly legs: readonly Leg[];
  readonly relieved: Credits;
  readonly royalties: Credits;
  readonly acknowledged: Credits;
}

/**
 * What the logs around a batch say of each of its statements, in their order.
 * @param index of the batch's own log, which comes after them
 */
export function settledIn(
  consortium: Consortium,
  receipt: TransactionReceipt | null,
  index: number,
  { statements }: Pick<Posted, "statements">,
): Settled[] {
  const { settled: noted, owed } = logsBefore(consortium, receipt, index);
  let stretch: StatementNumber | undefined;
  const marked = statements.map(({ statement, gross, fee }) => {
    const own = noted.get(statement.number)?.legs ?? [];
    if (own.length > 0) stretch = statement.number;
    const [relieved, royalties] = [sumLegs(own, "aid"), sumLegs(own, "royalty")];
    const due = gross + fee + royalties - relieved;
    return { legs: own, relieved, royalties, due, purse: `${stretch ?? ""}/${statement.consumer}` };
  });
  const settled: Settled[] = [];
  // Only a royalty raises a consumer's room within a batch. From one statement with legs to the next room only falls, and
  // debts belong to the last statements of the stretch.
  for (const { due, purse, ...one } of marked.reverse()) {
    const rest = owed.get(purse) ?? 0n;
    const acknowledged = rest < due ? rest : due;
    owed.set(purse, rest - acknowledged);
    settled.unshift({ ...one, acknowledged: credits(acknowledged) });
  }
  return settled;
}

/** Legs by statement; and what became debts, by the last statement with legs before it and by consumer. */
function logsBefore(
  { contracts, deployment }: Consortium,
  receipt: TransactionReceipt | null,
  index: number,
) {
  const settled = new Map<StatementNumber, SettledLegs>();
  const owed = new Map<string, bigint>();
  for (const log of receipt?.logs ?? []) {
    if (log.index >= index) break;
    noteLegs(contracts.pricing, log, settled);
    if (log.address.toLowerCase() !== deployment.ledger.toLowerCase()) continue;
    const event = decodeLedgerEvent(contracts.ledger, log);
    if (event?.kind === "posted") {
      // One transaction may post several batches: only what follows the one before belongs to this one.
      settled.clear();
      owed.clear();
    }
    if (event?.kind !== "acknowledged") continue;
    const purse = `${[...settled.keys()].at(-1) ?? ""}/${event.debtor}`;
    owed.set(purse, (owed.get(purse) ?? 0n) + event.amount);
  }
  return { settled, owed };
}
