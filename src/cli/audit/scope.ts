import type { AuditScope } from "../../auditor/result.ts";
import { count, counted, monthName } from "../report/format.ts";

/** A line of what was audited; a `key` is for copying. */
export interface ScopeLine {
  readonly what: string;
  readonly value: string;
  readonly kind?: "key";
}

/** All that somebody needs to do the audit again and compare. */
export function scopeLines(scope: AuditScope): ScopeLine[] {
  const address = (what: string, value: string | undefined): ScopeLine[] =>
    value === undefined ? [] : [{ what, value, kind: "key" }];
  return [
    { what: "Chain", value: String(scope.chainId), kind: "key" },
    { what: "First block", value: String(scope.fromBlock), kind: "key" },
    { what: "Last block", value: String(scope.toBlock), kind: "key" },
    { what: "Its hash", value: scope.toHash, kind: "key" },
    { what: "Its time", value: moment(scope.toTime) },
    { what: "Open month", value: monthName(scope.openPeriod) },
    ...address("Ledger", scope.ledger),
    ...address("Register", scope.register),
    ...address("Schedule", scope.schedule),
    ...address("Charter", scope.charter),
    ...address("Settlement asset", scope.asset),
    ...address("Claims", scope.claims),
    ...address("Reversals", scope.reversals),
    ...address("Advances", scope.advances),
    ...address("Pricing", scope.pricing),
    ...address("Works", scope.resources),
    ...address("Compensation", scope.compensation),
    ...governanceLines(scope.governance),
    ...scope.nodes.map((node): ScopeLine => ({ what: "Read from", value: nodeName(node), kind: "key" })),
    { what: "Views compared at", value: compared(scope.checkedAt) },
  ];
}

/** Where the members govern. */
function governanceLines(governance: AuditScope["governance"]): ScopeLine[] {
  if (governance === undefined) return [];
  const { chambers, elections, voices, seats, delegates, amendments, admissions } = governance;
  const named = [...chambers, ...elections].map(({ name, address }) => [name, address] as const);
  const others = [
    ...voices.map(({ address }) => ["Voice", address] as const),
    ...seats.map(({ address }) => ["Seats", address] as const),
    ...delegates.map((address) => ["Delegates", address] as const),
    ...amendments.map(({ address }) => ["Amendments", address] as const),
    ...admissions.map(({ address }) => ["Admissions", address] as const),
  ];
  return [...named, ...others].map(([what, value]) => ({ what, value, kind: "key" }));
}

/** Where the audit began and ended, in a line. */
export function rangeText({ chainId, fromBlock, toBlock, toTime }: AuditScope): string {
  return `blocks ${count(fromBlock)} to ${count(toBlock)} of chain ${chainId}, until ${moment(toTime)}`;
}

/** A node without what opens it: of a URL only the host is shown, since passwords and keys stand beside it. */
export function nodeName(node: string): string {
  const name = /^[a-z][a-z\d+.-]*:\/\//i.test(node) ? node : undefined;
  if (name === undefined) return node.replace(/^.*@/, "");
  if (!URL.canParse(name)) return "a node";
  const { protocol, host } = new URL(name);
  return `${protocol}//${host}`;
}

/** `2026-11-30 23:00 UTC` */
export function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime())
    ? "an unknown time"
    : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

const BLOCKS = 12;

function compared(blocks: readonly number[]): string {
  if (blocks.length === 0) return "no block";
  const shown = blocks.slice(-BLOCKS).map(count).join("; ");
  const rest = blocks.length - BLOCKS;
  return rest > 0 ? `${counted(rest, "earlier block")} and ${shown}` : `the ends of ${shown}`;
}
