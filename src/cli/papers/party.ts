import { isBic, isCountry, isIban, isVatId } from "../../documents/office/codes.ts";
import type { Address, BankAccount, Party } from "../../documents/office/office.ts";
import { isConsortiaError } from "../../core/error.ts";
import { object, only, optional, text, type Json } from "../network/json.ts";

const PARTY = [
  ...["name", "address", "vatId", "taxRegistration", "legalRegistration"],
  ...["email", "electronicAddress", "account"],
];
/** The longest text of an office file: more is a mistake, and fits no paper. */
const LONGEST = 300;

/** Reads a party. @throws TypeError that names the member, after `where` it stands */
export function partyOf(source: Json, where: string): Party {
  try {
    only(source, "a party", PARTY);
    return {
      name: phrase(source, "name"),
      address: addressOf(object(source, "address")),
      ...given(source, "vatId", (from, name) =>
        code(from, name, isVatId, "a VAT identifier that begins with its country, such as DE123456789"),
      ),
      ...given(source, "taxRegistration", phrase),
      ...given(source, "legalRegistration", phrase),
      ...given(source, "email", (from, name) => code(from, name, isEmail, "an e-mail address")),
      ...given(source, "electronicAddress", (from, name) => endpointOf(object(from, name))),
      ...given(source, "account", (from, name) => accountOf(object(from, name))),
    };
  } catch (error) {
    if (error instanceof TypeError) throw new TypeError(`in ${where}, ${error.message}`, { cause: error });
    throw error;
  }
}

function addressOf(source: Json): Address {
  only(source, "an address", ["street", "city", "postCode", "country"]);
  return {
    ...given(source, "street", phrase),
    city: phrase(source, "city"),
    ...given(source, "postCode", phrase),
    country: code(source, "country", isCountry, "a country code of ISO 3166-1, such as DE"),
  };
}

function endpointOf(source: Json): { scheme: string; value: string } {
  only(source, "an electronic address", ["scheme", "value"]);
  const scheme = (text: string) => /^(\d{4}|A[NQSU]|EM)$/.test(text);
  return {
    scheme: code(source, "scheme", scheme, "an EAS code, such as 0088"),
    value: phrase(source, "value"),
  };
}

function accountOf(source: Json): BankAccount {
  only(source, "an account", ["iban", "bic", "holder"]);
  const iban = phrase(source, "iban").replaceAll(" ", "");
  return {
    iban: code(
      { iban },
      "iban",
      isIban,
      "an IBAN whose check digits are right: one digit of it is wrong, or missing",
    ),
    ...given(source, "bic", (from, name) => code(from, name, isBic, "a BIC of 8 or 11 characters")),
    ...given(source, "holder", phrase),
  };
}

/** A line of text, without control characters, and not endless. */
export function phrase(source: Json, name: string): string {
  const value = text(source, name).trim();
  if (value !== "" && value.length <= LONGEST && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(value)) return value;
  throw new TypeError(`"${name}" must be one line of at most ${LONGEST} characters.`);
}

/** A text of a certain form. */
export function code(source: Json, name: string, fits: (text: string) => boolean, wanted: string): string {
  const value = phrase(source, name);
  if (fits(value)) return value;
  throw new TypeError(`"${name}" must be ${wanted}.`);
}

/** What an object that may be missing names, each read by its name. */
export function entries<T, Key extends string = string>(
  source: Json,
  name: string,
  read: (source: Json, name: string) => T,
  key: (text: string) => Key = (text) => text as Key,
): ReadonlyMap<Key, T> {
  const found = optional(source, name, object) ?? {};
  return new Map(Object.keys(found).map((one) => [keyed(key, one, name), read(found, one)]));
}

function keyed<Key>(key: (text: string) => Key, text: string, name: string): Key {
  try {
    return key(text);
  } catch (error) {
    if (isConsortiaError(error)) throw new TypeError(`in "${name}", ${error.message}`, { cause: error });
    throw error;
  }
}

function given<Name extends string, T>(
  source: Json,
  name: Name,
  read: (source: Json, name: string) => T,
): Partial<Record<Name, T>> {
  const value = optional(source, name, read);
  return value === undefined ? {} : ({ [name]: value } as Record<Name, T>);
}

function isEmail(text: string): boolean {
  return /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(text);
}
