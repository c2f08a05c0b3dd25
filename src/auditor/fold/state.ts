import { Book, type Legs } from "../../core/book.ts";
import { createStatementHasher, ledgerSeparator, type StatementHasher } from "../../core/digest.ts";
import { COMMONS, RELIEF, type MemberId } from "../../core/ids.ts";
import { treeDomain } from "../../core/leaf.ts";
import type { Hash } from "../../core/ids.ts";
import { periodOf } from "../../core/period.ts";
import type { Policies } from "../../core/quote.ts";
import { Reliefs } from "../../core/relief.ts";
import type { Site } from "../chain/discover.ts";
import type { Engine } from "../engine/engine.ts";
import type { Findings, Place } from "../finding.ts";
import type { Flow } from "../flows.ts";
import type { AuditTerms } from "../terms.ts";
import { Attestors } from "./attestors.ts";
import { CharterFold } from "./charter.ts";
import { Ground, tell } from "./ground.ts";
import { Pauses } from "./pauses.ts";
import { type Terms } from "./membership.ts";
import { RegisterFold } from "./register.ts";
import { ScheduleFold } from "./schedule.ts";
import { Signatures } from "./signatures.ts";
import { Numbers, Statements } from "./statements.ts";
import { Tally } from "./tally.ts";
import { WorksFold } from "./works.ts";

/** A debt that was logged and waits for the event that explains it. */
export interface LoggedDebt {
  readonly debtor: MemberId;
  readonly creditor: MemberId;
  readonly amount: bigint;
  readonly place: Place;
}

/** How often each kind of event came. */
const NONE = {
  ...{ batches: 0, statements: 0, skipped: 0, closes: 0, deposits: 0, withdrawals: 0, advances: 0 },
  ...{ debtPayments: 0, claims: 0, disputes: 0, awards: 0, appeals: 0, claimsCharged: 0 },
  ...{ refunds: 0, duplicates: 0, elections: 0, ballots: 0, proposals: 0, seats: 0, amendments: 0 },
  ...{ relieved: 0, royalties: 0, grants: 0, compensations: 0, invoices: 0 },
};

const NEVER: Terms = { since: 0, until: 0, tierSince: 0, tier: 0, priorTier: 0, choosy: false };

/** All that the logs have come to so far, shared by the parts of the fold. */
export class FoldState {
  readonly site: Site;
  readonly ground: Ground;
  readonly charter: CharterFold;
  readonly register: RegisterFold;
  readonly schedule: ScheduleFold;
  readonly works: WorksFold;
  /** Who pays less, and what was paid of it. */
  readonly reliefs = new Reliefs();
  readonly attestors: Attestors;
  readonly book: Book;
  readonly tally = new Tally();
  readonly pauses = new Pauses();
  readonly numbers = new Numbers();
  readonly statements = new Statements();
  readonly signatures: Signatures;
  readonly counts = { ...NONE };
  /** Digests of the receipts that were shown: each counts once. */
  readonly receipts = new Set<string>();
  readonly terms: AuditTerms | undefined;
  readonly hashStatement: StatementHasher;
  /** EIP-712 separator of everything signed for the ledger, and the domain of its records. */
  readonly separator: Uint8Array;
  readonly recordDomain: Hash;
  /** Membership months and tiers as the ledger's accounts have them. */
  readonly accounts = new Map<MemberId, Terms>();
  /** When an account's debts last rose from zero. */
  readonly indebtedSince = new Map<MemberId, number>();
  /** Debts acknowledged and cancelled in this transaction, until they are explained. */
  owed: LoggedDebt[] = [];
  cancelled: LoggedDebt[] = [];

