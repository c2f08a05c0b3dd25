import { ConsortiaError } from "../../core/error.ts";
import { serviceId, type ServiceId } from "../../core/ids.ts";
import { ZERO, type Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import { ACTS, type Act } from "../../core/licence.ts";
import { ANY_TIER, UNITS, type ConditionalPrice, type Price, type Unit } from "../../core/schedule.ts";
import { amount, anyOf, list, number, object, only, optional, small, span, text, word } from "./json.ts";
import type { Json, PresetMonth } from "./json.ts";

/** What is priced: its number in the schedule and its code in records. */
export interface Service {
  readonly id: ServiceId;
  readonly code: string;
}

/** What a service counts and does; said once for all time. Items that are lent need not be described. */
export interface ServiceDescription {
  readonly service: ServiceId;
  readonly unit: Unit;
  readonly act: Act;
}

/** A price with conditions as a preset knows it: a promotion's months may be counted from the schedule's first. */
export interface PriceTerms extends Omit<
  ConditionalPrice,
  "promotedFrom" | "promotedUntil" | "promotedPrice"
> {
  readonly promotion?: { readonly from: PresetMonth; readonly until: PresetMonth; readonly price: Credits };
}

/** Everything that a schedule says. */
export interface Tariff {
  readonly services: readonly Service[];
  readonly descriptions: readonly ServiceDescription[];
  readonly prices: readonly Price[];
  readonly conditions: readonly PriceTerms[];
}

/** Each service once; of two codes for one service the first. */
export function named(services: readonly Service[]): Service[] {
  return [...new Map([...services].reverse().map((service) => [service.id, service])).values()].reverse();
}

/**
 * The services of a consortium that takes over those of a preset: its own, and what is new.
 * @throws `AdoptElsewhere` where a code or a number already stands for another service
 */
export function joined(own: readonly Service[], preset: readonly Service[]): Service[] {
  for (const { id, code } of preset) {
    const codes = own.filter((one) => one.id === id).map((one) => one.code);
    const number = own.find((one) => one.code === code)?.id ?? id;
    // A service may have several codes; one of them must be the same.
    const alike = codes.length === 0 || preset.some((one) => one.id === id && codes.includes(one.code));
    if (number === id && alike) continue;
    const here =
      number === id ? `service ${id} is called "${codes.join('", "')}"` : `"${code}" is service ${number}`;
    throw new ConsortiaError(
      "AdoptElsewhere",
      `The preset calls service ${id} "${code}", but here ${here}. Adopt it where the consortium was deployed with it, or copy the preset and number its services as they are here.`,
      { values: { id, code } },
    );
  }
  const known = new Set(own.map(({ code }) => code));
  return [...own, ...preset.filter(({ code }) => !known.has(code))];
}

/** The conditional prices of a schedule whose first month is `first`. */
export function conditionsFrom(
  { conditions }: Pick<Tariff, "conditions">,
  first: PeriodId,
): ConditionalPrice[] {
  return conditions.map(({ promotion, ...terms }) => ({
    ...terms,
    promotedFrom: promotion?.from(first) ?? 0,
    promotedUntil: promotion?.until(first) ?? 0,
    promotedPrice: promotion?.price ?? ZERO,
  }));
}

/** Reads the `services` of a preset or of a price file. @throws TypeError that names the member */
export function readTariff(source: Json): Tariff {
  const services = list(source, "services");
  for (const one of services) {
    only(one, "a service", ["id", "code", "unit", "act", "prices", "fee", "conditions"]);
    if (one["prices"] === undefined && one["conditions"] === undefined) {
      throw new TypeError(`"prices" or "conditions" must say what ${text(one, "code")} costs.`);
    }
  }
  return {
    services: services.map((one) => ({ id: idOf(one), code: text(one, "code") })),
    descriptions: services.flatMap(descriptionOf),
    prices: services.flatMap(pricesOf),
    conditions: services.flatMap((one) => anyOf(one, "conditions").map((given) => conditionOf(one, given))),
  };
}

function descriptionOf(service: Json): ServiceDescription[] {
  const unit = optional(service, "unit", (from, name) => word(from, name, UNITS));
  const act = optional(service, "act", (from, name) => word(from, name, ACTS));
  if (unit === undefined && act === undefined) return [];
  return [{ service: idOf(service), unit: unit ?? "item", act: act ?? "lend" }];
}

/** `prices` is credits by the consumer's tier; `fee` goes to COMMONS on top, per unit. */
function pricesOf(service: Json): Price[] {
  const fee = amount(service, "fee");
  const tiers = optional(service, "prices", object) ?? {};
  return Object.keys(tiers).map((tier) => ({
    service: idOf(service),
    tier: small({ tier: Number(tier) }, "tier", ANY_TIER - 1),
    price: amount(tiers, tier),
    fee,
  }));
}

function conditionOf(service: Json, given: Json): PriceTerms {
  only(given, "a condition", ["tier", "supplierTier", "price", "fee", "minimum", "cap", "promotion"]);
  const tier = (name: string) =>
    optional(given, name, (from, at) => small(from, at, ANY_TIER - 1)) ?? ANY_TIER;
  const [minimum, cap] = [optional(given, "minimum", amount) ?? ZERO, optional(given, "cap", amount) ?? ZERO];
  if (cap !== 0n && minimum > cap) throw new TypeError('"minimum" must not be above "cap".');
  return {
    service: idOf(service),
    tier: tier("tier"),
    supplierTier: tier("supplierTier"),
    price: amount(given, "price"),
    fee: optional(given, "fee", amount) ?? amount(service, "fee"),
    minimum,
    cap,
    ...promotionOf(optional(given, "promotion", object)),
  };
}

function promotionOf(given: Json | undefined): Pick<PriceTerms, "promotion"> {
  if (given === undefined) return {};
  only(given, "a promotion", ["from", "until", "price"]);
  const { from, until } = span(given, "a promotion");
  if (from === undefined || until === undefined) {
    throw new TypeError('"from" and "until" must say when a promotion holds.');
  }
  return { promotion: { from, until, price: amount(given, "price") } };
}

function idOf(service: Json): ServiceId {
  return serviceId(number(service, "id"));
}
