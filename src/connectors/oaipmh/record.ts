import { child, children, textOf, type XmlNode } from "../xml/node.ts";
import { secondsOf } from "./datestamp.ts";
import { oaiInvalid } from "./error.ts";

/** OAI-PMH 2.0, section 2.5: what a record is called and when it last changed. */
export interface OaiHeader {
  readonly identifier: string;
  /** `2026-10-05` or `2026-10-05T12:00:00Z`, as the server gave it. */
  readonly datestamp: string;
  readonly sets: readonly string[];
  readonly deleted: boolean;
}

export interface OaiRecord {
  readonly header: OaiHeader;
  /** What stands inside `metadata`; a deleted record has none. */
  readonly metadata: XmlNode | undefined;
  /** The base URL of the repository from which the record came first, where its provenance says so. */
  readonly origin: string | undefined;
}

/** Longer identifiers are refused: they are URIs. */
const LONGEST = 1_000;

/** @throws `OaiRecordInvalid` where the identifier or the datestamp is missing, or the identifier is no URI */
export function headerOf(node: XmlNode | undefined): OaiHeader {
  const identifier = textOf(node, "identifier") ?? "";
  const datestamp = textOf(node, "datestamp") ?? "";
  if (identifier === "") throw oaiInvalid("its header has no identifier");
  if (identifier.length > LONGEST || /[\s\p{Cc}\p{Cf}]/u.test(identifier))
    throw oaiInvalid("its identifier is no URI: it has white space or control characters, or is too long");
  if (secondsOf(datestamp) === undefined)
    throw oaiInvalid("its header has no datestamp such as 2026-10-05 or 2026-10-05T12:00:00Z", identifier);
  const sets = children(node, "setSpec").map(({ text }) => text.trim());
  return { identifier, datestamp, sets, deleted: node?.attributes.get("status") === "deleted" };
}

/** @throws `OaiRecordInvalid` */
export function recordOf(node: XmlNode): OaiRecord {
  return {
    header: headerOf(child(node, "header")),
    metadata: child(node, "metadata")?.children[0],
    origin: originOf(children(node, "about").flatMap((about) => children(about, "provenance"))[0]),
  };
}

/** Provenance (OAI implementation guidelines): each repository wraps what it harvested; the innermost is where it came from. */
function originOf(provenance: XmlNode | undefined): string | undefined {
  let origin: string | undefined;
  for (
    let at = child(provenance, "originDescription");
    at !== undefined;
    at = child(at, "originDescription")
  ) {
    origin = textOf(at, "baseURL") ?? origin;
  }
  return origin;
}