  constructor(site: Site, engine: Engine, findings: Findings, terms: AuditTerms | undefined) {
    this.site = site;
    this.terms = terms;
    this.ground = new Ground(findings);
    this.charter = new CharterFold(this.ground, site.charter);
    this.register = new RegisterFold(this.ground, site.ledger);
    this.schedule = new ScheduleFold(this.ground);
    this.works = new WorksFold(this.ground, (member) => this.register.member(member));
    this.attestors = new Attestors(this.ground);
    this.book = new Book(periodOf(site.created.timestamp));
    this.signatures = new Signatures(engine, this.register.keys, findings);
    this.hashStatement = createStatementHasher(site.chainId, site.ledger);
    this.separator = ledgerSeparator(site.chainId, site.ledger);
    this.recordDomain = treeDomain(site.chainId, site.ledger);
  }

  /** What a quote is made of, as of now. */
  get policies(): Policies {
    const { schedule, register, reliefs, works } = this;
    return {
      ...{ schedule: schedule.prices, reliefs, works: works.works },
      ...{ choices: register.made.choices, agreements: register.agreed.agreements },
      actOf: (service, month) => schedule.actOf(service, month),
    };
  }

  /** What RELIEF can still pay. */
  get reliefRoom(): bigint {
    const holding = this.book.accounts.holding(RELIEF);
    return holding > 0n ? holding : 0n;
  }

  /** Months and tiers as the ledger knows them; nobody's where it does not know the account. */
  termsOf(member: MemberId): Terms {
    return this.accounts.get(member) ?? NEVER;
  }

  /** Whether the ledger knows an account; a finding where it does not. */
  known(member: MemberId): boolean {
    if (this.accounts.has(member)) return true;
    this.ground.find("MemberUnknown", `The ledger never opened account ${member}.`, { member });
    return false;
  }

  /** Counts an amount into an account's open month. */
  count(member: MemberId, flow: Flow, amount: bigint): void {
    this.tally.add(this.book.openPeriod, member, flow, amount);
  }

  /** What was billed, and the part of it that became debts. */
  countCharge(supplier: MemberId, consumer: MemberId, gross: bigint, fee: bigint, owed: bigint): void {
    const feeOwed = owed < fee ? owed : fee;
    this.count(supplier, "given", gross);
    this.count(consumer, "drawn", gross);
    this.count(consumer, "fees", fee);
    this.count(COMMONS, "feesEarned", fee);
    this.countDebt(consumer, supplier, owed - feeOwed);
    this.countDebt(consumer, COMMONS, feeOwed);
  }

  /** What others paid and got of it. */
  countLegs(consumer: MemberId, { relieved, granted, royalties }: Legs): void {
    this.count(consumer, "relieved", relieved);
    this.count(RELIEF, "reliefPaid", relieved);
    this.count(RELIEF, "fromSetAside", granted);
    for (const { holder, amount } of royalties) {
      this.count(consumer, "royalties", amount);
      this.count(holder, "royaltiesEarned", amount);
    }
  }

  countDebt(debtor: MemberId, creditor: MemberId, amount: bigint): void {
    this.count(debtor, "debtsAcknowledged", amount);
    this.count(creditor, "debtsOwed", amount);
  }

  /** Keeps when an account's debts rose from zero; called after each change of them. */
  noteDebts(member: MemberId): void {
    if (this.book.accounts.debtsOf(member) === 0n) this.indebtedSince.delete(member);
    else if (!this.indebtedSince.has(member)) this.indebtedSince.set(member, this.ground.now);
  }

  /** Whatever posts or settles waits while posting is paused or a close is due. */
  checkPosting(what: string): void {
    const { now, month } = this.ground;
    if (this.pauses.paused(now)) {
      const message = `${what} at ${tell.time(now)}, and posting was paused until ${tell.time(this.pauses.until)}.`;
      this.ground.find("PostedWhilePaused", message);
    }
    if (this.book.openPeriod < month) {
      const message = `${what} in ${tell.month(month)}, and ${tell.month(this.book.openPeriod)} was still to be closed.`;
      this.ground.find("PostedBeforeClose", message);
    }
  }
}
