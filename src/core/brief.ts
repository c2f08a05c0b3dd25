import type { AccountState } from "./accounts.ts";
import { conditionRows, plainTable, pricesFrom } from "./brief-conditions.ts";
import type { ConditionRow } from "./brief-conditions.ts";
import type { Demand } from "./demand.ts";
import { ConsortiaError } from "./error.ts";
import { hash } from "./ids.ts";
import type { Hash, MemberId, ServiceId } from "./ids.ts";
import { canonicalJson } from "./json.ts";
import { keccak256, toHash } from "./keccak.ts";
import { formatCredits } from "./money.ts";
import type { Credits } from "./money.ts";
import { formatPeriod } from "./period.ts";
import type { PeriodId } from "./period.ts";
import { mostChanged, replay } from "./replay.ts";
import type { Dropped, PastCharge, PriceOf } from "./replay.ts";
import type { Comparison, MemberReplay } from "./replay-sums.ts";
import { ANY_TIER, type ConditionalPrice, type Price, type UnitPrice } from "./schedule.ts";

/** What its proposer says in a brief: everything else follows from these and the chain. */
export interface BriefTerms {
  readonly consortium: string;
  readonly currency: string;
  readonly chainId: number;
  readonly ledger: string;
  /** The last block that was read. */
  readonly block: number;
  /** Months of service, both included. */
  readonly from: PeriodId;
  readonly to: PeriodId;
  readonly proposal: ProposedPrices;
  /** What services are called. */
  readonly services: readonly { readonly id: ServiceId; readonly code: string }[];
  /** The legal basis, in the proposer's words. */
  readonly basis: string;
}

/** A draft on chain by its version, or a file by its name; the prices are complete. */
export interface ProposedPrices {
  readonly version: number | null;
  readonly file: string | null;
  readonly prices: readonly Price[];
  readonly conditions: readonly ConditionalPrice[];
}

/** What is known off the chain; null where nothing is at hand. */
export interface DemandAtHand {
  /** Of how many statements the records are at hand, and how many records those hold. */
  readonly records: { readonly statements: number; readonly records: number } | null;
  /** What the parties' messages tell. */
  readonly requests: Demand | null;
}

/** A member as of the brief's block. */
export interface BriefMember {
  readonly member: MemberId;
  readonly isil: string;
  readonly standing: string;
  readonly tier: number;
  /** First month of the membership. */
  readonly since: PeriodId;
  readonly account: AccountState;
}

/** What the chain says, as of the brief's block. */
export interface BriefFacts {
  readonly openMonth: PeriodId;
  /** The hash of the charter's text in force. */
  readonly charterText: Hash;
  readonly members: readonly BriefMember[];
  readonly charges: readonly PastCharge[];
  readonly inForce: PriceOf;
  /** Prices with conditions that are in force in the brief's last month. */
  readonly conditions: readonly ConditionalPrice[];
}

interface PriceRow {
  readonly service: ServiceId;
  readonly code: string;
  readonly tier: number;
  /** In the brief's last month, whoever supplies it; null where it is not offered so. */
  readonly inForce: { readonly price: Credits; readonly fee: Credits } | null;
  /** As drafted for that tier without conditions. */
  readonly proposed: { readonly price: Credits; readonly fee: Credits } | null;
}

export type Situation = Pick<AccountState, "position" | "cash" | "debts" | "advances" | "standing">;

