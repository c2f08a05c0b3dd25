import type { Party, Tax } from "./office.ts";

/**
 * What of an office's own terms EN 16931 does not allow together, in a sentence; undefined where all is well. The rules are
 * BR-CO-26 and, by category, BR-O-02, BR-O-10, BR-E-02, BR-E-10, BR-Z-02, BR-Z-10, BR-S-02, BR-S-05 and BR-S-10.
 */
export function taxFault(party: Party, { category, rate, exemption }: Tax): string | undefined {
  if (category === "S" ? rate === 0 : rate !== 0) {
    return category === "S"
      ? '"rate" of tax category S must be more than zero'
      : `"rate" must be left out in tax category ${category}`;
  }
  const reasoned = category === "O" || category === "E";
  if (reasoned !== (exemption !== undefined)) {
    return reasoned
      ? `"exemption" must say why no tax is charged in category ${category}`
      : `"exemption" must be left out in tax category ${category}`;
  }
  if (category === "O" && party.vatId !== undefined) {
    return '"vatId" must be left out in tax category O: who is outside the scope of VAT shows none';
  }
  if (category !== "O" && party.vatId === undefined && party.taxRegistration === undefined) {
    return `"vatId" or "taxRegistration" of the office is needed in tax category ${category}`;
  }
  if (party.vatId === undefined && party.legalRegistration === undefined) {
    return '"vatId" or "legalRegistration" of the office is needed, so that buyers know whom they pay';
  }
  return undefined;
}
