import { cutOff } from "./error.ts";
import type { XmlNode } from "./node.ts";
import { readXml } from "./stream.ts";

/**
 * A document that is taken as a whole: its root element.
 * @param longest characters that it may have
 * @throws what {@link readXml} throws; `XmlRecordTooLarge` where it is longer
 */
export async function readDocument(bytes: AsyncIterable<Uint8Array>, longest: number): Promise<XmlNode> {
  let root: XmlNode | undefined;
  for await (const { node } of readXml(bytes, () => false, { record: longest })) root = node;
  if (root === undefined) throw cutOff();
  return root;
}
