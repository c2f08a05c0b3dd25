import { buildStatements, totalOf, type BilledStatement, type BillingException } from "../../core/billing.ts";
import { ConsortiaError } from "../../core/error.ts";
import { COMMONS_AGENCY } from "../../core/ids.ts";
import type { Agency, MemberId, ServiceId, StatementNumber } from "../../core/ids.ts";
import { treeDomain } from "../../core/leaf.ts";
import type { Credits } from "../../core/money.ts";
import { periodOf, type PeriodId } from "../../core/period.ts";
import type { RecordDraft } from "../../core/record.ts";
import { randomSalt, sealBundle } from "../../records/bundle.ts";
import type { RecordStore } from "../../records/store.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readPeriod } from "../../sdk/periods.ts";
import type { Service } from "../network/services.ts";
import { statementPath, writeStatement } from "./file.ts";
import { numbersIn, readHeld } from "./held.ts";
import * as lookups from "./lookups.ts";
import { reservedNumbers } from "./retract.ts";

export interface BuildInput {
  readonly consortium: Consortium;
  readonly services: readonly Service[];
  readonly drafts: readonly RecordDraft[];
  readonly store: RecordStore;
  /** Where statement files go. */
  readonly folder: string;
  /** Whose records are billed, where not everybody's: messages tell of both what one gave and what one drew. */
  readonly supplier?: MemberId;
  readonly progress?: (done: number, total: number) => void;
}

export interface Built {
  readonly statements: readonly (BilledStatement & { readonly path: string })[];
  readonly exceptions: readonly BillingException[];
  readonly gross: Credits;
  readonly fee: Credits;
}

/** Makes statement files and bundles of drafts, with members, tiers and prices as the chain has them. */
export async function buildStatementFiles(input: BuildInput): Promise<Built> {
  const { consortium, services, store, folder, progress = () => {} } = input;
  const { open, now } = await readPeriod(consortium);
  // The month that a posting would fall into, whether or not somebody has closed the one before.
  const current = periodOf(now) > open ? periodOf(now) : open;
  const { partyOf, choosy } = await lookups.readParties(consortium);
  const drafts = input.drafts.filter(
    ({ supplier, completedAt }) =>
      input.supplier === undefined || suppliedBy(partyOf, supplier, completedAt) === input.supplier,
  );
  const serviceOf = (code: string) => services.find((service) => service.code === code)?.id;
  const held = await readHeld(consortium, store, folder);
  const isGiven = drafts.some(({ consumer }) => consumer === COMMONS_AGENCY);
  const attestations = isGiven ? await lookups.readAttestations(consortium) : new Map<ServiceId, string>();
  const { statements, exceptions } = buildStatements({
    drafts,
    period: current,
    domain: treeDomain(consortium.deployment.chainId, consortium.deployment.ledger),
    partyOf,
    serviceOf,
    priceOf: await lookups.readPrices(consortium, wantedOf(drafts, partyOf, serviceOf), choosy),
    attestorsOf: (service) => attestations.get(service),
    nextNumber: await numbering(consortium, drafts, partyOf, folder),
    salt: randomSalt,
    isBilled: (request, service) => held.bills(request, service),
  });
  const written = [];
  for (const [index, billed] of statements.entries()) {
    written.push({ ...billed, path: await write(input, billed) });
    progress(index + 1, statements.length);
  }
  return { statements: written, exceptions, ...totalOf(statements) };
}

/** The bundle first: a statement without its records could be signed blindly. */
async function write({ consortium, store, folder }: BuildInput, billed: BilledStatement): Promise<string> {
  const { statement, records } = billed;
  const { supplier, consumer, number, period } = statement;
  const where = { chainId: Number(consortium.deployment.chainId), ledger: consortium.deployment.ledger };
  await store.put(sealBundle({ ...where, supplier, consumer, number, period, records }));
  const path = statementPath(folder, statement);
  await writeStatement(path, { ...where, statement });
  return path;
}

/**
 * Sets aside as many unused numbers as a supplier could need: one for each consumer and month, and for each service of the
 * common good. What corrects a statement that was taken back gets its number.
 */
async function numbering(
  consortium: Consortium,
  drafts: readonly RecordDraft[],
  partyOf: lookups.PartyOf,
  folder: string,
): Promise<(supplier: MemberId, consumer: MemberId, month: PeriodId) => StatementNumber> {
  const [taken, reserved] = [await numbersIn(folder), await reservedNumbers(consortium, folder)];
  const groups = new Map<MemberId, Set<string>>();
  for (const { supplier, consumer, completedAt, service } of drafts) {
    const month = monthOf(completedAt);
    const part = consumer === COMMONS_AGENCY ? service : "";
    const id = suppliedBy(partyOf, supplier, completedAt);
    if (id !== undefined) groups.set(id, (groups.get(id) ?? new Set()).add(`${consumer}/${month}/${part}`));
  }
  const free = new Map<MemberId, StatementNumber[]>();
  for (const [supplier, pairs] of groups) {
    const count = pairs.size + Math.ceil(drafts.length / 10_000);
    const own = new Set([...(taken.get(supplier) ?? []), ...reserved.by(supplier)]);
    free.set(supplier, await lookups.unusedNumbers(consortium, supplier, own, count));
  }
  return (supplier, consumer, month) => {
    const used = taken.get(supplier) ?? new Set();
    taken.set(supplier, used);
    const again = reserved.of(supplier, consumer, month).find((number) => !used.has(number));
    const number = again ?? free.get(supplier)?.shift();
    if (number !== undefined) {
      used.add(number);
      return number;
    }
    throw new ConsortiaError("NumbersExhausted", `No unused number is left for member ${supplier}.`);
  };
}

/** Which prices the drafts ask for, as far as their parties and services are known. */
function wantedOf(
  drafts: readonly RecordDraft[],
  partyOf: lookups.PartyOf,
  serviceOf: (code: string) => ServiceId | undefined,
): lookups.Wanted[] {
  return drafts.flatMap((draft) => {
    const [month, service] = [monthOf(draft.completedAt), serviceOf(draft.service)];
    if (month === undefined || service === undefined) return [];
    const [consumer, supplier] = [partyOf(draft.consumer, month), partyOf(draft.supplier, month)];
    return consumer === undefined || supplier === undefined ? [] : [{ month, service, consumer, supplier }];
  });
}

function suppliedBy(partyOf: lookups.PartyOf, supplier: Agency, completedAt: number): MemberId | undefined {
  const month = monthOf(completedAt);
  return month === undefined ? undefined : partyOf(supplier, month)?.id;
}

/** Nothing where the ledger cannot name the month; billing lists such drafts. */
function monthOf(seconds: number): PeriodId | undefined {
  try {
    return periodOf(seconds);
  } catch {
    return undefined;
  }
}
