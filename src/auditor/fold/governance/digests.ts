import { putBig, putHex, putUint, WORD } from "../../../core/abi.ts";
import { keccak256 } from "../../../core/keccak.ts";

/** A value that fills a word: a number, an address or 32 bytes as text, or a hash as bytes. */
export type Word = number | bigint | string | Uint8Array;

const hashText = (text: string): Uint8Array => keccak256(new TextEncoder().encode(text));
const DOMAIN = hashText("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
const VERSION = hashText("1");

/** Words one after another, as `abi.encode` writes them. */
export function encodeWords(words: readonly Word[]): Uint8Array {
  const bytes = new Uint8Array(WORD * words.length);
  words.forEach((word, i) => {
    if (typeof word === "number") putUint(bytes, WORD * i, WORD, word);
    else if (typeof word === "bigint") putBig(bytes, WORD * i, WORD, word);
    else if (typeof word === "string") putHex(bytes, WORD * i, WORD, word);
    else bytes.set(word, WORD * i);
  });
  return bytes;
}

/** Hashes what is signed for one contract, by EIP-712. */
export class TypedHasher {
  readonly #signed = new Uint8Array(2 + 2 * WORD);

  /** @param name what the contract calls itself (ERC-5267); all are of version 1 */
  constructor(name: string, chainId: bigint, contract: string) {
    this.#signed.set([0x19, 0x01]);
    this.#signed.set(keccak256(encodeWords([DOMAIN, hashText(name), VERSION, chainId, contract])), 2);
  }

  /** The digest of a struct: the hash of its type, then a word for each of its fields. */
  digest(words: readonly Word[]): Uint8Array {
    this.#signed.set(keccak256(encodeWords(words)), 2 + WORD);
    return keccak256(this.#signed);
  }
}

/** Types of what is signed; as the contracts spell them. */
export const TYPES = {
  vote: hashText("Ballot(uint256 proposalId,uint32 voter,uint8 support,uint32 nonce)"),
  petition: hashText("Petition(uint256 proposalId,uint32 voter,uint32 nonce)"),
  ballot: hashText("Ballot(uint32 election,uint32 voter,uint16[] candidates,uint32 nonce)"),
  support: hashText("Support(uint32 election,uint32 delegate,uint32 voter,uint32 nonce)"),
  recall: hashText(
    "Recall(uint16 constituency,uint8 seat,uint32 delegate,uint40 since,uint32 voter,uint32 nonce)",
  ),
} as const;