/** The figures behind a proposal. Every bigint in it is an amount of credits. */
export interface Brief {
  readonly kind: "consortia brief";
  readonly version: 1;
  readonly consortium: string;
  readonly currency: string;
  readonly ledger: {
    readonly chainId: number;
    readonly address: string;
    readonly block: number;
    readonly openMonth: PeriodId;
  };
  readonly from: PeriodId;
  readonly to: PeriodId;
  readonly basis: { readonly text: string; readonly charterText: Hash };
  readonly proposal: Pick<ProposedPrices, "version" | "file">;
  readonly prices: readonly PriceRow[];
  /** Absent where no price has conditions. */
  readonly conditions?: {
    /** In the brief's last month. */
    readonly inForce: readonly ConditionRow[];
    readonly proposed: readonly ConditionRow[];
  };
  readonly costs: Comparison & {
    readonly statements: number;
    /** How many would have come to more than was signed for. */
    readonly aboveMaximum: number;
    readonly notOffered: readonly Dropped[];
    /** Who gains and who loses most by the prices of what is still offered, most first. */
    readonly gains: readonly MemberId[];
    readonly losses: readonly MemberId[];
  };
  readonly members: readonly (Omit<BriefMember, "account"> & {
    readonly situation: Situation;
    /** Null where it joined after the months that were replayed. */
    readonly costs: Omit<MemberReplay, "member"> | null;
  })[];
  readonly demand: DemandAtHand & {
    /** What was charged, which the ledger knows. */
    readonly charged: readonly {
      readonly service: ServiceId;
      readonly statements: number;
      readonly quantity: number;
    }[];
  };
}

/** Nothing is known of users' demand but what was charged. */
export const NOTHING_AT_HAND: DemandAtHand = { records: null, requests: null };

/**
 * Puts a brief together. It depends on nothing but its input: the same chain and terms give the same brief.
 * @throws `BriefMonths`; as {@link replay}
 */
export function makeBrief(terms: BriefTerms, facts: BriefFacts, demand: DemandAtHand): Brief {
  const { from, to, block, chainId, ledger, proposal, consortium, currency } = terms;
  const { openMonth, charterText, members, inForce } = facts;
  if (from > to || to > openMonth) {
    throw new ConsortiaError(
      "BriefMonths",
      `A brief cannot tell of ${formatPeriod(from)} to ${formatPeriod(to)}: ${formatPeriod(openMonth)} is the open month. Name months that have begun, the earlier first.`,
      { values: { from, to, openMonth } },
    );
  }
  const charges = facts.charges.filter(({ period }) => from <= period && period <= to);
  const proposed = pricesFrom(from, proposal.prices, proposal.conditions);
  const had = members.filter(({ since }) => since <= to).map(({ member }) => member);
  const replayed = replay(charges, { inForce, proposed }, had);
  const rows = new Map(replayed.members.map((row) => [row.member, row]));
  const changed = (side: "gain" | "loss") => mostChanged(replayed, side).map(({ member }) => member);
  const { statements, aboveMaximum, notOffered, totals } = replayed;
  return {
    kind: "consortia brief",
    version: 1,
    consortium,
    currency,
    ledger: { chainId, address: ledger.toLowerCase(), block, openMonth },
    from,
    to,
    basis: { text: terms.basis, charterText },
    proposal: { version: proposal.version, file: proposal.file },
    prices: priceRows(terms, facts),
    ...conditionsOf(terms, facts),
    costs: {
      ...{ statements, aboveMaximum, notOffered, ...totals },
      ...{ gains: changed("gain"), losses: changed("loss") },
    },
    members: members.map(({ account, ...about }) => ({
      ...about,
      situation: situationOf(account),
      costs: withoutMember(rows.get(about.member)),
    })),
    demand: { charged: chargedServices(charges), ...demand },
  };
}

