import { periodEnd, periodStart } from "../../core/period.ts";
import type { Bill } from "../bill/bill.ts";
import { dayText } from "../bill/day.ts";
import { proofText } from "../bill/proof.ts";
import { element, given, writeXml, type Element, type Part } from "../xml/element.ts";
import { lineElement } from "./line.ts";
import { moneyOf, type Money } from "./money.ts";
import { partyElement } from "./party.ts";
import { categoryElement } from "./tax.ts";

const UBL = "urn:oasis:names:specification:ubl:schema:xsd";
/** BT-24: the core of EN 16931-1:2017, without restrictions or extensions of a country or trade. */
const CORE = "urn:cen.eu:en16931:2017";
const ROOT = { invoice: "Invoice", creditMemo: "CreditNote" } as const;

/**
 * A bill as UBL 2.1 in the syntax binding of EN 16931 (CEN/TS 16931-3-2): an Invoice (380) or a CreditNote (381).
 * @throws `XmlForbidden`
 */
export function writeUbl(bill: Bill): string {
  const { kind, seller, buyer, isil, tax } = bill;
  const money = moneyOf(bill);
  const name = ROOT[kind];
  const invoice = kind === "invoice";
  return writeXml(
    element(
      name,
      [
        element("cbc:CustomizationID", CORE),
        element("cbc:ID", bill.number),
        element("cbc:IssueDate", dayText(bill.issuedAt)),
        bill.dueAt === undefined ? undefined : element("cbc:DueDate", dayText(bill.dueAt)),
        element(invoice ? "cbc:InvoiceTypeCode" : "cbc:CreditNoteTypeCode", invoice ? "380" : "381"),
        element("cbc:Note", proofText(bill)),
        element("cbc:DocumentCurrencyCode", bill.currency),
        element("cac:InvoicePeriod", [
          element("cbc:StartDate", dayText(periodStart(bill.period))),
          element("cbc:EndDate", dayText(periodEnd(bill.period) - 1)),
        ]),
        ...bill.demands.map((demand) =>
          element("cac:AdditionalDocumentReference", [
            element("cbc:ID", String(demand)),
            element("cbc:DocumentDescription", `Invoice ${demand} on the ledger's chain`),
          ]),
        ),
        element("cac:AccountingSupplierParty", [partyElement(seller, tax.category)]),
        element("cac:AccountingCustomerParty", [partyElement(buyer, tax.category, isil)]),
        paymentMeans(bill),
        element("cac:PaymentTerms", [element("cbc:Note", bill.terms)]),
        ...bill.deductions.map(({ text, amount }) =>
          element("cac:AllowanceCharge", [
            element("cbc:ChargeIndicator", "false"),
            element("cbc:AllowanceChargeReason", text),
            money("cbc:Amount", amount),
            categoryElement("cac:TaxCategory", tax),
          ]),
        ),
        ...totalElements(bill, money),
        ...bill.lines.map((line, place) => lineElement(bill, line, place, money)),
      ],
      {
        xmlns: `${UBL}:${name}-2`,
        "xmlns:cac": `${UBL}:CommonAggregateComponents-2`,
        "xmlns:cbc": `${UBL}:CommonBasicComponents-2`,
      },
    ),
  );
}

/** BG-16, where something is to be paid: a transfer, 58 in euro (SEPA) and 30 otherwise (UNTDID 4461). */
function paymentMeans({ kind, seller, currency, number, totals }: Bill): Part {
  const { account, name } = seller;
  if (kind !== "invoice" || account === undefined || totals.due <= 0n) return undefined;
  return element("cac:PaymentMeans", [
    element("cbc:PaymentMeansCode", currency === "EUR" ? "58" : "30"),
    element("cbc:PaymentID", number),
    element("cac:PayeeFinancialAccount", [
      element("cbc:ID", account.iban),
      element("cbc:Name", account.holder ?? name),
      account.bic === undefined
        ? undefined
        : element("cac:FinancialInstitutionBranch", [given("cbc:ID", account.bic)]),
    ]),
  ]);
}

/** BG-23 and BG-22. */
function totalElements({ totals, tax }: Bill, money: Money): Element[] {
  const { lines, untaxed, taxed, deductions, prepaid, rounding, due } = totals;
  const other = (name: string, amount: typeof due) => (amount === 0n ? undefined : money(name, amount));
  return [
    element("cac:TaxTotal", [
      money("cbc:TaxAmount", totals.tax),
      element("cac:TaxSubtotal", [
        money("cbc:TaxableAmount", untaxed),
        money("cbc:TaxAmount", totals.tax),
        categoryElement("cac:TaxCategory", tax, true),
      ]),
    ]),
    element("cac:LegalMonetaryTotal", [
      money("cbc:LineExtensionAmount", lines),
      money("cbc:TaxExclusiveAmount", untaxed),
      money("cbc:TaxInclusiveAmount", taxed),
      other("cbc:AllowanceTotalAmount", deductions),
      other("cbc:PrepaidAmount", prepaid),
      other("cbc:PayableRoundingAmount", rounding),
      money("cbc:PayableAmount", due),
    ]),
  ];
}
