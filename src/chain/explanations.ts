import { credits, formatCredits } from "../core/money.ts";
import { formatPeriod } from "../core/period.ts";
import type { PeriodId } from "../core/period.ts";
import { formatSpan } from "../core/span.ts";
import { explainFault } from "./faults.ts";
import { GOVERNANCE_EXPLANATIONS } from "./governanceExplanations.ts";
import { decodeIsil } from "./isil.ts";
import { POLICY_EXPLANATIONS } from "./policyExplanations.ts";

type Explain = (values: Record<string, unknown>) => string;

const STANDINGS = ["unknown", "applied", "admitted", "suspended", "left"];
const STAGES = [
  "is none, or has ended",
  "is open to dispute",
  "is disputed and waits for an award",
  "is awarded and open to appeal",
  "is appealed and waits for a ruling",
  "is ruled on and waits to be settled",
];
const APPLICATIONS = [
  "needs two sponsors",
  "waits for the board",
  "was rejected",
  "was appealed",
  "was accepted",
];
const money = (value: unknown): string => formatCredits(credits(value as bigint));
const month = (value: unknown): string => formatPeriod(Number(value) as PeriodId);
const time = (value: unknown): string => new Date(Number(value) * 1000).toISOString();
const text = (value: unknown): string => String(value);

