import type { Command } from "commander";
import type { Credits } from "../../core/money.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import type { Relief } from "../../core/relief.ts";
import { ANY_TIER } from "../../core/schedule.ts";
import { NO_CAP, type OpenedRelief } from "../../sdk/reliefs.ts";
import type { Service } from "../network/services.ts";
import { amount, month, reading, whole } from "../shell/command.ts";
import { codeOf, percent, percentText, serviceNamed } from "./named.ts";

/** What a relief or a grant is opened with on the command line. */
export interface ReliefOptions {
  readonly share: number;
  readonly service?: string;
  readonly region?: number;
  readonly tier?: number;
  readonly memberCap?: Credits;
  readonly cap?: Credits;
  readonly from: PeriodId;
  readonly until?: PeriodId;
}

/** The options by which a relief says whom it covers and how far. */
export function withReliefTerms(one: Command): Command {
  return one
    .requiredOption(
      "--share <percent>",
      "of the price of a line, such as 50%; rounded down",
      reading(percent),
    )
    .requiredOption("--from <month>", "the first month of service, one that has not begun", month)
    .option("--service <service>", "its code or number; every service by default")
    .option("--region <number>", "the consumer's; every region by default", whole(1))
    .option("--tier <number>", "the consumer's price tier; every tier by default", whole())
    .option("--member-cap <amount>", "the most for one member and month; no cap by default", amount)
    .option("--cap <amount>", "the most for all members and one month; no cap by default", amount);
}

export function reliefIn(options: ReliefOptions, services: readonly Service[]): Relief {
  const { share, region, tier, memberCap, cap, from, until } = options;
  return {
    service: options.service === undefined ? 0 : serviceNamed(services, options.service),
    ...{ region: region ?? 0, tier: tier ?? ANY_TIER, share, from, until: until ?? 0 },
    ...{ memberCap: memberCap ?? NO_CAP, cap: cap ?? NO_CAP },
  };
}

/** A relief or grant as a row; what it does not narrow down is said to be any. */
export function reliefRow(opened: OpenedRelief, services: readonly Service[]) {
  const { relief, kind, service, region, tier, share, from, until, memberCap, cap } = opened;
  return {
    ...{ relief, kind, share: percentText(share) },
    service: service === 0 ? "any" : codeOf(services, service),
    region: region === 0 ? "any" : region,
    tier: tier === ANY_TIER ? "any" : tier,
    from: formatPeriod(from),
    until: until === 0 ? null : formatPeriod(until),
    memberCap: memberCap === NO_CAP ? "none" : memberCap,
    cap: cap === NO_CAP ? "none" : cap,
  };
}
