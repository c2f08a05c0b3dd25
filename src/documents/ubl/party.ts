import type { Party, TaxCategory } from "../office/office.ts";
import { element, given, type Element, type Part } from "../xml/element.ts";

/** BG-4 and BG-7 as a `cac:Party`. @param id BT-29 or BT-46 */
export function partyElement(party: Party, category: TaxCategory, id?: string): Element {
  const { name, address, email, electronicAddress } = party;
  return element("cac:Party", [
    electronicAddress === undefined
      ? undefined
      : element("cbc:EndpointID", electronicAddress.value, { schemeID: electronicAddress.scheme }),
    id === undefined ? undefined : element("cac:PartyIdentification", [element("cbc:ID", id)]),
    element("cac:PostalAddress", [
      given("cbc:StreetName", address.street),
      element("cbc:CityName", address.city),
      given("cbc:PostalZone", address.postCode),
      element("cac:Country", [element("cbc:IdentificationCode", address.country)]),
    ]),
    // Who bills outside the scope of VAT shows nobody's VAT identifier (BR-O-02).
    category === "O" ? undefined : taxScheme(party.vatId, "VAT"),
    taxScheme(party.taxRegistration, "TAX"),
    element("cac:PartyLegalEntity", [
      element("cbc:RegistrationName", name),
      given("cbc:CompanyID", party.legalRegistration),
    ]),
    email === undefined ? undefined : element("cac:Contact", [element("cbc:ElectronicMail", email)]),
  ]);
}

function taxScheme(companyId: string | undefined, scheme: string): Part {
  if (companyId === undefined) return undefined;
  return element("cac:PartyTaxScheme", [
    element("cbc:CompanyID", companyId),
    element("cac:TaxScheme", [element("cbc:ID", scheme)]),
  ]);
}
