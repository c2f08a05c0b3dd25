import { isSEPACountry } from "ibantools";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import type { Hash } from "../../core/ids.ts";
import { formatCredits, parseCredits, type Credits } from "../../core/money.ts";
import { isRound } from "../bill/round.ts";
import { minorUnits } from "../office/codes.ts";
import type { Office } from "../office/office.ts";
import type { Instruction } from "./instruction.ts";
import { sepaText } from "./sepa.ts";

/** Credits that were burnt, for the bank to pay out. */
export interface OpenRedemption {
  readonly redemption: number;
  readonly amount: Credits;
  readonly instruction: Hash;
}

/** One credit transfer, ready for the bank. */
export interface Transfer {
  readonly redemption: number;
  /** At most 35 characters. */
  readonly endToEndId: string;
  readonly amount: Credits;
  readonly payee: string;
  readonly country: string;
  readonly iban: string;
  readonly bic?: string;
  readonly remittance: string;
}

/** A redemption that is not paid, and why. */
export interface Refusal {
  readonly redemption: number;
  readonly code: string;
  readonly reason: string;
}

/** Where the redemptions are: the chain, and the asset that was burnt. */
export interface Origin {
  readonly chainId: number;
  readonly asset: string;
}

/** The most that one SEPA credit transfer moves: EPC125-05, AT-04. */
const MOST = parseCredits("999999999.99");
/** The longest name that SEPA takes, AT-02 and AT-21, and the longest remittance, AT-05. */
const [NAME, REMITTANCE] = [70, 140];

/** What a redemption is called from end to end: the same whenever it is paid, and another on another chain. */
export function endToEndId(redemption: number, { chainId, asset }: Origin): string {
  return `R${redemption}-${chainId}-${asset.slice(2, 10).toLowerCase()}`;
}

/** Makes a transfer of every redemption whose instruction is at hand; what one lacks does not hold up the others. */
export function makeTransfers(
  redemptions: readonly OpenRedemption[],
  instructions: ReadonlyMap<Hash, Instruction>,
  office: Office,
  origin: Origin,
): { readonly transfers: readonly Transfer[]; readonly refused: readonly Refusal[] } {
  const transfers: Transfer[] = [];
  const refused: Refusal[] = [];
  for (const one of redemptions) {
    try {
      transfers.push(transferOf(one, instructions.get(one.instruction), office, origin));
    } catch (error) {
      if (!isConsortiaError(error)) throw error;
      refused.push({ redemption: one.redemption, code: error.code, reason: error.message });
    }
  }
  return { transfers, refused };
}

function transferOf(
  { redemption, amount }: OpenRedemption,
  instruction: Instruction | undefined,
  office: Office,
  origin: Origin,
): Transfer {
  if (instruction === undefined) {
    throw refusal(
      "InstructionMissing",
      `No instruction at hand says where redemption ${redemption} goes. Put its file into the folder.`,
    );
  }
  const party = office.members.get(instruction.payee);
  const account = party?.account;
  if (party === undefined || account === undefined) {
    const lacks = party === undefined ? "does not name" : "knows no account of";
    throw refusal(
      "PayeeUnknown",
      `The office file ${lacks} ${instruction.payee}. Add what it lacks under "members".`,
    );
  }
  const euro = office.currency === "EUR";
  if (!isRound(amount, minorUnits(office.currency)) || amount <= 0n || (euro && amount > MOST)) {
    throw refusal(
      "AmountUnpayable",
      `Redemption ${redemption} is of ${formatCredits(amount)} ${office.currency}, which no bank can transfer to the last digit in one go. Nothing is rounded: have it paid otherwise, and confirm it with "consortia credit confirm-redemption".`,
    );
  }
  if (euro && !isSEPACountry(account.iban.slice(0, 2))) {
    throw refusal(
      "AccountOutsideSepa",
      `${instruction.payee}'s account ${account.iban} lies outside SEPA. Have it paid otherwise.`,
    );
  }
  const reference = instruction.reference === undefined ? "" : ` ${instruction.reference}`;
  return {
    ...{ redemption, amount, endToEndId: endToEndId(redemption, origin) },
    ...{ country: party.address.country, iban: account.iban },
    ...(account.bic === undefined ? {} : { bic: account.bic }),
    payee: sepaText(account.holder ?? party.name, NAME, "The payee's name"),
    remittance: sepaText(`Redemption ${redemption}${reference}`, REMITTANCE, "The reference"),
  };
}

function refusal(code: string, message: string): ConsortiaError {
  return new ConsortiaError(code, message);
}
