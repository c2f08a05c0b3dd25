import { XMLParser, XMLValidator } from "fast-xml-parser";
import { ConsortiaError } from "../../core/error.ts";
import type { XmlNode } from "../xml/node.ts";
import { notXml } from "./error.ts";

/** The one namespace of the standard, for v1.x and 2021-2 alike. */
export const NAMESPACE = "http://illtransactions.org/2013/iso18626";

export interface XmlLimits {
  /** Characters, default 1,048,576. */
  readonly maxLength?: number;
  /** Nested elements, default 32: the deepest element of the standard lies at 7. */
  readonly maxDepth?: number;
}

type Raw = Record<string, unknown>;
const [TEXT, CDATA, ATTRIBUTES] = ["#text", "#cdata", ":@"];

const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;
const DECLARED = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/;
const NAMED: ReadonlyMap<string, string> = new Map([
  ["lt;", "<"],
  ["gt;", ">"],
  ["amp;", "&"],
  ["quot;", '"'],
  ["apos;", "'"],
]);

/**
 * Reads one XML document, strictly: the standard's own attributes by their local names, no document type, no entities but the five of XML, one root, known prefixes.
 * @throws `Iso18626TooLarge`, `Iso18626Doctype`, `Iso18626TooDeep`, `Iso18626NotXml`
 */
export function readXml(document: string, limits: XmlLimits = {}): XmlNode {
  const { maxLength = 1_048_576, maxDepth = 32 } = limits;
  if (document.length > maxLength) {
    throw new ConsortiaError(
      "Iso18626TooLarge",
      `The message has ${document.length} characters; at most ${maxLength} are read. Send one message a document.`,
      { values: { length: document.length, maxLength } },
    );
  }
  const xml = document.replace(/^\ufeff/, "");
  check(xml);
  const roots = (parse(xml, maxDepth) as Raw[]).filter((node) => !(TEXT in node));
  const root = roots[0];
  if (root === undefined || roots.length > 1) throw notXml(`${roots.length} root elements instead of one`);
  return resolve(root, undefined);
}

function check(xml: string): void {
  if (/<!(?:doctype|entity|element|attlist|notation)/i.test(xml)) {
    throw new ConsortiaError(
      "Iso18626Doctype",
      "The message carries a document type definition. None is ever read: send the message without it.",
    );
  }
  if (ILLEGAL.test(xml)) throw notXml("it holds characters that XML forbids");
  const encoding = DECLARED.exec(xml)?.[1];
  if ((encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding)) || xml.includes("\ufffd")) {
    throw notXml(`it is not UTF-8${encoding === undefined ? "" : `, it declares ${encoding.slice(0, 32)}`}`);
  }
  // The validator's successor is another package; until it is needed, the parser alone would take broken tags.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const verdict = XMLValidator.validate(xml);
  if (verdict !== true)
    throw notXml("a tag is not as it should be", { line: verdict.err.line, column: verdict.err.col });
  if (!xml.trimEnd().endsWith(">")) throw notXml("text follows the root element");
}

function parse(xml: string, maxDepth: number): unknown {
  try {
    return new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: "",
      parseTagValue: false,
      parseAttributeValue: false,
      trimValues: false,
      processEntities: false,
      cdataPropName: CDATA,
      ignoreDeclaration: true,
      ignorePiTags: true,
      maxNestedTags: maxDepth,
    }).parse(xml);
  } catch (error) {
    if (error instanceof Error && error.message.includes("nested tags")) {
      throw new ConsortiaError(
        "Iso18626TooDeep",
        `The message nests elements deeper than ${maxDepth}. No ISO 18626 message does; it is not read.`,
        { values: { maxDepth } },
      );
    }
    throw notXml("it uses a reserved name or leaves a part open");
  }
}

/** The prefixes an element declares, and those around it: never copied, since hostile files declare thousands. */
interface Scope {
  readonly own: ReadonlyMap<string, string>;
  readonly outer: Scope | undefined;
}

function resolve(raw: Raw, outer: Scope | undefined): XmlNode {
  const tag = Object.keys(raw).find((key) => key !== ATTRIBUTES) ?? "";
  const attributes = Object.entries((raw[ATTRIBUTES] ?? {}) as Record<string, string>);
  const declared = new Map<string, string>();
  for (const [name, value] of attributes) {
    if (name === "xmlns") declared.set("", decode(value));
    else if (name.startsWith("xmlns:")) declared.set(name.slice(6), decode(value));
  }
  const scope = declared.size === 0 ? outer : { own: declared, outer };
  const [prefix, name] = split(tag);
  const own = new Map<string, string>();
  for (const [key, value] of attributes) {
    const [space, local] = split(key);
    if (space === "" && key !== "xmlns" && !own.has(local)) own.set(local, decode(value));
    else if (space !== "" && space !== "xmlns" && namespaceOf(space, scope) === NAMESPACE)
      own.set(local, decode(value));
  }
  const children: XmlNode[] = [];
  let text = "";
  for (const part of raw[tag] as Raw[]) {
    if (TEXT in part) text += decode(String(part[TEXT]));
    else if (CDATA in part) text += (part[CDATA] as Raw[]).map((piece) => String(piece[TEXT])).join("");
    else children.push(resolve(part, scope));
  }
  return { name, namespace: namespaceOf(prefix, scope), attributes: own, children, text };
}

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(":");
  return colon < 0 ? ["", name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function namespaceOf(prefix: string, innermost: Scope | undefined): string {
  for (let scope = innermost; scope !== undefined; scope = scope.outer) {
    const namespace = scope.own.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  if (prefix === "xml") return "http://www.w3.org/XML/1998/namespace";
  if (prefix !== "") throw notXml("it uses a namespace prefix that is not declared");
  return "";
}

function decode(text: string): string {
  return text.replace(/&([^;&<]{0,16};?)/g, (_, name: string) => {
    const named = NAMED.get(name);
    if (named !== undefined) return named;
    const number = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));$/.exec(name);
    const point =
      number === null ? NaN : number[1] === undefined ? Number(number[2]) : parseInt(number[1], 16);
    if (!(point <= 0x10ffff) || ILLEGAL.test(String.fromCodePoint(point))) {
      throw notXml("it uses an entity that is not among the five of XML");
    }
    return String.fromCodePoint(point);
  });
}
