import type { MemberAudit } from "../../auditor/result.ts";
import { addFlows, type Flows } from "../../auditor/flows.ts";
import { COMMONS, RELIEF, type MemberId } from "../../core/ids.ts";

type Named = Pick<MemberAudit, "member" | "isil">;

/** What people call an account: its ISIL, or what it is for. */
export function accountName({ member, isil }: Named): string {
  if (member === COMMONS) return "Commons";
  if (member === RELIEF) return "Relief";
  return isil ?? `member ${member}`;
}

/** Names of accounts by number, also of those that the audit does not list. */
export function accountNames(accounts: readonly Named[]): (member: MemberId) => string {
  const names = new Map(accounts.map((account) => [account.member, accountName(account)]));
  return (member) => names.get(member) ?? accountName({ member });
}

/** All that ever happened to an account. */
export function everything({ months }: MemberAudit): Flows {
  return addFlows(months.map(({ flows }) => flows));
}
