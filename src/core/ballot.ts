import { getUint, putUint } from "./abi.ts";
import { ConsortiaError } from "./error.ts";
import type { DelegateId, Hash, Voter } from "./ids.ts";
import { decodeSignature, encodeAlone } from "./statement.ts";
import type { Signature } from "./statement.ts";

/** Who stands behind a ballot: a key pair or a contract by its signature, or whoever posts it. */
export type BallotSignature = Signature | { readonly kind: "caller" };

/** What a voter signed. The nonce is that of the voter's key: a ballot with another is void. */
export interface Signed {
  readonly voter: Voter;
  readonly nonce: number;
  readonly signature: BallotSignature;
}

/** A ballot in an election: the places of the candidates that the voter approves of, ascending. */
export interface ApprovalBallot extends Signed {
  readonly candidates: readonly number[];
}

/** What a ballot on a proposal says; the numbers are the Governor's. */
export const SUPPORTS = { against: 0, for: 1, abstain: 2 } as const;
export type Support = keyof typeof SUPPORTS;

/** A ballot on a proposal. What a chain has logged may say anything else, which counts for nothing. */
export interface ProposalBallot extends Signed {
  readonly support: Support | undefined;
}

/** A candidate's word that it stands. */
export type Consent = Omit<Signed, "voter">;

/** The most ballots, supports or signatures of one call, and the most candidates of one ballot. */
export const BALLOT_LIMIT = 256;
export const APPROVAL_LIMIT = 255;

const uint = (type: string, ...names: string[]) => names.map((name) => ({ name, type }));

/** EIP-712 types of what is signed for elections. Their domain is that of the elections. */
export const ELECTION_TYPES = {
  ballot: {
    Ballot: [
      ...uint("uint32", "election", "voter"),
      ...uint("uint16[]", "candidates"),
      ...uint("uint32", "nonce"),
    ],
  },
  support: { Support: uint("uint32", "election", "delegate", "voter", "nonce") },
  consent: {
    Candidacy: [
      ...uint("uint32", "election", "delegate"),
      ...uint("bytes32", "statement"),
      ...uint("uint32", "nonce"),
    ],
  },
  recall: {
    Recall: [
      ...uint("uint16", "constituency"),
      ...uint("uint8", "seat"),
      ...uint("uint32", "delegate"),
      ...uint("uint40", "since"),
      ...uint("uint32", "voter", "nonce"),
    ],
  },
};

/** EIP-712 types of what is signed for a chamber. Their domain is that of the chamber. */
export const CHAMBER_TYPES = {
  ballot: {
    Ballot: [
      ...uint("uint256", "proposalId"),
      ...uint("uint32", "voter"),
      ...uint("uint8", "support"),
      ...uint("uint32", "nonce"),
    ],
  },
  petition: { Petition: [...uint("uint256", "proposalId"), ...uint("uint32", "voter", "nonce")] },
};

/** The holding of a seat that a recall is against. */
export interface Holding {
  readonly constituency: number;
  readonly seat: number;
  readonly delegate: DelegateId;
  /** From when the delegate holds it, in seconds since 1970. */
  readonly since: number;
}

/** What a candidate consents to. */
export interface Candidacy {
  readonly election: number;
  readonly delegate: DelegateId;
  /** Hash of what the candidate says of itself. */
  readonly statement: Hash;
}

const VOTER = 4;
const NONCE = 4;
const HEAD = VOTER + NONCE;

/** Packs ballots of an election. @throws `BallotsTooMany`, `ApprovalsInvalid` */
export function encodeApprovals(ballots: readonly ApprovalBallot[]): Uint8Array {
  return pack(ballots, ({ voter, candidates }) => {
    const sorted = candidates.every((place, index) => index === 0 || place > (candidates[index - 1] ?? 0));
    if (candidates.length === 0 || candidates.length > APPROVAL_LIMIT || !sorted) {
      throw new ConsortiaError(
        "ApprovalsInvalid",
        `The ballot of voter ${voter} must approve of 1 to ${APPROVAL_LIMIT} candidates, each once and in ascending order.`,
        { values: { voter } },
      );
    }
    const bytes = new Uint8Array(1 + 2 * candidates.length);
    putUint(bytes, 0, 1, candidates.length);
    candidates.forEach((place, index) => putUint(bytes, 1 + 2 * index, 2, place));
    return bytes;
  });
}

