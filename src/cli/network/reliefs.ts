import type { ServiceId } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import type { Relief } from "../../core/relief.ts";
import { ANY_TIER } from "../../core/schedule.ts";
import type { ClassName } from "./classes.ts";
import { amount, anyOf, only, optional, share, small, span, text } from "./json.ts";
import type { Json, PresetMonth, PresetSpan } from "./json.ts";
import type { Service } from "./services.ts";

/** A relief as a preset knows it: from the first month of its schedule on and without end, where nothing is said. */
export interface ReliefTerms extends Omit<Relief, "from" | "until">, PresetSpan {}

/** Money for relief and nothing else: its terms, which the authority opens before anybody gives. */
export interface GrantTerms extends ReliefTerms {
  readonly until: PresetMonth;
  /** What it is for, in words; the contract pins the hash. */
  readonly purpose: string;
}

/** Who attests what is done for the common good. Its key is named when the consortium is founded. */
export interface Attestor {
  readonly name: string;
  readonly services: readonly ServiceId[];
}

/** Relief as a preset knows it. */
export interface Aid {
  readonly reliefs: readonly ReliefTerms[];
  readonly grants: readonly GrantTerms[];
  readonly attestors: readonly Attestor[];
}

const TERMS = ["service", "region", "tier", "share", "from", "until", "memberCap", "cap"];
/** Caps are counted in 48 bits. */
const MOST = 1n << 48n;

/** A relief or a grant of a schedule whose first month is `first`. */
export function reliefFrom({ from, until, ...terms }: ReliefTerms, first: PeriodId): Relief {
  const { service, region, tier, share, memberCap, cap } = terms;
  const limits = { share, memberCap, cap };
  return { service, region, tier, ...limits, from: from?.(first) ?? first, until: until?.(first) ?? 0 };
}

/** Reads a preset's `reliefs`, `grants` and `attestors`. @throws TypeError that names the member */
export function readAid(source: Json, services: readonly Service[], regions: readonly ClassName[]): Aid {
  const terms = (given: Json, where: string, more: readonly string[] = []) => {
    only(given, where, [...TERMS, ...more]);
    return termsOf(given, services, regions);
  };
  return {
    reliefs: anyOf(source, "reliefs").map((one) => terms(one, "a relief")),
    grants: anyOf(source, "grants").map((one) => {
      const { until, ...rest } = terms(one, "a grant", ["purpose"]);
      if (until === undefined) throw new TypeError('"until" must say when a grant ends.');
      return { ...rest, until, purpose: text(one, "purpose") };
    }),
    attestors: anyOf(source, "attestors").map((one) => {
      only(one, "an attestor", ["name", "services"]);
      return { name: text(one, "name"), services: codesOf(one, services) };
    }),
  };
}

function termsOf(given: Json, services: readonly Service[], regions: readonly ClassName[]): ReliefTerms {
  return {
    service: optional(given, "service", (at, name) => serviceOf(text(at, name), services)) ?? 0,
    region: optional(given, "region", (at, name) => regionOf(text(at, name), regions)) ?? 0,
    tier: optional(given, "tier", (at, name) => small(at, name, ANY_TIER - 1)) ?? ANY_TIER,
    share: share(given, "share"),
    ...span(given, "a relief"),
    memberCap: capOf(given, "memberCap"),
    cap: capOf(given, "cap"),
  };
}

function capOf(given: Json, name: string): Credits {
  const value = amount(given, name);
  if (value === 0n || value >= MOST) throw new TypeError(`"${name}" must be an amount above 0.00.`);
  return value;
}

function codesOf(given: Json, services: readonly Service[]): ServiceId[] {
  const codes = given["services"];
  if (!Array.isArray(codes) || codes.length === 0) throw new TypeError('"services" must be a list of codes.');
  return codes.map((code: unknown) => serviceOf(String(code), services));
}

function serviceOf(code: string, services: readonly Service[]): ServiceId {
  const found = services.find((one) => one.code === code);
  if (found === undefined) throw new TypeError(`"${code}" is none of the services.`);
  return found.id;
}

function regionOf(name: string, regions: readonly ClassName[]): number {
  const found = regions.find((one) => one.name === name);
  if (found === undefined) throw new TypeError(`"${name}" is none of the regions.`);
  return found.id;
}
