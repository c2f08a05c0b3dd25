import { id } from "ethers";
import { isil, memberId, serviceId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { addMonths, periodEnd } from "../../../src/core/period.ts";
import * as accounts from "../../../src/sdk/accounts.ts";
import * as awards from "../../../src/sdk/awards.ts";
import * as charges from "../../../src/sdk/charges.ts";
import * as claims from "../../../src/sdk/claims.ts";
import type { Consortium } from "../../../src/sdk/consortium.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import * as disputes from "../../../src/sdk/disputes.ts";
import * as receipts from "../../../src/sdk/receipts.ts";
import * as statements from "../../../src/sdk/statements.ts";
import { signStatement } from "../../../src/chain/signing.ts";
import { billed, postBilled } from "../../support/billed.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { bill, c, countersigned } from "../../support/statements.ts";
import type { World } from "../../support/world.ts";

const DAY = 86_400;
const NOVEMBER = addMonths(OCTOBER, 1);
const COMMONS = memberId(1);

/** A verb with what it is given and what must have happened before. */
export interface Case {
  /** The name of both halves behind `prepare` and `send`. */
  readonly verb: string;
  readonly as: (w: World) => Consortium;
  /** What must have happened before. */
  readonly given?: (w: World) => Promise<unknown>;
  readonly input: (w: World) => unknown;
}

const admin = (w: World): Consortium => w.admin;
const bob = (w: World): Consortium => w.bob.as;
const anyone = (w: World): Consortium => actAs(w.admin, w.stranger);
const advance = (w: World) => ({ sponsor: w.bob.id, member: w.eve.id, amount: c("5") });
const indebted = (w: World) => bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
const drafted = (w: World) =>
  w.schedule.draft(0, [{ service: serviceId(1), tier: 1, price: credits(1n), fee: credits(1n) }]);
const batch = async (w: World) => ({ mode: "allOrNothing", statements: [await countersigned(w)] }) as const;
const two = (w: World) => billed(w, ["REQ-1", "REQ-2"]);
const claimed = (w: World) => claims.sendClaim(w.ada.as, two(w));
const idOf = (w: World) => statements.digestOf(w.admin, two(w).statement);
const disputed = async (w: World) => {
  await claimed(w);
  await disputes.sendDispute(w.bob.as, { consumer: w.bob.id, claims: [idOf(w)] });
};
const judgement = (w: World) => ({ claim: idOf(w), gross: c("12"), fee: c("0.26") });
const awarded = async (w: World) => {
  await disputed(w);
  await awards.sendAward(w.admin, judgement(w));
};
const chargeOf = (w: World) => charges.findCharge(w.admin, two(w).statement);

/** Every verb of the SDK. */
export const CASES: readonly Case[] = [
  { verb: "Touch", as: anyone, input: (w) => w.bob.id },
  { verb: "Sync", as: anyone, input: (w) => w.bob.id },
  {
    verb: "Deposit",
    as: admin,
    given: async (w) => w.asset.issue((await w.ethers.getSigners())[0]!, c("5")),
    input: (w) => ({ member: w.bob.id, amount: c("5") }),
  },
  { verb: "Announcement", as: bob, input: (w) => ({ member: w.bob.id, amount: c("5") }) },
  {
    verb: "Withdrawal",
    as: anyone,
    given: async (w) => {
      await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("5"));
      await w.time.increase(7 * DAY);
    },
    input: (w) => w.bob.id,
  },
  { verb: "Advance", as: bob, input: advance },
  { verb: "Recall", as: bob, given: (w) => accounts.sendAdvance(w.bob.as, advance(w)), input: advance },
  {
    verb: "Repayment",
    as: (w) => w.eve.as,
    given: (w) => accounts.sendAdvance(w.bob.as, advance(w)),
    input: advance,
  },
  {
    verb: "DebtPayment",
    as: anyone,
    given: async (w) => {
      await indebted(w);
      await w.fund(w.eve.id, c("5"));
    },
    input: (w) => ({ debtor: w.eve.id, creditor: w.ada.id }),
  },
  {
    verb: "DebtorSuspension",
    as: anyone,
    given: async (w) => {
      await indebted(w);
      await w.time.increase(90 * DAY);
    },
    input: (w) => w.eve.id,
  },
  { verb: "Offer", as: bob, input: (w) => ({ member: w.bob.id, service: serviceId(1), offers: false }) },
  {
    verb: "Use",
    as: bob,
    input: (w) => ({ member: w.bob.id, service: serviceId(1), uses: true, ceiling: c("15") }),
  },
  { verb: "Regard", as: bob, input: (w) => ({ member: w.bob.id, partner: w.eve.id, regard: "refused" }) },
  {
    verb: "Key",
    as: bob,
    input: (w) => ({ member: w.bob.id, key: w.stranger.address, rights: ["post", "cash"] }),
  },
  { verb: "Rotation", as: bob, input: (w) => ({ member: w.bob.id, key: w.stranger.address }) },
  { verb: "RekeyAnnouncement", as: admin, input: (w) => ({ member: w.bob.id, key: w.stranger.address }) },
  {
    verb: "RekeyCancellation",
    as: bob,
    given: (w) => w.register.announceRekey(w.bob.id, w.stranger.address),
    input: (w) => w.bob.id,
  },
  {
    verb: "Rekey",
    as: anyone,
    given: async (w) => {
      await w.register.announceRekey(w.bob.id, w.stranger.address);
      await w.time.increase(14 * DAY);
    },
    input: (w) => w.bob.id,
  },
  {
    verb: "Appointment",
    as: admin,
    input: (w) => ({ member: COMMONS, key: w.stranger.address, rights: ["cash"], payee: w.stranger.address }),
  },
  {
    verb: "Application",
    as: anyone,
    input: (w) => ({ isil: isil("DE-1"), kind: 1, tier: 2, constituency: 3, region: 4, payee: w.bob.payee }),
  },
  {
    verb: "Admission",
    as: admin,
    given: (w) => w.strange.register.applyFor(`0x44452d31${"00".repeat(12)}`, 1, 1, 1, 1, w.stranger.address),
    input: (w) => memberId(Number(w.eve.id) + 1),
  },
  { verb: "Suspension", as: admin, input: (w) => w.bob.id },
  { verb: "Reinstatement", as: admin, given: (w) => w.register.suspend(w.bob.id), input: (w) => w.bob.id },
  { verb: "Leave", as: bob, input: (w) => w.bob.id },
  {
    verb: "Tier",
    as: admin,
    given: (w) => w.time.increaseTo(periodEnd(addMonths(OCTOBER, 2))),
    input: (w) => ({ member: w.bob.id, tier: 3 }),
  },
  {
    verb: "Classification",
    as: admin,
    input: (w) => ({ member: w.bob.id, constituency: 2, region: 3 }),
  },
  { verb: "Text", as: admin, input: () => ({ textHash: id("The members decide otherwise.") }) },
  { verb: "LedgerBinding", as: admin, input: (w) => ({ ledger: w.deployment.ledger }) },
  { verb: "Payee", as: bob, input: (w) => ({ member: w.bob.id, payee: w.stranger.address }) },
  {
    verb: "PayeeCancellation",
    as: bob,
    given: (w) => w.bob.as.contracts.register.announcePayee(w.bob.id, w.stranger.address),
    input: (w) => w.bob.id,
  },
  {
    verb: "PayeeChange",
    as: anyone,
    given: async (w) => {
      await w.bob.as.contracts.register.announcePayee(w.bob.id, w.stranger.address);
      await w.time.increase(14 * DAY);
    },
    input: (w) => w.bob.id,
  },
  { verb: "Close", as: anyone, given: (w) => w.time.increaseTo(periodEnd(OCTOBER)), input: () => undefined },
  { verb: "Pause", as: admin, input: () => ({ seconds: DAY }) },
  { verb: "Resume", as: admin, given: (w) => w.ledger.pausePosting(DAY), input: () => undefined },
  { verb: "Publication", as: admin, given: drafted, input: () => ({ version: 2n, from: NOVEMBER }) },
  {
    verb: "ScheduleWithdrawal",
    as: admin,
    given: async (w) => {
      await drafted(w);
      await w.schedule.publish(2, NOVEMBER);
    },
    input: () => NOVEMBER,
  },
  { verb: "Post", as: (w) => w.ada.as, input: batch },
  {
    verb: "Relay",
    as: anyone,
    input: async (w) => statements.orderBatch(w.admin, w.ada.key, { ...(await batch(w)), deadline: 2 ** 39 }),
  },
  { verb: "Claim", as: (w) => w.ada.as, input: two },
  { verb: "Dispute", as: bob, given: claimed, input: (w) => ({ consumer: w.bob.id, claims: [idOf(w)] }) },
  {
    verb: "DisputeFor",
    as: anyone,
    given: claimed,
    input: (w) =>
      disputes.orderDispute(w.admin, w.bob.key, {
        consumer: w.bob.id,
        claims: [idOf(w)],
        deadline: 2 ** 39,
      }),
  },
  {
    verb: "Acceptance",
    as: anyone,
    given: claimed,
    input: async (w) => ({
      claim: idOf(w),
      countersignature: await signStatement(w.bob.key, w.admin.domain, two(w).statement),
    }),
  },
  {
    verb: "ClaimProof",
    as: (w) => w.ada.as,
    given: disputed,
    input: async (w) => ({
      ...two(w),
      receipts: new Map([[1, await receipts.signReceipt(w.admin, w.bob.key, two(w).records[1]!)]]),
    }),
  },
  { verb: "ClaimWithdrawal", as: (w) => w.ada.as, given: claimed, input: idOf },
  { verb: "Award", as: admin, given: disputed, input: judgement },
  { verb: "Appeal", as: bob, given: awarded, input: (w) => ({ party: w.bob.id, claim: idOf(w) }) },
  {
    verb: "Ruling",
    as: admin,
    given: async (w) => {
      await awarded(w);
      await awards.sendAppeal(w.bob.as, { party: w.bob.id, claim: idOf(w) });
    },
    input: judgement,
  },
  {
    verb: "Settlement",
    as: anyone,
    given: async (w) => {
      await awarded(w);
      await w.time.increase(14 * DAY);
    },
    input: idOf,
  },
  {
    verb: "Refund",
    as: (w) => w.ada.as,
    given: (w) => postBilled(w, [two(w)]),
    input: async (w) => ({ charge: await chargeOf(w), records: two(w).records, indices: [1] }),
  },
  {
    verb: "StatementRefund",
    as: (w) => w.ada.as,
    given: (w) => postBilled(w, [two(w)]),
    input: chargeOf,
  },
  {
    verb: "DuplicateReversal",
    as: anyone,
    given: (w) => postBilled(w, [two(w), billed(w, ["REQ-2"], { number: 2 })]),
    input: async (w) => {
      const again = billed(w, ["REQ-2"], { number: 2 });
      return {
        earlier: { charge: await chargeOf(w), records: two(w).records, index: 1 },
        later: {
          charge: await charges.findCharge(w.admin, again.statement),
          records: again.records,
          index: 0,
        },
      };
    },
  },
];
