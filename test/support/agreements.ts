import { Signature, TypedDataEncoder, ZeroHash, concat, hexlify } from "ethers";
import type { BytesLike, Signer } from "ethers";
import type { MemberId } from "../../src/core/ids.ts";
import { LOAN, OCTOBER } from "./consortium.ts";
import type { TestMember } from "./consortium.ts";
import { c } from "./statements.ts";
import type { World } from "./world.ts";

export const NOVEMBER = OCTOBER + 1;

export interface AgreedPrice {
  readonly service: number;
  readonly price: bigint;
  readonly back: bigint;
}

export interface Terms {
  readonly members: MemberId[];
  readonly from: number;
  readonly until: number;
  readonly prices: AgreedPrice[];
  readonly document: string;
}

/** Written out here, not taken from where it is used: the contract is held against the words of the interface. */
const TYPES = {
  Agreement: [
    { name: "members", type: "uint32[]" },
    { name: "from", type: "uint16" },
    { name: "until", type: "uint16" },
    { name: "prices", type: "AgreedPrice[]" },
    { name: "document", type: "bytes32" },
  ],
  AgreedPrice: [
    { name: "service", type: "uint16" },
    { name: "price", type: "uint64" },
    { name: "back", type: "uint64" },
  ],
};

/** The same price both ways. */
export const both = (service: number, price: bigint): AgreedPrice => ({ service, price, back: price });

/** Loans at 5 from ada to bob and at 4 back, from November on without end, unless told otherwise. */
export function termsOf({ ada, bob }: World, changes: Partial<Terms> = {}): Terms {
  return {
    members: [ada.id, bob.id],
    from: NOVEMBER,
    until: 0,
    prices: [{ service: LOAN, price: c("5"), back: c("4") }],
    document: ZeroHash,
    ...changes,
  };
}

/** For which ledger is signed: this one, unless told otherwise. */
export interface Domain {
  readonly verifyingContract?: string;
  readonly chainId?: bigint;
}

/** A key pair's signature under an agreement: kind 0, r and vs. */
export async function signTerms(world: World, signer: Signer, terms: Terms, domain: Domain = {}) {
  const signed = await signer.signTypedData({ ...world.admin.domain, ...domain }, TYPES, terms);
  return concat(["0x00", Signature.from(signed).compactSerialized]);
}

/** What a contract account is asked about. */
export const digestOf = (world: World, terms: Terms) =>
  TypedDataEncoder.hash(world.admin.domain, TYPES, terms);

/** A contract's signature: kind 1, its address, how long, and what it makes of it. */
export function walletSignature(wallet: string, bytes: BytesLike = "0x"): string {
  const length = (hexlify(bytes).length - 2) / 2;
  return concat(["0x01", wallet, `0x${length.toString(16).padStart(4, "0")}`, bytes]);
}

/** Everybody's signature under an agreement. */
export const signAll = (world: World, parties: readonly TestMember[], terms: Terms) =>
  Promise.all(parties.map(({ key }) => signTerms(world, key, terms)));

/** Has parties make an agreement, and says its number. */
export async function agree(world: World, changes: Partial<Terms> = {}, parties = [world.ada, world.bob]) {
  const terms = termsOf(world, { members: parties.map(({ id }) => id), ...changes });
  await (await world.strange.register.agree(terms, await signAll(world, parties, terms))).wait();
  return Number(await world.register.lastAgreement());
}
