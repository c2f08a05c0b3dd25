import { id } from "ethers";
import type { ResourceId } from "../../src/core/ids.ts";
import type { TestMember } from "./consortium.ts";
import type { World } from "./world.ts";

/** Licences by their numbers, as the contract's enum has them. */
export const LICENCE = {
  None: 0n,
  CC0: 1n,
  PublicDomainMark: 2n,
  BY: 3n,
  BY_SA: 4n,
  BY_NC: 5n,
  BY_ND: 6n,
  BY_NC_SA: 7n,
  BY_NC_ND: 8n,
  Reserved: 9n,
} as const;

/** Acts by their numbers. */
export const ACT = { Lend: 0n, Reproduce: 1n, Distribute: 2n, Adapt: 3n } as const;

/** Kinds of members in tests: libraries, and houses in business. */
export const LIBRARY = 1;
export const BUSINESS = 2;

export const BOOK = "urn:isbn:9783161484100";
export const BOOK_ID = id(BOOK);

/** Registers ada's book, all rights reserved unless told otherwise, and says its number. */
export async function book({ ada, resources }: World, licence: bigint = LICENCE.Reserved) {
  await (await ada.as.contracts.resources.registerResource(ada.id, BOOK, licence)).wait();
  return Number(await resources.lastResource());
}

let registered = 0;

/** Registers another work of a member's, and says its number. */
export async function registerWork({ id: holder, as }: TestMember, licence: bigint): Promise<ResourceId> {
  const { resources } = as.contracts;
  await (await resources.registerResource(holder, `urn:isbn:${isbn(registered++)}`, licence)).wait();
  return Number(await resources.lastResource()) as ResourceId;
}

/** Whether a library, unless told otherwise, may copy a work in service 7 in a month, and what a unit earns. */
export async function copyOf(
  { resources }: World,
  resource: number,
  period: number,
  {
    kind = LIBRARY,
    act = ACT.Reproduce,
    service = 7,
  }: { readonly kind?: number; readonly act?: bigint; readonly service?: number } = {},
) {
  const { allowed, royalty } = await resources.useOf(resource, service, act, kind, period);
  return [allowed, royalty];
}

/** An ISBN with its check digit; none is the book's. */
function isbn(work: number): string {
  const digits = `978014${String(work).padStart(6, "0")}`;
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
