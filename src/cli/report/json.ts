import { type Credits, formatCredits } from "../../core/money.ts";
import { formatPeriod } from "../../core/period.ts";
import { lookUp } from "./lookup.ts";
import type { MonthMember, MonthReport } from "./month.ts";

/** The whole report; amounts are decimal text, months are `2026-11`. */
export function consortiumJson(report: MonthReport): string {
  return write(report);
}

/** What the report says of one member. */
export function memberJson(report: MonthReport, member: MonthMember, lookup = lookUp(report)): string {
  const { consortium, currency, period, network } = report;
  const statements = [...lookup.supplied(member.id), ...lookup.consumed(member.id)];
  const exceptions = lookup.exceptions(member);
  return write({ consortium, currency, period, network, member, statements, exceptions });
}

/** Every bigint of a report is an amount and every `period` a month. */
function write(value: unknown): string {
  const replace = (key: string, item: unknown) => {
    if (typeof item === "bigint") return formatCredits(item as Credits);
    return key === "period" ? formatPeriod(item as MonthReport["period"]) : item;
  };
  return `${JSON.stringify(value, replace, 2)}\n`;
}
