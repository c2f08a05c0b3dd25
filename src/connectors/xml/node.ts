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
