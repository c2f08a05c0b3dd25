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
import { admissible, explainBreach, faultName, price, spellBreach, type Breach } from "./faults.ts";
import { sentence, tell } from "./ground.ts";
import { RIGHTS } from "./keys.ts";
import { tierIn } from "./membership.ts";
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
};

/** Statements: whether each could be posted, what it costs, who signed it. Twin of contracts/ledger/Posting.sol. */
export class Posting {
  readonly #state: FoldState;
  #skips: Skip[] = [];

  constructor(state: FoldState) {
    this.#state = state;
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
    const debts: Omit<LoggedDebt, "place">[] = [];
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
    this.#compareDebts(debts, owed, batch.supplier);
    const root = batchRoot(leaves);
    if (root !== batch.batchRoot) {
      const message = `The root of a batch of member ${batch.supplier} does not commit to its statements and charges.`;
      const figures = { expected: root, found: batch.batchRoot };
      this.#state.ground.find("BatchRootWrong", message, { member: batch.supplier, ...figures });
    }
  }

  /** A posted statement: every rule held, or there is a finding; it is booked as it was charged. */
  #post(
    signed: SignedStatement,
    gross: Credits,
    fee: Credits,
    root: Hash,
    debts: Omit<LoggedDebt, "place">[],
  ): BatchLeaf {
    const { statement } = signed;
    const { supplier, consumer, number } = statement;
    const { book, numbers, counts, ground } = this.#state;
    const { breach, tier, ...due } = this.#judge(signed);
    if (breach !== undefined) {
      const message = `${nameOf(statement)} was posted, and ${explainBreach(breach)}`;
      this.#find(CODES[breach.fault] ?? "StatementInadmissible", message, signed, {
        expected: spellBreach(breach),
        found: "posted",
      });
    }
    if (due.gross !== gross || due.fee !== fee) {
      const figures = {
        expected: `${tell.amount(due.gross)} and ${tell.amount(due.fee)} fee`,
        found: `${tell.amount(gross)} and ${tell.amount(fee)} fee`,
      };
      const message = `${nameOf(statement)} was charged ${figures.found}, and the schedule of ${tell.month(statement.period)} says ${figures.expected}.`;
      this.#find("PriceWrong", message, signed, figures);
      if (breach === undefined && gross + fee > statement.maximum) {
        const above = `${nameOf(statement)} was charged ${tell.amount(gross + fee)}, and its consumer signed at most ${tell.amount(statement.maximum)}.`;
        this.#find("AboveMaximum", above, signed, { found: tell.amount(gross + fee) });
      }
    }
    const digest = this.#digest(signed);
    this.#sign(signed, digest, "NotCountersigned");
    numbers.add(supplier, number);
    const before = book.accounts.debtsOf(consumer);
    const owed = book.charge(supplier, consumer, gross, fee);
    if (owed > 0n && before + owed > MAX_ACKNOWLEDGED) {
      const message = `${nameOf(statement)} had member ${consumer} acknowledge more than debts can count.`;
      this.#find("DebtWrong", message, signed);
    }
    const feeOwed = owed < fee ? owed : fee;
    if (owed > feeOwed) debts.push({ debtor: consumer, creditor: supplier, amount: owed - feeOwed });
    if (feeOwed > 0n) debts.push({ debtor: consumer, creditor: COMMONS, amount: feeOwed });
    this.#state.noteDebts(consumer);
    this.#state.countCharge(supplier, consumer, gross, fee, owed);
    counts.statements += 1;
    const charge = { gross, period: book.openPeriod, at: ground.now, batchRoot: root };
    const hash = toHash(digest);
    this.#state.statements.add({
      statement,
      digest: hash,
      how: "posted",
      gross,
      tier,
      place: ground.place,
      charge,
    });
    return { digest: hash, gross, fee, acknowledged: owed };
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
    const { breach, gross, fee } = this.#judge(signed);
    const due = gross + fee;
    const room = this.#state.book.accounts.room(statement.consumer);
    const lacks = due > room;
    if (breach === undefined && logged.fault === "NotCountersigned") {
      const signer = `0x${logged.found.toString(16).padStart(40, "0")}`;
      this.#sign(signed, this.#digest(signed), "SkipWrong", signer);
      return;
    }
    const expected =
      breach ?? (lacks ? { fault: "NoRoom" as const, found: due, limit: BigInt(room) } : undefined);
    if (spellBreach(logged) !== spellBreach(expected)) {
      const message = `${nameOf(statement)} was left out as ${spellBreach(logged)}, and by the rules it is ${spellBreach(expected)}.`;
      const figures = { expected: spellBreach(expected), found: spellBreach(logged) };
      this.#find("SkipWrong", message, signed, figures);
    } else if (logged.fault === "NoRoom") this.#sign(signed, this.#digest(signed), "SkipWrong");
  }

  /** What the rules say of a statement up to its signature. */
  #judge({ statement }: SignedStatement) {
    const { ground, numbers, schedule, register } = this.#state;
    const [supplier, consumer] = [
      this.#state.termsOf(statement.supplier),
      this.#state.termsOf(statement.consumer),
    ];
    const used = numbers.has(statement.supplier, statement.number);
    const tier = tierIn(consumer, statement.period);
    const early = admissible(statement, ground.month, supplier, consumer, used);
    // The ledger asks about choices only where it knows of some.
    const choices = supplier.choosy || consumer.choosy ? register.made.choices : undefined;
    const { gross, fee, breach } = price(schedule.prices, statement, tier, choices);
    return { gross, fee, tier, breach: early ?? breach };
  }

  #digest({ statement }: SignedStatement): Uint8Array {
    const digest = new Uint8Array(32);
    this.#state.hashStatement(statement, digest, 0);
    return digest;
  }

  #sign(signed: SignedStatement, digest: Uint8Array, code: FindingCode, refused?: string): void {
    const { statement, countersignature } = signed;
    const { position, place } = this.#state.ground;
    this.#state.signatures.add(digest, countersignature, {
      ...{ member: statement.consumer, right: RIGHTS.countersign, position, place, code },
      statement: refOf(statement),
      what: () => sentence(nameOf(statement)),
      ...(refused === undefined ? {} : { refused }),
    });
  }

  /** Debts that were logged with a batch must be those that found no room, in their order. */
  #compareDebts(
    due: readonly Omit<LoggedDebt, "place">[],
    logged: readonly LoggedDebt[],
    member: MemberId,
  ): void {
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
export function spellDebt({ debtor, creditor, amount }: Omit<LoggedDebt, "place">): string {
  return `${tell.amount(amount)} of ${tell.member(debtor)} to ${tell.member(creditor)}`;
}
