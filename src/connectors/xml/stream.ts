import { SaxesParser, type SaxesTagNS } from "saxes";
import { isConsortiaError } from "../../core/error.ts";
import { cutOff, hasDoctype, malformed, notUtf8, tooDeep, tooLong } from "./error.ts";
import type { XmlNode } from "./node.ts";

export interface XmlLimits {
  /** Nested elements; 100. */
  readonly depth: number;
  /** Characters of one text, tag, comment or the like; 1,048,576. */
  readonly token: number;
  /** Characters from one record to the next; 8,388,608. */
  readonly record: number;
}

const USUAL: XmlLimits = { depth: 100, token: 1 << 20, record: 1 << 23 };
/** Bytes that are parsed at a time: what is read of them waits until it was taken. */
const PIECE = 1 << 16;

/** An element that only holds others was opened, or another one is there as a whole: its node. */
export interface XmlPart {
  readonly name: XmlName;
  readonly node?: XmlNode;
}
export type XmlName = Pick<XmlNode, "name" | "namespace" | "attributes">;

/**
 * Reads XML as it comes in, strictly: UTF-8, no document type, no entities but the five of XML, prefixes that are declared.
 * What is held at a time is one element and one piece of the source, however long the source is.
 * @param isContainer whether an element only holds others, which are then read one by one; `depth` is 0 for the root
 * @throws `XmlCut`, retryable; `XmlNotUtf8`, `XmlDoctype`, `XmlTooDeep`, `XmlTokenTooLong`, `XmlRecordTooLarge`, `XmlMalformed`
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  isContainer: (name: XmlName, depth: number) => boolean,
  given: Partial<XmlLimits> = {},
): AsyncGenerator<XmlPart, void, undefined> {
  const parts: XmlPart[] = [];
  const reader = createReader((part) => parts.push(part), isContainer, { ...USUAL, ...given });
  for await (const chunk of bytes) {
    for (let start = 0; start < chunk.length; start += PIECE) {
      const failed = failure(() => reader.write(chunk.subarray(start, start + PIECE)));
      yield* parts.splice(0);
      if (failed !== undefined) throw failed.error;
    }
  }
  reader.end();
  yield* parts.splice(0);
}

/** What came before a fault is still handed out. */
function failure(act: () => void): { readonly error: unknown } | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return { error };
  }
}

interface Growing extends XmlNode {
  children: XmlNode[];
  text: string;
}

function createReader(
  emit: (part: XmlPart) => void,
  isContainer: (name: XmlName, depth: number) => boolean,
  limits: XmlLimits,
) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const parser = new SaxesParser({ xmlns: true });
  /** The elements that are open, outermost first; containers hold a place only. */
  const open: (Growing | undefined)[] = [];
  let [read, tokenAt, recordAt] = [0, 0, 0];
  const heard = () => (tokenAt = read);
  const append = (text: string) => {
    heard();
    const inner = open.at(-1);
    if (inner !== undefined) inner.text += text;
  };
  // A seventh handler would cost two thirds of the speed: the parser's object becomes a dictionary.
  parser.on("doctype", () => {
    throw hasDoctype();
  });
  parser.on("xmldecl", ({ encoding }) => {
    if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding)) throw notUtf8(encoding);
  });
  parser.on("text", append);
  parser.on("cdata", append);
  parser.on("opentag", (tag) => {
    heard();
    if (open.length >= limits.depth) throw tooDeep(limits.depth);
    const name = nameOf(tag);
    const within = open.at(-1);
    if (within === undefined && isContainer(name, open.length)) {
      open.push(undefined);
      emit({ name });
      return;
    }
    const node: Growing = { ...name, children: [], text: "" };
    within?.children.push(node);
    open.push(node);
  });
  parser.on("closetag", () => {
    heard();
    const node = open.pop();
    if (node === undefined || open.at(-1) !== undefined) return;
    recordAt = read;
    emit({ name: node, node });
  });
  const feed = (text: string) => {
    read += text.length;
    try {
      parser.write(text);
    } catch (error) {
      throw isConsortiaError(error) ? error : malformed(error, parser);
    }
    if (read - tokenAt > limits.token) throw tooLong("XmlTokenTooLong", limits.token);
    if (read - recordAt > limits.record) throw tooLong("XmlRecordTooLarge", limits.record);
  };
  return {
    write: (piece: Uint8Array) => feed(decoded(() => decoder.decode(piece, { stream: true }))),
    end: () => {
      try {
        decoder.decode();
        parser.close();
      } catch {
        throw cutOff();
      }
    },
  };
}

const NONE: ReadonlyMap<string, string> = new Map();

function nameOf({ local, uri, attributes }: SaxesTagNS): XmlName {
  let own: Map<string, string> | undefined;
  for (const key in attributes) {
    const one = attributes[key];
    if (one?.prefix === "" && key !== "xmlns") (own ??= new Map<string, string>()).set(key, one.value);
  }
  return { name: local, namespace: uri, attributes: own ?? NONE };
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw notUtf8();
  }
}
