import type { MemberId, ServiceId } from "../core/ids.ts";
import { credits, type Credits } from "../core/money.ts";
import type { PeriodId } from "../core/period.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";

/** What a member thinks of another; the order is the contract's. Refusing binds both directions, preferring nobody. */
export const REGARDS = ["none", "preferred", "refused"] as const;
export type Regard = (typeof REGARDS)[number];

/** A ceiling that no price reaches. */
const ANY_PRICE = 2n ** 64n - 1n;

/** Switches what a member supplies on at once, or off from the next month of service on. A posting key. */
export const { prepare: prepareOffer, send: sendOffer } = verb<{
  member: MemberId;
  service: ServiceId;
  offers: boolean;
}>((c, a) => c.contracts.register.chooseOffer.populateTransaction(a.member, a.service, a.offers));

/**
 * Switches what a member draws on or off, up to a price a unit, fee included. What is stricter binds from the next month
 * of service on, what is laxer at once. A countersigning key.
 */
export const { prepare: prepareUse, send: sendUse } = verb<{
  member: MemberId;
  service: ServiceId;
  uses: boolean;
  /** Any price where it is not given. */
  ceiling?: Credits;
}>((c, a) =>
  c.contracts.register.chooseUse.populateTransaction(a.member, a.service, a.uses, a.ceiling ?? ANY_PRICE),
);

/** Prefers or refuses another member, or takes that back. A countersigning key. */
export const { prepare: prepareRegard, send: sendRegard } = verb<{
  member: MemberId;
  partner: MemberId;
  regard: Regard;
}>((c, a) =>
  c.contracts.register.chooseRegard.populateTransaction(a.member, a.partner, REGARDS.indexOf(a.regard)),
);

/** What a member chose about one service. */
export interface ServiceChoice {
  readonly service: ServiceId;
  readonly offers: boolean;
  readonly uses: boolean;
  /** The most a unit may cost it, fee included; absent where any price will do. */
  readonly ceiling?: Credits;
}

/** What binds in a month of service that is open to posting. */
export async function readServiceChoice(
  consortium: Consortium,
  member: MemberId,
  service: ServiceId,
  month: PeriodId,
): Promise<ServiceChoice> {
  const { register } = consortium.contracts;
  const [offers, [uses, ceiling]] = await read(
    Promise.all([register.offersIn(member, service, month), register.usesIn(member, service, month)]),
  );
  return { service, offers, uses, ...(ceiling === ANY_PRICE ? {} : { ceiling: credits(ceiling) }) };
}

/** What a member thinks of another in a month of service that is open to posting. */
export async function readRegard(
  { contracts }: Consortium,
  member: MemberId,
  partner: MemberId,
  month: PeriodId,
): Promise<Regard> {
  return REGARDS[Number(await read(contracts.register.regardOf(member, partner, month)))] ?? "none";
}
