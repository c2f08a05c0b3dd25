import { ConsortiaError } from "../../core/error.ts";
import { nodesAt, textAt, type XmlNode } from "../xml/node.ts";
import type { BankNotice } from "./notice.ts";

/** The statuses that say that the money moved: settled on the debtor's account, credited to the creditor's. */
const BOOKED = ["ACSC", "ACCC"];

/**
 * A CustomerPaymentStatusReport: a transfer's own status, else its payment's, else the whole file's.
 * @throws `FileRejected` where the bank rejected a whole file, or its one payment, and names none of its transfers
 */
export function pain002Notices(root: XmlNode): BankNotice[] {
  return nodesAt(root, "CstmrPmtStsRpt").flatMap((report) => {
    const group = textAt(report, "OrgnlGrpInfAndSts/GrpSts");
    const notices = nodesAt(report, "OrgnlPmtInfAndSts").flatMap((payment) => {
      const status = textAt(payment, "PmtInfSts") ?? group;
      return nodesAt(payment, "TxInfAndSts").flatMap((one) => noticeOf(one, status));
    });
    const payment = nodesAt(report, "OrgnlPmtInfAndSts").map((one) => textAt(one, "PmtInfSts"));
    if (notices.length === 0 && [group, ...payment].includes("RJCT")) throw rejected(report);
    return notices;
  });
}

function rejected(report: XmlNode): ConsortiaError {
  const file = textAt(report, "OrgnlGrpInfAndSts/OrgnlMsgId") ?? "";
  const reasons = ["OrgnlGrpInfAndSts", "OrgnlPmtInfAndSts"].map((part) =>
    reasonOf(report, `${part}/StsRsnInf`),
  );
  const reason = reasons.find((one) => one !== "") ?? "the bank gives no reason";
  return new ConsortiaError(
    "FileRejected",
    `The bank rejected the whole file ${file}: ${reason}. None of its transfers is paid; make them anew with --again.`,
    { values: { file, reason } },
  );
}

/** A reason's code with what the bank adds; empty where there is none. */
function reasonOf(from: XmlNode, path: string): string {
  const code = textAt(from, `${path}/Rsn/Cd`) ?? textAt(from, `${path}/Rsn/Prtry`);
  return [code, textAt(from, `${path}/AddtlInf`)].filter((part) => part !== undefined).join(": ");
}

function noticeOf(one: XmlNode, outer: string | undefined): BankNotice[] {
  const endToEndId = textAt(one, "OrgnlEndToEndId");
  if (endToEndId === undefined) return [];
  const status = textAt(one, "TxSts") ?? outer ?? "";
  const state = BOOKED.includes(status) ? "booked" : status === "RJCT" ? "rejected" : "waiting";
  const [amount] = nodesAt(one, "OrgnlTxRef/Amt/InstdAmt");
  const reference = textAt(one, "AcctSvcrRef");
  const reason = reasonOf(one, "StsRsnInf");
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
