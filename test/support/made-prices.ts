import { id, ZeroHash } from "ethers";
import { COMMONS, RELIEF, type MemberId } from "../../src/core/ids.ts";
import { encodeLeg, type Leg } from "../../src/core/legs.ts";
import { addMonths, type PeriodId } from "../../src/core/period.ts";
import { credits } from "../../src/core/money.ts";
import type { Statement } from "../../src/core/statement.ts";
import { LOAN, OCTOBER } from "./consortium.ts";
import {
  ADA,
  addressOf,
  BOB,
  foundedLedger,
  madeStatement,
  postedEvent,
  signedBy,
  SITE,
  type BatchChanges,
  type MadeEvent,
  type MadeLedger,
} from "./made-ledger.ts";
import { c } from "./statements.ts";

export const NOVEMBER = addMonths(OCTOBER, 1);
/** Works, copies and pages by their services. */
export const [COPYING, ADAPTING] = [2, 3];
export const ACTS = { lend: 0, reproduce: 1, distribute: 2, adapt: 3 } as const;
export const LICENCES = { cc0: 1, by: 3, byNc: 5, byNd: 6, reserved: 9 } as const;
export const BOOK = "urn:isbn:9783161484100";

/** Half of every loan from November on, a thousand a member and month, unless told otherwise. */
export const terms = (changes: object = {}) => ({
  ...{ service: LOAN, region: 0, tier: 255, share: 5_000, from: NOVEMBER, until: 0 },
  ...{ memberCap: c("1000"), cap: c("5000"), ...changes },
});

/** What a supplier of tier 2 asks for a copy, with conditions, unless told otherwise. */
export const condition = (changes: object = {}) => ({
  ...{ service: COPYING, tier: 255, supplierTier: 255, price: c("5"), fee: c("0.26"), minimum: 0n, cap: 0n },
  ...{ promotedFrom: 0, promotedUntil: 0, promotedPrice: 0n, ...changes },
});

/** Mid-October with the reserved accounts known and 500 credits of RELIEF. */
export function richLedger(): MadeLedger {
  const reserved = [COMMONS, RELIEF].map((member): MadeEvent => [
    "AccountSynced",
    member,
    OCTOBER,
    0,
    0,
    0,
    0,
    false,
  ]);
  return foundedLedger().tell(...reserved, ["Deposited", RELIEF, addressOf("purse"), c("500")]);
}

/** Goes on to the middle of a month, closing those that end. */
export function goTo(made: MadeLedger, month: PeriodId): MadeLedger {
  made.state.ground.now = made.now;
  while (made.state.ground.month < month) {
    made.pass(10);
    made.state.ground.now = made.now;
    while (made.state.book.openPeriod < made.state.ground.month) {
      made.tell(["PeriodClosed", made.state.book.openPeriod]);
    }
  }
  return made;
}

/** A grant with money in it: opened, funded by somebody. */
export const granted = (relief: number, amount: bigint, changes: object = {}): MadeEvent[][] => [
  [["GrantOpened", relief, terms({ until: addMonths(NOVEMBER, 1), ...changes }), [], ZeroHash]],
  funded(relief, amount),
];

/** A gift to a grant as it should be. */
export const funded = (relief: number, amount: bigint, giver = "giver"): MadeEvent[] => [
  ["GrantFunded", relief, addressOf(giver), amount],
  ["Deposited", RELIEF, SITE.pricing, amount],
  ["PotFilled", amount],
];

export const registered = (
  resource: number,
  licence: number,
  changes: { urn?: string; holder?: MemberId } = {},
) => {
  const { urn = BOOK, holder = ADA } = changes;
  return ["ResourceRegistered", resource, holder, id(urn), urn, licence] as const satisfies MadeEvent;
};

export const aid = (relief: number, amount: bigint): Leg => ({
  kind: "aid",
  relief,
  amount: credits(amount),
});
export const royalty = (holder: MemberId, amount: bigint): Leg => ({
  kind: "royalty",
  ...{ holder, amount: credits(amount) },
});

export const settledEvent = (statement: Statement, legs: readonly Leg[], granted = 0n): MadeEvent => [
  "LegsSettled",
  ...[statement.supplier, statement.number, statement.consumer, granted, legs.map(encodeLeg)],
];

/** A statement of November of which others pay or get something, as the logs of its batch. */
export async function settledBatch(
  legs: readonly Leg[],
  changes: Partial<Statement> = {},
  batch: BatchChanges & { readonly granted?: bigint; readonly by?: string } = {},
): Promise<MadeEvent[]> {
  const statement = madeStatement({ period: NOVEMBER, ...changes });
  const aids = legs.reduce((sum, leg) => (leg.kind === "aid" ? sum + leg.amount : sum), 0n);
  const signed = await signedBy(batch.by ?? "bob", statement);
  const settled = legs.length === 0 ? [] : [settledEvent(statement, legs, batch.granted)];
  return [...settled, postedEvent([signed], { period: NOVEMBER, relieved: [aids], ...batch })];
}

export { ADA, BOB };
