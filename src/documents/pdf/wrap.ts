/** How wide a text is. */
type Width = (text: string) => number;

/** A word with what follows it, a sign of a script without spaces, or white space. */
const ATOM =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef]|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef]+|\s+/gu;

/** A text in lines that are at most so wide; what has no place to break is cut. Its own line breaks are kept. */
export function wrapText(text: string, most: number, width: Width): string[] {
  return text.split(/\r\n|[\r\n\u2028\u2029]/).flatMap((line) => wrapLine(line, most, width));
}

function wrapLine(text: string, most: number, width: Width): string[] {
  const lines: string[] = [];
  let [line, used] = ["", 0];
  for (const atom of text.match(ATOM) ?? []) {
    const space = /^\s/.test(atom);
    if (space && line === "") continue;
    const shown = space ? " " : atom;
    const wide = width(shown);
    if (used + wide <= most) {
      line += shown;
      used += wide;
      continue;
    }
    if (line !== "") lines.push(line.trimEnd());
    const pieces = space ? [""] : cut(atom, most, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
    used = width(line);
  }
  lines.push(line.trimEnd());
  return lines;
}

/** A word in pieces that are at most so wide, each of one sign at least. */
function cut(word: string, most: number, width: Width): string[] {
  const pieces: string[] = [];
  let [piece, used] = ["", 0];
  for (const sign of word) {
    const wide = width(sign);
    if (piece !== "" && used + wide > most) {
      pieces.push(piece);
      [piece, used] = ["", 0];
    }
    piece += sign;
    used += wide;
  }
  return [...pieces, piece];
}
