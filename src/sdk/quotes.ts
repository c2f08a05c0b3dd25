import { explainFault, FAULTS } from "../chain/faults.ts";
import { ConsortiaError } from "../core/error.ts";
import { RELIEF } from "../core/ids.ts";
import { decodeLeg } from "../core/legs.ts";
import { credits, type Credits } from "../core/money.ts";
import type { Quote } from "../core/quote.ts";
import { encodeLines, type Statement } from "../core/statement.ts";
import { readAccount } from "./accounts.ts";
import type { Consortium } from "./consortium.ts";
import { readTier } from "./members.ts";
import { read } from "./verb.ts";

/** What somebody asks for: who supplies whom in which month, and what. */
export interface WantedStatement extends Pick<Statement, "supplier" | "consumer" | "period" | "lines"> {
  /** The most the consumer agrees to pay; any amount where it is absent. */
  readonly maximum?: Credits;
  /** False for a claim, which is never relieved and bears no royalties; true where it is absent. */
  readonly countersigned?: boolean;
}

/** What a statement comes to, and what of it is its consumer's. */
export interface StatementQuote extends Quote {
  /** What the consumer pays: gross + fee + royalties − relieved. */
  readonly due: Credits;
}

const ANY = credits(2n ** 64n - 1n);

/**
 * What a statement would come to if it were posted now: by the schedule, what the two agreed, relief and royalties.
 * @throws the fault that keeps it from being posted, as `StatementNotOffered`, `StatementLicenceForbids` and so on
 */
export async function readQuote(consortium: Consortium, order: WantedStatement): Promise<StatementQuote> {
  const { supplier, consumer, period } = order;
  const [tier, supplierTier, relief] = await Promise.all([
    readTier(consortium, consumer, period),
    readTier(consortium, supplier, period),
    readAccount(consortium, RELIEF),
  ]);
  const { bytes, lineSize } = encodeLines(order.lines);
  const quoted = await read(
    consortium.contracts.pricing.quote(
      {
        ...{ supplier, consumer, period, tier, supplierTier, lineSize },
        // Asking the register costs a reader nothing.
        choosy: true,
        countersigned: order.countersigned ?? true,
        ...{ maximum: order.maximum ?? ANY, reliefRoom: relief.room },
      },
      bytes,
    ),
  );
  const { fault, gross, fee, royalties, relief: relieved } = quoted;
  if (fault !== 0n) {
    throw new ConsortiaError(
      `Statement${FAULTS[Number(fault)]?.name ?? "Faulty"}`,
      // On a fault the two amounts are its figures.
      `It could not be posted: ${explainFault(Number(fault), gross, fee)}`,
      { values: { fault, found: gross, limit: fee } },
    );
  }
  return {
    ...{ gross: credits(gross), fee: credits(fee), royalties: credits(royalties) },
    ...{ relieved: credits(relieved), due: credits(gross + fee + royalties - relieved) },
    legs: quoted.legs.map(decodeLeg),
  };
}
