import { XMLParser } from "fast-xml-parser";

/** An element of a document by its qualified name: text, or elements; what can come often is always a list. */
export interface Node {
  readonly [name: string]: Node[] | string | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (_name, _path, _leaf, attribute) => !attribute,
});

/** Elements below a node along a path. */
export function all(from: Node, path: string): Node[] {
  return path.split("/").reduce<Node[]>(
    (nodes, name) =>
      nodes.flatMap((node) => {
        const found = node[name];
        return Array.isArray(found) ? found : [];
      }),
    [from],
  );
}

/** Text below a node along a path; undefined where there is none. */
export function text(from: Node, path: string): string | undefined {
  const [found] = all(from, path) as (Node | string)[];
  const value = typeof found === "object" ? found["#text"] : found;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Hundredths, exactly; an amount that is not there is nothing. */
export function cents(from: Node, path: string): bigint {
  const value = text(from, path) ?? "0";
  const [, sign = "", whole = "", part = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(value) ?? [];
  if (whole === "") throw new Error(`${path} is no amount of two decimals: ${value}`);
  const units = BigInt(whole) * 100n + BigInt(part.padEnd(2, "0"));
  return sign === "-" ? -units : units;
}

/** Reads a document. */
export function parseTree(xml: string): Node {
  return parser.parse(xml) as Node;
}

/** An attribute; empty where there is none. */
export function attribute(from: Node, name: string): string {
  const value = from[`@${name}`];
  return typeof value === "string" ? value : "";
}
