import { ConsortiaError } from "./error.ts";
import type { Hash } from "./ids.ts";
import { keccak256, toHash } from "./keccak.ts";

/** The longest identifier that can be registered. */
const LONGEST = 128;

/**
 * Whether an identifier of a work is in its standard form, which alone can be registered: `urn:isbn:` and 13 digits,
 * `urn:issn:` with a hyphen, another `urn:`, or `doi:10.…`, without capitals. Twin: contracts/libraries/Urn.sol.
 */
export function isUrn(text: string): boolean {
  if (text.length < 5 || text.length > LONGEST || !/^[!-@[-~]*$/.test(text)) return false;
  if (text.startsWith("urn:isbn:")) return isIsbn(text.slice(9));
  if (text.startsWith("urn:issn:")) return isIssn(text.slice(9));
  if (text.startsWith("urn:")) return true;
  return text.startsWith("doi:10.") && text.length > 7 && text.length <= 127;
}

/**
 * The standard form of what people write: an ISBN of ten or thirteen digits with or without hyphens, an ISSN, a DOI bare
 * or as a link, or a URN. An ISBN of ten digits becomes one of thirteen, capitals become small letters.
 * @throws `UrnInvalid` where it is none of them, or a check digit is wrong
 */
export function toUrn(text: string): string {
  const folded = text.trim().toLowerCase();
  const found = isUrn(folded) ? folded : (doiIn(folded) ?? numberIn(folded));
  if (found !== undefined && isUrn(found)) return found;
  throw new ConsortiaError(
    "UrnInvalid",
    `"${text}" names no work. Write an ISBN, an ISSN, a DOI or a URN, such as 978-3-16-148410-0.`,
    { values: { text } },
  );
}

/** What the registry of works knows a work by. @throws `UrnInvalid` where it is not in its standard form */
export function urnKey(urn: string): Hash {
  if (toUrn(urn) !== urn) {
    throw new ConsortiaError("UrnInvalid", `"${urn}" is not in its standard form, ${toUrn(urn)}.`, {
      values: { urn },
    });
  }
  return toHash(keccak256(new TextEncoder().encode(urn)));
}

function doiIn(text: string): string | undefined {
  const doi = /^(?:doi:\s*|info:doi\/|https?:\/\/(?:dx\.)?doi\.org\/)?(10\..+)$/.exec(text)?.[1];
  return doi === undefined ? undefined : `doi:${doi}`;
}

function numberIn(text: string): string | undefined {
  const bare = text.replace(/^(?:urn:)?(?:isbn|issn)(?:-1[03])?:?\s*/, "").replace(/[\s-]/g, "");
  if (/^\d{13}$/.test(bare)) return `urn:isbn:${bare}`;
  if (/^\d{9}[\dx]$/.test(bare)) return fromIsbn10(bare);
  return /^\d{7}[\dx]$/.test(bare) ? `urn:issn:${bare.slice(0, 4)}-${bare.slice(4)}` : undefined;
}

/** ISO 2108: the thirteen digits of a book that was given ten. */
function fromIsbn10(digits: string): string | undefined {
  if (weighted(digits, (at) => 10 - at) % 11 !== 0) return undefined;
  const body = `978${digits.slice(0, 9)}`;
  return `urn:isbn:${body}${(10 - (weighted(body, alternating) % 10)) % 10}`;
}

function isIsbn(digits: string): boolean {
  return /^97[89]\d{10}$/.test(digits) && weighted(digits, alternating) % 10 === 0;
}

function isIssn(text: string): boolean {
  return /^\d{4}-\d{3}[\dx]$/.test(text) && weighted(text.replace("-", ""), (at) => 8 - at) % 11 === 0;
}

const alternating = (at: number): number => (at % 2 === 0 ? 1 : 3);

/** Digits times their weights, summed; `x` is ten. */
function weighted(digits: string, weight: (at: number) => number): number {
  return [...digits].reduce((sum, digit, at) => sum + (digit === "x" ? 10 : Number(digit)) * weight(at), 0);
}
