import { nodesAt, textAt, type XmlNode } from "../xml/read.ts";
import type { BankNotice } from "./notice.ts";

/** The statuses that say that the money moved: settled on the debtor's account, credited to the creditor's. */
const BOOKED = ["ACSC", "ACCC"];

/** A CustomerPaymentStatusReport: a transfer's own status, else its payment's, else the whole file's. */
export function pain002Notices(root: XmlNode): BankNotice[] {
  return nodesAt(root, "CstmrPmtStsRpt").flatMap((report) => {
    const group = textAt(report, "OrgnlGrpInfAndSts/GrpSts");
    return nodesAt(report, "OrgnlPmtInfAndSts").flatMap((payment) => {
      const status = textAt(payment, "PmtInfSts") ?? group;
      return nodesAt(payment, "TxInfAndSts").flatMap((one) => noticeOf(one, status));
    });
  });
}

function noticeOf(one: XmlNode, outer: string | undefined): BankNotice[] {
  const endToEndId = textAt(one, "OrgnlEndToEndId");
  if (endToEndId === undefined) return [];
  const status = textAt(one, "TxSts") ?? outer ?? "";
  const state = BOOKED.includes(status) ? "booked" : status === "RJCT" ? "rejected" : "waiting";
  const [amount] = nodesAt(one, "OrgnlTxRef/Amt/InstdAmt");
  const reference = textAt(one, "AcctSvcrRef");
  const reason = [
    textAt(one, "StsRsnInf/Rsn/Cd") ?? textAt(one, "StsRsnInf/Rsn/Prtry"),
    textAt(one, "StsRsnInf/AddtlInf"),
  ]
    .filter((part) => part !== undefined)
    .join(": ");
  return [
    {
      ...{ endToEndId, state },
      ...(amount === undefined
        ? {}
        : { amount: amount.text.trim(), currency: amount.attributes.get("Ccy") ?? "" }),
      ...(reference === undefined ? {} : { reference }),
      ...(reason === "" ? {} : { reason }),
    },
  ];
}
