import { credits, formatCredits } from "../../core/money.ts";
import { formatPeriod } from "../../core/period.ts";
import type { Bill, BillLine } from "../bill/bill.ts";
import { element, given, type Element } from "../xml/element.ts";
import type { Money } from "./money.ts";
import { categoryElement } from "./tax.ts";

/** BG-25: the price is exact (BT-146), for one unit or for all of them (BT-149); the amount is rounded (BT-131). */
export function lineElement(bill: Bill, line: BillLine, place: number, money: Money): Element {
  const [name, quantity] =
    bill.kind === "invoice"
      ? (["cac:InvoiceLine", "cbc:InvoicedQuantity"] as const)
      : (["cac:CreditNoteLine", "cbc:CreditedQuantity"] as const);
  const { statement, unit } = line;
  const count = BigInt(line.quantity);
  const each = line.exact % count === 0n;
  const price = each ? credits(line.exact / count) : line.exact;
  return element(name, [
    element("cbc:ID", String(place + 1)),
    given("cbc:Note", statement === undefined ? undefined : `Records ${statement.root}`),
    element(quantity, String(line.quantity), { unitCode: unit }),
    money("cbc:LineExtensionAmount", line.amount),
    statement === undefined
      ? undefined
      : element("cac:DocumentReference", [
          element("cbc:ID", statement.name),
          element("cbc:DocumentTypeCode", "130"),
        ]),
    element("cac:Item", [
      given(
        "cbc:Description",
        statement === undefined
          ? undefined
          : `Statement ${statement.name}, service of ${formatPeriod(statement.period)}`,
      ),
      element("cbc:Name", line.text),
      categoryElement("cac:ClassifiedTaxCategory", bill.tax),
    ]),
    element("cac:Price", [
      element("cbc:PriceAmount", formatCredits(price), { currencyID: bill.currency }),
      each ? undefined : element("cbc:BaseQuantity", String(line.quantity), { unitCode: unit }),
    ]),
  ]);
}
