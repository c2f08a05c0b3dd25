import { Interface, isCallException, isError } from "ethers";
import type { ErrorDescription, ErrorFragment } from "ethers";
import { ConsortiaError } from "../core/error.ts";
import { formatCredits, credits } from "../core/money.ts";
import { formatPeriod } from "../core/period.ts";
import type { PeriodId } from "../core/period.ts";
import { decodeIsil } from "./isil.ts";
import { FAULTS, explainFault } from "./faults.ts";
import {
  Charter__factory,
  CreditToken__factory,
  FeeSchedule__factory,
  Ledger__factory,
  Register__factory,
} from "./types/index.ts";

/** Errors that the libraries inside the contracts raise. */
const LIBRARY_ERRORS = [
  "error SafeERC20FailedOperation(address token)",
  "error StatementMalformed(uint256 offset)",
  "error RecordProofInvalid()",
  "error SignersGasShort(uint256 left, uint256 needed)",
  "error AccountMonthOutOfRange(uint16 period)",
  "error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)",
  "error ReentrancyGuardReentrantCall()",
];

/** Every custom error a consortium's contracts can raise. */
export const CONTRACT_ERRORS = new Interface(
  dedupe(
    [
      ...[
        Charter__factory,
        CreditToken__factory,
        FeeSchedule__factory,
        Ledger__factory,
        Register__factory,
      ].flatMap((factory) => Interface.from(factory.abi).fragments),
      ...Interface.from(LIBRARY_ERRORS).fragments,
    ].filter((fragment): fragment is ErrorFragment => fragment.type === "error"),
  ),
);

type Explain = (values: Record<string, unknown>) => string;

const STANDINGS = ["unknown", "applied", "admitted", "suspended", "left"];
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
  LedgerSelf: (v) => `Member ${text(v.member)} cannot sponsor itself.`,
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
  LedgerAdvanceExceeded: (v) =>
    `Of the advance of member ${text(v.sponsor)} to ${text(v.member)} only ${money(v.limit)} can be returned now, not ${money(v.amount)}.`,
  LedgerNothingToPay: (v) =>
    `Member ${text(v.debtor)} owes member ${text(v.creditor)} nothing, or has nothing to pay with yet.`,
  LedgerNotOverdue: (v) =>
    `Member ${text(v.member)} is not overdue (a debt becomes so at ${time(v.overdueAt)}).`,
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
  FeeScheduleNotDraft: (v) => `Version ${text(v.version)} is no draft.`,
  FeeScheduleEmpty: () => "A draft needs at least one price.",
  FeeScheduleTooLate: (v) =>
    `Prices from ${month(v.from)} on cannot change any more; ${month(v.earliest)} is the earliest.`,
  FeeScheduleServiceZero: () => "Service 0 is no service.",
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
};

/** Errors that go away by waiting or by an act that is open to anyone. */
const RETRYABLE = new Set([
  "LedgerCloseDue",
  "LedgerPaused",
  "LedgerPauseCooling",
  "LedgerPeriodOpen",
  "LedgerTooEarly",
  "RegisterTooEarly",
  "SignersGasShort",
]);

/** Turns whatever a call or transaction threw into a coded error in plain words. */
export function decodeError(error: unknown): ConsortiaError {
  if (error instanceof ConsortiaError) return error;
  const data = revertData(error);
  const parsed = data === undefined ? null : CONTRACT_ERRORS.parseError(data);
  if (parsed !== null) return explain(parsed, error);
  const silence = unanswered(error);
  if (silence !== undefined) {
    return new ConsortiaError("NetworkUnreachable", `The chain did not answer: ${silence}`, {
      cause: error,
      retryable: true,
    });
  }
  if (isError(error, "NONCE_EXPIRED") || isError(error, "REPLACEMENT_UNDERPRICED")) {
    return new ConsortiaError(
      "KeyBusy",
      "The key sent something else at the same moment. Look what became of it, then try again.",
      { cause: error, retryable: true },
    );
  }
  if (isError(error, "INSUFFICIENT_FUNDS")) {
    return new ConsortiaError(
      "GasUnfunded",
      "The key has too little native coin for gas. Fund it, or use a relayer.",
      {
        cause: error,
      },
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ConsortiaError("CallFailed", `The call failed: ${message}`, { cause: error });
}

/** Why nobody answered, or undefined where somebody did. ethers passes the system's own errors on as they are. */
function unanswered(error: unknown): string | undefined {
  if (isError(error, "NETWORK_ERROR") || isError(error, "TIMEOUT") || isError(error, "SERVER_ERROR")) {
    return error.shortMessage;
  }
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return /^(ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUN|ENETUN|EPIPE)/.test(String(error.code))
    ? String(error.code)
    : undefined;
}

function explain(parsed: ErrorDescription, cause: unknown): ConsortiaError {
  const values: Record<string, unknown> = Object.fromEntries(
    parsed.fragment.inputs.map((input, index) => [input.name, parsed.args[index]]),
  );
  const sentence = EXPLANATIONS[parsed.name]?.(values) ?? `The contract refused: ${parsed.signature}.`;
  const code =
    parsed.name === "LedgerStatementFault"
      ? `Statement${FAULTS[Number(values.fault)]?.name ?? "Fault"}`
      : parsed.name;
  return new ConsortiaError(code, sentence, { cause, retryable: RETRYABLE.has(parsed.name), values });
}

/** The revert data wherever the provider put it. */
function revertData(error: unknown): string | undefined {
  if (isCallException(error) && error.data !== null && error.data !== "0x") return error.data;
  for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 5; depth++) {
    const { data, info, error: inner, cause } = at as Record<string, unknown>;
    if (typeof data === "string" && data.length >= 10) return data;
    if (typeof data === "object" && data !== null && "data" in data && typeof data.data === "string")
      return data.data;
    at = inner ?? info ?? cause;
  }
  return undefined;
}

function right(value: unknown): string {
  const names = ["post", "countersign", "vote", "cash", "speak", "read"];
  const held = names.filter((_, bit) => (Number(value) >> bit) & 1);
  return held.length === 0 ? "act" : held.join(", ");
}

function isilText(value: unknown): string {
  return JSON.stringify(decodeIsil(text(value)));
}

function dedupe(fragments: readonly ErrorFragment[]): ErrorFragment[] {
  return [...new Map(fragments.map((fragment) => [fragment.selector, fragment])).values()];
}