function priceRows({ to, services, proposal }: BriefTerms, facts: BriefFacts): PriceRow[] {
  const proposed = plainTable(proposal.prices, proposal.conditions);
  const named = [...services.map(({ id }) => id), ...proposal.prices.map(({ service }) => service)];
  const used = facts.charges.flatMap(({ lines }) => lines.map(({ service }) => service));
  const tiers = ascending([
    ...proposal.prices.map(({ tier }) => tier),
    ...facts.members.map(({ tier }) => tier),
    ...facts.charges.map(({ tier }) => tier),
  ]);
  const amounts = (price: UnitPrice | undefined) =>
    price === undefined ? null : { price: price.price, fee: price.fee };
  return ascending([...named, ...used]).flatMap((service) =>
    tiers.flatMap((tier) => {
      const code = services.find(({ id }) => id === service)?.code ?? "";
      const row = {
        inForce: amounts(facts.inForce(to, service, tier, ANY_TIER)),
        proposed: amounts(proposed.get(`${service}/${tier}`)),
      };
      return row.inForce === null && row.proposed === null ? [] : [{ service, code, tier, ...row }];
    }),
  );
}

function conditionsOf({ services, proposal }: BriefTerms, facts: BriefFacts): Pick<Brief, "conditions"> {
  if (facts.conditions.length + proposal.conditions.length === 0) return {};
  const codeOf = (service: ServiceId) => services.find(({ id }) => id === service)?.code ?? "";
  const [inForce, proposed] = [facts.conditions, proposal.conditions];
  return {
    conditions: { inForce: conditionRows(inForce, codeOf), proposed: conditionRows(proposed, codeOf) },
  };
}

function ascending<T extends number>(numbers: readonly T[]): T[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function situationOf({ position, cash, debts, advances, standing }: AccountState): Situation {
  return { position, cash, debts, advances, standing };
}

function withoutMember(row: MemberReplay | undefined): Omit<MemberReplay, "member"> | null {
  if (row === undefined) return null;
  const { charged, proposed, difference, dropped, supplied, consumed, aboveMaximum, notOffered, months } =
    row;
  return { charged, proposed, difference, dropped, supplied, consumed, aboveMaximum, notOffered, months };
}

function chargedServices(charges: readonly PastCharge[]): Brief["demand"]["charged"] {
  const services = ascending(charges.flatMap(({ lines }) => lines.map(({ service }) => service)));
  return services.map((service) => {
    const with_ = charges.map(({ lines }) => lines.filter((line) => line.service === service));
    return {
      service,
      statements: with_.filter((lines) => lines.length > 0).length,
      quantity: with_.flat().reduce((all, { quantity }) => all + quantity, 0),
    };
  });
}

const MONTHS = new Set(["from", "to", "until", "openMonth", "since", "month"]);

/** A brief as JSON has it: amounts as decimal text, months as `2026-11`. */
export function plainBrief(brief: Brief): unknown {
  return plain(brief);
}

function plain(value: unknown, key = ""): unknown {
  if (typeof value === "bigint") return formatCredits(value as Credits);
  if (typeof value === "number" && MONTHS.has(key)) return formatPeriod(value as PeriodId);
  if (Array.isArray(value)) return value.map((item) => plain(item, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item, name)]));
}

/** The one text of a brief: the bytes whose hash a proposal pins. @throws `JsonInvalid` */
export function briefText(plainValue: unknown): string {
  return canonicalJson(plainValue);
}

/** keccak256 of a brief's text in UTF-8. */
export function hashBrief(text: string): Hash {
  return toHash(keccak256(new TextEncoder().encode(text)));
}

const PIN = /(?:^|\n)Brief: (0x[0-9a-fA-F]{64})$/;
/** What keeps others from proposing the same first; a governor wants it at the very end. */
const PROPOSER = /\s*#proposer=0x[0-9a-fA-F]{40}$/;

/** A proposal's description that pins a brief: its last line is `Brief: 0x…`. */
export function pinBrief(description: string, brief: Hash): string {
  return `${description.trimEnd()}\n\nBrief: ${hash(brief)}`;
}

/** The brief that a proposal's description pins in its last line, whoever it names as proposer after it. */
export function pinnedBrief(description: string): Hash | undefined {
  const [, pinned] = PIN.exec(description.trimEnd().replace(PROPOSER, "").trimEnd()) ?? [];
  return pinned === undefined ? undefined : hash(pinned);
}
