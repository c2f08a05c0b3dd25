import { Signature, concat, getBytes, toBeHex } from "ethers";
import type { Signer, TypedDataDomain } from "ethers";

/** How a voter's word is signed: by a key pair, by a contract, or by whoever calls. */
export type Signed =
  | { readonly signer: Signer }
  | { readonly contract: string; readonly bytes?: string }
  | { readonly caller: true };

/** What every packed word bears: whose it is, the nonce of the key behind it, and how it was signed. */
export type Word = Signed & { readonly voter: number | bigint; readonly nonce?: number };

const TYPES = {
  Ballot: ["uint32 election", "uint32 voter", "uint16[] candidates", "uint32 nonce"],
  Support: ["uint32 election", "uint32 delegate", "uint32 voter", "uint32 nonce"],
  Candidacy: ["uint32 election", "uint32 delegate", "bytes32 statement", "uint32 nonce"],
  Recall: [
    "uint16 constituency",
    "uint8 seat",
    "uint32 delegate",
    "uint40 since",
    "uint32 voter",
    "uint32 nonce",
  ],
} as const;

const bytes = (value: number | bigint, size: number) => toBeHex(value, size);

/** A ballot for some candidates, packed. They are written as they stand, sorted or not. */
export async function ballot(
  domain: TypedDataDomain,
  election: number | bigint,
  candidates: readonly number[],
  word: Word,
): Promise<string> {
  const { voter, nonce = 0 } = word;
  const signed = await sign(domain, "Ballot", { election, voter, candidates, nonce }, word);
  const list = candidates.map((candidate) => bytes(candidate, 2));
  return concat([bytes(voter, 4), bytes(nonce, 4), bytes(candidates.length, 1), ...list, signed]);
}

/** A voter's support of a nomination, packed. */
export async function support(
  domain: TypedDataDomain,
  election: number | bigint,
  delegate: number | bigint,
  word: Word,
): Promise<string> {
  const { voter, nonce = 0 } = word;
  const signed = await sign(domain, "Support", { election, delegate, voter, nonce }, word);
  return concat([bytes(voter, 4), bytes(nonce, 4), signed]);
}

/** A candidate's consent to stand, packed. */
export async function consent(
  domain: TypedDataDomain,
  election: number | bigint,
  delegate: number | bigint,
  statement: string,
  word: Signed & { readonly nonce?: number },
): Promise<string> {
  const { nonce = 0 } = word;
  const signed = await sign(domain, "Candidacy", { election, delegate, statement, nonce }, word);
  return concat([bytes(nonce, 4), signed]);
}

/** Which holding of which seat a petition is against. */
export interface Holding {
  readonly constituency: number;
  readonly seat: number;
  readonly delegate: number | bigint;
  readonly since: number | bigint;
}

/** A voter's signature under a petition to end a seat's term, packed. */
export async function recallSignature(
  domain: TypedDataDomain,
  holding: Holding,
  word: Word,
): Promise<string> {
  const { voter, nonce = 0 } = word;
  const signed = await sign(domain, "Recall", { ...holding, voter, nonce }, word);
  return concat([bytes(voter, 4), bytes(nonce, 4), signed]);
}

/** Which words of a batch the bits name. */
export const counted = (bits: bigint): number[] =>
  Array.from({ length: 256 }, (_, i) => i).filter((i) => (bits >> BigInt(i)) & 1n);

/** A signature as it is packed: its kind, then what it asks for. */
async function sign(
  domain: TypedDataDomain,
  name: keyof typeof TYPES,
  value: Record<string, unknown>,
  how: Signed,
): Promise<string> {
  if ("caller" in how) return "0x02";
  if ("contract" in how) {
    const own = how.bytes ?? "0x";
    return concat(["0x01", how.contract, bytes(getBytes(own).length, 2), own]);
  }
  const fields = TYPES[name].map((field) => {
    const [type = "", label = ""] = field.split(" ");
    return { name: label, type };
  });
  const { r, yParityAndS } = Signature.from(
    await how.signer.signTypedData(domain, { [name]: fields }, value),
  );
  return concat(["0x00", r, yParityAndS]);
}
