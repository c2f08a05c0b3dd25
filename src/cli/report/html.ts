/** Markup that is safe to show: only {@link html} makes it, so text cannot slip in unescaped. */
export interface Html {
  readonly markup: string;
}

type Piece = string | number | Html | readonly Html[] | undefined | false;

const made = new WeakSet<object>();

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for content and for quoted attributes; control characters, which HTML forbids, go. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, "")
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Markup with every text in it escaped; other markup, lists of it and nothing (undefined, false) fit in too. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const markup = strings.map((literal, i) => literal + render(pieces[i])).join("");
  const piece = Object.freeze({ markup });
  made.add(piece);
  return piece;
}

/** A style sheet; the name tells editors and prettier which language is inside. */
export const css = html;

function render(piece: Piece): string {
  if (piece === undefined || piece === false) return "";
  if (typeof piece === "string") return escapeHtml(piece);
  if (typeof piece === "number") return String(piece);
  if (Array.isArray(piece)) return piece.map(render).join("");
  // A look-alike from parsed JSON has no say.
  return made.has(piece) && "markup" in piece ? piece.markup : "";
}
