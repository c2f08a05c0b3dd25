import type { Tax } from "../office/office.ts";
import { element, given, type Element } from "../xml/element.ts";

/** A tax category of a line, of an allowance, or of the breakdown, which alone says why no tax is charged. */
export function categoryElement(name: string, tax: Tax, breakdown = false): Element {
  return element(name, [
    element("cbc:ID", tax.category),
    // Category O has no rate at all (BR-O-05).
    tax.category === "O" ? undefined : element("cbc:Percent", percentOf(tax)),
    breakdown ? given("cbc:TaxExemptionReason", tax.exemption) : undefined,
    element("cac:TaxScheme", [element("cbc:ID", "VAT")]),
  ]);
}

/** A rate as people write it: `19`, `7.5`. */
export function percentOf({ rate }: Pick<Tax, "rate">): string {
  return String(rate / 100);
}
