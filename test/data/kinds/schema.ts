import fc from "fast-check";
import { validateXML } from "xmllint-wasm";
import { MESSAGE_KINDS, writeMessage } from "../../../src/connectors/iso18626/message.ts";
import { readXml } from "../../../src/connectors/iso18626/xml.ts";
import { anyMessage } from "../../src/connectors/iso18626/arbitrary.ts";
import { textOf, type Reader } from "../row.ts";

const BARE = "a message without its header";

/** The schema of ISO 18626: it compiles, accepts what we write of every kind and rejects what is none. */
export const readSchema: Reader = async (file) => {
  const schema = textOf(file);
  const root = readXml(schema);
  const samples = fc.sample(anyMessage("1.2"), { numRuns: 60, seed: 18626 });
  const accepted = await Promise.all(
    MESSAGE_KINDS.map(async (kind) => {
      const messages = samples.filter((message) => message.kind === kind).map(writeMessage);
      return messages.length > 0 && (await isValid(messages, schema)) ? [kind] : [];
    }),
  );
  const bare = `<request xmlns="${root.attributes.get("targetNamespace") ?? ""}"/>`;
  return {
    namespace: root.attributes.get("targetNamespace"),
    elements: root.children.filter(({ name }) => name === "element").length,
    accepts: accepted.flat().sort(),
    rejects: (await isValid([bare], schema)) ? [] : [BARE],
  };
};

async function isValid(messages: readonly string[], schema: string): Promise<boolean> {
  const xml = messages.map((contents, index) => ({ fileName: `message-${index}.xml`, contents }));
  return (await validateXML({ xml, schema: [schema] })).valid;
}
