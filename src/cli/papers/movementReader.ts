import type { Interface } from "ethers";
import type { AuditBlock, RawLog } from "../../auditor/chain/block.ts";
import type { Site } from "../../auditor/chain/discover.ts";
import { createEventReader, type EventReader } from "../../auditor/fold/decode.ts";
import { tierIn } from "../../auditor/fold/membership.ts";
import type { FoldState } from "../../auditor/fold/state.ts";
import {
  Advances__factory,
  Claims__factory,
  CreditToken__factory,
  Ledger__factory,
  Pricing__factory,
  Reversals__factory,
} from "../../chain/types/index.ts";
import type { Hash, MemberId } from "../../core/ids.ts";
import { toHash } from "../../core/keccak.ts";
import { credits, type Credits } from "../../core/money.ts";
import { addMonths, periodOf, type PeriodId } from "../../core/period.ts";
import { unitOf } from "../../core/quote.ts";
import { lineGross } from "../../core/schedule.ts";
import { decodeBatch, decodeUnsigned, type Statement } from "../../core/statement.ts";
import type { ChargedLine, Movement } from "../../documents/journal/movement.ts";
import { RULES, type Surroundings, type Told } from "./logRules.ts";

/** Where a month of the book ended. */
export interface Close {
  readonly block: number;
  readonly tx: string;
  /** Seconds since 1970. */
  readonly at: number;
}

/** A log that was read, with its place. */
interface Read extends Told {
  readonly log: RawLog;
}

/** Tells what moved money from blocks of logs, transaction by transaction. */
export class MovementReader {
  readonly movements: Movement[] = [];
  readonly closes = new Map<PeriodId, Close>();
  open: PeriodId;
  readonly #state: FoldState;
  readonly #sources = new Map<string, { readonly name: string; readonly read: EventReader }>();
  readonly #statements = new Map<Hash, Statement>();
  readonly #promises = new Map<MemberId, Credits>();

  /** @param state what the fold has made of the logs; it goes ahead of this reader by a block */
  constructor(site: Site, state: FoldState) {
    this.#state = state;
    this.open = periodOf(site.created.timestamp);
    this.#listen("ledger", site.ledger, Ledger__factory);
    this.#listen("pricing", site.pricing, Pricing__factory);
    this.#listen("claims", site.claims, Claims__factory);
    this.#listen("reversals", site.reversals, Reversals__factory);
    this.#listen("advances", site.advances, Advances__factory);
    this.#listen("credit", site.credit, CreditToken__factory);
  }

  /** Takes the next block. */
  take({ timestamp, logs }: AuditBlock): void {
    let events: Read[] = [];
    for (const log of logs) {
      const source = this.#sources.get(log.address);
      if (source === undefined) continue;
      if (events[0] !== undefined && events[0].log.txHash !== log.txHash) {
        this.#takeTransaction(events, timestamp);
        events = [];
      }
      events.push({ from: source.name, ...source.read(log), log });
    }
    this.#takeTransaction(events, timestamp);
  }

  #listen(name: string, address: string | undefined, factory: { createInterface(): Interface }): void {
    if (address === undefined) return;
    this.#sources.set(address.toLowerCase(), { name, read: createEventReader(factory.createInterface()) });
  }

  #takeTransaction(events: readonly Read[], at: number): void {
    for (const event of events) this.#note(event);
    for (const [place, event] of events.entries()) {
      const { log, from, name } = event;
      const around = this.#around(events, place);
      for (const fact of RULES[from]?.[name]?.(event, around) ?? []) {
        const { blockNumber: block, logIndex, txHash: tx } = log;
        this.movements.push({ block, log: logIndex, tx, at, month: this.open, ...fact });
      }
      if (name === "PeriodClosed" && from === "ledger") {
        this.closes.set(this.open, { block: log.blockNumber, tx: log.txHash, at });
        this.open = addMonths(this.open, 1);
      }
    }
  }

  /** Keeps statements by their digests, for events that tell no more of them. */
  #note({ from, name, args }: Read): void {
    const supplier = args.supplier as MemberId;
    if (from === "ledger" && name === "StatementsPosted") {
      for (const { statement } of decodeBatch(supplier, args.statements as Uint8Array)) {
        const digest = new Uint8Array(32);
        this.#state.hashStatement(statement, digest, 0);
        this.#statements.set(toHash(digest), statement);
      }
    } else if (from === "claims" && name === "ClaimOpened") {
      this.#statements.set(args.claim as Hash, decodeUnsigned(supplier, args.statement as Uint8Array));
    }
  }

  #around(events: readonly Told[], at: number): Surroundings {
    return {
      ...{ events, at },
      statement: (digest) => this.#statements.get(digest),
      isGrant: (relief) => this.#state.reliefs.termsOf(relief)?.isGrant === true,
      contractAt: (address) => this.#sources.get(address.toLowerCase())?.name,
      priced: (statement, gross, fee) => this.#priced(statement, gross, fee),
      promise: (member, change) => {
        const left = credits((this.#promises.get(member) ?? 0n) + change);
        this.#promises.set(member, left);
        return left;
      },
    };
  }

  /** Lines at the prices of their month: a month's prices never change once it has begun. */
  #priced(statement: Statement, gross: Credits, fee: Credits): readonly ChargedLine[] | undefined {
    const { supplier, consumer, period, lines } = statement;
    const [giving, drawing] = [this.#state.termsOf(supplier), this.#state.termsOf(consumer)];
    const { kind = 0, region = 0 } = this.#state.register.member(consumer) ?? {};
    const order = {
      ...{ supplier, consumer, period, kind, region, countersigned: true, reliefRoom: 0n },
      ...{ tier: tierIn(drawing, period), supplierTier: tierIn(giving, period) },
      choosy: giving.choosy || drawing.choosy,
    };
    const priced = lines.flatMap((line): ChargedLine[] => {
      const unit = unitOf(order, this.#state.policies, line.service);
      if (unit === undefined) return [];
      const part = { gross: lineGross(unit, line.quantity), fee: credits(unit.fee * BigInt(line.quantity)) };
      return [{ ...line, ...part }];
    });
    const sum = (pick: (line: ChargedLine) => bigint) => priced.reduce((all, line) => all + pick(line), 0n);
    const exact =
      priced.length === lines.length &&
      sum((line) => line.gross) === gross &&
      sum((line) => line.fee) === fee;
    return exact ? priced : undefined;
  }
}
