import { ConsortiaError } from "../../core/error.ts";
import type { PeriodId } from "../../core/period.ts";
import type { Relief } from "../../core/relief.ts";
import { priceKey, type ConditionalPrice, type Price } from "../../core/schedule.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import type { GrantTerms } from "../../sdk/grants.ts";
import type { OpenedRelief } from "../../sdk/reliefs.ts";
import { listDescriptions, readVersion, readVersionIn, type VersionPrices } from "../../sdk/schedules.ts";
import type { ServiceDescription } from "./services.ts";

/**
 * The descriptions that nobody has given yet.
 * @throws `ServiceDiffers` where a service was described as something else, which holds for all time
 */
export async function missingDescriptions(
  consortium: Consortium,
  descriptions: readonly ServiceDescription[],
): Promise<ServiceDescription[]> {
  const standing = await listDescriptions(consortium);
  return descriptions.filter(({ service, unit, act }) => {
    const said = standing.get(service);
    if (said === undefined) return true;
    if (said.unit === unit && said.act === act) return false;
    throw new ConsortiaError(
      "ServiceDiffers",
      `Service ${service} counts by the ${said.unit} and does with works: ${said.act}. That stays so; this preset would have it ${unit} and ${act}. Give its service another number.`,
      { values: { service, said, unit, act } },
    );
  });
}

/** The version in force in a month where it says just this; undefined where it says something else, or there is none. */
export async function standingVersion(
  consortium: Consortium,
  wanted: VersionPrices,
  from: PeriodId,
): Promise<bigint | undefined> {
  const version = await readVersionIn(consortium, from);
  if (version === undefined) return undefined;
  const [said, asked] = [pricesBy(await readVersion(consortium, version)), pricesBy(wanted)];
  const same = said.size === asked.size && [...asked].every(([key, price]) => said.get(key) === price);
  return same ? BigInt(version) : undefined;
}

/** Of two prices for the same tiers the later stands, as in the contract. */
function pricesBy({ prices, conditions }: VersionPrices): Map<string, string> {
  return new Map([...prices, ...conditions].map((price) => [priceKey(price), wordsOf(price)]));
}

function wordsOf(price: Price | ConditionalPrice): string {
  const said = Object.entries(price).map(([name, value]) => `${name}=${String(value)}`);
  return said.sort().join();
}

const TERMS = ["service", "region", "tier", "share", "from", "until", "memberCap", "cap"] as const;

/**
 * Finds a relief or grant with the same terms among those that stand, and takes it out of the list: a preset that has two
 * alike needs two.
 * @returns its number, or undefined where there is none
 */
export function takeStanding(standing: OpenedRelief[], wanted: Relief | GrantTerms): number | undefined {
  const document = "document" in wanted ? wanted.document : undefined;
  const at = standing.findIndex(
    (one) =>
      one.document === document &&
      one.members.length === 0 &&
      TERMS.every((term) => one[term] === wanted[term]),
  );
  return at < 0 ? undefined : standing.splice(at, 1)[0]?.relief;
}
