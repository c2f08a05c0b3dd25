import { expect } from "chai";
import {
  isCountry,
  isCurrency,
  isIban,
  isVatId,
  minorUnits,
} from "../../../../src/documents/office/codes.ts";

describe("codes of an office", () => {
  it("are countries that ISO 3166-1 assigns, and no other", () => {
    for (const code of ["DE", "CN", "CW", "GB", "SX", "AQ"]) expect(isCountry(code), code).to.equal(true);
    for (const code of ["UK", "EU", "XK", "DD", "SU", "AN", "ZZ", "de", "DEU", ""]) {
      expect(isCountry(code), code).to.equal(false);
    }
  });

  it("are currencies with their decimals, two at most", () => {
    expect(["EUR", "CNY", "JPY", "KWD"].map(isCurrency)).to.not.include(false);
    expect(["XAU", "XXX", "DEM", "eur", "EURO"].map(isCurrency)).to.not.include(true);
    expect(["EUR", "JPY", "KWD"].map(minorUnits)).to.deep.equal([2, 0, 2]);
  });

  it("are IBANs with the right check digits, and VAT numbers with their country", () => {
    expect(isIban("DE89370400440532013000")).to.equal(true);
    for (const wrong of ["DE88370400440532013000", "DE8937040044053201300", "XX89370400440532013000", ""]) {
      expect(isIban(wrong), wrong).to.equal(false);
    }
    expect(["DE123456789", "EL123456789"].map(isVatId)).to.deep.equal([true, true]);
    expect(["123456789", "ZZ123456789", "DE", "DE 1<2"].map(isVatId)).to.not.include(true);
  });
});
