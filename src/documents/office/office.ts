import type { Isil } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";

/** Where somebody gets post. */
export interface Address {
  readonly street?: string;
  readonly city: string;
  readonly postCode?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** Where money goes. */
export interface BankAccount {
  /** ISO 13616, without spaces. */
  readonly iban: string;
  /** ISO 9362. */
  readonly bic?: string;
  /** Whose it is, where that is not the party's name. */
  readonly holder?: string;
}

/** Who stands on a paper, as the law knows it. */
export interface Party {
  readonly name: string;
  readonly address: Address;
  /** With the country's prefix: BT-31 of EN 16931 for the office, BT-48 for a member. */
  readonly vatId?: string;
  /** The number that the local tax office knows it by, BT-32. */
  readonly taxRegistration?: string;
  /** The number in a public register, BT-30 and BT-47. */
  readonly legalRegistration?: string;
  readonly email?: string;
  /** Where e-invoices go, BT-34 and BT-49; the scheme is one of CEF's EAS codes, such as 0088. */
  readonly electronicAddress?: { readonly scheme: string; readonly value: string };
  readonly account?: BankAccount;
}

/**
 * How services are taxed, by the categories of EN 16931 (UNCL 5305): outside the scope of VAT, exempt, zero-rated, at a
 * rate.
 */
export const TAX_CATEGORIES = ["O", "E", "Z", "S"] as const;
export type TaxCategory = (typeof TAX_CATEGORIES)[number];

export interface Tax {
  readonly category: TaxCategory;
  /** In hundredths of a percent: 1900 for 19 %. Zero but for category S. */
  readonly rate: number;
  /** Why no tax is charged: for O and E only, and then needed (BT-120). */
  readonly exemption?: string;
}

/** What a consortium's office says of itself, of its members and of how it bills; no chain knows any of it. */
export interface Office {
  readonly party: Party;
  /** ISO 4217. */
  readonly currency: string;
  /** Days from a paper's date to the day it is due. */
  readonly paymentDays: number;
  readonly tax: Tax;
  /** What a service counts, by its code, in codes of UN/ECE recommendation 20. */
  readonly units: ReadonlyMap<string, string>;
  readonly members: ReadonlyMap<Isil, Party>;
  /** What one unit of a service would have cost a member without the consortium, by the service's code. */
  readonly replacement: ReadonlyMap<string, Credits>;
}

/** What counts as one where the office names no unit: UN/ECE recommendation 20. */
const ONE = "C62";

/** The unit of a service. */
export function unitOf({ units }: Pick<Office, "units">, service: string): string {
  return units.get(service) ?? ONE;
}
