import { ConsortiaError } from "../../core/error.ts";
import { statementNumber, type Hash, type MemberId, type ServiceId } from "../../core/ids.ts";
import { credits, formatCredits, parseCredits, ZERO, type Credits } from "../../core/money.ts";
import { addMonths, periodEnd, type PeriodId } from "../../core/period.ts";
import type { ServiceRecord } from "../../core/record.ts";
import { recordAmounts, type UnitPrice } from "../../core/schedule.ts";
import type { Statement } from "../../core/statement.ts";
import { bundleRecords, randomSalt, sealBundle, type BundleRecord } from "../../records/bundle.ts";
import type { RecordStore } from "../../records/store.ts";
import { sendDeposit } from "../../sdk/accounts.ts";
import { issueAgainst } from "../../sdk/commitments.ts";
import { readPrice } from "../../sdk/schedules.ts";
import { PROMISE, type Actor, type Stage } from "./stage.ts";

/** What one record of a statement is made of, before it is priced. */
export interface Service {
  readonly request: string;
  readonly service: ServiceId;
  readonly charge?: number;
  readonly quantity?: number;
}

/** A statement with its records, kept in the store, that nobody has signed yet. */
export interface Bill {
  readonly supplier: Actor;
  readonly consumer: Actor;
  readonly statement: Statement;
  readonly records: readonly ServiceRecord[];
  readonly gross: Credits;
  readonly fee: Credits;
}

const DAY = 86_400;
/** Numbers that the month's own statements do not reach. */
const FIRST_NUMBER = 1_000_000;

/** Bills services of a month at the schedule's prices, one statement at a time. */
export class Biller {
  readonly #stage: Stage;
  readonly #store: RecordStore;
  readonly #month: PeriodId;
  #number: number;

  /** @param first the number of the first statement; those that follow count on */
  constructor(stage: Stage, store: RecordStore, month: PeriodId, first = FIRST_NUMBER) {
    this.#stage = stage;
    this.#store = store;
    this.#month = month;
    this.#number = first;
  }

  /** @throws `ServiceUnpriced` */
  async bill(supplier: Actor, consumer: Actor, services: readonly Service[]): Promise<Bill> {
    const { deployment } = this.#stage.admin;
    const lines = linesOf(services);
    const units = new Map<ServiceId, UnitPrice>();
    for (const { service } of lines) units.set(service, await this.#price(supplier, consumer, service));
    const amounts = amountsOf(services, units);
    const number = statementNumber(this.#number++);
    const facts = {
      chainId: Number(deployment.chainId),
      ledger: deployment.ledger,
      ...{ supplier: supplier.id, consumer: consumer.id, number, period: this.#month },
    };
    const records = services.map((one, index): BundleRecord => ({
      request: {
        requesting: consumer.agency,
        supplying: supplier.agency,
        id: one.request,
      },
      service: one.service,
      charge: one.charge ?? 0,
      quantity: one.quantity ?? 1,
      amount: formatCredits(amounts[index] ?? ZERO),
      salt: randomSalt(),
      details: {},
      completedAt: periodEnd(this.#month) - DAY,
    }));
    const bundle = sealBundle({ ...facts, records });
    await this.#store.put(bundle);
    const gross = sum(amounts);
    const fee = sum(
      lines.map(({ service, quantity }) => (units.get(service)?.fee ?? ZERO) * BigInt(quantity)),
    );
    const statement: Statement = {
      ...{ supplier: supplier.id, consumer: consumer.id, number, period: this.#month },
      lines,
      maximum: sum([gross, fee]),
      root: bundle.root,
      lastPeriod: addMonths(this.#month, 3),
    };
    return { supplier, consumer, statement, records: bundleRecords(bundle), gross, fee };
  }

  async #price({ tier: supplierTier }: Actor, { tier }: Actor, service: ServiceId): Promise<UnitPrice> {
    const unit = await readPrice(this.#stage.admin, this.#month, service, tier, supplierTier);
    if (unit !== undefined) return unit;
    throw new ConsortiaError(
      "ServiceUnpriced",
      `Service ${service} has no price in tier ${tier} from a supplier of tier ${supplierTier}.`,
    );
  }
}

/** What each record is charged, its service's line considered, in the records' order. */
function amountsOf(services: readonly Service[], units: ReadonlyMap<ServiceId, UnitPrice>): Credits[] {
  const left = new Map(
    [...units].map(([service, unit]) => {
      const quantities = services
        .filter((one) => one.service === service)
        .map(({ quantity = 1 }) => quantity);
      return [service, recordAmounts(unit, quantities)];
    }),
  );
  return services.map(({ service }) => left.get(service)?.shift() ?? ZERO);
}

/** Issues credits to a member and has it deposit them. */
export async function fund({ admin, meter }: Stage, { key, as, id }: Actor, amount: string): Promise<void> {
  const credits_ = parseCredits(amount);
  await issueAgainst(admin, { member: id, amount: credits_, to: key.address, document: PROMISE });
  await meter.note("deposit", sendDeposit(as, { member: id, amount: credits_ }));
}

/** The records under a root, for whoever has to show them. @throws `BundleMissing` */
export async function recordsOf(store: RecordStore, root: Hash): Promise<ServiceRecord[]> {
  const bundle = await store.get(root);
  if (bundle !== undefined) return bundleRecords(bundle);
  throw new ConsortiaError("BundleMissing", `The store has no records for ${root}.`, { values: { root } });
}

/** The actor of a number. */
export function actorOf({ actors }: Stage, member: MemberId): Actor {
  const actor = actors.find(({ id }) => id === member);
  if (actor === undefined) throw new TypeError(`member ${member} is not on stage`);
  return actor;
}

function linesOf(services: readonly Service[]): Statement["lines"] {
  const quantities = new Map<ServiceId, number>();
  for (const { service, quantity = 1 } of services) {
    quantities.set(service, (quantities.get(service) ?? 0) + quantity);
  }
  return [...quantities].map(([service, quantity]) => ({ service, quantity }));
}

function sum(amounts: readonly bigint[]): Credits {
  return credits(amounts.reduce((all, amount) => all + amount, 0n));
}
