import { ConsortiaError } from "../../core/error.ts";

/** Letters that Unicode does not take apart, in the spelling of their languages. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ä: "ae", ö: "oe", ü: "ue", Ä: "Ae", Ö: "Oe", Ü: "Ue", ß: "ss", ẞ: "SS" },
  ...{ æ: "ae", Æ: "AE", ø: "o", Ø: "O", œ: "oe", Œ: "OE", đ: "d", Đ: "D", ð: "d", Ð: "D" },
  ...{ ł: "l", Ł: "L", þ: "th", Þ: "Th", ħ: "h", Ħ: "H", ı: "i", ŋ: "n", Ŋ: "N" },
  ...{ "’": "'", "‘": "'", "“": "'", "”": "'", "„": "'", '"': "'", "–": "-", "—": "-", "&": "+" },
  ...{ _: "-", "[": "(", "]": ")", "{": "(", "}": ")", "<": "(", ">": ")", ";": ",", "\u00a0": " " },
};

/** The characters that every bank of SEPA takes: EPC217-08, section 1. */
const ALLOWED = /^[A-Za-z0-9/\-?:().,'+ ]*$/;

/**
 * A text in SEPA's characters: Latin letters lose their marks, other marks of ASCII become a full stop.
 * @param most characters
 * @throws `TextNotSepa` where letters of another script, or too many, would have to be dropped
 */
export function sepaText(text: string, most: number, what: string): string {
  const plain = [...text]
    .map((sign) => LETTERS[sign] ?? sign.normalize("NFKD").replace(/\p{M}/gu, ""))
    .join("")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[!-~]/g, (sign) => (ALLOWED.test(sign) ? sign : "."));
  if (ALLOWED.test(plain) && plain.length > 0 && plain.length <= most) return plain;
  const why =
    plain.length > most ? `has more than the ${most} characters that banks take` : "is not in Latin letters";
  throw new ConsortiaError(
    "TextNotSepa",
    `${what} "${text}" ${why}. Write it as the bank knows it, an account's owner under "holder".`,
    { values: { text } },
  );
}
