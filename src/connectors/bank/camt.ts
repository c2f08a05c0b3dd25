import { nodesAt, textAt, type XmlNode } from "../xml/node.ts";
import type { BankNotice } from "./notice.ts";

/** A BankToCustomerStatement or a BankToCustomerDebitCreditNotification: one notice a transaction of each entry. */
export function camtNotices(root: XmlNode): BankNotice[] {
  const entries = [
    ...nodesAt(root, "BkToCstmrStmt/Stmt/Ntry"),
    ...nodesAt(root, "BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry"),
  ];
  return entries.flatMap((entry) => {
    const details = nodesAt(entry, "NtryDtls/TxDtls");
    return details.flatMap((one) => noticeOf(entry, one, details.length === 1));
  });
}

/** @param alone whether the entry books nothing else, so that its amount is this one's */
function noticeOf(entry: XmlNode, one: XmlNode, alone: boolean): BankNotice[] {
  const endToEndId = textAt(one, "Refs/EndToEndId");
  if (endToEndId === undefined || endToEndId === "NOTPROVIDED") return [];
  const amounts = [
    ...nodesAt(one, "AmtDtls/TxAmt/Amt"),
    ...nodesAt(one, "Amt"),
    ...(alone ? nodesAt(entry, "Amt") : []),
  ];
  const [amount] = amounts;
  const reference = textAt(one, "Refs/AcctSvcrRef") ?? textAt(entry, "AcctSvcrRef");
  const reason = textAt(one, "RtrInf/Rsn/Cd");
  return [
    {
      ...{ endToEndId, state: stateOf(entry, one) },
      ...(amount === undefined
        ? {}
        : { amount: amount.text.trim(), currency: amount.attributes.get("Ccy") ?? "" }),
      ...(reference === undefined ? {} : { reference }),
      ...(reason === undefined ? {} : { reason }),
    },
  ];
}

/** Money that left is booked; the same transfer coming back, or its booking taken back, is returned. */
function stateOf(entry: XmlNode, one: XmlNode): BankNotice["state"] {
  const status = textAt(entry, "Sts/Cd") ?? textAt(entry, "Sts");
  if (status !== "BOOK") return "waiting";
  const direction = textAt(one, "CdtDbtInd") ?? textAt(entry, "CdtDbtInd");
  const back =
    direction !== "DBIT" || textAt(entry, "RvslInd") === "true" || nodesAt(one, "RtrInf").length > 0;
  return back ? "returned" : "booked";
}
