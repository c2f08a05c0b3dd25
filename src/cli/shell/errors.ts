import { CommanderError } from "commander";
import { decodeError } from "../../chain/errors.ts";
import { isConsortiaError, type ConsortiaError } from "../../core/error.ts";

/** What a shell learns: done, refused by a rule, used wrongly, or worth trying again. */
export const EXIT = { done: 0, refused: 1, usage: 2, retry: 3 } as const;

/** Errors that another command line would not have: a setting or an argument is missing or wrong. */
const USAGE = new Set([
  "SignerMissing",
  "KeyInvalid",
  "KeystoreUnreadable",
  "PasswordMissing",
  "PasswordWrong",
  "DeploymentUnknown",
  "PresetUnreadable",
  "FolderUnreadable",
  "UrlInvalid",
  "FileExists",
  "FilesSame",
  "CredentialsMissing",
  "AddressInsecure",
  "RecordsUnnamed",
  "BallotIncomplete",
  "HouseUnnamed",
  "ActUnknown",
  "ActIncomplete",
  "QuoteIncomplete",
  "LineUnreadable",
  "LenderUnreadable",
  "PriceUnreadable",
  "SwitchUnknown",
  "UrnInvalid",
  "SpanUnclear",
  "ShareUnreadable",
  "AddressInvalid",
  "WordUnknown",
  "OptionUnused",
]);

export function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (!isConsortiaError(error)) return EXIT.refused;
  if (USAGE.has(error.code)) return EXIT.usage;
  return error.retryable ? EXIT.retry : EXIT.refused;
}

/** Whatever was thrown, as the one error that this house shows. */
export function shown(error: unknown): ConsortiaError {
  return decodeError(error);
}
