import { ConsortiaError } from "../../core/error.ts";

/** A part of a document: an element; nothing where it is undefined, so that optional parts read as they stand. */
export type Part = Element | undefined;

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly Part[];
}

/** An element with text, or with elements in it. */
export function element(
  name: string,
  content: string | readonly Part[],
  attributes: Readonly<Record<string, string>> = {},
): Element {
  return { name, attributes, content };
}

/** An element with text, where there is text. */
export function given(name: string, text: string | undefined): Part {
  return text === undefined ? undefined : element(name, text);
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" },
  ...{ "\r": "&#13;", "\n": "&#10;", "\t": "&#9;" },
};

/** What no XML 1.0 document may hold, escaped or not: section 2.2, production 2. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/**
 * Writes a document, indented, in UTF-8; the same elements give the same bytes.
 * @throws `XmlForbidden` where a text holds a character that XML cannot carry
 */
export function writeXml(root: Element): string {
  const lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>'];
  write(root, "", lines);
  return `${lines.join("\n")}\n`;
}

function write({ name, attributes, content }: Element, indent: string, lines: string[]): void {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value, name)}"`);
  const open = `${indent}<${name}${pairs.join("")}>`;
  if (typeof content === "string") {
    lines.push(`${open}${escape(content, name)}</${name}>`);
    return;
  }
  lines.push(open);
  for (const part of content) if (part !== undefined) write(part, `${indent}  `, lines);
  lines.push(`${indent}</${name}>`);
}

function escape(text: string, name: string): string {
  if (FORBIDDEN.test(text)) {
    throw new ConsortiaError(
      "XmlForbidden",
      `The text of ${name} holds a control character that XML cannot carry. Write it without.`,
      { values: { element: name } },
    );
  }
  return text.replace(/[&<>"\r\n\t]/g, (sign) => ESCAPES[sign] ?? sign);
}
