import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export type Weight = "regular" | "bold";

/** A stretch of text that one font can show. */
export interface Run {
  readonly font: string;
  readonly text: string;
}

/** The part of a PDF that fonts are asked of. */
type Document = PDFKit.PDFDocument;

const { resolve } = createRequire(import.meta.url);
const DEJAVU: Readonly<Record<Weight, string>> = { regular: "DejaVuSans.ttf", bold: "DejaVuSans-Bold.ttf" };
const NOTO: Readonly<Record<Weight, number>> = { regular: 400, bold: 700 };
/** What would move, turn or hide other signs instead of showing itself. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * The fonts of a document: DejaVu Sans for Latin, Greek, Cyrillic and whatever else it has, Noto Sans SC for Han. They are
 * embedded, as far as they are used. A sign that none of them has is shown as its code, such as [U+1F4DA].
 */
export class Fonts {
  readonly #document: Document;
  readonly #named = new Map<string, (point: number) => boolean>();
  readonly #choices = new Map<string, string | undefined>();
  readonly #widths = new Map<string, number>();

  constructor(document: Document) {
    this.#document = document;
  }

  /** A text's runs, in its order. */
  runs(text: string, weight: Weight): Run[] {
    const runs: { font: string; text: string }[] = [];
    const latin = this.#dejavu(weight);
    for (const sign of text) {
      const chosen = this.#fontOf(sign, weight);
      const font = chosen ?? latin;
      const shown = chosen === undefined ? `[${codeOf(sign)}]` : sign;
      const last = runs.at(-1);
      if (last?.font === font) last.text += shown;
      else runs.push({ font, text: shown });
    }
    return runs;
  }

  /** How wide a text is, in points. */
  width(text: string, size: number, weight: Weight): number {
    const key = `${size}/${weight}/${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const width = this.runs(text, weight).reduce(
      (sum, run) => sum + this.#document.font(run.font).fontSize(size).widthOfString(run.text),
      0,
    );
    this.#widths.set(key, width);
    return width;
  }

  /** The font that has a sign; undefined where none has. */
  #fontOf(sign: string, weight: Weight): string | undefined {
    const key = `${weight}/${sign}`;
    if (!this.#choices.has(key)) this.#choices.set(key, this.#find(sign, weight));
    return this.#choices.get(key);
  }

  #find(sign: string, weight: Weight): string | undefined {
    if (UNSEEN.test(sign)) return undefined;
    const point = sign.codePointAt(0) ?? 0;
    const latin = this.#dejavu(weight);
    if (this.#named.get(latin)?.(point) === true) return latin;
    const part = hanPart(point);
    if (part === undefined) return undefined;
    const han = this.#open(`han-${part}-${weight}`, hanFile(part, weight));
    return this.#named.get(han)?.(point) === true ? han : undefined;
  }

  #dejavu(weight: Weight): string {
    return this.#open(weight, resolve(`dejavu-fonts-ttf/ttf/${DEJAVU[weight]}`));
  }

  /** Makes a font known to the document under a name. */
  #open(name: string, path: string): string {
    if (!this.#named.has(name)) {
      this.#document.registerFont(name, path);
      this.#named.set(name, glyphsOf(this.#document.font(name)));
    }
    return name;
  }
}

function codeOf(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Which signs the font at hand has. pdfkit keeps the font that it reads beside it, and its types do not say so. */
function glyphsOf(document: Document): (point: number) => boolean {
  const { font } = (document as unknown as { _font: { font: Glyphs } })._font;
  return (point) => font.hasGlyphForCodePoint(point);
}

interface Glyphs {
  hasGlyphForCodePoint(point: number): boolean;
}

const NOTO_FOLDER = join(resolve("@fontsource/noto-sans-sc/package.json"), "..");
let parts: readonly { readonly from: number; readonly to: number; readonly part: string }[] | undefined;

/** The file of Noto Sans SC that holds a sign: the typeface is split by what is used together. */
function hanPart(point: number): string | undefined {
  parts ??= readParts();
  return parts.find(({ from, to }) => from <= point && point <= to)?.part;
}

function readParts() {
  const ranges = JSON.parse(readFileSync(join(NOTO_FOLDER, "unicode.json"), "utf8")) as Record<
    string,
    string
  >;
  return Object.entries(ranges)
    .filter(([name]) => /^\[\d+\]$/.test(name))
    .flatMap(([name, list]) =>
      list.split(",").map((range) => {
        const [from = "", to = from] = range.replace(/^U\+/i, "").split("-");
        return { from: parseInt(from, 16), to: parseInt(to, 16), part: name.slice(1, -1) };
      }),
    );
}

function hanFile(part: string, weight: Weight): string {
  return join(NOTO_FOLDER, "files", `noto-sans-sc-${part}-${NOTO[weight]}-normal.woff`);
}
