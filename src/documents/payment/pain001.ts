import { ConsortiaError } from "../../core/error.ts";
import { keccak256, toHash } from "../../core/keccak.ts";
import { credits } from "../../core/money.ts";
import { paperText } from "../bill/round.ts";
import { minorUnits } from "../office/codes.ts";
import type { BankAccount, Office } from "../office/office.ts";
import { element, writeXml, type Element } from "../xml/element.ts";
import { sepaText } from "./sepa.ts";
import type { Transfer } from "./transfer.ts";

const NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
/** The longest name that SEPA takes, AT-02. */
const NAME = 70;

/** A file for the bank, and what it is called. */
export interface PaymentFile {
  /** The same for the same transfers on the same day: banks refuse it a second time. */
  readonly messageId: string;
  readonly xml: string;
}

/**
 * Transfers as one ISO 20022 CustomerCreditTransferInitiation, pain.001.001.09: SEPA in euro, shared charges otherwise.
 * @param date on which the bank is to pay, as `2026-04-15`
 * @throws `AccountMissing` where the office has none; `TextNotSepa`
 */
export function writePain001(transfers: readonly Transfer[], office: Office, date: string): PaymentFile {
  const { account } = office.party;
  if (account === undefined) {
    throw new ConsortiaError(
      "AccountMissing",
      'The office file names no account of the office to pay from. Add "account" to its party.',
    );
  }
  const { currency } = office;
  const decimals = minorUnits(currency);
  const total = credits(transfers.reduce((sum, { amount }) => sum + amount, 0n));
  const counts = [
    element("NbOfTxs", String(transfers.length)),
    element("CtrlSum", paperText(total, decimals)),
  ];
  const debtor = sepaText(account.holder ?? office.party.name, NAME, "The office's name");
  const messageId = idOf(transfers, account, date);
  const euro = currency === "EUR";
  const root = element(
    "Document",
    [
      element("CstmrCdtTrfInitn", [
        element("GrpHdr", [
          element("MsgId", messageId),
          // The day it is for: a file that is made again is the same file.
          element("CreDtTm", `${date}T00:00:00Z`),
          ...counts,
          element("InitgPty", [element("Nm", debtor)]),
        ]),
        element("PmtInf", [
          element("PmtInfId", messageId),
          element("PmtMtd", "TRF"),
          ...counts,
          euro ? element("PmtTpInf", [element("SvcLvl", [element("Cd", "SEPA")])]) : undefined,
          element("ReqdExctnDt", [element("Dt", date)]),
          element("Dbtr", [element("Nm", debtor), countryOf(office.party.address.country)]),
          accountElement("DbtrAcct", account),
          agentElement("DbtrAgt", account.bic),
          element("ChrgBr", euro ? "SLEV" : "SHAR"),
          ...transfers.map((transfer) => transferElement(transfer, currency, decimals)),
        ]),
      ]),
    ],
    { xmlns: NAMESPACE },
  );
  return { messageId, xml: writeXml(root) };
}

function transferElement(transfer: Transfer, currency: string, decimals: number): Element {
  const { amount, payee, country, iban, bic, remittance } = transfer;
  return element("CdtTrfTxInf", [
    element("PmtId", [element("EndToEndId", transfer.endToEndId)]),
    element("Amt", [element("InstdAmt", paperText(amount, decimals), { Ccy: currency })]),
    bic === undefined ? undefined : agentElement("CdtrAgt", bic),
    element("Cdtr", [element("Nm", payee), countryOf(country)]),
    accountElement("CdtrAcct", { iban }),
    element("RmtInf", [element("Ustrd", remittance)]),
  ]);
}

function accountElement(name: string, { iban }: Pick<BankAccount, "iban">): Element {
  return element(name, [element("Id", [element("IBAN", iban)])]);
}

function agentElement(name: string, bic: string | undefined): Element {
  const unknown = element("Othr", [element("Id", "NOTPROVIDED")]);
  return element(name, [element("FinInstnId", [bic === undefined ? unknown : element("BICFI", bic)])]);
}

function countryOf(country: string): Element {
  return element("PstlAdr", [element("Ctry", country)]);
}

/** A name of 34 characters that follows from what is paid. */
function idOf(transfers: readonly Transfer[], { iban }: BankAccount, date: string): string {
  const content = JSON.stringify([
    date,
    iban,
    transfers.map((one) => [one.endToEndId, String(one.amount), one.iban]),
  ]);
  return `CONSORTIA-${toHash(keccak256(new TextEncoder().encode(content))).slice(2, 26)}`;
}
