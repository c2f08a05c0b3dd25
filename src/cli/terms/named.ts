import { readFile } from "node:fs/promises";
import { getAddress, id, isAddress, keccak256 } from "ethers";
import { ConsortiaError } from "../../core/error.ts";
import { hash, resourceId, serviceId } from "../../core/ids.ts";
import type { Hash, MemberId, ResourceId, ServiceId } from "../../core/ids.ts";
import { toUrn } from "../../core/urn.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { findResource } from "../../sdk/resources.ts";
import type { Service } from "../network/services.ts";
import { memberNamed } from "../shell/context.ts";

/** A service by its code or number. @throws `ServiceUnknown` */
export function serviceNamed(services: readonly Service[], text: string): ServiceId {
  const known = services.find(({ id: number, code }) => code === text || String(number) === text);
  if (known !== undefined) return serviceId(known.id);
  const codes = services.map(({ code }) => code).join(", ");
  throw new ConsortiaError("ServiceUnknown", `There is no service "${text}". There are ${codes}.`, {
    values: { service: text },
  });
}

/** A service's code, or its number where it has none here. */
export function codeOf(services: readonly Service[], service: number): string {
  return services.find(({ id: number }) => number === service)?.code ?? String(service);
}

/** How a person names a work. */
export const WORK = "its number, or its ISBN, ISSN, DOI or URN in whatever spelling";

/** A registered work by its number or by its identifier. @throws `ResourceUnknown`, `UrnInvalid` */
export async function resourceNamed(consortium: Consortium, text: string): Promise<ResourceId> {
  // A number of the registry is shorter than any ISSN.
  if (/^\d{1,7}$/.test(text)) return resourceId(Number(text));
  const urn = toUrn(text);
  const found = await findResource(consortium, urn);
  if (found !== undefined) return found;
  throw new ConsortiaError(
    "ResourceUnknown",
    `Nobody has registered ${urn}. Its holder does so with "consortia resource register".`,
    { values: { urn } },
  );
}

/** Members by number or ISIL, ascending, each once. @throws `MemberUnknown` */
export async function membersNamed(consortium: Consortium, texts: readonly string[]): Promise<MemberId[]> {
  const members = await Promise.all(texts.map((text) => memberNamed(consortium, text)));
  return [...new Set(members)].sort((a, b) => a - b);
}

/** What stands for a document on the chain: the hash of its bytes. @throws `FileUnreadable` */
export async function documentHash(path: string): Promise<Hash> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    const message = `${path} cannot be read. Name the document itself, whatever its format.`;
    throw new ConsortiaError("FileUnreadable", message, { cause, values: { path } });
  });
  return hash(keccak256(bytes));
}

/** A bank's reference as the chain has it: as it is where it is a hash, else hashed. */
export function referenceHash(text: string): Hash {
  return /^0x[0-9a-fA-F]{64}$/.test(text) ? hash(text) : hash(id(text));
}

/** A share such as `50%` or `12.5`, in ten-thousandths. @throws `ShareUnreadable` */
export function percent(text: string): number {
  const [, digits] = /^(\d{1,3}(?:\.\d{1,2})?)\s*%?$/.exec(text.trim()) ?? [];
  const value = Math.round(Number(digits ?? NaN) * 100);
  if (value >= 1 && value <= 10_000) return value;
  throw new ConsortiaError(
    "ShareUnreadable",
    `"${text}" is no share. Write it as 50% or 12.5%: above nothing, at most 100%, with up to two decimals.`,
    { values: { text } },
  );
}

/** Ten-thousandths as people write them: `12.5%`. */
export function percentText(share: number): string {
  return `${share / 100}%`;
}

/** An address, spelt with its checksum. @throws `AddressInvalid` */
export function addressOf(text: string): string {
  const valid: boolean = isAddress(text);
  if (valid) return getAddress(text);
  throw new ConsortiaError("AddressInvalid", `"${text}" is no address: 0x and 40 digits are needed.`, {
    values: { text },
  });
}

/** `on` or `off`. @throws `SwitchUnknown` */
export function switched(text: string): boolean {
  if (text === "on" || text === "off") return text === "on";
  throw new ConsortiaError("SwitchUnknown", `"${text}" is neither on nor off. Write one of both.`, {
    values: { text },
  });
}

/** One of some words, in whatever case. @throws `WordUnknown` */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word === text.trim().toLowerCase());
    if (found !== undefined) return found;
    throw new ConsortiaError(
      "WordUnknown",
      `"${text}" is not known here. Write one of ${words.join(", ")}.`,
      {
        values: { text },
      },
    );
  };
}
