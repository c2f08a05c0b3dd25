import type { Interface } from "ethers";
import {
  Advances__factory,
  Charter__factory,
  Claims__factory,
  Compensation__factory,
  CreditToken__factory,
  FeeSchedule__factory,
  Ledger__factory,
  Pricing__factory,
  Register__factory,
  Resources__factory,
  Reversals__factory,
} from "../../chain/types/index.ts";
import type { AuditBlock, RawLog } from "../chain/block.ts";
import { Cashier } from "./cashier.ts";
import { Claims } from "./claims.ts";
import { CompensationFold } from "./compensation.ts";
import { CreditFold } from "./credit.ts";
import { createEventReader, LogUnreadable, type EventReader } from "./decode.ts";
import { DeskBook } from "./deskbook.ts";
import { GovernanceFold } from "./governance/governance.ts";
import { Invoices } from "./invoices.ts";
import type { LegsFold } from "./legs.ts";
import { Months } from "./months.ts";
import { Posting } from "./posting.ts";
import { Pots } from "./pots.ts";
import { ReliefsFold } from "./reliefs.ts";
import { Reversals } from "./reversals.ts";
import { Settlement } from "./settlement.ts";
import type { FoldState } from "./state.ts";

/** What takes one contract's events, by their names; events that nobody takes change nothing that is audited. */
type Handlers = Readonly<Record<string, ((event: never) => void) | undefined>>;

interface Source {
  readonly name: string;
  readonly read: EventReader;
  readonly handlers: Handlers;
}

/** Folds logs into the state that they come to, and finds where they break a rule. */
export class Fold {
  readonly state: FoldState;
  readonly cashier: Cashier;
  readonly claims: Claims;
  readonly reversals: Reversals;
  readonly governance: GovernanceFold;
  readonly reliefs: ReliefsFold;
  readonly legs: LegsFold;
  readonly compensation: CompensationFold;
  readonly invoices: Invoices;
  readonly credit: CreditFold;
  blocks = 0;
  logs = 0;
  readonly #posting: Posting;
  readonly #months: Months;
  readonly #desks: DeskBook;
  readonly #settlement: Settlement;
  readonly #pots: Pots;
  readonly #sources = new Map<string, Source>();
  #tx = "";
  #last = { block: -1, logIndex: -1, timestamp: 0 };

  constructor(state: FoldState) {
    this.state = state;
    this.#pots = new Pots(state);
    this.invoices = new Invoices(state);
    this.cashier = new Cashier(state, this.#pots, this.invoices);
    this.#posting = new Posting(state);
    this.legs = this.#posting.legs;
    this.#months = new Months(state);
    this.#desks = new DeskBook(state);
    this.claims = new Claims(state);
    this.#settlement = new Settlement(state, this.claims, this.#desks);
    this.reversals = new Reversals(state, this.#desks);
    this.reliefs = new ReliefsFold(state, this.#pots);
    this.compensation = new CompensationFold(state, this.#pots);
    this.credit = new CreditFold(state.ground);
    this.governance = new GovernanceFold(state);
    const { charter, register, site, schedule, attestors, works } = state;
    const joined = (...parts: { readonly handlers: object }[]): object =>
      Object.assign({}, ...parts.map(({ handlers }) => handlers)) as object;
    const book = joined(this.#months, this.cashier, this.#posting, this.#desks, this.#pots);
    const members = joined(register, register.made, register.agreed);
    const pricing = joined(this.reliefs, this.legs, attestors);
    this.#listen(site.charter, "charter", Charter__factory, joined(charter, this.governance.operations));
    this.#listen(site.register, "register", Register__factory, members);
    this.#listen(site.schedule, "schedule", FeeSchedule__factory, schedule.handlers);
    this.#listen(site.ledger, "ledger", Ledger__factory, book);
    this.#listen(site.claims, "claims desk", Claims__factory, joined(this.claims, this.#settlement));
    this.#listen(site.reversals, "reversals desk", Reversals__factory, this.reversals.handlers);
    this.#listen(site.advances, "advances desk", Advances__factory, this.invoices.handlers);
    this.#listen(site.pricing, "pricing desk", Pricing__factory, pricing);
    this.#listen(site.resources, "works", Resources__factory, works.handlers);
    const { handlers } = this.compensation;
    this.#listen(site.compensation, "compensation desk", Compensation__factory, handlers);
    this.#listen(site.credit, "credit token", CreditToken__factory, this.credit.handlers);
    for (const { address, name, factory, handlers: takes } of this.governance.sources()) {
      this.#listen(address, name, factory, takes);
    }
  }

  /** Takes the next block. */
  take({ number, timestamp, logs }: AuditBlock): void {
    this.blocks += 1;
    for (const log of logs) {
      if (log.txHash !== this.#tx || log.blockNumber !== this.#last.block) this.#endTransaction();
      this.state.ground.enter(log, timestamp);
      this.#checkOrder(log, number, timestamp);
      this.#tx = log.txHash;
      this.logs += 1;
      this.#takeLog(log);
    }
    this.#endTransaction();
  }

  #listen(
    address: string | undefined,
    name: string,
    factory: { createInterface(): Interface },
    handlers: object,
  ): void {
    if (address === undefined) return;
    const read = createEventReader(factory.createInterface());
    this.#sources.set(address.toLowerCase(), { name, read, handlers: handlers as Handlers });
  }

  #takeLog(log: RawLog): void {
    const { ground, charter } = this.state;
    const source = this.#sources.get(log.address);
    if (source === undefined) {
      ground.find("LogForeign", `A log of ${log.address}, which is no contract of this consortium.`);
      return;
    }
    if (source.name === "charter") charter.begin();
    try {
      const { name, args } = source.read(log);
      this.governance.notice(source.name, log.address, name, args);
      source.handlers[name]?.(args as never);
    } catch (error) {
      if (!(error instanceof LogUnreadable)) throw error;
      ground.find(error.code, `A log of the ${source.name} cannot be read: ${error.message}.`);
    }
  }

  /** A transaction's logs explain each other; what is left over at its end nobody explained. */
  #endTransaction(): void {
    this.#posting.endTransaction();
    this.#settlement.endTransaction();
    this.reversals.endTransaction();
    this.#desks.endTransaction();
    this.#pots.endTransaction();
    this.invoices.endTransaction();
    this.credit.endTransaction();
    this.#months.endTransaction();
    this.state.register.endTransaction();
    this.governance.endTransaction();
    this.#tx = "";
  }

  #checkOrder(log: RawLog, block: number, timestamp: number): void {
    const last = this.#last;
    const after =
      log.blockNumber > last.block || (log.blockNumber === last.block && log.logIndex > last.logIndex);
    if (!after || log.blockNumber !== block || timestamp < last.timestamp) {
      const message = `Log ${log.logIndex} of block ${log.blockNumber} comes after log ${last.logIndex} of block ${last.block}.`;
      this.state.ground.find("LogsReordered", message);
    }
    this.#last = { block: log.blockNumber, logIndex: log.logIndex, timestamp };
  }
}
