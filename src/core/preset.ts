import { ConsortiaError } from "./error.ts";
import { serviceId } from "./ids.ts";
import type { ServiceId } from "./ids.ts";
import { credits, parseCredits } from "./money.ts";
import type { Credits } from "./money.ts";
import type { Price } from "./schedule.ts";

/** One priced service of a preset. */
export interface PresetService {
  readonly id: ServiceId;
  /** The word connectors use for it, such as `loan`. */
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** To COMMONS, per unit. */
  readonly fee: Credits;
  /** To the supplier, per unit, by the consumer's tier. */
  readonly prices: ReadonlyMap<number, Credits>;
}

/** How a consortium is set up: deploy/parameters/ holds one JSON file each. */
export interface Preset {
  readonly name: string;
  /** ISO 4217 code of the currency that one credit is worth. */
  readonly currency: string;
  /** The charter's text; its hash is pinned on chain. */
  readonly charter: string;
  readonly token: { readonly name: string; readonly symbol: string };
  /** In seconds. */
  readonly terms: {
    readonly withdrawalNotice: number;
    readonly withdrawalWindow: number;
    readonly debtTerm: number;
  };
  readonly services: readonly PresetService[];
}

const DAY = 86_400;

/** Reads a preset. @throws `PresetInvalid` naming the field */
export function parsePreset(value: unknown): Preset {
  const preset = object(value, "the preset");
  const token = object(preset.token, "token");
  const terms = object(preset.terms, "terms");
  const currency = string(preset.currency, "currency");
  if (!/^[A-Z]{3}$/.test(currency)) throw invalid("currency", "three capital letters such as EUR");
  if (!Array.isArray(preset.services) || preset.services.length === 0)
    throw invalid("services", "a list of services");
  return {
    name: string(preset.name, "name"),
    currency,
    charter: string(preset.charter, "charter"),
    token: { name: string(token.name, "token.name"), symbol: string(token.symbol, "token.symbol") },
    terms: {
      withdrawalNotice: days(terms.withdrawalNoticeDays, "terms.withdrawalNoticeDays"),
      withdrawalWindow: days(terms.withdrawalWindowDays, "terms.withdrawalWindowDays"),
      debtTerm: days(terms.debtTermDays, "terms.debtTermDays"),
    },
    services: preset.services.map((service, index) => parseService(service, `services[${index}]`)),
  };
}

/** A preset's services as prices to be published. */
export function presetPrices(preset: Preset): Price[] {
  return preset.services.flatMap(({ id, fee, prices }) =>
    [...prices].map(([tier, price]) => ({ service: id, tier, price, fee })),
  );
}

function parseService(value: unknown, path: string): PresetService {
  const service = object(value, path);
  const prices = Object.entries(object(service.prices, `${path}.prices`)).map(
    ([tier, price]): [number, Credits] => {
      if (!/^\d{1,3}$/.test(tier) || Number(tier) > 255)
        throw invalid(`${path}.prices`, "tiers from 0 to 255");
      return [Number(tier), amount(price, `${path}.prices.${tier}`)];
    },
  );
  if (prices.length === 0) throw invalid(`${path}.prices`, "at least one tier");
  return {
    id: serviceId(Number(service.id)),
    code: string(service.code, `${path}.code`),
    name: string(service.name, `${path}.name`),
    unit: string(service.unit, `${path}.unit`),
    fee: amount(service.fee, `${path}.fee`),
    prices: new Map(prices),
  };
}

function amount(value: unknown, path: string): Credits {
  const parsed = parseCredits(string(value, path));
  if (parsed < 0n || parsed >= 1n << 64n) throw invalid(path, "an amount that is not below zero");
  return credits(parsed);
}

function days(value: unknown, path: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1)
    throw invalid(path, "whole days, at least one");
  return value * DAY;
}

function string(value: unknown, path: string): string {
  if (typeof value !== "string" || value === "") throw invalid(path, "a text");
  return value;
}

function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(path, "an object");
  return value as Record<string, unknown>;
}

function invalid(path: string, expected: string): ConsortiaError {
  return new ConsortiaError(
    "PresetInvalid",
    `The preset's ${path} must be ${expected}. Mend the file and try again.`,
    {
      values: { path, expected },
    },
  );
}
