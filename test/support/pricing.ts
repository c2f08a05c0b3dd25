import { ZeroHash, concat, solidityPacked } from "ethers";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { ROLES } from "../../deploy/modules/roles.ts";
import type { Pricing } from "../../src/chain/types/index.ts";
import { RELIEF, serviceId, statementNumber } from "../../src/core/ids.ts";
import type { MemberId } from "../../src/core/ids.ts";
import { credits } from "../../src/core/money.ts";
import type { PeriodId } from "../../src/core/period.ts";
import type { Line } from "../../src/core/statement.ts";
import type { condition } from "./conditions.ts";
import { LOAN, OCTOBER, PRICES } from "./consortium.ts";
import { enrich } from "./credits.ts";
import { bill } from "./statements.ts";
import type { World } from "./world.ts";

/** The first month for which relief can be opened in mid-October. */
export const NOVEMBER = (OCTOBER + 1) as PeriodId;

/** Every tier, of a relief or a conditional price. */
export const ANY_TIER = 255;

/** The highest cap. */
export const UNCAPPED = 2n ** 48n - 1n;

/** What RELIEF holds where a test does not care. */
export const PLENTY = 2n ** 60n;

/** A relief's terms as the contract takes them. */
export interface ReliefTerms {
  readonly service: number;
  readonly region: number;
  readonly tier: number;
  readonly share: number;
  readonly from: number;
  readonly until: number;
  readonly memberCap: bigint;
  readonly cap: bigint;
}

/** Half of every loan from November on, for everybody and without caps, unless told otherwise. */
export function termsOf(changes: Partial<ReliefTerms> = {}): ReliefTerms {
  return {
    service: LOAN,
    region: 0,
    tier: ANY_TIER,
    share: 5_000,
    from: NOVEMBER,
    until: 0,
    memberCap: UNCAPPED,
    cap: UNCAPPED,
    ...changes,
  };
}

/** Opens a relief; its number. */
export async function openRelief(world: World, changes: Partial<ReliefTerms> = {}): Promise<number> {
  await world.pricing.relieve(termsOf(changes));
  return Number(await world.pricing.lastRelief());
}

/** Opens a grant for November, unless told otherwise; its number. */
export async function openGrant(
  world: World,
  changes: Partial<ReliefTerms> = {},
  members: readonly number[] = [],
): Promise<number> {
  const authority = await asAuthority(world);
  await authority.openGrant(termsOf({ until: NOVEMBER, ...changes }), [...members], ZeroHash);
  return Number(await world.pricing.lastRelief());
}

/** Issues credits to a giver, who puts them into a grant. */
export async function fundGrant(
  world: World,
  grant: number,
  amount: bigint,
  giver: HDNodeWallet = world.stranger,
): Promise<void> {
  await giveCredits(world, giver, amount);
  await world.pricing.connect(giver).fundGrant(grant, amount);
}

/** Issues credits to a key, which lets the desk take them. */
export async function giveCredits(world: World, giver: HDNodeWallet, amount: bigint): Promise<void> {
  const { asset, pricing } = world;
  await enrich(world, giver.address, credits(amount));
  await asset.connect(giver).approve(await pricing.getAddress(), amount);
}

/** The desk as the public authority's key calls it. */
export async function asAuthority(world: World): Promise<Pricing> {
  await world.charter.grantRole(ROLES.authority, world.stranger.address, 0);
  return world.pricing.connect(world.stranger);
}

/** The desk as its ledger calls it. */
export async function asLedger(world: World): Promise<Pricing> {
  const address = await world.pricing.ledger();
  await world.networkHelpers.setBalance(address, 10n ** 18n);
  return world.pricing.connect(await world.ethers.getImpersonatedSigner(address));
}

/** Moves the clock into a month; closes nothing. */
export async function moveTo(world: World, month: number): Promise<void> {
  const seconds = Date.UTC(Math.floor(month / 12), month % 12, 15) / 1_000;
  await world.time.increaseTo(seconds);
}

