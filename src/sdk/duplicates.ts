import type { Hash, MemberId } from "../core/ids.ts";
import { credits } from "../core/money.ts";
import type { Credits } from "../core/money.ts";
import type { ServiceRecord } from "../core/record.ts";
import { readCharges } from "./charges.ts";
import type { ChargedStatement } from "./charges.ts";
import type { Consortium } from "./consortium.ts";
import { leafOf } from "./receipts.ts";
import { isGivenBack, readGivenBack } from "./reversals.ts";
import type { ChargedRecord, DuplicatePair } from "./reversals.ts";
import { read } from "./verb.ts";

/** A statement's records by their root, or undefined where they are not at hand. */
export type RecordsOf = (root: Hash) => Promise<readonly ServiceRecord[] | undefined>;

/** Two charges of one record that nobody has reversed, and what the later one would give back. */
export interface Duplicate extends DuplicatePair {
  readonly amount: Credits;
}

/** What a search for duplicates found. */
export interface DuplicateSearch {
  readonly duplicates: readonly Duplicate[];
  /** Statements that were charged but whose records are not at hand. */
  readonly missing: readonly ChargedStatement[];
  /** Claims that were charged in part by an award: nobody can tell on chain which of their records were. */
  readonly partly: readonly ChargedStatement[];
  /** How many records were looked at. */
  readonly records: number;
}

export interface DuplicateQuery {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly recordsOf: RecordsOf;
  readonly progress?: (done: number, total: number) => void;
}

/** Every record that a supplier charged a consumer twice, from the chain's logs and the bundles at hand. */
export async function findDuplicates(
  consortium: Consortium,
  { supplier, consumer, recordsOf, progress }: DuplicateQuery,
): Promise<DuplicateSearch> {
  const charges = await readCharges(consortium, { supplier, consumer });
  const charged = new Map<string, ChargedRecord[]>();
  const [missing, partly]: [ChargedStatement[], ChargedStatement[]] = [[], []];
  let records = 0;
  for (const [done, charge] of charges.entries()) {
    progress?.(done, charges.length);
    const own = await recordsOf(charge.statement.root);
    if (own === undefined) {
      missing.push(charge);
      continue;
    }
    records += own.length;
    const places = await chargedPlaces(consortium, charge, own);
    if (places.size === 0) partly.push(charge);
    for (const [index, { request, service, charge: turn }] of own.entries()) {
      if (!places.has(index)) continue;
      const key = `${request}/${service}/${turn}`;
      const known = charged.get(key) ?? [];
      known.push({ charge, records: own, index });
      charged.set(key, known);
    }
  }
  progress?.(charges.length, charges.length);
  const duplicates: Duplicate[] = [];
  for (const entries of charged.values()) {
    if (entries.length > 1) duplicates.push(...(await pairsIn(consortium, entries)));
  }
  return { duplicates, missing, partly, records };
}

/** Places of the records that are known to have been charged: all, or those of a claim's receipts. */
async function chargedPlaces(
  consortium: Consortium,
  { digest, gross }: ChargedStatement,
  records: readonly ServiceRecord[],
): Promise<ReadonlySet<number>> {
  if (records.reduce((sum, { amount }) => sum + amount, 0n) <= gross) return new Set(records.keys());
  const proven = new Set<number>();
  for (const [index, record] of records.entries()) {
    const provenIn = await read(consortium.contracts.claims.provenIn(leafOf(consortium, record)));
    if (provenIn === digest) proven.add(index);
  }
  return proven;
}

/** The first charge that stands, with each that stands beside it. */
async function pairsIn(consortium: Consortium, entries: readonly ChargedRecord[]): Promise<Duplicate[]> {
  const standing: ChargedRecord[] = [];
  for (const entry of [...entries].sort(byRank)) {
    if (!(await isGivenBack(consortium, entry.charge.digest, entry.index))) standing.push(entry);
  }
  const [earlier, ...others] = standing;
  if (earlier === undefined) return [];
  return Promise.all(
    others.map(async (later) => ({ earlier, later, amount: await reversible(consortium, later) })),
  );
}

/** A record's amount, but no more than is left of its statement. */
async function reversible(
  consortium: Consortium,
  { charge, records, index }: ChargedRecord,
): Promise<Credits> {
  const { amount: given } = await readGivenBack(consortium, charge.digest);
  const amount = records[index]?.amount ?? credits(0n);
  const left = credits(charge.gross - given);
  return amount < left ? amount : left;
}

/** The desk's order of charges: second, then number, then place in the statement. */
export function byRank(a: ChargedRecord, b: ChargedRecord): number {
  return (
    a.charge.chargedAt - b.charge.chargedAt ||
    a.charge.statement.number - b.charge.statement.number ||
    a.index - b.index
  );
}
