import { join } from "node:path";
import { getBytes, hexlify, isHexString } from "ethers";
import type { Agreement } from "../../core/agreements.ts";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { hash, memberId, serviceId, type MemberId } from "../../core/ids.ts";
import { formatCredits, parseCredits } from "../../core/money.ts";
import { formatPeriod, parsePeriod } from "../../core/period.ts";
import { decodeAlone, encodeAlone, type Signature } from "../../core/statement.ts";
import { readJson, writeText } from "../shell/files.ts";
import { address, list, objectOf, text, whole } from "../statements/json.ts";

/** An agreement on its way: drafted by one, signed by all, made by whoever holds every signature. */
export interface AgreementFile {
  readonly chainId: number;
  readonly ledger: string;
  readonly terms: Agreement;
  readonly signatures: ReadonlyMap<MemberId, Signature>;
}

/** Where an agreement is kept unless another file is named: under its members and its first month. */
export function agreementPath({ members, from }: Agreement): string {
  return join(".consortia", "agreements", `${members.join("-")}-${formatPeriod(from)}.json`);
}

/** Months as `2027-01`, amounts as decimal text, signatures by member. */
export async function writeAgreement(path: string, file: AgreementFile): Promise<void> {
  const { terms, signatures, ...where } = file;
  const plain = {
    version: 1,
    ...where,
    members: terms.members,
    from: formatPeriod(terms.from),
    until: terms.until === 0 ? null : formatPeriod(terms.until),
    prices: terms.prices.map(({ service, price, back }) => ({
      service,
      price: formatCredits(price),
      back: formatCredits(back),
    })),
    document: terms.document,
    signatures: Object.fromEntries(
      [...signatures].map(([member, signature]) => [member, hexlify(encodeAlone(signature))]),
    ),
  };
  await writeText(path, `${JSON.stringify(plain, null, 2)}\n`);
}

/** @throws `FileUnreadable`, `FileNotJson`, `AgreementFileInvalid` */
export async function readAgreement(path: string): Promise<AgreementFile> {
  const value = await readJson(path);
  try {
    const source = objectOf(value);
    if (source["version"] !== 1) throw new TypeError("it is no agreement of version 1");
    const until = source["until"];
    const signatures = objectOf(source["signatures"]);
    return {
      chainId: whole(source, "chainId", 1),
      ledger: address(source, "ledger"),
      terms: {
        members: list(source, "members", 16).map((id) => memberId(Number(id))),
        from: parsePeriod(text(source, "from")),
        until: until === null ? 0 : parsePeriod(text(source, "until")),
        prices: list(source, "prices", 32)
          .map(objectOf)
          .map((entry) => ({
            service: serviceId(whole(entry, "service")),
            price: parseCredits(text(entry, "price")),
            back: parseCredits(text(entry, "back")),
          })),
        document: hash(text(source, "document")),
      },
      signatures: new Map(
        Object.keys(signatures).map((id) => [memberId(Number(id)), signatureIn(text(signatures, id))]),
      ),
    };
  } catch (cause) {
    const reason =
      isConsortiaError(cause) || cause instanceof TypeError ? cause.message : "a part is missing";
    const message = `${path} is no agreement, or was damaged: ${reason.replace(/\.$/, "")}. Have it sent again, or draft it anew.`;
    throw new ConsortiaError("AgreementFileInvalid", message, { cause, values: { path } });
  }
}

function signatureIn(bytes: string): Signature {
  if (!isHexString(bytes)) throw new TypeError("a signature is no hexadecimal text");
  return decodeAlone(getBytes(bytes));
}
