import { ConsortiaError } from "../../core/error.ts";
import { FIRST_MEMBER, type MemberId } from "../../core/ids.ts";
import type { ConsortiumRole } from "./consortium.ts";
import type { Account } from "./entry.ts";
import type { MemberRole } from "./member.ts";

/** An account's number and name; of accounts that each member has one of, the member's number follows a hyphen. */
export interface ChartAccount {
  readonly number: string;
  readonly name: string;
}

export type Chart<Role extends string> = Readonly<Record<Role, ChartAccount>>;

/** What each account of a consortium's books is called where nobody says otherwise. */
export const CONSORTIUM_CHART: Chart<ConsortiumRole> = {
  asset: { number: "1000", name: "Settlement asset held by the ledger" },
  bank: { number: "1010", name: "Bank: payments for own credits" },
  promises: { number: "1100", name: "Promised for own credits" },
  debtors: { number: "1200", name: "Acknowledged debts" },
  advanced: { number: "1300", name: "Advances to be returned" },
  members: { number: "2000", name: "Account with the consortium" },
  creditors: { number: "2200", name: "Due from acknowledged debts" },
  sponsors: { number: "2300", name: "Due from advances" },
  bonds: { number: "2400", name: "Set aside: bonds of claims" },
  grants: { number: "2410", name: "Set aside: grants" },
  compensation: { number: "2420", name: "Set aside: compensation of net lenders" },
  unissued: { number: "2500", name: "Own credits: promised or paid, not issued" },
  circulation: { number: "2510", name: "Own credits in circulation" },
  redemptions: { number: "2520", name: "Own credits redeemed, not paid out" },
  commons: { number: "2900", name: "Fund of the commons" },
  relief: { number: "2910", name: "Fund for relief" },
};

/** The same of a member's own books. */
export const MEMBER_CHART: Chart<MemberRole> = {
  cash: { number: "1500", name: "Account with the consortium" },
  asset: { number: "1510", name: "Settlement asset, clearing" },
  bank: { number: "1520", name: "Bank" },
  receivables: { number: "1530", name: "Acknowledged debts of others" },
  advancesLent: { number: "1540", name: "Advances lent" },
  bonds: { number: "1550", name: "Bonds put up for claims" },
  setAside: { number: "1560", name: "Set aside for grants and net lenders" },
  payables: { number: "2530", name: "Acknowledged debts" },
  advancesOwed: { number: "2540", name: "Advances received" },
  income: { number: "4500", name: "Interlibrary services given" },
  refundsReceived: { number: "4510", name: "Refunds received" },
  relief: { number: "4520", name: "Relief received" },
  grants: { number: "4530", name: "Grants received" },
  compensation: { number: "4540", name: "Compensation as net lender" },
  royaltyIncome: { number: "4550", name: "Royalties received" },
  feeIncome: { number: "4560", name: "Handling fees received" },
  forfeits: { number: "4570", name: "Bonds forfeited by others" },
  expense: { number: "6500", name: "Interlibrary services drawn" },
  fees: { number: "6510", name: "Handling fees" },
  royaltyExpense: { number: "6520", name: "Royalties" },
  refundsGiven: { number: "6530", name: "Refunds given" },
  reliefPaid: { number: "6540", name: "Relief paid" },
  bondsForfeited: { number: "6550", name: "Bonds forfeited" },
};

/**
 * A chart with an office's own numbers and names in place of some.
 * @param given what was read from JSON: `{"members": {"number": "1600", "name": "Libraries"}}`; either may be left out
 * @throws `AccountsInvalid` naming the account
 */
export function chartWith<Role extends string>(usual: Chart<Role>, given: unknown): Chart<Role> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw invalid("it must be an object of accounts.");
  }
  const chart: Record<Role, ChartAccount> = { ...usual };
  for (const [role, account] of Object.entries(given as Readonly<Record<string, unknown>>)) {
    if (!isRole(usual, role)) {
      throw invalid(`there is no account "${role}". There are ${Object.keys(usual).join(", ")}.`);
    }
    chart[role] = accountOf(role, usual[role], account);
  }
  const numbers = Object.values<ChartAccount>(chart).map(({ number }) => number);
  const twice = numbers.find((number, at) => numbers.indexOf(number) !== at);
  if (twice !== undefined) throw invalid(`two accounts have the number ${twice}.`);
  return chart;
}

/** What an account is called in a chart. */
export function accountIn<Role extends string>(
  chart: Chart<Role>,
  { role, member }: Account<Role>,
  nameOf: (member: MemberId) => string,
): ChartAccount {
  const account = chart[role];
  if (member === undefined) return account;
  const whose = member < FIRST_MEMBER ? nameOf(member) : `${nameOf(member)} (member ${member})`;
  return { number: `${account.number}-${member}`, name: `${account.name}: ${whose}` };
}

function isRole<Role extends string>(chart: Chart<Role>, name: string): name is Role {
  return Object.hasOwn(chart, name);
}

function accountOf(role: string, usual: ChartAccount, given: unknown): ChartAccount {
  if (typeof given !== "object" || given === null) throw invalid(`"${role}" must be an object.`);
  const { number = usual.number, name = usual.name, ...more } = given as Partial<Record<string, unknown>>;
  const [strange] = Object.keys(more);
  if (strange !== undefined) throw invalid(`"${role}" has no "${strange}", only "number" and "name".`);
  if (typeof number !== "string" || !/^[0-9A-Za-z][0-9A-Za-z.]{0,19}$/.test(number)) {
    throw invalid(`"number" of "${role}" must be a text of 1 to 20 digits, letters and points.`);
  }
  if (typeof name !== "string" || name.trim() === "" || name.length > 120 || /\p{Cc}/u.test(name)) {
    throw invalid(`"name" of "${role}" must be one line of at most 120 characters.`);
  }
  return { number, name };
}

function invalid(why: string): ConsortiaError {
  return new ConsortiaError("AccountsInvalid", `The file of accounts cannot be used: ${why}`);
}
