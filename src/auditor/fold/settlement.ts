import { hashBatchLeaf } from "../../core/batch.ts";
import { COMMONS, type Hash } from "../../core/ids.ts";
import { credits, ZERO } from "../../core/money.ts";
import type { Claims, OpenClaim, Stage } from "./claims.ts";
import type { ChargedClaim, DeskBook } from "./deskbook.ts";
import { tell } from "./ground.ts";
import type { FoldState } from "./state.ts";

export interface SettlementEvents {
  ClaimEnded: { claim: Hash; outcome: number; gross: bigint; fee: bigint; acknowledged: bigint };
}

/** How each outcome comes about: from which stages, whether only after their time, and what is charged. */
interface Course {
  readonly stages: readonly Stage[];
  readonly over: boolean;
  due(claim: OpenClaim): { readonly gross: bigint; readonly fee: bigint } | undefined;
}

const nothing = { gross: 0n, fee: 0n };
const whole = ({ gross, fee }: OpenClaim) => ({ gross, fee });
const told =
  (outcome: "accepted" | "proven") =>
  ({ ending }: OpenClaim) =>
    ending?.outcome === outcome ? ending : undefined;

/** In the order of the contract's `Outcome`. */
const COURSES: readonly (Course & { readonly name: string })[] = [
  { name: "unchallenged", stages: ["open"], over: true, due: whole },
  { name: "accepted", stages: ["open", "disputed"], over: false, due: told("accepted") },
  { name: "proven", stages: ["open", "disputed"], over: false, due: told("proven") },
  { name: "awarded", stages: ["awarded", "appealed", "ruled"], over: true, due: ({ awarded }) => awarded },
  { name: "withdrawn", stages: ["open", "disputed"], over: false, due: () => nothing },
  { name: "lapsed", stages: ["disputed"], over: true, due: () => nothing },
];

/** How claims end: by an outcome that their course allows, charged as it says, the bond to whom it belongs. */
export class Settlement {
  readonly #state: FoldState;
  readonly #claims: Claims;
  readonly #desks: DeskBook;

  constructor(state: FoldState, claims: Claims, desks: DeskBook) {
    this.#state = state;
    this.#claims = claims;
    this.#desks = desks;
  }

