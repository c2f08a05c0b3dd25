import { children, type XmlNode } from "../../xml/node.ts";
import { readXml, type XmlName } from "../../xml/stream.ts";
import { attempt, refused, unknownShape, type MarcRead } from "../reading.ts";
import { isMarc, MARCXML, marcOfXml } from "../xml.ts";

/** An answer of SRU (searchRetrieve 1.2 and 2.0), which gateways to Z39.50 give as well. */
const SRU =
  /^(http:\/\/www\.loc\.gov\/zing\/srw\/|http:\/\/docs\.oasis-open\.org\/ns\/search-ws\/sruResponse)$/;

/** Records of a bare `record`, a `collection`, or the records of an SRU answer, with holdings around them or without. */
export async function* readMarcXml(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<MarcRead> {
  let root: XmlName | undefined;
  for await (const { name, node } of readXml(bytes, isContainer)) {
    root ??= name;
    if (!isKnown(root)) throw unknownShape("MARCXML and no answer of SRU");
    if (node === undefined) continue;
    if (isMarc(node)) yield attempt(() => ({ kind: "record", record: marcOfXml(node) }));
    else if (SRU.test(node.namespace)) yield* ofSru(node);
    else yield refused("MarcInvalid", "An element beside the records is no MARC record. It is left out.");
  }
}

function isContainer(one: XmlName, depth: number): boolean {
  if (depth === 0) return isCollection(one) || isAnswer(one);
  return depth === 1 && one.name === "records" && SRU.test(one.namespace);
}

const isCollection = ({ name, namespace }: XmlName) =>
  name === "collection" && (namespace === MARCXML || namespace === "");
const isAnswer = ({ name, namespace }: XmlName) => name === "searchRetrieveResponse" && SRU.test(namespace);
const isKnown = (root: XmlName) => isMarc(root) || isCollection(root) || isAnswer(root);

/** One part of an answer: a record, what went wrong, or what was asked. Holdings and circulation are not read. */
function* ofSru(node: XmlNode): Generator<MarcRead> {
  if (node.name === "diagnostics") {
    yield refused("SruDiagnostic", "The server answered with a diagnostic instead of records. Ask it again.");
  }
  if (node.name !== "record") return;
  const data = children(node, "recordData").flatMap((one) => one.children);
  const records = data.flatMap((one) =>
    one.name === "opacRecord" ? children(one, "bibliographicRecord").flatMap((it) => it.children) : [one],
  );
  const marc = records.filter(isMarc);
  for (const one of marc) yield attempt(() => ({ kind: "record", record: marcOfXml(one) }));
  if (marc.length > 0) return;
  const holds = data.length === 0 ? "no record as XML" : "holdings, but no bibliographic record in MARC";
  yield refused("MarcMissing", `A record of the answer holds ${holds}. Ask for MARCXML.`);
}
