import { Interface, isCallException, isError } from "ethers";
import type { ErrorDescription, ErrorFragment } from "ethers";
import { ConsortiaError } from "../core/error.ts";
import { EXPLANATIONS } from "./explanations.ts";
import { FAULTS } from "./faults.ts";
import {
  Admissions__factory,
  Advances__factory,
  Amendments__factory,
  Chamber__factory,
  Charter__factory,
  Claims__factory,
  Compensation__factory,
  CreditToken__factory,
  Delegates__factory,
  Elections__factory,
  FeeSchedule__factory,
  Ledger__factory,
  Pricing__factory,
  Register__factory,
  Resources__factory,
  Reversals__factory,
  Seats__factory,
  Voice__factory,
} from "./types/index.ts";

/** Errors that the libraries inside the contracts raise. */
const LIBRARY_ERRORS = [
  "error SafeERC20FailedOperation(address token)",
  "error StatementMalformed(uint256 offset)",
  "error RecordProofInvalid()",
  "error AssetsNotExact(uint256 expected, uint256 moved)",
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
        Admissions__factory,
        Advances__factory,
        Amendments__factory,
        Chamber__factory,
        Charter__factory,
        Claims__factory,
        Compensation__factory,
        CreditToken__factory,
        Delegates__factory,
        Elections__factory,
        FeeSchedule__factory,
        Ledger__factory,
        Pricing__factory,
        Register__factory,
        Resources__factory,
        Reversals__factory,
        Seats__factory,
        Voice__factory,
      ].flatMap((factory) => Interface.from(factory.abi).fragments),
      ...Interface.from(LIBRARY_ERRORS).fragments,
    ].filter((fragment): fragment is ErrorFragment => fragment.type === "error"),
  ),
);

/** Errors that go away by waiting or by an act that is open to anyone. */
const RETRYABLE = new Set([
  "AccessManagerNotReady",
  "AdmissionTooEarly",
  "AmendmentTooEarly",
  "ClaimNotDue",
  "CompensationNotLapsed",
  "CompensationPeriodOpen",
  "ElectionsRecallTooSoon",
  "ElectionsRunning",
  "ElectionsTimeAhead",
  "ElectionsTooSoon",
  "GovernorUnmetDelay",
  "GrantRunning",
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
    parsed.name === "LedgerStatementFault" || parsed.name === "ClaimFault"
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

function dedupe(fragments: readonly ErrorFragment[]): ErrorFragment[] {
  return [...new Map(fragments.map((fragment) => [fragment.selector, fragment])).values()];
}
