import { getBytes } from "ethers";
import { Claims__factory } from "../../chain/types/index.ts";
import { type Hash, type MemberId } from "../../core/ids.ts";
import { credits, type Credits } from "../../core/money.ts";
import type { Statement } from "../../core/statement.ts";
import type { FindingCode } from "../codes.ts";
import type { ClaimTerms } from "../terms.ts";
import { tell } from "./ground.ts";
import { checkOpening, readOpening, type ClaimOpened } from "./opening.ts";
import { checkReceipts, checkSignature, type ShownReceipts } from "./receipts.ts";
import type { FoldState } from "./state.ts";
import { nameOf, refOf, type KnownStatement } from "./statements.ts";

export interface ClaimEvents {
  ClaimOpened: ClaimOpened;
  ClaimDisputed: { claim: Hash };
  ClaimAccepted: { claim: Hash; signature: Uint8Array };
  ReceiptsShown: { claim: Hash } & ShownReceipts;
  ClaimAwarded: { claim: Hash; arbiter: string; gross: bigint; fee: bigint };
  ClaimAppealed: { claim: Hash; by: MemberId };
  ClaimRuled: { claim: Hash; arbiter: string; gross: bigint; fee: bigint };
}

export type Stage = "open" | "disputed" | "awarded" | "appealed" | "ruled";

/** A claim that has not ended. */
export interface OpenClaim {
  readonly known: KnownStatement;
  readonly gross: Credits;
  readonly fee: Credits;
  stage: Stage;
  /** Reading of the stage's clock when it began. */
  since: number;
  awarded: { readonly gross: bigint; readonly fee: bigint };
  /** Who made the award; nobody yet is undefined. */
  arbiter: string | undefined;
  bond: bigint;
  /** In the transaction at hand: accepted or proven, and for how much. */
  ending:
    { readonly outcome: "accepted" | "proven"; readonly gross: bigint; readonly fee: bigint } | undefined;
}

const pairOf = ({ supplier, consumer }: Statement): string => `${supplier}/${consumer}`;
const ARBITER = 6n;
const selectorOf = (name: "award" | "rule"): string =>
  Claims__factory.createInterface().getFunction(name).selector;

/** Claims from their opening to their last stage. Twin of contracts/desks/Claims.sol and ClaimPrices.sol. */
export class Claims {
  readonly open = new Map<Hash, OpenClaim>();
  readonly #state: FoldState;
  readonly #pairs = new Map<string, number>();
  readonly #selectors = { award: selectorOf("award"), rule: selectorOf("rule") };
  /** Claims of this transaction whose bond was not seen yet. */
  #opened: OpenClaim[] = [];

  constructor(state: FoldState) {
    this.#state = state;
  }

  get terms(): ClaimTerms | undefined {
    return this.#state.terms?.claims;
  }

