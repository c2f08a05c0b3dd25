import { credits, formatCredits } from "../core/money.ts";
import { LICENCES } from "../core/licence.ts";
import { formatPeriod } from "../core/period.ts";
import type { PeriodId } from "../core/period.ts";

const money = (value: unknown): string => formatCredits(credits(value as bigint));
const month = (value: unknown): string => formatPeriod(Number(value) as PeriodId);
const text = (value: unknown): string => String(value);

/** What the contracts say about prices, agreements, relief, works, compensation and what backs credits. */
export const POLICY_EXPLANATIONS: Record<string, (values: Record<string, unknown>) => string> = {
  FeeScheduleConditionInvalid: (v) =>
    `The conditional price of service ${text(v.service)} cannot hold: its least must not be above its most, and a promotion needs its first and its last month.`,
  FeeScheduleServiceDescribed: (v) =>
    `What service ${text(v.service)} counts and does was said before and stays so. Describe another service.`,
  AgreementMembersInvalid: () => "An agreement needs 2 to 16 members, each once, in ascending order.",
  AgreementPricesInvalid: (v) =>
    `The price of service ${text(v.service)} cannot be agreed on: an agreement has 1 to 32 prices, ascending by service, and in a group each costs all the same.`,
  AgreementOneSided: (v) =>
    `Service ${text(v.service)} would be free for one side alone. What one gives for nothing the other must.`,
  AgreementTooLate: (v) =>
    `An agreement cannot hold from ${month(v.from)} on, or until then; ${month(v.earliest)} is the earliest.`,
  AgreementUnsigned: (v) =>
    `No living key of member ${text(v.member)} with the rights to post and to countersign signed the agreement (found ${text(v.signer)}).`,
  AgreementSignaturesMissing: (v) =>
    `The agreement has ${text(v.members)} members and ${text(v.signatures)} signatures; each member signs once.`,
  AgreementKnown: (v) => `The agreement ${text(v.digest)} was made before. Make another, or change a term.`,
  AgreementTooMany: (v) =>
    `Member ${text(v.member)} has ${text(v.limit)} agreements that wait, hold or can still be posted, as many as it may. End one first.`,
  AgreementUnknown: (v) => `There is no agreement ${text(v.agreement)}. Name one that was made.`,
  AgreementNotParty: (v) =>
    `Member ${text(v.member)} is no party to agreement ${text(v.agreement)}. One of its members ends it.`,
  ReliefUnknown: (v) =>
    `There is no such relief or grant as ${text(v.relief)}. Name one that was opened; a grant cannot be ended.`,
  ReliefTermsInvalid: () =>
    "A relief needs a share of at most 100 %, caps above zero and a last month that is not before the first. A grant must end.",
  ReliefTooLate: (v) =>
    `Relief of ${month(v.from)} cannot change any more; ${month(v.earliest)} is the earliest.`,
  ReliefTooMany: (v) =>
    `Service ${text(v.service)} has ${text(v.limit)} reliefs and grants that wait or run, as many as it may. Wait until one has ended.`,
  GrantMembersInvalid: () =>
    "A grant names at most 256 members, each once, in ascending order, or none for all.",
  GrantAmountZero: () => "The amount must be more than zero.",
  GrantOver: (v) =>
    `The last month of grant ${text(v.relief)} is over; it takes no more money. Give to another, or to RELIEF.`,
  GrantRunning: (v) =>
    `What grant ${text(v.relief)} does not spend is returned from ${month(v.returnsIn)} on.`,
  GrantNothingLeft: (v) =>
    `Nothing of grant ${text(v.relief)} is left for ${text(v.giver)}: it gave nothing, was paid back, or all was spent.`,
  PricingLedgerOnly: (v) => `${text(v.caller)} is not the ledger, which alone settles what was quoted.`,
  ResourceUnknown: (v) => `There is no work ${text(v.resource)}. Its holder registers it first.`,
  ResourceUrnInvalid: (v) =>
    `${JSON.stringify(v.urn)} is not the standard form of an identifier, such as urn:isbn:9783161484100.`,
  ResourceTaken: (v) => `The work is registered as ${text(v.resource)}. Its holder can hand it over.`,
  ResourceRightMissing: (v) =>
    `${text(v.key)} is no key of member ${text(v.holder)} with the rights to post and to countersign. Sign with one that has both.`,
  ResourceLicenceInvalid: () => "A work needs a licence. Name one, or reserve all rights.",
  ResourceRoyaltyWaived: (v) =>
    `Work ${text(v.resource)} is licensed as ${LICENCES[Number(v.licence)] ?? "unknown"}, which waives royalties. Ask for none, or reserve all rights first.`,
  ResourceTooSoon: (v) =>
    Number(v.resource) === 0
      ? `This kind can change again from ${month(v.earliest)} on; months open to posting keep theirs.`
      : `Work ${text(v.resource)} can change so again from ${month(v.earliest)} on; months open to posting keep their terms.`,
  CompensationInvalid: (v) =>
    `Member ${text(v.member)} cannot be named: a naming needs a member, a rate of at most 100 % and a cap above zero.`,
  CompensationTooLate: (v) =>
    `Members cannot be named for ${month(v.period)} any more; ${month(v.earliest)} is the earliest.`,
  CompensationTooEarly: (v) =>
    `Members cannot be named for ${month(v.period)} yet; ${month(v.latest)} is the latest.`,
  CompensationNamedAlready: (v) =>
    `Member ${text(v.member)} is named for ${month(v.period)} already. A naming cannot be changed.`,
  CompensationNone: (v) =>
    `Member ${text(v.member)} is not named for ${month(v.period)}, or was paid, or it lapsed. There is nothing left to do.`,
  CompensationPeriodOpen: (v) => `${month(v.period)} is not closed yet. Anyone can close it once it is over.`,
  CompensationNotLapsed: (v) =>
    `What member ${text(v.member)} may draw for ${month(v.period)} lapses in ${month(v.lapsesIn)}.`,
  InvoiceUnknown: (v) => `There is no invoice ${text(v.invoice)}. Name one that was raised.`,
  InvoiceExceeded: (v) =>
    `Of invoice ${text(v.invoice)} ${money(v.due)} is due, ${money(v.amount)} was offered. Pay that or less.`,
  AssetsNotExact: (v) =>
    `The asset moved ${text(v.moved)} units instead of ${text(v.expected)}. Tokens that take a fee or rebase cannot settle; nothing was booked.`,
  CreditUnbacked: (v) =>
    `${money(v.owed)} in credits would be owed, and commitments and payments come to ${money(v.backing)}. Note a commitment or a payment first.`,
  CreditAmountZero: () => "The amount must be more than zero.",
  CreditCommitmentExceeded: (v) =>
    `Member ${text(v.member)} has promised ${money(v.commitment)}, not ${money(v.amount)}. Release that or less.`,
  CreditPaymentInvalid: (v) =>
    `${text(v.payment)} is no reference of a payment, or that payment was confirmed before. Give each payment a reference of its own.`,
  CreditRedemptionUnknown: (v) =>
    `No redemption ${text(v.redemption)} waits for the bank. Name one that was opened and not paid out.`,
  CreditNotReceived: (v) =>
    `The bank holds ${money(v.received)} and cannot have paid out ${money(v.amount)}. Confirm what was paid in first.`,
};
