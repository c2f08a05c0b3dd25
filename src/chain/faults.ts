import { credits, formatCredits } from "../core/money.ts";
import { formatPeriod } from "../core/period.ts";
import type { PeriodId } from "../core/period.ts";

/** Why a statement cannot be posted, in the order of the contract's `Fault`. */
export const FAULTS: readonly { readonly name: string; explain(found: bigint, limit: bigint): string }[] = [
  { name: "None", explain: () => "nothing is wrong." },
  { name: "SameParty", explain: (found) => `member ${found} cannot bill itself.` },
  {
    name: "Reserved",
    explain: (found) =>
      found === 1n
        ? "account 1, COMMONS, gives and draws by countersigned statements alone."
        : `account ${found} gives and draws nothing.`,
  },
  {
    name: "PeriodAhead",
    explain: (found, limit) => `its month of service ${month(found)} has not begun; it is ${month(limit)}.`,
  },
  {
    name: "PeriodPast",
    explain: (found, limit) =>
      `its month of service ${month(found)} lies too far back; ${month(limit)} is the earliest that can be posted.`,
  },
  {
    name: "Expired",
    explain: (_found, limit) =>
      `it could be posted until ${month(limit)}. Have it countersigned again with a later month.`,
  },
  {
    name: "SupplierInactive",
    explain: (found) => `supplier ${found} was no active member in the month of service.`,
  },
  {
    name: "ConsumerInactive",
    explain: (found) => `consumer ${found} was no active member in the month of service.`,
  },
  { name: "NumberUsed", explain: (found) => `number ${found} was used before. Number the statement anew.` },
  { name: "NoLines", explain: () => "it has no lines." },
  {
    name: "NotOffered",
    explain: (found, limit) => `the schedule has no price for service ${found} in tier ${limit}.`,
  },
  {
    name: "AboveMaximum",
    explain: (found, limit) =>
      `it comes to ${money(found)}, more than the ${money(limit)} that the consumer signed.`,
  },
  {
    name: "NotCountersigned",
    explain: (found) =>
      `no living key of the consumer with the right to countersign signed it (found 0x${found.toString(16).padStart(40, "0")}).`,
  },
  {
    name: "NoRoom",
    explain: (found, limit) =>
      `it is due ${money(found)} and the consumer has room for ${money(limit)}. Wait for a deposit, or acknowledge the rest as a debt.`,
  },
  {
    name: "PartnerRefused",
    explain: (found, limit) => `member ${found} refused member ${limit} in the month of service.`,
  },
  {
    name: "ServiceDeclined",
    explain: (found, limit) => `member ${limit} had switched service ${found} off in the month of service.`,
  },
  {
    name: "CeilingExceeded",
    explain: (found, limit) =>
      `a unit of service ${found} costs more than the ${money(limit)} that the consumer set as its ceiling.`,
  },
  {
    name: "LicenceForbids",
    explain: (found, limit) =>
      `the licence of work ${found} does not allow service ${limit}. Ask its holder for permission.`,
  },
  {
    name: "WorkClaimed",
    explain: (found) => `it names work ${found}, and no claim may. Have the statement countersigned.`,
  },
  {
    name: "NotAccredited",
    explain: (found) => `the key of COMMONS that countersigned it is not accredited for service ${found}.`,
  },
];

/** The fault in plain words. */
export function explainFault(fault: number, found: bigint, limit: bigint): string {
  return FAULTS[fault]?.explain(found, limit) ?? `fault ${fault} (${found}, ${limit}).`;
}

function money(value: bigint): string {
  return formatCredits(credits(value));
}

function month(value: bigint): string {
  return formatPeriod(Number(value) as PeriodId);
}