  readonly handlers: { [K in keyof ClaimEvents]: (event: ClaimEvents[K]) => void } = {
    ClaimOpened: (event) => {
      const read = readOpening(this.#state, event);
      if (read === undefined) return;
      const { statement, tier, supplierTier } = read;
      this.#state.counts.claims += 1;
      const pair = pairOf(statement);
      this.#pairs.set(pair, this.openOf(pair) + 1);
      checkOpening(this.#state, read, event, this.openOf(pair));
      const [gross, fee] = [credits(event.gross), credits(event.fee)];
      const { place, position } = this.#state.ground;
      const known: KnownStatement = {
        ...{ statement, digest: event.claim, how: "claimed", gross, tier, supplierTier },
        ...{ place, position, charge: undefined },
      };
      const claim: OpenClaim = {
        ...{ known, gross, fee, stage: "open", since: this.clock("open") },
        ...{ awarded: { gross: 0n, fee: 0n }, arbiter: undefined, bond: this.terms?.bond ?? 0n },
        ending: undefined,
      };
      this.#state.statements.add(known);
      this.open.set(event.claim, claim);
      this.#opened.push(claim);
    },
    ClaimDisputed: ({ claim: id }) => {
      const claim = this.#in(id, ["open"], "disputed");
      if (claim === undefined) return;
      this.#state.counts.disputes += 1;
      if (this.left(claim) === 0) this.find("ClaimTooLate", claim, "was disputed after its time");
      this.#enter(claim, "disputed");
    },
    ClaimAccepted: ({ claim: id, signature }) => {
      const claim = this.#in(id, ["open", "disputed"], "accepted");
      if (claim === undefined) return;
      checkSignature(this.#state, claim.known, getBytes(id), signature, "ClaimUnsigned", "The acceptance of");
      claim.ending = { outcome: "accepted", gross: claim.gross, fee: claim.fee };
    },
    ReceiptsShown: ({ claim: id, ...shown }) => {
      const claim = this.#in(id, ["open", "disputed"], "proven");
      if (claim === undefined) return;
      const { gross, fee } = checkReceipts(this.#state, claim.known, shown);
      // The records' quantities need not be the lines': no more fee is charged than was claimed.
      claim.ending = { outcome: "proven", gross, fee: fee < claim.fee ? fee : claim.fee };
    },
    ClaimAwarded: (event) => {
      const claim = this.#judge(event, "disputed", "award");
      if (claim === undefined) return;
      this.#state.counts.awards += 1;
      claim.arbiter = event.arbiter;
      this.#enter(claim, "awarded");
    },
    ClaimAppealed: ({ claim: id, by }) => {
      const claim = this.#in(id, ["awarded"], "appealed against");
      if (claim === undefined) return;
      this.#state.counts.appeals += 1;
      if (this.left(claim) === 0) this.find("ClaimTooLate", claim, "was appealed against after its time");
      const { supplier, consumer } = claim.known.statement;
      if (by !== supplier && by !== consumer) {
        this.find("AppealForeign", claim, `was appealed against by member ${by}, which is no party`);
      }
      this.#enter(claim, "appealed");
    },
    ClaimRuled: (event) => {
      const claim = this.#judge(event, "appealed", "rule");
      if (claim === undefined) return;
      this.#state.counts.awards += 1;
      const { arbiter } = event;
      if (arbiter === claim.arbiter) {
        this.find("ArbiterTwice", claim, `was awarded and ruled on by ${arbiter}`, { found: arbiter });
      }
      this.#enter(claim, "ruled");
    },
  };

  /** Takes a claim off those that are open. */
  close(id: Hash, { known: { statement } }: OpenClaim): void {
    this.open.delete(id);
    const pair = pairOf(statement);
    this.#pairs.set(pair, this.openOf(pair) - 1);
  }

  /** How many claims of a pair are open. */
  openOf(pair: string): number {
    return this.#pairs.get(pair) ?? 0;
  }

  /** Claims opened in this transaction, in order, to be matched with their bonds. */
  takeOpened(): OpenClaim[] {
    const opened = this.#opened;
    this.#opened = [];
    return opened;
  }

  /** The clock that runs in a stage: seconds that count. */
  clock(stage: Stage): number {
    const { ground, charter, pauses } = this.#state;
    if (stage === "disputed") return ground.now - charter.vacantSeconds(ARBITER);
    return ground.now - pauses.secondsAt(ground.now);
  }

  /** What is left of a claim's stage in seconds; undefined where the terms are unknown. */
  left({ stage, since }: OpenClaim): number | undefined {
    const { terms } = this;
    if (terms === undefined) return undefined;
    const { challengeWindow: open, awardTerm: disputed, appealWindow: awarded, appealTerm: appealed } = terms;
    const term = { open, disputed, awarded, appealed, ruled: 0 }[stage];
    return Math.max(since + term - this.clock(stage), 0);
  }

  /** Notes a finding about a claim: what it says continues "The claim of statement …". */
  find(
    code: FindingCode,
    { known: { statement } }: OpenClaim,
    what: string,
    figures: { expected?: string; found?: string } = {},
  ): void {
    const details = { member: statement.supplier, statement: refOf(statement), ...figures };
    this.#state.ground.find(code, `The claim of ${nameOf(statement)} ${what}.`, details);
  }

  #judge(
    { claim: id, arbiter, gross, fee }: ClaimEvents["ClaimAwarded"],
    stage: Stage,
    how: "award" | "rule",
  ): OpenClaim | undefined {
    const { site, charter, register } = this.#state;
    const claim = this.#in(id, [stage], how === "award" ? "judged" : "ruled on");
    if (claim === undefined) return undefined;
    if (this.left(claim) === 0) this.find("ClaimTooLate", claim, "was judged after its time");
    if (gross > claim.gross || fee > claim.fee) {
      const [expected, found] = [claim.gross + claim.fee, gross + fee].map(tell.amount);
      this.find("AwardAbove", claim, `is for ${expected}, and ${found} was awarded`, {
        expected: expected!,
        found: found!,
      });
    }
    if (!charter.mayCall(arbiter, site.claims ?? "", this.#selectors[how])) {
      this.find("ArbiterUnseated", claim, `was judged by ${arbiter}, which did not hold the role`, {
        found: arbiter,
      });
    }
    const { supplier, consumer } = claim.known.statement;
    const partial = [supplier, consumer].find((party) => register.keys.rights(party, arbiter) !== 0);
    if (partial !== undefined) {
      this.find("ArbiterPartial", claim, `was judged by ${arbiter}, a key of member ${partial}`, {
        found: arbiter,
      });
    }
    claim.awarded = { gross, fee };
    return claim;
  }

  #enter(claim: OpenClaim, stage: Stage): void {
    claim.stage = stage;
    claim.since = this.clock(stage);
  }

  /** An open claim; a finding where it is none or in another stage. */
  #in(id: Hash, stages: readonly Stage[], what: string): OpenClaim | undefined {
    const claim = this.open.get(id);
    if (claim === undefined) {
      this.#state.ground.find("ClaimUnknown", `The claim ${id} was ${what}, and no such claim is open.`, {
        found: id,
      });
    } else if (!stages.includes(claim.stage)) {
      this.find("ClaimStageWrong", claim, `was ${what} and is ${claim.stage}`, {
        expected: stages.join(" or "),
        found: claim.stage,
      });
    }
    return claim;
  }
}