/** So many loans in one line. */
export const some = (quantity: number, service: number = LOAN): Line => ({
  service: serviceId(service),
  quantity,
});

/** Lines as in a packed statement: short ones, unless one names a work. */
export function packLines(lines: readonly Line[]): { lines: string; lineSize: number } {
  const long = lines.some(({ resource }) => resource !== undefined);
  const packed = lines.map(({ service, quantity, resource = 0 }) =>
    long
      ? solidityPacked(["uint16", "uint32", "uint32"], [service, quantity, resource])
      : solidityPacked(["uint16", "uint32"], [service, quantity]),
  );
  return { lines: concat(packed), lineSize: long ? 10 : 6 };
}

/** A quote's fault and its figures where there is none. */
export const NO_FAULT: readonly bigint[] = [0n, 0n, 0n];

/** What else an order says. */
export interface Order {
  readonly supplier: MemberId | number;
  readonly consumer: MemberId | number;
  readonly period: number;
  readonly tier: number;
  readonly supplierTier: number;
  readonly choosy: boolean;
  readonly countersigned: boolean;
  readonly maximum: bigint;
  readonly reliefRoom: bigint;
}

/** What ada bills bob for November, both in tier 1, unless told otherwise. */
export async function quoteOf(world: World, lines: readonly Line[], changes: Partial<Order> = {}) {
  const { lines: packed, lineSize } = packLines(lines);
  const order = {
    supplier: world.ada.id,
    consumer: world.bob.id,
    period: NOVEMBER,
    tier: 1,
    supplierTier: 1,
    choosy: false,
    countersigned: true,
    lineSize,
    maximum: 2n ** 64n - 1n,
    reliefRoom: PLENTY,
    ...changes,
  };
  const { fault, gross, fee, relief, royalties, legs } = await world.pricing.quote(order, packed);
  const found = { relieved: relief, royalties, legs: [...legs] };
  return fault === 0n
    ? { ...found, fault: NO_FAULT, gross, fee }
    : { ...found, fault: [fault, gross, fee], gross: 0n, fee: 0n };
}

/** A leg that a relief or grant pays. */
export const aidLeg = (relief: number, amount: bigint): bigint => (1n << 255n) | royaltyLeg(relief, amount);

/** A leg that a rights holder gets. */
export const royaltyLeg = (holder: number, amount: bigint): bigint => (BigInt(holder) << 64n) | amount;

const MOST = credits(2n ** 64n - 1n);

let posted = 0;

/** Quotes what ada bills and posts it, in a book that is open for it; what is settled must be what was quoted. */
export async function postQuoted(
  world: World,
  lines: readonly Line[],
  { consumer = world.bob, period = NOVEMBER } = {},
) {
  const { room } = await world.ledger.account(RELIEF);
  const quoted = await quoteOf(world, lines, { consumer: consumer.id, period, reliefRoom: room });
  const number = statementNumber(++posted);
  const receipt = await (
    await bill(world, { consumer: consumer.id, period, lines, number, maximum: MOST })
  ).wait();
  const block = receipt?.blockNumber;
  const logs = await world.pricing.queryFilter(world.pricing.filters.LegsSettled, block, block);
  expect(logs.flatMap(({ args }) => [...args.legs])).to.deep.equal(quoted.legs);
  return quoted;
}

/** Closes months until one is open. */
export async function openMonth(world: World, month: number): Promise<void> {
  while (Number(await world.ledger.openPeriod()) < month) await world.closeMonth();
}

/** Puts conditional prices beside those every test knows, from November on. */
export async function publishBeside(
  { schedule }: World,
  prices: readonly ReturnType<typeof condition>[],
): Promise<void> {
  await (await schedule.draft(0, [...PRICES])).wait();
  const version = await schedule.lastVersion();
  await (await schedule.draftConditional(version, [...prices])).wait();
  await (await schedule.publish(version, NOVEMBER)).wait();
}
