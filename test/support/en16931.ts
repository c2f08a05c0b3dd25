import { all, attribute, cents, parseTree, text, type Node } from "./xml-tree.ts";

const sum = (amounts: readonly bigint[]) => amounts.reduce((one, other) => one + other, 0n);
const has = (from: Node, path: string) => text(from, path) !== undefined;
const SELLER = "cac:AccountingSupplierParty/cac:Party";
const BUYER = "cac:AccountingCustomerParty/cac:Party";
const TOTAL = "cac:LegalMonetaryTotal";
const BREAKDOWN = "cac:TaxTotal/cac:TaxSubtotal";

interface Document {
  readonly root: Node;
  readonly lines: Node[];
  readonly allowances: Node[];
  readonly category: string;
  readonly invoice: boolean;
}

const vatOf = (root: Node, party: string) =>
  all(root, `${party}/cac:PartyTaxScheme`).some((one) => text(one, "cac:TaxScheme/cbc:ID") === "VAT");

/**
 * Rules of EN 16931-1:2017, section 6.4, that bills can break: id, what it says, and whether a document keeps it. No npm
 * package holds the schemas of UBL or the standard's own rules, so they are said here once more.
 */
export const RULES: readonly [string, string, (document: Document) => boolean][] = [
  [
    "BR-01",
    "a specification identifier",
    ({ root }) => text(root, "cbc:CustomizationID") === "urn:cen.eu:en16931:2017",
  ],
  ["BR-02", "a number", ({ root }) => has(root, "cbc:ID")],
  ["BR-03", "a date of issue", ({ root }) => /^\d{4}-\d\d-\d\d$/.test(text(root, "cbc:IssueDate") ?? "")],
  [
    ...(["BR-04", "a type code: 380, 381 for a credit note"] as const),
    ({ root, invoice }) =>
      text(root, invoice ? "cbc:InvoiceTypeCode" : "cbc:CreditNoteTypeCode") === (invoice ? "380" : "381"),
  ],
  [
    "BR-05",
    "a currency of three letters",
    ({ root }) => /^[A-Z]{3}$/.test(text(root, "cbc:DocumentCurrencyCode") ?? ""),
  ],
  [
    "BR-06",
    "the seller's name",
    ({ root }) => has(root, `${SELLER}/cac:PartyLegalEntity/cbc:RegistrationName`),
  ],
  [
    "BR-07",
    "the buyer's name",
    ({ root }) => has(root, `${BUYER}/cac:PartyLegalEntity/cbc:RegistrationName`),
  ],
  ["BR-08", "the seller's address", ({ root }) => all(root, `${SELLER}/cac:PostalAddress`).length === 1],
  [
    "BR-09",
    "the seller's country",
    ({ root }) => has(root, `${SELLER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode`),
  ],
  ["BR-10", "the buyer's address", ({ root }) => all(root, `${BUYER}/cac:PostalAddress`).length === 1],
  [
    "BR-11",
    "the buyer's country",
    ({ root }) => has(root, `${BUYER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode`),
  ],
  [
    "BR-12 to BR-15",
    "the sums",
    ({ root }) =>
      ["LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"].every((name) =>
        has(root, `${TOTAL}/cbc:${name}`),
      ),
  ],
  ["BR-16", "a line", ({ lines }) => lines.length > 0],
  [
    "BR-21",
    "each line's own identifier",
    ({ lines }) => new Set(lines.map((line) => text(line, "cbc:ID"))).size === lines.length,
  ],
  [
    ...(["BR-22, BR-23", "each line's quantity and unit"] as const),
    ({ lines, invoice }) =>
      lines.every((line) => {
        const [quantity] = all(line, invoice ? "cbc:InvoicedQuantity" : "cbc:CreditedQuantity");
        return (
          quantity !== undefined &&
          Number(quantity["#text"]) > 0 &&
          /^[A-Z0-9]{2,3}$/.test(attribute(quantity, "unitCode"))
        );
      }),
  ],
  ["BR-24", "each line's amount", ({ lines }) => lines.every((line) => has(line, "cbc:LineExtensionAmount"))],
  ["BR-25", "each line's name", ({ lines }) => lines.every((line) => has(line, "cac:Item/cbc:Name"))],
  [
    "BR-26, BR-27",
    "each line's price, not below zero",
    ({ lines }) => lines.every((line) => /^\d+(\.\d+)?$/.test(text(line, "cac:Price/cbc:PriceAmount") ?? "")),
  ],
  [
    "BR-29",
    "a period that does not end before it begins",
    ({ root }) =>
      (text(root, "cac:InvoicePeriod/cbc:StartDate") ?? "") <=
      (text(root, "cac:InvoicePeriod/cbc:EndDate") ?? ""),
  ],
  [
    ...(["BR-31 to BR-33", "each allowance's amount, category and reason"] as const),
    ({ allowances }) =>
      allowances.every((one) =>
        ["cbc:Amount", "cac:TaxCategory/cbc:ID", "cbc:AllowanceChargeReason"].every((path) => has(one, path)),
      ),
  ],
  [
    ...(["BR-49, BR-50, BR-61", "means of payment with its code and account"] as const),
    ({ root }) =>
      all(root, "cac:PaymentMeans").every(
        (one) => has(one, "cbc:PaymentMeansCode") && has(one, "cac:PayeeFinancialAccount/cbc:ID"),
      ),
  ],
  [
    ...(["BR-62, BR-63", "electronic addresses with their scheme"] as const),
    ({ root }) =>
      [SELLER, BUYER].every((party) =>
        all(root, `${party}/cbc:EndpointID`).every((one) => attribute(one, "schemeID") !== ""),
      ),
  ],
  [
    "BR-CO-04",
    "each line's tax category",
    ({ lines, category }) =>
      lines.every((line) => text(line, "cac:Item/cac:ClassifiedTaxCategory/cbc:ID") === category),
  ],
  [
    "BR-CO-09",
    "VAT identifiers with their country",
    ({ root }) =>
      [SELLER, BUYER].every((party) =>
        all(root, `${party}/cac:PartyTaxScheme`).every(
          (one) =>
            text(one, "cac:TaxScheme/cbc:ID") !== "VAT" || /^[A-Z]{2}/.test(text(one, "cbc:CompanyID") ?? ""),
        ),
      ),
  ],
  [
    "BR-CO-10",
    "BT-106 = Σ BT-131",
    ({ root, lines }) =>
      cents(root, `${TOTAL}/cbc:LineExtensionAmount`) ===
      sum(lines.map((line) => cents(line, "cbc:LineExtensionAmount"))),
  ],
  [
    "BR-CO-11",
    "BT-107 = Σ BT-92",
    ({ root, allowances }) =>
      cents(root, `${TOTAL}/cbc:AllowanceTotalAmount`) ===
      sum(allowances.map((one) => cents(one, "cbc:Amount"))),
  ],
  [
    ...(["BR-CO-13", "BT-109 = BT-106 − BT-107 + BT-108"] as const),
    ({ root }) =>
      cents(root, `${TOTAL}/cbc:TaxExclusiveAmount`) ===
      cents(root, `${TOTAL}/cbc:LineExtensionAmount`) -
        cents(root, `${TOTAL}/cbc:AllowanceTotalAmount`) +
        cents(root, `${TOTAL}/cbc:ChargeTotalAmount`),
  ],
  [
    "BR-CO-14",
    "BT-110 = Σ BT-117",
    ({ root }) =>
      cents(root, "cac:TaxTotal/cbc:TaxAmount") ===
      sum(all(root, BREAKDOWN).map((one) => cents(one, "cbc:TaxAmount"))),
  ],
  [
    "BR-CO-15",
    "BT-112 = BT-109 + BT-110",
    ({ root }) =>
      cents(root, `${TOTAL}/cbc:TaxInclusiveAmount`) ===
      cents(root, `${TOTAL}/cbc:TaxExclusiveAmount`) + cents(root, "cac:TaxTotal/cbc:TaxAmount"),
  ],
  [
    ...(["BR-CO-16", "BT-115 = BT-112 − BT-113 + BT-114"] as const),
    ({ root }) =>
      cents(root, `${TOTAL}/cbc:PayableAmount`) ===
      cents(root, `${TOTAL}/cbc:TaxInclusiveAmount`) -
        cents(root, `${TOTAL}/cbc:PrepaidAmount`) +
        cents(root, `${TOTAL}/cbc:PayableRoundingAmount`),
  ],
  [
    ...(["BR-CO-17", "BT-117 = BT-116 × BT-119 ÷ 100, rounded to two decimals"] as const),
    ({ root }) =>
      all(root, BREAKDOWN).every((one) => {
        const rate = BigInt(Math.round(Number(text(one, "cac:TaxCategory/cbc:Percent") ?? "0") * 100));
        const off = cents(one, "cbc:TaxAmount") * 10_000n - cents(one, "cbc:TaxableAmount") * rate;
        return off <= 5_000n && off >= -5_000n;
      }),
  ],
  ["BR-CO-18", "a breakdown of the tax", ({ root }) => all(root, BREAKDOWN).length === 1],
  [
    "BR-CO-25",
    "a due date or terms where something is due",
    ({ root }) =>
      cents(root, `${TOTAL}/cbc:PayableAmount`) <= 0n ||
      has(root, "cbc:DueDate") ||
      has(root, "cac:PaymentTerms/cbc:Note"),
  ],
  [
    "BR-CO-26",
    "who the seller is",
    ({ root }) => has(root, `${SELLER}/cac:PartyLegalEntity/cbc:CompanyID`) || vatOf(root, SELLER),
  ],
  [
    "BR-O-02",
    "no VAT identifiers in category O",
    ({ root, category }) => category !== "O" || !(vatOf(root, SELLER) || vatOf(root, BUYER)),
  ],
  [
    "BR-E-02, BR-Z-02, BR-S-02",
    "the seller's tax number in categories E, Z and S",
    ({ root, category }) =>
      category === "O" || all(root, `${SELLER}/cac:PartyTaxScheme/cbc:CompanyID`).length > 0,
  ],
  [
    ...(["BR-O-05, BR-E-05, BR-Z-05, BR-S-05", "each line's rate as its category has it"] as const),
    ({ lines, category }) =>
      lines.every((line) => {
        const rate = text(line, "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent");
        return category === "O" ? rate === undefined : category === "S" ? Number(rate) > 0 : rate === "0";
      }),
  ],
  [
    ...(["BR-O-08, BR-E-08, BR-Z-08, BR-S-08", "BT-116 is what lines less allowances come to"] as const),
    ({ root, lines, allowances }) =>
      cents(root, `${BREAKDOWN}/cbc:TaxableAmount`) ===
      sum(lines.map((line) => cents(line, "cbc:LineExtensionAmount"))) -
        sum(allowances.map((one) => cents(one, "cbc:Amount"))),
  ],
  [
    "BR-O-09, BR-E-09, BR-Z-09",
    "no tax but in category S",
    ({ root, category }) => category === "S" || cents(root, `${BREAKDOWN}/cbc:TaxAmount`) === 0n,
  ],
  [
    ...(["BR-O-10, BR-E-10, BR-Z-10, BR-S-10", "a reason in categories O and E, and in no other"] as const),
    ({ root, category }) =>
      has(root, `${BREAKDOWN}/cac:TaxCategory/cbc:TaxExemptionReason`) ===
      (category === "O" || category === "E"),
  ],
];

/** The rules that a document breaks, each in a line; also where an amount is in no or another currency. */
export function broken(xml: string): string[] {
  const parsed = parseTree(xml);
  const invoice = parsed["Invoice"] !== undefined;
  const [root] = all(parsed, invoice ? "Invoice" : "CreditNote");
  if (root === undefined) return ["there is no Invoice and no CreditNote"];
  const lines = all(root, invoice ? "cac:InvoiceLine" : "cac:CreditNoteLine");
  const category = text(root, `${BREAKDOWN}/cac:TaxCategory/cbc:ID`) ?? "";
  const document = { root, lines, allowances: all(root, "cac:AllowanceCharge"), category, invoice };
  return [
    ...RULES.filter(([, , keeps]) => !keeps(document)).map(([id, what]) => `${id}: ${what}`),
    ...(/Amount>/.test(
      xml.replace(
        /<cbc:\w+Amount currencyID="[A-Z]{3}">|<\/cbc:\w*Amount>|<cbc:Amount currencyID="[A-Z]{3}">/g,
        "",
      ),
    )
      ? ["an amount without its currency"]
      : []),
  ];
}
