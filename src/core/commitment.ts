import { putHex, putUint, WORD } from "./abi.ts";
import { ConsortiaError } from "./error.ts";
import { hash, type Agency, type Hash } from "./ids.ts";
import { keccak256, toHash } from "./keccak.ts";

/**
 * What a leaf says without showing it: the request and the bibliographic details.
 *
 * A *part* is a text's length in bytes as uint32 followed by its UTF-8 bytes, so that no two lists of parts
 * encode alike. Texts are taken as they are, without Unicode normalisation: whoever recomputes a hash needs
 * the identifiers that were sent, not their own spelling of them.
 */

const utf8 = new TextEncoder();

/**
 * The identity of a request: keccak256(part(requesting) ‖ part(supplying) ‖ part(request)).
 * @throws `TextInvalid` where a text holds half of a surrogate pair, which has no UTF-8.
 */
export function hashRequest(requestingAgency: Agency, supplyingAgency: Agency, request: string): Hash {
  return toHash(keccak256(concat([requestingAgency, supplyingAgency, request].map(part))));
}

/**
 * A commitment to details: keccak256(salt ‖ uint32 number of entries ‖ part(key) ‖ part(value) ‖ …), entries in
 * the order of their keys' UTF-8 bytes. Without 32 random bytes of salt anyone could guess a title and check it.
 * @throws `HashInvalid`, `TextInvalid`
 */
export function hashDetails(salt: Hash, details: Readonly<Record<string, string>>): Hash {
  const entries = Object.entries(details).map(([key, value]) => [part(key), part(value)] as const);
  // The length prefix would sort short keys first; keys order by their text.
  entries.sort(([a], [b]) => compareBytes(a.subarray(4), b.subarray(4)));
  const head = new Uint8Array(WORD + 4);
  putHex(head, 0, WORD, hash(salt));
  putUint(head, WORD, 4, entries.length);
  return toHash(keccak256(concat([head, ...entries.flat()])));
}

function part(text: string): Uint8Array {
  if (/\p{Surrogate}/u.test(text)) {
    throw new ConsortiaError("TextInvalid", "A text holds half of a surrogate pair and cannot be hashed.", {
      values: { text },
    });
  }
  const bytes = utf8.encode(text);
  const out = new Uint8Array(4 + bytes.length);
  putUint(out, 0, 4, bytes.length);
  out.set(bytes, 4);
  return out;
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
