import { Fonts, type Weight } from "./fonts.ts";
import { wrapText } from "./wrap.ts";

/** What a paper is, beside what is drawn on it. */
export interface Paper {
  readonly title: string;
  readonly author: string;
  /** In seconds: the document's own date, so that the same paper is the same bytes whenever it is made. */
  readonly at: number;
  /** Stands at the foot of every page, before its number. */
  readonly footer: string;
}

/** How a text looks, and where it stands. */
export interface TextStyle {
  readonly size?: number;
  readonly weight?: Weight;
  readonly colour?: string;
  /** Left edge; the margin by default. */
  readonly x?: number;
  /** Where lines break; up to the margin by default. */
  readonly width?: number;
  readonly align?: "left" | "right";
}

export const INK = "#1b1b1b";
export const FAINT = "#666666";
export const RULE = "#b5b5b5";

/** A4, in points. */
const [WIDTH, HEIGHT, MARGIN, FOOT] = [595.28, 841.89, 56, 64];
const LEADING = 1.36;
/** Where the letters stand in a line of that leading. */
const BASELINE = 1.02;

/** A pen on the pages of one document: it moves down, and on to the next page. */
export class Sheet {
  readonly left = MARGIN;
  readonly right = WIDTH - MARGIN;
  readonly width = WIDTH - 2 * MARGIN;
  readonly bottom = HEIGHT - FOOT;
  /** Where the next line begins. */
  y = MARGIN;
  readonly #document: PDFKit.PDFDocument;
  readonly #fonts: Fonts;

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document;
    this.#fonts = new Fonts(document);
  }

  /** The lines that a text takes. */
  linesOf(text: string, { size = 9, weight = "regular", width = this.width }: TextStyle = {}): string[] {
    return wrapText(text, width, (part) => this.#fonts.width(part, size, weight));
  }

  /** Writes a text below what is there, over pages where it must. */
  text(text: string, style: TextStyle = {}): void {
    const { size = 9 } = style;
    for (const line of this.linesOf(text, style)) {
      this.need(size * LEADING);
      this.line(line, style);
      this.y += size * LEADING;
    }
  }

  /** Writes one line at the pen, which stays. */
  line(text: string, style: TextStyle = {}): void {
    const { size = 9, weight = "regular", colour = INK, x = this.left, width = this.width } = style;
    const indent = style.align === "right" ? width - this.#fonts.width(text, size, weight) : 0;
    let at = x + indent;
    const runs = this.#fonts.runs(text, weight);
    for (const run of runs) {
      const pen = this.#document.font(run.font).fontSize(size).fillColor(colour);
      pen.text(run.text, at, this.y + size * BASELINE, { lineBreak: false, baseline: "alphabetic" });
      if (run !== runs.at(-1)) at += pen.widthOfString(run.text);
    }
  }

  /** Goes to the next page where less than so much is left of this one. @returns whether it did */
  need(height: number): boolean {
    if (this.y + height <= this.bottom || this.y === MARGIN) return false;
    this.next();
    return true;
  }

  next(): void {
    this.#document.addPage();
    this.y = MARGIN;
  }

  space(height: number): void {
    this.y += height;
  }

  rule(colour = RULE, x = this.left, width = this.width): void {
    this.#document
      .lineWidth(0.6)
      .strokeColor(colour)
      .moveTo(x, this.y)
      .lineTo(x + width, this.y)
      .stroke();
  }

  /** Fills a bar at the pen, which stays. */
  bar(colour: string, x: number, width: number, height: number): void {
    this.#document.rect(x, this.y, width, height).fill(colour);
  }

  /** Draws things side by side, each from the same height on; the pen ends below the longest. Each must fit the page. */
  beside(...draw: readonly (() => void)[]): void {
    const top = this.y;
    const ends = draw.map((one) => {
      this.y = top;
      one();
      return this.y;
    });
    this.y = Math.max(top, ...ends);
  }

  /** Writes every page's foot, once all of them are there. */
  number(footer: string): void {
    const { start, count } = this.#document.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.#document.switchToPage(page);
      this.y = HEIGHT - MARGIN + 8;
      const style = { size: 7.5, colour: FAINT };
      const [first = ""] = this.linesOf(footer, { ...style, width: this.width - 80 });
      this.line(first, style);
      this.line(`Page ${page + 1} of ${count}`, { ...style, align: "right" });
    }
  }
}

/** Makes a PDF: A4, fonts embedded, byte for byte the same for the same paper. */
export async function makePdf(
  { title, author, at, footer }: Paper,
  draw: (sheet: Sheet) => void,
): Promise<Uint8Array> {
  const date = new Date(at * 1000);
  // Opened when a paper is made: every other command would wait for it.
  const { default: PDFDocument } = await import("pdfkit");
  const document = new PDFDocument({
    size: "A4",
    // Margins of pdfkit's own would begin pages behind the sheet's back.
    margin: 0,
    bufferPages: true,
    pdfVersion: "1.7",
    lang: "en",
    displayTitle: true,
    info: { Title: title, Author: author, CreationDate: date, ModDate: date, Creator: "Consortia" },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", resolve);
    document.on("error", reject);
  });
  const sheet = new Sheet(document);
  draw(sheet);
  sheet.number(footer);
  document.end();
  await done;
  return Buffer.concat(chunks);
}
