/** An element with its prefix resolved. Attributes without a namespace are kept, by name. */
export interface XmlNode {
  readonly name: string;
  /** Empty where it has none. */
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  /** Its own text, without its children's. */
  readonly text: string;
}

/** The first child of a name, whatever its namespace. */
export const child = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((one) => one.name === name);

/** All children of a name, whatever their namespace. */
export const children = (node: XmlNode | undefined, name: string): readonly XmlNode[] =>
  node?.children.filter((one) => one.name === name) ?? [];

/** The text of the first child of a name, without the white space around it; undefined where there is no such child. */
export const textOf = (node: XmlNode | undefined, name: string): string | undefined =>
  child(node, name)?.text.trim();

/** Elements below one along a path of names, such as `PmtId/EndToEndId`. */
export function nodesAt(from: XmlNode, path: string): readonly XmlNode[] {
  return path
    .split("/")
    .reduce<readonly XmlNode[]>((nodes, name) => nodes.flatMap((node) => children(node, name)), [from]);
}

/** The text of the first element along a path, without the white space around it; undefined where it is empty. */
export function textAt(from: XmlNode, path: string): string | undefined {
  const text = nodesAt(from, path)[0]?.text.trim();
  return text === "" ? undefined : text;
}
