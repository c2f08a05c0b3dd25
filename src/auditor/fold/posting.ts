import { getBig } from "../../core/abi.ts";
import { batchRoot, type BatchLeaf } from "../../core/batch.ts";
import { MAX_ACKNOWLEDGED } from "../../core/book.ts";
import { ConsortiaError } from "../../core/error.ts";
import { COMMONS, type Hash, type MemberId } from "../../core/ids.ts";
import { toHash } from "../../core/keccak.ts";
import { credits, type Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import { BATCH_LIMIT, decodeBatch, type SignedStatement } from "../../core/statement.ts";
import type { FindingCode } from "../codes.ts";
import { Charging, type DueDebt } from "./charging.ts";
import { explainBreach, faultName, spellBreach, type Breach } from "./faults.ts";
import { sentence, tell } from "./ground.ts";
import { LegsFold, type SettledLegs } from "./legs.ts";
import { askCountersignature, digestOf } from "./countersigned.ts";
import type { FoldState, LoggedDebt } from "./state.ts";
import { nameOf, refOf } from "./statements.ts";

export interface PostingEvents {
  StatementsPosted: {
    supplier: MemberId;
    period: PeriodId;
    batchRoot: Hash;
    posted: bigint;
    statements: Uint8Array;
    charges: Uint8Array;
  };
  StatementSkipped: { supplier: MemberId; number: number; fault: number; found: bigint; limit: bigint };
}

type Skip = PostingEvents["StatementSkipped"];

/** Faults whose name is a finding of its own. */
const CODES: Partial<Record<Breach["fault"], FindingCode>> = {
  NumberUsed: "NumberReused",
  NotOffered: "ServiceNotOffered",
  AboveMaximum: "AboveMaximum",
  LicenceForbids: "LicenceForbids",
};

/** Statements: whether each could be posted, what it costs, who signed it. Twin of contracts/ledger/Posting.sol. */
export class Posting {
  readonly legs: LegsFold;
  readonly #state: FoldState;
  readonly #charging: Charging;
  #skips: Skip[] = [];

  constructor(state: FoldState) {
    this.#state = state;
    this.legs = new LegsFold(state);
    this.#charging = new Charging(state);
  }

  readonly handlers: { [K in keyof PostingEvents]: (event: PostingEvents[K]) => void } = {
    StatementSkipped: (skip) => {
      this.#skips.push(skip);
    },
    StatementsPosted: (batch) => {
      const { ground, counts, book } = this.#state;
      const [skips, owed] = [this.#skips, this.#state.owed];
      [this.#skips, this.#state.owed] = [[], []];
      counts.batches += 1;
      this.#state.checkPosting(`${tell.member(batch.supplier)} posted a batch`);
      if (batch.period !== book.openPeriod) {
        const message = `A batch was booked into ${tell.month(batch.period)}, and ${tell.month(book.openPeriod)} was open.`;
        const figures = { expected: tell.month(book.openPeriod), found: tell.month(batch.period) };
        ground.find("BatchPeriodWrong", message, { member: batch.supplier, ...figures });
      }
      if (!this.#state.known(batch.supplier)) return;
      const statements = this.#read(batch);
      if (statements !== undefined) this.#fold(batch, statements, skips, owed);
    },
  };

  /** Ends a transaction: whatever was skipped belongs to a batch. */
  endTransaction(): void {
    for (const { supplier, number } of this.#skips) {
      const message = `Statement ${number} of member ${supplier} is said to be left out, and no batch holds it.`;
      this.#state.ground.find("SkipUnexplained", message, { member: supplier });
    }
    this.#skips = [];
    this.legs.endTransaction();
  }

  /** The statements of a batch, or undefined where it is none. */
  #read({ supplier, statements, charges, posted }: PostingEvents["StatementsPosted"]) {
    const fail = (why: string): undefined => {
      this.#state.ground.find("BatchMalformed", `A batch of member ${supplier} ${why}.`, {
        member: supplier,
      });
      return undefined;
    };
    let read: SignedStatement[];
    try {
      read = decodeBatch(supplier, statements);
    } catch (error) {
      if (!(error instanceof ConsortiaError)) throw error;
      fail(`cannot be read: ${error.message}`);
      return;
    }
    if (read.length === 0 || read.length > BATCH_LIMIT) {
      fail(`holds ${read.length} statements`);
      return;
    }
    if (charges.length !== 16 * read.length) {
      fail(`holds ${read.length} statements and charges for ${charges.length / 16}`);
      return;
    }
    if (posted >> BigInt(read.length) !== 0n) {
      fail("posts statements that it does not hold");
      return;
    }
    return read;
  }

  #fold(
    batch: PostingEvents["StatementsPosted"],
    statements: readonly SignedStatement[],
    skips: readonly Skip[],
    owed: readonly LoggedDebt[],
  ): void {
    const leaves: BatchLeaf[] = [];
    const debts: DueDebt[] = [];
    const waiting = [...skips];
    statements.forEach((signed, i) => {
      const gross = credits(getBig(batch.charges, 16 * i, 8));
      const fee = credits(getBig(batch.charges, 16 * i + 8, 8));
      if (((batch.posted >> BigInt(i)) & 1n) === 1n) {
        leaves.push(this.#post(signed, gross, fee, batch.batchRoot, debts));
        return;
      }
      if (gross !== 0n || fee !== 0n) {
        const message = `${nameOf(signed.statement)} was left out and charged ${tell.amount(gross + fee)} all the same.`;
        this.#find("PriceWrong", message, signed, { expected: "0.00", found: tell.amount(gross + fee) });
      }
      this.#skip(signed, waiting.shift());
    });
    for (const { number } of waiting) {
      const message = `Statement ${number} of member ${batch.supplier} is said to be left out, and its batch does not hold it.`;
      this.#state.ground.find("SkipUnexplained", message, { member: batch.supplier });
    }
    this.#charging.endBatch();
    this.#compareDebts(debts, owed, batch.supplier);
    const root = batchRoot(leaves);
    if (root !== batch.batchRoot) {
      const message = `The root of a batch of member ${batch.supplier} does not commit to its statements and charges.`;
      const figures = { expected: root, found: batch.batchRoot };
      this.#state.ground.find("BatchRootWrong", message, { member: batch.supplier, ...figures });
    }
  }

  /** A posted statement: every rule held, or there is a finding; it is booked as it was charged. */
  #post(signed: SignedStatement, gross: Credits, fee: Credits, root: Hash, debts: DueDebt[]): BatchLeaf {
    const { statement } = signed;
    const { supplier, consumer, number } = statement;
    const { book, numbers, counts, ground } = this.#state;
    const settled = this.legs.take(statement);
    const { tier, supplierTier } = this.#compare(signed, gross, fee, settled);
    const digest = digestOf(this.#state, statement);
    askCountersignature(this.#state, signed, digest, { code: "NotCountersigned" });
    numbers.add(supplier, number);
    this.legs.settle(statement, settled);
    const before = book.accounts.debtsOf(consumer);
    const { owed, debts: due } = this.#charging.book(statement, gross, fee, settled);
    if (owed > 0n && (settled.royalties > 0n || before + owed > MAX_ACKNOWLEDGED)) {
      const what = settled.royalties > 0n ? "in spite of royalties" : "more than debts can count";
      this.#find(
        "DebtWrong",
        `${nameOf(statement)} had member ${consumer} acknowledge debts ${what}.`,
        signed,
      );
    }
    debts.push(...due);
    counts.statements += 1;
    if (settled.relieved > 0n) counts.relieved += 1;
    if (settled.royalties > 0n) counts.royalties += 1;
    const hash = toHash(digest);
    const { relieved } = settled;
    this.#state.statements.add({
      ...{ statement, digest: hash, how: "posted", gross, tier, supplierTier },
      ...{ place: ground.place, position: ground.position },
      charge: { gross, relieved, period: book.openPeriod, at: ground.now, batchRoot: root },
    });
    return { digest: hash, gross, fee, acknowledged: owed, relieved };
  }

  /** Compares a posted statement with what the rules say of it. */
  #compare(signed: SignedStatement, gross: Credits, fee: Credits, settled: SettledLegs) {
    const { statement } = signed;
    const judged = this.#charging.judge(statement);
    const { breach, quote } = judged;
    if (breach !== undefined) {
      const message = `${nameOf(statement)} was posted, and ${explainBreach(breach)}`;
      this.#find(CODES[breach.fault] ?? "StatementInadmissible", message, signed, {
        expected: spellBreach(breach),
        found: "posted",
      });
    }
    if (judged.gross !== gross || judged.fee !== fee) {
      const figures = {
        expected: `${tell.amount(judged.gross)} and ${tell.amount(judged.fee)} fee`,
        found: `${tell.amount(gross)} and ${tell.amount(fee)} fee`,
      };
      const message = `${nameOf(statement)} was charged ${figures.found}, and the prices of ${tell.month(statement.period)} say ${figures.expected}.`;
      this.#find("PriceWrong", message, signed, figures);
    }
    const due = gross + fee + settled.royalties;
    if (breach === undefined && due > statement.maximum) {
      const message = `${nameOf(statement)} was charged ${tell.amount(due)}, and its consumer signed at most ${tell.amount(statement.maximum)}.`;
      this.#find("AboveMaximum", message, signed, { found: tell.amount(due) });
    }
    // Where something else than the maximum stands against it, nobody can tell what others would have paid.
    if (quote !== undefined) this.legs.compare(statement, quote.legs, settled);
    return judged;
  }

  /** A statement that was left out: for the reason that is logged. */
  #skip(signed: SignedStatement, skip: Skip | undefined): void {
    const { statement } = signed;
    this.#state.counts.skipped += 1;
    if (skip?.supplier !== statement.supplier || skip.number !== statement.number) {
      this.#find("SkipMissing", `${nameOf(statement)} was left out and nothing says why.`, signed);
      return;
    }
    const logged = { ...skip, fault: faultName(skip.fault) ?? "None" };
    const { breach, gross, fee, quote } = this.#charging.judge(statement);
    const due = gross + fee + (quote?.royalties ?? 0n) - (quote?.relieved ?? 0n);
    const room = this.#charging.room(statement.consumer);
    const lacks = due > room;
    if (breach === undefined && logged.fault === "NotCountersigned") {
      const refused = `0x${logged.found.toString(16).padStart(40, "0")}`;
      askCountersignature(this.#state, signed, digestOf(this.#state, statement), {
        code: "SkipWrong",
        refused,
      });
      return;
    }
    if (breach === undefined && logged.fault === "NotAccredited" && statement.consumer === COMMONS) {
      const lacking = Number(logged.found);
      askCountersignature(this.#state, signed, digestOf(this.#state, statement), {
        code: "SkipWrong",
        lacking,
      });
      return;
    }
    const expected = breach ?? (lacks ? { fault: "NoRoom" as const, found: due, limit: room } : undefined);
    if (spellBreach(logged) !== spellBreach(expected)) {
      const message = `${nameOf(statement)} was left out as ${spellBreach(logged)}, and by the rules it is ${spellBreach(expected)}.`;
      const figures = { expected: spellBreach(expected), found: spellBreach(logged) };
      this.#find("SkipWrong", message, signed, figures);
    } else if (logged.fault === "NoRoom") {
      askCountersignature(this.#state, signed, digestOf(this.#state, statement), { code: "SkipWrong" });
    }
  }

  /** Debts that were logged with a batch must be those that found no room, in their order. */
  #compareDebts(due: readonly DueDebt[], logged: readonly LoggedDebt[], member: MemberId): void {
    const expected = due.map(spellDebt).join("; ") || "none";
    const found = logged.map(spellDebt).join("; ") || "none";
    if (expected === found) return;
    const message = `A batch of member ${member} acknowledges debts of ${found}, and ${expected} found no room.`;
    this.#state.ground.find("DebtWrong", message, { member, expected, found });
  }

  #find(
    code: FindingCode,
    message: string,
    { statement }: SignedStatement,
    figures: { expected?: string; found?: string } = {},
  ): void {
    this.#state.ground.find(code, sentence(message), {
      member: statement.consumer,
      statement: refOf(statement),
      ...figures,
    });
  }
}

/** A debt in one spelling. */
export function spellDebt({ debtor, creditor, amount }: DueDebt): string {
  return `${tell.amount(amount)} of ${tell.member(debtor)} to ${tell.member(creditor)}`;
}
