import { id } from "ethers";
import { hash, RELIEF, serviceId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { addMonths } from "../../../src/core/period.ts";
import * as agreements from "../../../src/sdk/agreements.ts";
import type { Consortium } from "../../../src/sdk/consortium.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import * as commitments from "../../../src/sdk/commitments.ts";
import * as grants from "../../../src/sdk/grants.ts";
import * as invoices from "../../../src/sdk/invoices.ts";
import * as redemptions from "../../../src/sdk/redemptions.ts";
import * as reliefs from "../../../src/sdk/reliefs.ts";
import * as resources from "../../../src/sdk/resources.ts";
import { ANY_TIER } from "../../../src/core/schedule.ts";
import type { Relief } from "../../../src/core/relief.ts";
import { LOAN, OCTOBER } from "../../support/consortium.ts";
import { c } from "../../support/statements.ts";
import type { World } from "../../support/world.ts";
import type { Case } from "./verbCases.ts";

const NOVEMBER = addMonths(OCTOBER, 1);
/** Hash of whatever was put in words. */
export const DOCUMENT = hash(id("in words"));
export const BOOK = "urn:isbn:9783161484100";

const admin = (w: World): Consortium => w.admin;
const ada = (w: World): Consortium => w.ada.as;
const bob = (w: World): Consortium => w.bob.as;
const anyone = (w: World): Consortium => actAs(w.admin, w.stranger);

/** Half of every loan from November on, for everybody. */
export const half = (changes: Partial<Relief> = {}): Relief => ({
  ...{ service: LOAN, region: 0, tier: ANY_TIER, share: 5_000, from: NOVEMBER, until: 0 },
  ...{ memberCap: c("100"), cap: c("1000"), ...changes },
});

/** The same as a grant for bob. */
export const gift = (w: World): grants.GrantTerms => ({
  ...half(),
  ...{ until: NOVEMBER, members: [w.bob.id], document: DOCUMENT },
});

/** Loans at 5 between ada and bob from November on. */
export const loansAtFive = ({ ada: one, bob: other }: Pick<World, "ada" | "bob">) => ({
  members: [one.id, other.id],
  ...{ from: NOVEMBER, until: 0 as const, document: DOCUMENT },
  prices: [{ service: LOAN, price: c("5"), back: c("5") }],
});

/** Both sign; whoever has the signatures makes it. */
export async function signedByBoth(w: World) {
  const terms = loansAtFive(w);
  const keys = [w.ada.key, w.bob.key];
  return {
    terms,
    signatures: await Promise.all(keys.map((key) => agreements.signAgreement(w.admin, key, terms))),
  };
}

const agreed = async (w: World) => agreements.sendAgreement(w.admin, await signedByBoth(w));
const granted = (w: World) => grants.sendGrant(w.admin, gift(w));
const work = (w: World) =>
  resources.sendResource(w.ada.as, { holder: w.ada.id, urn: BOOK, licence: "reserved" });
const resource = async (w: World) => (await resources.listResources(w.admin))[0]!.resource;
const rich = async (w: World, amount: string) => {
  await (await w.asset.issue((await w.ethers.getSigners())[0]!, c(amount))).wait();
};
const named = { rate: 5_000, cap: c("100") };
/** The founder has the Council's say, and RELIEF money to set aside. */
const seatCouncil = async (w: World) => {
  const [founder] = await w.ethers.getSigners();
  await (await w.charter.grantRole(8, founder!, 0)).wait();
  await w.fund(RELIEF, c("500"));
};
const nameBob = async (w: World) => {
  await seatCouncil(w);
  await (await w.compensation.name(NOVEMBER, [{ member: w.bob.id, ...named }])).wait();
};
const raised = (w: World) => invoices.sendInvoice(w.bob.as, demand(w));
const demand = (w: World) => ({
  ...{ sponsor: w.bob.id, member: w.eve.id, period: OCTOBER, amount: c("5"), document: DOCUMENT },
});
const promise = (w: World) => ({ member: w.bob.id, amount: c("5") });

/** Verbs of prices, relief, grants, works, compensation and credits. */
export const BALANCE_CASES: readonly Case[] = [
  { verb: "Agreement", as: anyone, input: signedByBoth },
  { verb: "AgreementEnd", as: bob, given: agreed, input: (w) => ({ agreement: 1, member: w.bob.id }) },
  { verb: "Relief", as: admin, input: () => half() },
  {
    verb: "ReliefEnd",
    as: admin,
    given: (w) => reliefs.sendRelief(w.admin, half()),
    input: () => ({ relief: 1, last: NOVEMBER }),
  },
  { verb: "Grant", as: admin, input: gift },
  {
    verb: "GrantFunding",
    as: admin,
    given: async (w) => {
      await granted(w);
      await rich(w, "5");
    },
    input: () => ({ relief: 1, amount: c("5") }),
  },
  {
    verb: "GrantReturn",
    as: anyone,
    given: async (w) => {
      await granted(w);
      await rich(w, "5");
      await grants.sendGrantFunding(w.admin, { relief: 1, amount: c("5") });
      for (let month = 0; month < 6; month++) await w.closeMonth();
    },
    input: async (w) => ({ relief: 1, giver: await w.admin.signer!.getAddress() }),
  },
  {
    verb: "CompensationNaming",
    as: admin,
    given: seatCouncil,
    input: (w) => ({ period: NOVEMBER, members: [{ member: w.bob.id, ...named }] }),
  },
  {
    verb: "Compensation",
    as: anyone,
    given: async (w) => {
      await nameBob(w);
      for (let month = 0; month < 2; month++) await w.closeMonth();
    },
    input: (w) => ({ member: w.bob.id, period: NOVEMBER }),
  },
  {
    verb: "CompensationLapse",
    as: anyone,
    given: async (w) => {
      await nameBob(w);
      for (let month = 0; month < 14; month++) await w.closeMonth();
    },
    input: (w) => ({ member: w.bob.id, period: NOVEMBER }),
  },
  {
    verb: "Resource",
    as: ada,
    input: (w) => ({ holder: w.ada.id, urn: BOOK, licence: "by-nc" }),
  },
  {
    verb: "Licence",
    as: ada,
    given: async (w) => {
      await work(w);
      for (let month = 0; month < 3; month++) await w.closeMonth();
    },
    input: async (w) => ({ resource: await resource(w), licence: "by" }),
  },
  {
    verb: "Permission",
    as: ada,
    given: work,
    input: async (w) => ({ resource: await resource(w), service: LOAN, permitted: true, royalty: c("0.5") }),
  },
  {
    verb: "ResourceTransfer",
    as: ada,
    given: work,
    input: async (w) => ({ resource: await resource(w), holder: w.bob.id }),
  },
  {
    verb: "Reassignment",
    as: admin,
    given: work,
    input: async (w) => ({ resource: await resource(w), holder: w.bob.id }),
  },
  { verb: "Commercial", as: admin, input: () => ({ kind: 9, commercial: true }) },
  {
    verb: "Accreditation",
    as: admin,
    input: (w) => ({ key: w.stranger.address, service: LOAN, accredited: true }),
  },
  { verb: "Invoice", as: bob, input: demand },
  {
    verb: "InvoicePayment",
    as: admin,
    given: async (w) => {
      await raised(w);
      await rich(w, "5");
    },
    input: () => ({ invoice: 1, amount: c("5"), payment: DOCUMENT }),
  },
  { verb: "Commitment", as: admin, input: (w) => ({ ...promise(w), document: DOCUMENT }) },
  {
    verb: "CommitmentRelease",
    as: admin,
    given: (w) => commitments.sendCommitment(w.admin, { ...promise(w), document: DOCUMENT }),
    input: promise,
  },
  { verb: "PaymentConfirmation", as: admin, input: (w) => ({ ...promise(w), payment: DOCUMENT }) },
  { verb: "Issue", as: admin, input: (w) => ({ to: w.stranger.address, amount: c("5") }) },
  {
    verb: "Redemption",
    as: anyone,
    given: (w) => w.asset.issue(w.stranger.address, c("5")),
    input: () => ({ amount: c("5"), instruction: DOCUMENT }),
  },
  {
    verb: "RedemptionConfirmation",
    as: admin,
    given: async (w) => {
      await commitments.sendPaymentConfirmation(w.admin, { ...promise(w), payment: hash(id("paid in")) });
      await (await w.asset.issue(w.stranger.address, c("5"))).wait();
      await redemptions.sendRedemption(anyone(w), { amount: c("5"), instruction: DOCUMENT });
    },
    input: () => ({ redemption: 1, payment: DOCUMENT }),
  },
  {
    verb: "Description",
    as: admin,
    input: () => ({ service: serviceId(9), unit: "page", act: "reproduce" }),
  },
];

/** Loans of suppliers of tier 2: 3 to 90 a line, free in November. */
export const CONDITION = {
  ...{ service: LOAN, tier: ANY_TIER, supplierTier: 2, price: c("9"), fee: c("0.1") },
  ...{ minimum: c("3"), cap: c("90"), promotedFrom: NOVEMBER, promotedUntil: NOVEMBER },
  promotedPrice: credits(0n),
} as const;
