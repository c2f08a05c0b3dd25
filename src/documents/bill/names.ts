import { COMMONS, RELIEF, type MemberId } from "../../core/ids.ts";
import type { Office } from "../office/office.ts";
import type { BillFacts } from "./facts.ts";

/** What a paper calls a member: the office's name for it, its ISIL, or its number. */
export function nameIn({ isils }: Pick<BillFacts, "isils">, { members }: Pick<Office, "members">) {
  return (member: MemberId): string => {
    if (member === COMMONS) return "the commons";
    if (member === RELIEF) return "relief";
    const isil = isils.get(member);
    if (isil === undefined) return `member ${member}`;
    const name = members.get(isil)?.name;
    return name === undefined ? isil : `${name} (${isil})`;
  };
}
