import { Contract } from "ethers";
import { recoverSigner } from "../chain/signing.ts";
import { ConsortiaError } from "../core/error.ts";
import type { Hash, MemberId } from "../core/ids.ts";
import type { Signature } from "../core/statement.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";

/** What a delegate key may do in its member's name; the bits are the contract's. */
export const RIGHTS = { post: 1, countersign: 2, vote: 4, cash: 8, speak: 16, read: 32 } as const;
export type Right = keyof typeof RIGHTS;
export const ALL_RIGHTS = Object.keys(RIGHTS) as Right[];

/** A set of rights as bits. */
export function rightBits(rights: readonly Right[]): number {
  return rights.reduce((bits, right) => bits | RIGHTS[right], 0);
}

/** Bits as a list of rights. */
export function rightNames(bits: number): Right[] {
  return ALL_RIGHTS.filter((right) => (bits & RIGHTS[right]) !== 0);
}

/** Reads a list such as `post,countersign`, or `all`. @throws `RightUnknown` */
export function parseRights(text: string): Right[] {
  if (text === "all") return ALL_RIGHTS;
  return text.split(",").map((part) => {
    const name = part.trim();
    if (!(name in RIGHTS)) {
      throw new ConsortiaError("RightUnknown", `"${name}" is no right. Rights are ${ALL_RIGHTS.join(", ")}.`);
    }
    return name as Right;
  });
}

/** A key's standing with one member. */
export interface DelegateKey {
  readonly member: MemberId;
  readonly key: string;
  readonly rights: readonly Right[];
  /** When it was enrolled and revoked, seconds since 1970; undefined where it was not. */
  readonly since?: number;
  readonly until?: number;
}

interface KeyGrant {
  readonly member: MemberId;
  readonly key: string;
  readonly rights: readonly Right[];
}

/** Sets another key's rights; none revokes it. A key hands on and takes back only what it holds itself. */
export const { prepare: prepareKey, send: sendKey } = verb<KeyGrant>((c, a) =>
  c.contracts.register.setKey.populateTransaction(a.member, a.key, rightBits(a.rights)),
);

/** Hands all of the signer's rights to a new key and revokes the signer. */
export const { prepare: prepareRotation, send: sendRotation } = verb<{ member: MemberId; key: string }>(
  (c, a) => c.contracts.register.rotateKey.populateTransaction(a.member, a.key),
);

/** Announces a new key for a member that lost its own; waits 14 days. Registrar. */
export const { prepare: prepareRekeyAnnouncement, send: sendRekeyAnnouncement } = verb<{
  member: MemberId;
  key: string;
}>((c, a) => c.contracts.register.announceRekey.populateTransaction(a.member, a.key));

/** Objects to a re-keying. Any living key of the member. */
export const { prepare: prepareRekeyCancellation, send: sendRekeyCancellation } = verb<MemberId>(
  (c, member) => c.contracts.register.cancelRekey.populateTransaction(member),
);

/** Carries out a re-keying nobody objected to. Anyone. */
export const { prepare: prepareRekey, send: sendRekey } = verb<MemberId>((c, member) =>
  c.contracts.register.rekey.populateTransaction(member),
);

/** Appoints a key and the payee of COMMONS or RELIEF. Treasurer. */
export const { prepare: prepareAppointment, send: sendAppointment } = verb<KeyGrant & { payee: string }>(
  (c, a) => c.contracts.register.appoint.populateTransaction(a.member, a.key, rightBits(a.rights), a.payee),
);

/** What a key may do for a member. */
export async function readKey(consortium: Consortium, member: MemberId, key: string): Promise<DelegateKey> {
  const word = await read(consortium.contracts.register.keyOf(member, key));
  return {
    member,
    key,
    rights: rightNames(Number(word.rights)),
    ...(word.since === 0n ? {} : { since: Number(word.since) }),
    ...(word.until === 0n ? {} : { until: Number(word.until) }),
  };
}

/** The most gas that the contracts lend a signing contract for its answer. */
const ANSWER_GAS = 160_000;
const APPROVED = `0x1626ba7e${"0".repeat(56)}`;

/** Whether a living key of a member signed a digest, with all of these rights as the register knows it now. */
export async function isSignedFor(
  consortium: Consortium,
  member: MemberId,
  digest: Hash,
  signature: Signature,
  rights: readonly Right[] = ["countersign"],
): Promise<boolean> {
  if (signature.kind === "contract") {
    const face = ["function isValidSignature(bytes32,bytes) view returns (bytes32)"];
    const wallet = new Contract(signature.signer, face, consortium.provider);
    const answer: unknown = await wallet
      .getFunction("isValidSignature")
      .staticCall(digest, signature.bytes, { gasLimit: ANSWER_GAS })
      .catch(() => undefined);
    if (answer !== APPROVED) return false;
  }
  const signer = recoverSigner(digest, signature);
  if (signer === undefined) return false;
  return read(consortium.contracts.register.hasRight(member, signer, rightBits(rights)));
}
