import type { Hash, MemberId } from "../core/ids.ts";
import type { Charge } from "../core/schedule.ts";
import { verb } from "./verb.ts";

/** How much of a claim is to be charged: any part of it. */
export interface Judgement extends Charge {
  readonly claim: Hash;
}

/** Awards any part of a disputed claim. An arbiter; who has a stake recuses itself. */
export const { prepare: prepareAward, send: sendAward } = verb<Judgement>((c, a) =>
  c.contracts.claims.award.populateTransaction(a.claim, a.gross, a.fee),
);

/** Appeals against an award, once, while somebody can rule on it. A countersigning key of either party. */
export const { prepare: prepareAppeal, send: sendAppeal } = verb<{ party: MemberId; claim: Hash }>((c, a) =>
  c.contracts.claims.appeal.populateTransaction(a.party, a.claim),
);

/** Rules on an appeal. An appellate arbiter; who has a stake recuses itself. */
export const { prepare: prepareRuling, send: sendRuling } = verb<Judgement>((c, a) =>
  c.contracts.claims.rule.populateTransaction(a.claim, a.gross, a.fee),
);
