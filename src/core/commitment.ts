import { putHash, putUint, WORD } from "./abi.ts";
import { ConsortiaError } from "./error.ts";
import { hash, type Agency, type Hash } from "./ids.ts";
import { keccak256, toHash } from "./keccak.ts";

/**
 * What a leaf says without showing it: the request and the bibliographic details.
 *
 * A *part* is a text's length in bytes as uint32 followed by its UTF-8 bytes, so that no two lists of parts
 * encode alike. Texts are taken as they are, without Unicode normalisation: whoever recomputes a hash needs
 * the identifiers that were sent, not their own spelling of them.
 *
 *     request     = keccak256(part(requesting) ‖ part(supplying) ‖ part(request))
 *     details     = keccak256(0x03 ‖ uint32 fields ‖ field ‖ …)    in the order of the keys' UTF-8 bytes
 *     no details  = keccak256(0x03 ‖ uint32 0 ‖ salt)
 *     field       = keccak256(0x04 ‖ field salt ‖ part(key) ‖ part(value))
 *     field salt  = keccak256(0x05 ‖ salt ‖ part(key))
 *
 * The record's 32 random bytes of salt stay with the parties: without them nobody can guess a title and check it. A
 * field's own salt opens that field and tells nothing of the others, not even their keys.
 *
 * A request has no salt, so that the same request in two statements is seen to be the same. Its hash keeps an
 * identifier from the eye, not from someone who can try all that it may be.
 */

/** A request in the clear. */
export interface RequestIdentity {
  readonly requesting: Agency;
  readonly supplying: Agency;
  /** The requesting agency's own identifier. */
  readonly id: string;
}

/** A field of the details in the clear, with the salt that proves it. */
export interface OpenField {
  readonly key: string;
  readonly value: string;
  readonly salt: Hash;
}

/** A field of the details: opened, or nothing but its hash. */
export type Field = OpenField | Hash;

const utf8 = new TextEncoder();
/** Where preimages are put together. A longer one replaces it, so that it is read only after the last part. */
let buffer = new Uint8Array(1024);

/**
 * The identity of a request.
 * @throws `TextInvalid` where a text holds half of a surrogate pair, which has no UTF-8.
 */
export function hashRequest(requestingAgency: Agency, supplyingAgency: Agency, request: string): Hash {
  const end = putPart(putPart(putPart(0, requestingAgency), supplyingAgency), request);
  return toHash(keccak256(buffer.subarray(0, end)));
}

/** A commitment to details, of which single fields can be opened. @throws `HashInvalid`, `TextInvalid` */
export function hashDetails(salt: Hash, details: Readonly<Record<string, string>>): Hash {
  const own = bytesOf(salt);
  const keys = orderedKeys(details);
  if (keys.length === 0) return hashList([own], 0);
  return hashList(keys.map((key) => hashField(saltField(own, key), key, details[key]!)));
}

/**
 * Details field by field, in the order that {@link hashFields} takes: those named in `shown` in the clear.
 * @throws `HashInvalid`, `TextInvalid`
 */
export function openFields(
  salt: Hash,
  details: Readonly<Record<string, string>>,
  shown: ReadonlySet<string>,
): Field[] {
  const own = bytesOf(salt);
  return orderedKeys(details).map((key) => {
    const value = details[key]!;
    const fieldSalt = saltField(own, key);
    return shown.has(key)
      ? { key, value, salt: toHash(fieldSalt) }
      : toHash(hashField(fieldSalt, key, value));
  });
}

/**
 * The commitment that some fields, one at least, belong to; undefined where opened keys do not ascend, as those of
 * details do.
 * @throws `HashInvalid`, `TextInvalid`
 */
export function hashFields(fields: readonly Field[]): Hash | undefined {
  const keys = fields.flatMap((field) => (typeof field === "string" ? [] : [field.key]));
  if (fields.length === 0 || keys.some((key, i) => i > 0 && compareText(keys[i - 1]!, key) >= 0))
    return undefined;
  const hashes = fields.map((field) =>
    typeof field === "string" ? bytesOf(field) : hashField(bytesOf(field.salt), field.key, field.value),
  );
  return hashList(hashes);
}

function hashList(hashes: readonly Uint8Array[], count = hashes.length): Hash {
  const end = 5 + WORD * hashes.length;
  makeRoom(end);
  buffer[0] = 0x03;
  putUint(buffer, 1, 4, count);
  for (let i = 0; i < hashes.length; i++) buffer.set(hashes[i]!, 5 + WORD * i);
  return toHash(keccak256(buffer.subarray(0, end)));
}

function saltField(salt: Uint8Array, key: string): Uint8Array {
  buffer[0] = 0x05;
  buffer.set(salt, 1);
  const end = putPart(1 + WORD, key);
  return keccak256(buffer.subarray(0, end));
}

function hashField(salt: Uint8Array, key: string, value: string): Uint8Array {
  buffer[0] = 0x04;
  buffer.set(salt, 1);
  const end = putPart(putPart(1 + WORD, key), value);
  return keccak256(buffer.subarray(0, end));
}

function bytesOf(text: Hash): Uint8Array {
  const bytes = new Uint8Array(WORD);
  putHash(bytes, 0, hash(text));
  return bytes;
}

/** Writes a text's part into the buffer and answers where it ends. */
function putPart(at: number, text: string): number {
  const start = at + 4;
  // No text takes more than three bytes for each of its UTF-16 units.
  makeRoom(start + 3 * text.length);
  let length = 0;
  for (; length < text.length; length++) {
    const code = text.charCodeAt(length);
    if (code > 127) break;
    buffer[start + length] = code;
  }
  if (length < text.length) {
    checkText(text);
    length = utf8.encodeInto(text, buffer.subarray(start)).written;
  }
  putUint(buffer, at, 4, length);
  return start + length;
}

function makeRoom(bytes: number): void {
  if (bytes <= buffer.length) return;
  const larger = new Uint8Array(2 * bytes);
  larger.set(buffer);
  buffer = larger;
}

function checkText(text: string): void {
  if (!/\p{Surrogate}/u.test(text)) return;
  throw new ConsortiaError("TextInvalid", "A text holds half of a surrogate pair and cannot be hashed.", {
    values: { text },
  });
}

function orderedKeys(details: Readonly<Record<string, string>>): string[] {
  return Object.keys(details).sort(compareText);
}

/** Orders texts as their UTF-8 bytes do: by code points, whereas `<` goes by UTF-16 units. */
function compareText(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const one = a.charCodeAt(i);
    const other = b.charCodeAt(i);
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function rank(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
