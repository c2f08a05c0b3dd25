import { ConsortiaError } from "../../core/error.ts";

/** The document is no XML that this connector takes. Only the place is told: the text may name readers. */
export function notXml(why: string, place?: { line: number; column: number }): ConsortiaError {
  const at = place === undefined ? "" : ` (line ${place.line}, column ${place.column})`;
  return new ConsortiaError(
    "Iso18626NotXml",
    `The message is not well-formed XML: ${why}${at}. Ask the sender to send it again as plain UTF-8 XML.`,
    { values: { why, ...place } },
  );
}

/** A field has a value that the standard does not allow, is missing, or appears too often. */
export function fieldError(path: string, value: string | undefined, expected: string): ConsortiaError {
  const shown = value === undefined ? undefined : value.length > 64 ? `${value.slice(0, 64)}…` : value;
  const said = shown === undefined ? "is missing" : `is "${shown}"`;
  return new ConsortiaError("Iso18626Field", `${path} ${said}; expected ${expected}.`, {
    values: { path, value: shown, expected },
  });
}