  readonly handlers: { [K in keyof SettlementEvents]: (event: SettlementEvents[K]) => void } = {
    ClaimEnded: (event) => {
      const { claim: id, outcome, gross, fee } = event;
      const [bond, charged] = [
        this.#desks.takeReleased(),
        gross + fee === 0n ? undefined : this.#desks.takeCharged(),
      ];
      const claim = this.#claims.open.get(id);
      if (claim === undefined) {
        this.#state.ground.find("ClaimUnknown", `The claim ${id} ended, and no such claim is open.`, {
          found: id,
        });
        return;
      }
      const course = COURSES[outcome];
      if (course === undefined)
        this.#claims.find("OutcomeWrong", claim, `ended with outcome ${outcome}, which there is not`);
      else this.#checkCourse(claim, course, gross, fee);
      this.#checkBond(claim, course?.name, gross + fee === 0n, bond);
      this.#claims.close(id, claim);
      if (gross + fee > 0n) this.#checkCharge(claim, event, charged);
    },
  };

  /** Ends a transaction: each claim has its bond, and none was accepted or proven without ending. */
  endTransaction(): void {
    for (const claim of this.#claims.takeOpened()) {
      const bond = this.#desks.takeLocked();
      const { supplier, number } = claim.known.statement;
      const due = this.#claims.terms?.bond ?? bond?.amount ?? 0n;
      claim.bond = bond?.amount ?? 0n;
      if (bond?.supplier === supplier && bond.number === number && bond.amount === due) continue;
      const figures = {
        expected: tell.amount(due),
        found: bond === undefined ? "none" : tell.amount(bond.amount),
      };
      this.#claims.find(
        "BondWrong",
        claim,
        `put up a bond of ${figures.found} and not of ${figures.expected}`,
        figures,
      );
    }
    for (const claim of this.#claims.open.values()) {
      if (claim.ending === undefined) continue;
      this.#claims.find("OutcomeWrong", claim, `was ${claim.ending.outcome} and did not end`);
      claim.ending = undefined;
    }
  }

  #checkCourse(claim: OpenClaim, course: Course & { name: string }, gross: bigint, fee: bigint): void {
    const left = this.#claims.left(claim);
    if (!course.stages.includes(claim.stage)) {
      const figures = { expected: course.stages.join(" or "), found: claim.stage };
      this.#claims.find("ClaimStageWrong", claim, `ended as ${course.name} and was ${claim.stage}`, figures);
    } else if (course.over && left !== undefined && left > 0) {
      this.#claims.find("ClaimTooEarly", claim, `ended as ${course.name} ${left} seconds before its time`, {
        found: `${left} s left`,
      });
    }
    const due = course.due(claim);
    if (due?.gross === gross && due.fee === fee) return;
    const expected = due === undefined ? `nobody ${course.name} it` : tell.amount(due.gross + due.fee);
    const found = tell.amount(gross + fee);
    this.#claims.find("OutcomeWrong", claim, `ended as ${course.name} with ${found}, and it is ${expected}`, {
      expected,
      found,
    });
  }

  /** Forfeited where it was disputed and nothing came of it, unless nobody judged it or the consumer gave in. */
  #checkBond(
    claim: OpenClaim,
    outcome: string | undefined,
    empty: boolean,
    bond: { readonly member: number; readonly amount: bigint } | undefined,
  ): void {
    const forfeited = empty && claim.stage !== "open" && outcome !== "lapsed" && outcome !== "accepted";
    const to = forfeited ? COMMONS : claim.known.statement.supplier;
    if (bond?.member === to && bond.amount === claim.bond) return;
    const expected = `${tell.amount(claim.bond)} to ${tell.member(to)}`;
    const found = bond === undefined ? "none" : `${tell.amount(bond.amount)} to account ${bond.member}`;
    this.#claims.find("BondWrong", claim, `released a bond of ${found} and not of ${expected}`, {
      expected,
      found,
    });
  }

  #checkCharge(
    claim: OpenClaim,
    { claim: digest, gross, fee, acknowledged }: SettlementEvents["ClaimEnded"],
    charged: ChargedClaim | undefined,
  ): void {
    const { supplier, consumer } = claim.known.statement;
    const expected = `${tell.amount(gross + fee)}, of which ${tell.amount(acknowledged)} as a debt`;
    if (charged === undefined) {
      this.#claims.find("ChargeUnexplained", claim, `ended with ${expected}, and nobody was charged`, {
        expected,
        found: "nothing",
      });
      return;
    }
    const same = charged.supplier === supplier && charged.consumer === consumer && charged.gross === gross;
    if (!same || charged.fee !== fee || charged.acknowledged !== acknowledged) {
      const found = `${tell.amount(charged.gross + charged.fee)}, of which ${tell.amount(charged.acknowledged)} as a debt`;
      this.#claims.find("ChargeWrong", claim, `ended with ${expected}, and ${found} was charged`, {
        expected,
        found,
      });
    }
    const root = hashBatchLeaf({
      digest,
      gross: credits(gross),
      fee: credits(fee),
      acknowledged: credits(charged.acknowledged),
      relieved: ZERO,
    });
    if (root !== charged.batchRoot) {
      this.#claims.find("BatchRootWrong", claim, "was charged under a root that does not commit to it", {
        expected: root,
        found: charged.batchRoot,
      });
    }
    const { book, ground } = this.#state;
    claim.known.charge = {
      gross: credits(gross),
      relieved: ZERO,
      period: book.openPeriod,
      at: ground.now,
      batchRoot: charged.batchRoot,
    };
  }
}
