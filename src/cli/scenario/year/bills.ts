import { agency, COMMONS_AGENCY, type Agency } from "../../../core/ids.ts";
import { agreeOn } from "../../../core/agreements.ts";
import { formatCredits, ZERO } from "../../../core/money.ts";
import { addMonths, periodEnd, POSTING_WINDOW } from "../../../core/period.ts";
import { recordAmounts, Schedule, type UnitPrice } from "../../../core/schedule.ts";
import type { Line, Statement } from "../../../core/statement.ts";
import { randomSalt, sealBundle, type BundleRecord } from "../../../records/bundle.ts";
import { conditionsFrom } from "../../network/services.ts";
import type { Office } from "./office.ts";
import { COMMONS_ACCOUNT, type Account, type Deal, type DealLine } from "./plan.ts";

const DAY = 86_400;

/** Makes statements of deals, with a bundle of records each: one an order of pages, one an item lent. */
export class Bills {
  readonly #office: Office;
  readonly #schedule = new Schedule();

  constructor(office: Office) {
    const { preset } = office.stage;
    this.#office = office;
    this.#schedule.publish(office.first, [...preset.prices, ...conditionsFrom(preset, office.first)]);
  }

  /** Writes a deal's statement and keeps its records. */
  async write(deal: Deal): Promise<Statement> {
    const office = this.#office;
    const { deployment } = office.admin;
    const [supplier, consumer] = [office.party(deal.supplier), office.party(deal.consumer)];
    const number = office.nextNumber(deal.supplier);
    const period = office.month(deal.month);
    const facts = { supplier: supplier.id, consumer: consumer.id, number, period };
    const records = deal.lines.flatMap((line, index) => this.#records(deal, line, `${number}-${index}`));
    const { chainId, ledger } = deployment;
    const bundle = sealBundle({ chainId: Number(chainId), ledger, ...facts, records });
    await office.store.put(bundle);
    return {
      ...facts,
      lines: deal.lines.map((line) => this.#line(line)),
      maximum: deal.maximum,
      root: bundle.root,
      lastPeriod: addMonths(period, POSTING_WINDOW),
    };
  }

  #line({ service, quantity, work }: DealLine): Line {
    const line = { service: this.#office.serviceOf(service), quantity };
    if (work === undefined) return line;
    const resource = this.#office.works.get(work);
    if (resource === undefined) throw new TypeError(`nobody registered ${work}`);
    return { ...line, resource };
  }

  #records(deal: Deal, { service: code, quantity }: DealLine, request: string): BundleRecord[] {
    const office = this.#office;
    const service = office.serviceOf(code);
    const { unit } = office.stage.preset.descriptions.find((one) => one.service === service) ?? {};
    const quantities = unit === "item" || unit === "volume" ? Array<number>(quantity).fill(1) : [quantity];
    return recordAmounts(this.#price(deal, code), quantities).map((amount, index) => ({
      request: {
        requesting: agencyOf(deal.consumer),
        supplying: agencyOf(deal.supplier),
        id: `${request}-${index}`,
      },
      service,
      charge: 0,
      quantity: quantities[index] ?? 0,
      amount: formatCredits(amount),
      salt: randomSalt(),
      details: {},
      completedAt: periodEnd(office.month(deal.month)) - 2 * DAY,
    }));
  }

  /** What a unit costs between the two, agreements considered. */
  #price({ supplier, consumer, month }: Deal, code: string): UnitPrice {
    const { plan, first } = this.#office;
    const tier = (name: Account) => plan.members.find(({ isil }) => isil === name)?.tier ?? 0;
    const service = this.#office.serviceOf(code);
    const unit = this.#schedule.priceOf(addMonths(first, month), service, tier(consumer), tier(supplier));
    if (unit === undefined)
      throw new TypeError(`the preset prices no ${code} between ${supplier} and ${consumer}`);
    const partners = plan.pacts.some(
      (pact) =>
        pact.month <= month &&
        pact.between.includes(supplier) &&
        pact.between.includes(consumer) &&
        pact.services.includes(code),
    );
    return partners ? agreeOn(unit, ZERO) : unit;
  }
}

function agencyOf(name: Account): Agency {
  return name === COMMONS_ACCOUNT ? COMMONS_AGENCY : agency("ISIL", name);
}
