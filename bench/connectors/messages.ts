import { XMLParser } from "fast-xml-parser";
import { exampleMonth } from "../../examples/generator/month.ts";
import { parseMessage } from "../../src/connectors/iso18626/message.ts";

/** Turns over the messages; whatever else a machine does slows one and never hastens it, so the best counts. */
const TURNS = 12;

/**
 * Messages of the example month a second: read and checked by ours; parsed by fast-xml-parser alone, on which ours stands;
 * and decoded to text, which both need.
 */
export function benchMessages(): Record<string, number> {
  const documents = exampleMonth().files.map(({ content }) => new TextEncoder().encode(content));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
  const works = {
    "": (bytes: Uint8Array) => parseMessage(decoder.decode(bytes)),
    ".fastXmlParser": (bytes: Uint8Array) => parser.parse(decoder.decode(bytes)) as unknown,
    ".decodedOnly": (bytes: Uint8Array) => decoder.decode(bytes),
  };
  const best: Record<string, number> = {};
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, work] of Object.entries(works)) {
      const begun = performance.now();
      for (const bytes of documents) work(bytes);
      const rate = (documents.length / (performance.now() - begun)) * 1000;
      const key = `iso18626.messagesPerSecond${name}`;
      best[key] = Math.max(best[key] ?? 0, Math.round(rate));
    }
  }
  return { "iso18626.messages": documents.length, ...best };
}