/** Reads packed ballots of an election, whatever they say. @throws `BallotsMalformed` */
export function decodeApprovals(bytes: Uint8Array): ApprovalBallot[] {
  return unpack(bytes, (at) => {
    const count = bytes[at] ?? 0;
    const candidates = Array.from({ length: count }, (_, index) => getUint(bytes, at + 1 + 2 * index, 2));
    return [{ candidates }, at + 1 + 2 * count];
  });
}

/** Packs ballots on a proposal. @throws `BallotsTooMany` */
export function encodeVotes(
  ballots: readonly (ProposalBallot & { readonly support: Support })[],
): Uint8Array {
  return pack(ballots, ({ support }) => new Uint8Array([SUPPORTS[support]]));
}

/** Reads packed ballots on a proposal, whatever they say. @throws `BallotsMalformed` */
export function decodeVotes(bytes: Uint8Array): ProposalBallot[] {
  return unpack(bytes, (at) => [{ support: supportNamed(bytes[at] ?? 0) }, at + 1]);
}

/** Packs supports of a candidate, signatures of a petition, or of a recall. @throws `BallotsTooMany` */
export function encodeSignatories(signed: readonly Signed[]): Uint8Array {
  return pack(signed, () => new Uint8Array());
}

/** Reads packed supports or signatures. @throws `BallotsMalformed` */
export function decodeSignatories(bytes: Uint8Array): Signed[] {
  return unpack(bytes, (at) => [{}, at]);
}

/** Packs a candidate's consent. */
export function encodeConsent({ nonce, signature }: Consent): Uint8Array {
  const tail = signatureBytes(signature);
  const bytes = new Uint8Array(NONCE + tail.length);
  putUint(bytes, 0, NONCE, nonce);
  bytes.set(tail, NONCE);
  return bytes;
}

/** Which of a batch counted, by the bits that the chain gave: bit i stands for the i-th. */
export function countedOf<T>(ballots: readonly T[], bits: bigint): T[] {
  return ballots.filter((_, index) => ((bits >> BigInt(index)) & 1n) === 1n);
}

/** What a number on a ballot means; undefined where it means nothing. */
export function supportNamed(number: number): Support | undefined {
  return (Object.keys(SUPPORTS) as Support[]).find((name) => SUPPORTS[name] === number);
}

function pack<T extends Signed>(list: readonly T[], body: (one: T) => Uint8Array): Uint8Array {
  if (list.length > BALLOT_LIMIT) {
    throw new ConsortiaError(
      "BallotsTooMany",
      `One call carries at most ${BALLOT_LIMIT} ballots or signatures, these are ${list.length}. Split them.`,
    );
  }
  const parts = list.flatMap((one) => {
    const head = new Uint8Array(HEAD);
    putUint(head, 0, VOTER, one.voter);
    putUint(head, VOTER, NONCE, one.nonce);
    return [head, body(one), signatureBytes(one.signature)];
  });
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function unpack<Body extends object>(
  bytes: Uint8Array,
  body: (at: number) => [Body, number],
): (Signed & Body)[] {
  const list: (Signed & Body)[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const [rest, kindAt] = body(offset + HEAD);
    const [signature, end] = signatureAt(bytes, kindAt) ?? [];
    if (signature === undefined || end === undefined) throw malformed(offset);
    const voter = getUint(bytes, offset, VOTER) as Voter;
    list.push({ voter, nonce: getUint(bytes, offset + VOTER, NONCE), ...rest, signature });
    offset = end;
  }
  return list;
}

/** The kind at a place and the signature behind it, and where that ends; undefined where there is none. */
function signatureAt(bytes: Uint8Array, at: number): [BallotSignature, number] | undefined {
  if (bytes[at] === CALLER) return [{ kind: "caller" }, at + 1];
  return decodeSignature(bytes, bytes[at], at + 1);
}

const CALLER = 2;

function signatureBytes(signature: BallotSignature): Uint8Array {
  return signature.kind === "caller" ? new Uint8Array([CALLER]) : encodeAlone(signature);
}

function malformed(offset: number): ConsortiaError {
  return new ConsortiaError("BallotsMalformed", `The ballots break off or are none at byte ${offset}.`, {
    values: { offset },
  });
}