/** What happened, to what, and what to do: one sentence or two for each custom error. */
export const EXPLANATIONS: Record<string, Explain> = {
  LedgerStatementFault: (v) =>
    `Statement ${text(v.number)} of member ${text(v.supplier)} was not posted: ${explainFault(Number(v.fault), v.found as bigint, v.limit as bigint)}`,
  LedgerAssetDecimals: (v) =>
    `The settlement asset has ${text(v.decimals)} decimals; credits need 6 to 18. Choose another asset.`,
  LedgerAssetNotExact: (v) =>
    `The asset moved ${text(v.moved)} units instead of ${text(v.expected)}. Tokens that take a fee or rebase cannot settle; nothing was booked.`,
  LedgerAssetShort: (v) =>
    `The ledger holds ${text(v.held)} units where the book accounts for ${text(v.backing)}: the asset shrank by itself. Deposits are refused; tell the members.`,
  LedgerBackingFull: (v) => `The book holds ${money(v.backing)} and can hold no more than ${money(v.limit)}.`,
  LedgerTermsInvalid: () => "A ledger's terms must all be more than zero seconds.",
  LedgerAmountZero: () => "The amount must be more than zero.",
  LedgerMemberUnknown: (v) =>
    `Member ${text(v.member)} has no account here. Check the number, or run sync for it.`,
  LedgerRightMissing: (v) =>
    `${text(v.key)} is no key of member ${text(v.member)} with the right to ${right(v.right)}. Use another key, or have the right granted.`,
  LedgerPeriodOpen: (v) => `${month(v.period)} can be closed from ${time(v.end)} on.`,
  LedgerCloseDue: (v) =>
    `${month(v.period)} is over and must be closed before anything is posted. Anyone can close it.`,
  LedgerPaused: (v) => `Posting is paused until ${time(v.until)}, or the pause is over already.`,
  LedgerPauseTooLong: (v) =>
    `A pause of ${text(v.duration)} seconds is longer than the ${text(v.limit)} allowed.`,
  LedgerPauseCooling: (v) => `Posting can be paused again from ${time(v.readyAt)} on.`,
  LedgerBatchEmpty: () => "The batch holds no statement.",
  LedgerBatchTooMany: (v) => `A batch holds at most ${text(v.limit)} statements. Split it.`,
  LedgerBatchExpired: (v) =>
    `The supplier's order to post this batch ended at ${time(v.deadline)}. Have it signed again.`,
  LedgerBatchUnsigned: (v) =>
    `The batch is not signed by a living key of member ${text(v.supplier)} with the right to post (found ${text(v.signer)}).`,
  LedgerNothingAnnounced: (v) => `Member ${text(v.member)} has announced no withdrawal.`,
  LedgerTooEarly: (v) =>
    `The withdrawal of member ${text(v.member)} can be executed from ${time(v.readyAt)} on.`,
  LedgerTooLate: (v) =>
    `The withdrawal of member ${text(v.member)} lapsed at ${time(v.expiredAt)}. Announce it again.`,
  LedgerNotFree: (v) =>
    `Member ${text(v.member)} has ${money(v.free)} free, ${money(v.amount)} was asked for. Open debits, advances and debts are not free.`,
  LedgerNothingToPay: (v) =>
    `Member ${text(v.debtor)} owes member ${text(v.creditor)} nothing, or has nothing to pay with yet.`,
  RegisterIsilInvalid: (v) => `${isilText(v.isil)} is not an ISIL such as DE-1.`,
  RegisterIsilTaken: (v) => `${isilText(v.isil)} is already member ${text(v.member)}.`,
  RegisterZeroAddress: () => "An address is missing.",
  RegisterMemberUnknown: (v) => `There is no member ${text(v.member)}.`,
  RegisterStandingIs: (v) =>
    `Member ${text(v.member)} stands as ${STANDINGS[Number(v.standing)] ?? "unknown"}.`,
  RegisterRightMissing: (v) =>
    `${text(v.key)} is no living key of member ${text(v.member)} with the right to ${right(v.right)}.`,
  RegisterRightsInvalid: (v) => `${text(v.rights)} is no set of rights.`,
  RegisterTierTooSoon: (v) =>
    `The tier of member ${text(v.member)} can change again from ${month(v.earliest)} on; months open to posting keep theirs.`,
  RegisterNothingPending: (v) => `Nothing waits for member ${text(v.member)}.`,
  RegisterTooEarly: (v) =>
    `The change for member ${text(v.member)} can be carried out from ${time(v.readyAt)} on.`,
  RegisterNotReserved: (v) =>
    `Member ${text(v.member)} keeps its own keys; only COMMONS and RELIEF are appointed.`,
  RegisterNotOverdue: (v) =>
    `Member ${text(v.member)} is not overdue (a debt becomes so at ${time(v.overdueAt)}).`,
  ChoicePartnerSelf: (v) => `Member ${text(v.member)} is no partner of itself.`,
  FeeScheduleNotDraft: (v) => `Version ${text(v.version)} is no draft.`,
  FeeScheduleEmpty: () => "A draft needs at least one price.",
  FeeScheduleTooLate: (v) =>
    `Prices from ${month(v.from)} on cannot change any more; ${month(v.earliest)} is the earliest.`,
  FeeScheduleServiceZero: () => "Service 0 is no service.",
  LedgerDeskOnly: (v) => `${text(v.caller)} is not the ledger's desk for this. Call the desk instead.`,
  DeskBound: (v) => `The desk serves the ledger ${text(v.ledger)} for life.`,
  DeskRightMissing: (v) =>
    `${text(v.key)} is no key of member ${text(v.member)} with the right to ${right(v.right)}. Use another key, or have the right granted.`,
  ClaimTermsInvalid: () => "Every term of claims must be more than zero.",
  ClaimFault: (v) =>
    `Statement ${text(v.number)} of member ${text(v.supplier)} cannot be claimed: ${explainFault(Number(v.fault), v.found as bigint, v.limit as bigint)}`,
  ClaimTooLarge: (v) =>
    `The claim comes to ${money(v.due)}, more than the ${money(v.limit)} that one claim may. Split the statement.`,
  ClaimsTooMany: (v) =>
    `Member ${text(v.supplier)} has ${text(v.limit)} claims open against member ${text(v.consumer)} and can open no more. Wait until one has ended.`,
  ClaimStageWrong: (v) => `The claim ${text(v.claim)} ${STAGES[Number(v.stage)] ?? "stands elsewhere"}.`,
  ClaimNotDue: (v) =>
    `The claim ${text(v.claim)} ${STAGES[Number(v.stage)] ?? "waits"}: it can be settled in ${formatSpan(Number(v.secondsLeft))}, if its clock runs on.`,
  ClaimTooLate: (v) =>
    `The time is over: the claim ${text(v.claim)} ${STAGES[Number(v.stage)] ?? "waits"} and can only be settled. Anyone can do so.`,
  ClaimNothingDisputed: (v) =>
    `None of the claims is one against member ${text(v.consumer)} that can still be disputed.`,
  ClaimOrderExpired: (v) => `The signed dispute ended at ${time(v.deadline)}. Have it signed again.`,
  ClaimUnsigned: (v) =>
    `No living key of member ${text(v.consumer)} with the right to countersign signed this (found ${text(v.signer)}).`,
  ClaimAwardAbove: (v) =>
    `An award stays within the claim: at most ${money(v.gross)} and a fee of ${money(v.fee)} for ${text(v.claim)}.`,
  ClaimSumDiffers: (v) =>
    `The records' root ${text(v.root)} is not that of records that come to ${money(v.gross)}, as the statement's lines do.`,
  ClaimNobodyRules: (v) =>
    `Nobody holds the role that rules on appeals, so the award of ${text(v.claim)} stands. Ask the charter's administrators to fill it.`,
  ClaimReceiptSpent: (v) =>
    `The receipt of the record ${text(v.record)} was used in the claim ${text(v.claim)}; a receipt counts once.`,
  ClaimRecordsUnproven: (v) =>
    `The records are not those of the claim ${text(v.claim)}: they prove the root ${text(v.found)}, not ${text(v.root)}.`,
  ClaimReceiptsMissing: (v) =>
    `Each record needs its receipt: ${text(v.records)} records, ${text(v.receipts)} receipts.`,
  ClaimRecordPriced: (v) =>
    `Record ${text(v.index)} of the claim ${text(v.claim)} says ${money(v.amount)}, the schedule ${money(v.due)}.`,
  ReversalBatchUnknown: (v) => `No batch with the root ${text(v.batchRoot)} was posted.`,
  ReversalStatementUnproven: (v) =>
    `The statement ${text(v.statement)} with these charges is not in the batch ${text(v.batchRoot)}.`,
  ReversalRecordsUnproven: (v) =>
    `The records are not those of the statement ${text(v.statement)}: they prove the root ${text(v.found)}, not ${text(v.root)}.`,
  ReversalDone: (v) => `Record ${text(v.index)} of the statement ${text(v.statement)} was given back before.`,
  ReversalStatementDone: (v) => `The statement ${text(v.statement)} was given back whole before.`,
  ReversalPairsDiffer: () => "The two statements are not of one supplier and one consumer.",
  ReversalRecordsDiffer: () =>
    "These are two records: a duplicate has the same request, service and charge number.",
  ReversalSameRecord: (v) =>
    `Both proofs show record ${text(v.index)} of the statement ${text(v.statement)}; a duplicate is another charge of it.`,
  ReversalOrder: (v) =>
    `The charge in ${text(v.later)} came before that in ${text(v.earlier)}. Show them the other way round.`,
  ReversalPartlyCharged: (v) =>
    `The statement ${text(v.statement)} was charged ${money(v.gross)} of ${money(v.sum)}: which of its records were charged is not known. Ask for a refund.`,
  ReversalOneRecord: (v) => `A duplicate is shown record by record, not ${text(v.records)} at once.`,
  AdvanceAmountZero: () => "The amount must be more than zero.",
  AdvanceToSelf: (v) => `Member ${text(v.member)} cannot sponsor itself.`,
  AdvanceToRelief: () =>
    "RELIEF takes no advances: it gives away what it holds. Deposit into its account, or fund a grant.",
  AdvanceExceeded: (v) =>
    `Member ${text(v.member)} owes member ${text(v.sponsor)} ${money(v.owed)} in advances, not ${money(v.amount)}.`,
  DelegateKeyZero: () => "A delegate's key is missing.",
  DelegateKeyWrong: (v) => `${text(v.key)} is not the key of delegate ${text(v.delegate)}.`,
  AdmissionTermsInvalid: () => "Waiting, decision and applications a year must all be more than zero.",
  AdmissionRightMissing: (v) =>
    `${text(v.key)} is no key of member ${text(v.member)} with the right to ${right(v.right)}. Use another key, or have the right granted.`,
  AdmissionNotApplying: (v) => `Nobody is applying under number ${text(v.applicant)}.`,
  AdmissionStageWrong: (v) =>
    `The application of member ${text(v.applicant)} ${APPLICATIONS[Number(v.stage)] ?? "stands elsewhere"}.`,
  AdmissionTooEarly: (v) =>
    `The application of member ${text(v.applicant)} must wait until ${time(v.readyAt)}.`,
  AdmissionSponsorUnfit: (v) =>
    `Member ${text(v.sponsor)} cannot sponsor: a sponsor is admitted and has been a member for some months.`,
  AdmissionSponsorTwice: (v) =>
    `Member ${text(v.sponsor)} sponsors member ${text(v.applicant)} already. A second member is needed.`,
  AdmissionSponsorBusy: (v) =>
    `Member ${text(v.sponsor)} has sponsored ${text(v.limit)} applications this year, as many as it may.`,
  AdmissionTierLarge: (v) =>
    `Member ${text(v.applicant)} applied in tier ${text(v.tier)}; only small libraries, from tier ${text(v.smallTier)} on, may appeal.`,
  AdmissionAllowanceSpent: (v) =>
    `The authority has admitted ${text(v.allowance)} in ${text(v.year)}, as many as it may.`,
  CharterTextEmpty: () => "The hash of a charter text cannot be zero.",
  AccessManagedUnauthorized: (v) =>
    `${text(v.caller)} does not hold the role this needs. Ask the charter's administrators.`,
  AccessManagerUnauthorizedAccount: (v) => `${text(v.msgsender)} is no administrator of the charter.`,
  StatementMalformed: (v) => `The batch breaks off or is no batch at byte ${text(v.offset)}.`,
  RecordProofInvalid: () =>
    "The proof places these records in no tree. Make it anew from the statement's bundle, with places in ascending order.",
  SignersGasShort: (v) =>
    `${text(v.needed)} gas are needed to ask a signing contract, ${text(v.left)} were left. Send more gas.`,
  AccountMonthOutOfRange: (v) => `Month ${text(v.period)} lies before 2020 or after March 2361.`,
  SafeERC20FailedOperation: (v) => `The asset ${text(v.token)} refused the transfer.`,
  ERC20InsufficientAllowance: (v) =>
    `${text(v.spender)} may move ${text(v.allowance)} units, ${text(v.needed)} are needed. Approve it first.`,
  ERC20InsufficientBalance: (v) =>
    `${text(v.sender)} holds ${text(v.balance)} units, ${text(v.needed)} are needed.`,
  ...GOVERNANCE_EXPLANATIONS,
  ...POLICY_EXPLANATIONS,
};

function right(value: unknown): string {
  const names = ["post", "countersign", "vote", "cash", "speak", "read"];
  const held = names.filter((_, bit) => (Number(value) >> bit) & 1);
  return held.length === 0 ? "act" : held.join(", ");
}

function isilText(value: unknown): string {
  return JSON.stringify(decodeIsil(text(value)));
}
