import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { isil } from "../../core/ids.ts";
import { isCurrency } from "../../documents/office/codes.ts";
import { TAX_CATEGORIES, type Office, type Tax } from "../../documents/office/office.ts";
import { taxFault } from "../../documents/office/tax.ts";
import { amount, number, object, only, optional, word, type Json } from "../network/json.ts";
import type { NamedDeployment } from "../shell/deployment.ts";
import { readJson } from "../shell/files.ts";
import { code, entries, partyOf, phrase } from "./party.ts";

const MEMBERS = ["party", "currency", "paymentDays", "tax", "units", "members", "replacement"];

/**
 * Reads an office file, for a deployment.
 * @throws `FileUnreadable`, `FileNotJson`, `OfficeInvalid` naming the member, `OfficeCurrencyDiffers`
 */
export async function readOffice(
  path: string,
  { currency, services }: Pick<NamedDeployment, "currency" | "services">,
): Promise<Office> {
  const value = await readJson(path);
  const office = parseOffice(value, path);
  if (office.currency !== currency) {
    throw new ConsortiaError(
      "OfficeCurrencyDiffers",
      `${path} bills in ${office.currency}, and this consortium's credits are ${currency}. Name the office file of this consortium.`,
      { values: { path, office: office.currency, deployment: currency } },
    );
  }
  const strange = [...office.units.keys(), ...office.replacement.keys()].find(
    (service) => !services.some((one) => one.code === service),
  );
  if (strange === undefined) return office;
  const codes = services.map((one) => one.code).join(", ");
  throw invalid(path, new TypeError(`"${strange}" is no service here. There are ${codes}.`));
}

function parseOffice(value: unknown, path: string): Office {
  try {
    const source = object({ office: value }, "office");
    only(source, "an office file", MEMBERS);
    const party = partyOf(object(source, "party"), "party");
    const tax = taxOf(object(source, "tax"));
    const fault = taxFault(party, tax);
    if (fault !== undefined) throw new TypeError(`${fault}.`);
    return {
      party,
      tax,
      currency: code(source, "currency", isCurrency, "a currency of ISO 4217, such as EUR"),
      paymentDays: number(source, "paymentDays"),
      units: entries(source, "units", (units, name) =>
        code(units, name, (text) => /^[A-Z0-9]{2,3}$/.test(text), "a code of UN/ECE recommendation 20"),
      ),
      members: entries(
        source,
        "members",
        (members, name) => partyOf(object(members, name), `members.${name}`),
        isil,
      ),
      replacement: entries(source, "replacement", amount),
    };
  } catch (cause) {
    throw invalid(path, cause);
  }
}

function taxOf(source: Json): Tax {
  only(source, "tax", ["category", "rate", "exemption"]);
  const exemption = optional(source, "exemption", phrase);
  return {
    category: word(source, "category", TAX_CATEGORIES),
    rate: optional(source, "rate", rateOf) ?? 0,
    ...(exemption === undefined ? {} : { exemption }),
  };
}

/** A percentage such as "19.00", in hundredths of a percent. */
function rateOf(source: Json, name: string): number {
  const [, whole, fraction = ""] = /^(\d{1,2})(?:\.(\d{1,2}))?$/.exec(phrase(source, name)) ?? [];
  if (whole === undefined) throw new TypeError(`"${name}" must be a percentage such as "19.00".`);
  return Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
}

function invalid(path: string, cause: unknown): ConsortiaError {
  const known = cause instanceof TypeError || isConsortiaError(cause);
  const reason = known ? cause.message : "a part is missing.";
  return new ConsortiaError("OfficeInvalid", `${path} is no office file: ${reason}`, {
    cause,
    values: { path },
  });
}
