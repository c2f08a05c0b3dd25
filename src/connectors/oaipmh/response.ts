import { isConsortiaError } from "../../core/error.ts";
import { textOf, type XmlNode } from "../xml/node.ts";
import { readXml, type XmlLimits, type XmlName } from "../xml/stream.ts";
import { notOai } from "./error.ts";
import { identifyOf, type Identify } from "./identify.ts";
import { headerOf, recordOf, type OaiHeader, type OaiRecord } from "./record.ts";

/** OAI-PMH 2.0, section 3.2: the namespace of every answer. */
const OAI = "http://www.openarchives.org/OAI/2.0/";
const LISTS = ["ListRecords", "ListIdentifiers", "ListSets", "ListMetadataFormats", "GetRecord"];

export interface OaiToken {
  /** Empty where the list ends (section 3.5). */
  readonly token: string;
  readonly completeListSize?: number;
}

/** What an answer holds, part by part, in its order. */
export type OaiPart =
  | { readonly kind: "date"; readonly responseDate: string }
  /** The list or record that follows. */
  | { readonly kind: "verb"; readonly verb: string }
  | { readonly kind: "record"; readonly record: OaiRecord }
  /** Of ListIdentifiers. */
  | { readonly kind: "header"; readonly header: OaiHeader }
  /** A record or header that cannot be used. */
  | {
      readonly kind: "refused";
      readonly code: string;
      readonly sentence: string;
      readonly identifier: string;
    }
  | { readonly kind: "token"; readonly token: OaiToken }
  | { readonly kind: "error"; readonly code: string }
  | { readonly kind: "identify"; readonly identify: Identify }
  | { readonly kind: "set"; readonly spec: string; readonly name: string }
  | { readonly kind: "format"; readonly prefix: string; readonly namespace: string };

/**
 * Reads an answer of OAI-PMH 2.0 part by part, however long it is.
 * @throws `OaiAnswerInvalid` where it is none, and what readXml throws; `XmlCut` is retryable
 */
export async function* readOaiResponse(
  bytes: AsyncIterable<Uint8Array>,
  limits: Partial<XmlLimits> = {},
): AsyncGenerator<OaiPart, void, undefined> {
  let [root, said] = [false, false];
  for await (const { name, node } of readXml(bytes, isContainer, limits)) {
    if (!root && (name.name !== "OAI-PMH" || name.namespace !== OAI)) throw notOai("its root is not OAI-PMH");
    if (name.namespace !== OAI) throw notOai("an element is of another namespace");
    said ||= root && !["responseDate", "request"].includes(name.name);
    root = true;
    if (node !== undefined) yield* partOf(node);
    else if (name.name !== "OAI-PMH") yield { kind: "verb", verb: name.name };
  }
  if (!said) throw notOai("it holds neither an answer nor an error");
}

const isContainer = ({ name, namespace }: XmlName, depth: number): boolean =>
  namespace === OAI && (depth === 0 ? name === "OAI-PMH" : depth === 1 && LISTS.includes(name));

function* partOf(node: XmlNode): Generator<OaiPart> {
  switch (node.name) {
    case "responseDate":
      yield { kind: "date", responseDate: node.text.trim() };
      return;
    case "record":
      yield usable(() => ({ kind: "record", record: recordOf(node) }));
      return;
    case "header":
      yield usable(() => ({ kind: "header", header: headerOf(node) }));
      return;
    case "resumptionToken":
      yield { kind: "token", token: tokenOf(node) };
      return;
    case "error":
      yield { kind: "error", code: node.attributes.get("code") ?? "" };
      return;
    case "Identify":
      yield { kind: "identify", identify: identifyOf(node) };
      return;
    case "set":
      yield { kind: "set", spec: textOf(node, "setSpec") ?? "", name: textOf(node, "setName") ?? "" };
      return;
    case "metadataFormat":
      yield {
        kind: "format",
        prefix: textOf(node, "metadataPrefix") ?? "",
        namespace: textOf(node, "metadataNamespace") ?? "",
      };
      return;
  }
}

function usable(read: () => OaiPart): OaiPart {
  try {
    return read();
  } catch (error) {
    if (!isConsortiaError(error, "OaiRecordInvalid")) throw error;
    const { identifier } = error.values;
    return {
      kind: "refused",
      code: error.code,
      sentence: error.message,
      identifier: typeof identifier === "string" ? identifier : "",
    };
  }
}

function tokenOf({ text, attributes }: XmlNode): OaiToken {
  const size = attributes.get("completeListSize") ?? "";
  return { token: text.trim(), ...(/^\d{1,15}$/.test(size) ? { completeListSize: Number(size) } : {}) };
}
