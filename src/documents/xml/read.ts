import { SaxesParser } from "saxes";
import { ConsortiaError } from "../../core/error.ts";

/** An element as it was read, its namespace resolved; elements have children or text. */
export interface XmlNode {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

interface Open extends XmlNode {
  readonly children: XmlNode[];
  text: string;
}

/** How much of a file is read: banks' statements of a year of a large office stay below. */
const [LONGEST, DEEPEST] = [64 * 1024 * 1024, 64];

/**
 * Reads one XML document, strictly: namespaces declared, no document type, no entities but the five of XML.
 * @throws `XmlTooLarge`, `XmlDoctype`, `XmlTooDeep`, `XmlInvalid`
 */
export function readXml(document: string): XmlNode {
  if (document.length > LONGEST) {
    throw refused("XmlTooLarge", `The file has ${document.length} characters; at most ${LONGEST} are read.`);
  }
  const root: Open = { name: "", namespace: "", attributes: new Map(), children: [], text: "" };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("doctype", () => {
    throw refused("XmlDoctype", "The file carries a document type definition. None is ever read.");
  });
  parser.on("error", ({ message }) => {
    throw refused("XmlInvalid", `The file is not well-formed XML: ${message.slice(0, 200)}.`);
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    if (open.length > DEEPEST) throw refused("XmlTooDeep", `The file nests elements deeper than ${DEEPEST}.`);
    const named = Object.values(attributes).map(({ local: name, value }) => [name, value] as const);
    open.push({ name: local, namespace: uri, attributes: new Map(named), children: [], text: "" });
  });
  const add = (text: string) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => {
    const done = open.pop();
    if (done !== undefined) open.at(-1)?.children.push(done);
  });
  parser.write(document).close();
  const [first] = root.children;
  if (first === undefined) throw refused("XmlInvalid", "The file holds no element.");
  return first;
}

/** Elements below one along a path of names. */
export function nodesAt(from: XmlNode, path: string): readonly XmlNode[] {
  return path
    .split("/")
    .reduce<readonly XmlNode[]>(
      (nodes, name) => nodes.flatMap(({ children }) => children.filter((child) => child.name === name)),
      [from],
    );
}

/** Text below an element along a path of names; undefined where there is none. */
export function textAt(from: XmlNode, path: string): string | undefined {
  const text = nodesAt(from, path)[0]?.text.trim();
  return text === "" ? undefined : text;
}

function refused(code: string, message: string): ConsortiaError {
  return new ConsortiaError(code, message);
}
