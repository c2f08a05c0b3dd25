const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
  "\n": "&#10;",
  "\t": "&#9;",
};

function escape(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (character) => ESCAPES[character] ?? character);
}

/** Collects indented XML. Prefix `ill` qualifies the standard's attributes. */
export class XmlWriter {
  /** Whether the message is of the 2021 edition, which orders and requires some elements differently. */
  readonly edition2021: boolean;
  readonly #lines: string[] = [];
  #depth = 0;

  constructor(edition2021: boolean) {
    this.edition2021 = edition2021;
  }

  leaf(name: string, text: string, scheme?: string): void {
    const attribute = scheme === undefined ? "" : ` ill:scheme="${escape(scheme)}"`;
    this.#line(text === "" ? `<${name}${attribute}/>` : `<${name}${attribute}>${escape(text)}</${name}>`);
  }

  element(name: string, body: () => void, attributes = ""): void {
    this.#line(`<${name}${attributes}>`);
    this.#depth += 1;
    body();
    this.#depth -= 1;
    this.#line(`</${name}>`);
  }

  toString(): string {
    return `<?xml version="1.0" encoding="UTF-8"?>\n${this.#lines.join("\n")}\n`;
  }

  #line(line: string): void {
    this.#lines.push("  ".repeat(this.#depth) + line);
  }
}
