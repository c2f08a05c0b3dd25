import type { MemberAudit } from "../../auditor/result.ts";
import { FIRST_MEMBER } from "../../core/ids.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import { amount } from "../report/format.ts";
import { divergingBars, type Bar } from "../report/diverging.ts";
import type { Html } from "../report/html.ts";
import { accountName, everything } from "./account.ts";

/** What each member gave and drew in the audited time, with the difference as a ring. */
export function givenAndDrawnBars(accounts: readonly MemberAudit[]): Html {
  const bars = accounts.filter(isMember).map((account): Bar => {
    const { given = ZERO, drawn = ZERO } = everything(account);
    const net = credits(given - drawn);
    return {
      name: accountName(account),
      says: `given ${amount(given)}, drawn ${amount(drawn)}, difference ${amount(net)}`,
      left: [{ kind: "drawn", value: drawn }],
      right: [{ kind: "given", value: given }],
      mark: net,
    };
  });
  return divergingBars(bars, {
    id: "given",
    title: "What each member gave and drew",
    none: "No member gave or drew anything.",
    keys: [
      { kind: "drawn", text: "drawn" },
      { kind: "given", text: "given" },
      { kind: "mark", text: "difference, before fees and refunds" },
    ],
  });
}

/** Each member's cash with the open month's position beside it, and its room as a ring. */
export function balanceBars(accounts: readonly MemberAudit[]): Html {
  const bars = accounts.filter(isMember).map((account): Bar => {
    const { cash, position, room } = account.account;
    return {
      name: accountName(account),
      says: `cash ${amount(cash)}, position ${amount(position)}, room ${amount(room)}`,
      left: [{ kind: "drawn", value: positive(credits(-position)) }],
      right: [
        { kind: "held", value: positive(cash) },
        { kind: "given", value: positive(position) },
      ],
      mark: room,
    };
  });
  return divergingBars(bars, {
    id: "balance",
    title: "Cash and position of each member",
    none: "Every member's account is empty.",
    keys: [
      { kind: "held", text: "cash" },
      { kind: "given", text: "position in credit" },
      { kind: "drawn", text: "position in debit" },
      { kind: "mark", text: "room" },
    ],
  });
}

/** The commons would dwarf its members; the table shows it. */
function isMember({ member }: MemberAudit): boolean {
  return member >= FIRST_MEMBER;
}

function positive(value: Credits): Credits {
  return value > 0n ? value : ZERO;
}
