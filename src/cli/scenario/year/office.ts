import {
  serviceId,
  statementNumber,
  type MemberId,
  type ResourceId,
  type ServiceId,
} from "../../../core/ids.ts";
import { COMMONS, RELIEF, type StatementNumber } from "../../../core/ids.ts";
import { addMonths, periodEnd, type PeriodId } from "../../../core/period.ts";
import type { RecordStore } from "../../../records/store.ts";
import type { Consortium } from "../../../sdk/consortium.ts";
import type { Actor, Stage } from "../stage.ts";
import { COMMONS_ACCOUNT, RELIEF_ACCOUNT, type Account, type YearPlan } from "./plan.ts";

/** Whoever takes part in a year: where its account is, and who acts for it. */
export interface Party {
  readonly name: Account;
  readonly id: MemberId;
  readonly as: Consortium;
}

const DAY = 86_400;

/** A year as the consortium's office sees it: who is who, which month it is, and what was registered. */
export class Office {
  readonly stage: Stage;
  readonly plan: YearPlan;
  readonly store: RecordStore;
  /** The first month of the year. */
  readonly first: PeriodId;
  /** The consortium as the councillors' key sees it. */
  readonly council: Consortium;
  /** Works by their URNs. */
  readonly works = new Map<string, ResourceId>();
  readonly #numbers = new Map<Account, number>();

  constructor(stage: Stage, plan: YearPlan, store: RecordStore, first: PeriodId, council: Consortium) {
    this.stage = stage;
    this.plan = plan;
    this.store = store;
    this.first = first;
    this.council = council;
  }

  /** The treasury's and the registrar's view, and that of the keys of COMMONS. */
  get admin(): Consortium {
    return this.stage.admin;
  }

  /** A month of the year; 0 is the first. */
  month(index: number): PeriodId {
    return addMonths(this.first, index);
  }

  /** Moves the clock to the last day of a month. */
  async lastDayOf(index: number): Promise<void> {
    await this.stage.chain.setTime(periodEnd(this.month(index)) - DAY);
  }

  party(name: Account): Party {
    if (name === COMMONS_ACCOUNT) return { name, id: COMMONS, as: this.admin };
    if (name === RELIEF_ACCOUNT) return { name, id: RELIEF, as: this.admin };
    const { id, as } = this.actor(name);
    return { name, id, as };
  }

  actor(name: Account): Actor {
    const actor = this.stage.actors.find(({ isil }) => isil === name);
    if (actor === undefined) throw new TypeError(`${name} is not on stage`);
    return actor;
  }

  /** The account of a number. */
  nameOf(member: MemberId): Account {
    if (member === COMMONS) return COMMONS_ACCOUNT;
    if (member === RELIEF) return RELIEF_ACCOUNT;
    const actor = this.stage.actors.find(({ id }) => id === member);
    if (actor === undefined) throw new TypeError(`member ${member} is not on stage`);
    return actor.isil;
  }

  serviceOf(code: string): ServiceId {
    const service = this.stage.preset.services.find((one) => one.code === code);
    if (service === undefined) throw new TypeError(`the preset has no service "${code}"`);
    return serviceId(service.id);
  }

  /** A number that the supplier has not used. */
  nextNumber(supplier: Account): StatementNumber {
    const next = (this.#numbers.get(supplier) ?? 0) + 1;
    this.#numbers.set(supplier, next);
    return statementNumber(next);
  }
}
