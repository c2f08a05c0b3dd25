import type { MemberId, StatementNumber } from "../../core/ids.ts";
import { decodeLeg, sumLegs, type Leg } from "../../core/legs.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import { POSTING_WINDOW, type PeriodId } from "../../core/period.ts";
import type { Statement } from "../../core/statement.ts";
import { sentence, tell } from "./ground.ts";
import type { FoldState } from "./state.ts";
import { nameOf, refOf } from "./statements.ts";

export interface LegEvents {
  LegsSettled: {
    supplier: MemberId;
    number: StatementNumber;
    consumer: MemberId;
    granted: bigint;
    legs: readonly bigint[];
  };
}

/** What others pay and get of a statement, as it was logged. */
export interface SettledLegs {
  readonly legs: readonly Leg[];
  readonly relieved: Credits;
  readonly royalties: Credits;
  /** The part of the relief that came out of grants. */
  readonly granted: Credits;
}

const NOTHING: SettledLegs = { legs: [], relieved: ZERO, royalties: ZERO, granted: ZERO };

/**
 * What others pay and get of statements. The pricing desk logs it before the ledger logs the batch, statement by statement;
 * it waits here for its statement. Twin of `settle` in contracts/desks/Pricing.sol.
 */
export class LegsFold {
  /** For whom which relief paid in which month of service that can still be posted. */
  readonly paid = new Map<
    string,
    { readonly relief: number; readonly member: MemberId; readonly period: PeriodId }
  >();
  readonly #state: FoldState;
  #waiting: LegEvents["LegsSettled"][] = [];
  #month = 0;

  constructor(state: FoldState) {
    this.#state = state;
  }

  readonly handlers: { [K in keyof LegEvents]: (event: LegEvents[K]) => void } = {
    LegsSettled: (event) => {
      this.#waiting.push(event);
    },
  };

  /** What was settled for the statement at hand, next in turn; nothing where nothing was. */
  take({ supplier, consumer, number }: Statement): SettledLegs {
    const next = this.#waiting[0];
    if (next?.supplier !== supplier || next.number !== number) return NOTHING;
    this.#waiting.shift();
    if (next.consumer !== consumer) {
      const message = `What others pay of ${nameOf(next)} was settled for a statement for member ${consumer}.`;
      this.#state.ground.find("LegsUnexplained", message, { member: next.consumer });
    }
    const legs = next.legs.map(decodeLeg);
    return {
      ...{ legs, relieved: sumLegs(legs, "aid"), royalties: sumLegs(legs, "royalty") },
      granted: credits(next.granted),
    };
  }

  /** Notes what was settled as paid, and compares what came out of grants. */
  settle(statement: Statement, { legs, granted }: SettledLegs): void {
    const { reliefs } = this.#state;
    const { consumer: member, period } = statement;
    this.#forget();
    for (const leg of legs) {
      if (leg.kind === "aid")
        this.paid.set(`${leg.relief}/${member}/${period}`, { relief: leg.relief, member, period });
    }
    const known = legs.filter((leg) => leg.kind === "royalty" || reliefs.termsOf(leg.relief) !== undefined);
    if (known.length < legs.length) {
      this.#find("LegsWrong", statement, "was relieved by a relief that nobody opened");
    }
    const due = reliefs.settle(statement.consumer, statement.period, known);
    if (due === granted) return;
    const figures = { expected: tell.amount(due), found: tell.amount(granted) };
    this.#find(
      "LegsWrong",
      statement,
      `took ${figures.found} from grants instead of ${figures.expected}`,
      figures,
    );
  }

  /** Lets go of months that nothing can be posted for any more, once a month. */
  #forget(): void {
    const { month } = this.#state.ground;
    if (month === this.#month) return;
    this.#month = month;
    for (const [key, { period }] of this.paid) if (period + POSTING_WINDOW < month) this.paid.delete(key);
  }

  /** Compares what was settled with what the rules say of a statement. */
  compare(statement: Statement, due: readonly Leg[], { legs }: SettledLegs): void {
    const [expected, found] = [spellLegs(due), spellLegs(legs)];
    if (expected === found) return;
    const figures = { expected, found };
    this.#find(
      "LegsWrong",
      statement,
      `was settled with ${found}, and by the rules it is ${expected}`,
      figures,
    );
  }

  /** Ends a transaction: whatever was settled belongs to a posted statement. */
  endTransaction(): void {
    for (const one of this.#waiting) {
      const message = `What others pay and get of ${nameOf(one)} was settled, and it was not posted.`;
      this.#state.ground.find("LegsUnexplained", message, { member: one.consumer, statement: refs(one) });
    }
    this.#waiting = [];
  }

  #find(
    code: "LegsWrong",
    statement: Statement,
    what: string,
    figures: { expected?: string; found?: string } = {},
  ): void {
    const message = sentence(`${nameOf(statement)} ${what}.`);
    const details = { member: statement.consumer, statement: refOf(statement), ...figures };
    this.#state.ground.find(code, message, details);
  }
}

const refs = ({ supplier, consumer, number }: LegEvents["LegsSettled"]) => ({ supplier, consumer, number });

/** Legs in one spelling. */
function spellLegs(legs: readonly Leg[]): string {
  const texts = legs.map((leg) =>
    leg.kind === "aid"
      ? `${tell.amount(leg.amount)} by relief ${leg.relief}`
      : `${tell.amount(leg.amount)} to ${tell.member(leg.holder)}`,
  );
  return texts.join("; ") || "nothing";
}
