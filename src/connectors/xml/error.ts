import { ConsortiaError } from "../../core/error.ts";

/** Ends where it should go on: a connection was cut or a disk was full. The same source may be whole another time. */
export function cutOff(): ConsortiaError {
  return new ConsortiaError("XmlCut", "The XML ends before its root element does. Fetch it again.", {
    retryable: true,
  });
}

export function notUtf8(declared?: string): ConsortiaError {
  const what = declared === undefined ? "" : `: it declares ${declared.slice(0, 32)}`;
  return new ConsortiaError("XmlNotUtf8", `The XML is not UTF-8${what}. Have it sent as UTF-8.`);
}

export function hasDoctype(): ConsortiaError {
  return new ConsortiaError(
    "XmlDoctype",
    "The XML carries a document type definition. None is ever read: have it sent without.",
  );
}

export function tooDeep(depth: number): ConsortiaError {
  return new ConsortiaError(
    "XmlTooDeep",
    `The XML nests elements deeper than ${depth}, which no record does. It is not read on.`,
    { values: { depth } },
  );
}

export function tooLong(code: "XmlTokenTooLong" | "XmlRecordTooLarge", characters: number): ConsortiaError {
  const what = code === "XmlTokenTooLong" ? "A text, tag or comment" : "A record";
  return new ConsortiaError(
    code,
    `${what} in the XML goes on for more than ${characters} characters. It is not read on.`,
    { values: { characters } },
  );
}

/** What the parser refused and where; its words end where they would quote the source. */
export function malformed(error: unknown, position: { line: number; column: number }): ConsortiaError {
  const said = error instanceof Error ? error.message.replace(/^\d+:\d+: |[.:(].*$/gs, "") : "a fault";
  const { line, column } = position;
  return new ConsortiaError(
    "XmlMalformed",
    `The XML is not well-formed: ${said}, line ${line}, column ${column}. Tell who sent it.`,
    { values: { line, column } },
  );
}
