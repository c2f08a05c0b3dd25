import type { World } from "./world.ts";

/** A conditional price of service 7 at 10 and a fee of 1 in every tier, without conditions unless told otherwise. */
export const condition = (changes = {}) => ({
  service: 7,
  tier: 255,
  supplierTier: 255,
  price: 10n,
  fee: 1n,
  minimum: 0n,
  cap: 0n,
  promotedFrom: 0,
  promotedUntil: 0,
  promotedPrice: 0n,
  ...changes,
});

/** Puts drafted conditional prices in force from a month on, and says their version. */
export async function conditionsFrom(
  { schedule }: World,
  month: number,
  prices: readonly ReturnType<typeof condition>[],
): Promise<bigint> {
  await (await schedule.draftConditional(0, [...prices])).wait();
  const version = await schedule.lastVersion();
  await (await schedule.publish(version, month)).wait();
  return version;
}
