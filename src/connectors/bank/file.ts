import { ConsortiaError } from "../../core/error.ts";
import { readDocument } from "../xml/document.ts";
import type { XmlNode } from "../xml/node.ts";
import { camtNotices } from "./camt.ts";
import type { BankNotice } from "./notice.ts";
import { pain002Notices } from "./pain002.ts";

/** Characters: a bank's statements of a year of a large office stay below. */
const LONGEST = 1 << 25;

type Reader = (root: XmlNode) => BankNotice[];
const READERS: Readonly<Record<string, Reader>> = {
  "pain.002": pain002Notices,
  "camt.053": camtNotices,
  "camt.054": camtNotices,
};

/**
 * What a bank's file says of transfers: a status report (pain.002), a notification (camt.054) or a statement (camt.053),
 * of any version.
 * @throws `BankFileUnknown`, `FileRejected`, and what {@link readDocument} throws
 */
export async function readNotices(bytes: AsyncIterable<Uint8Array>): Promise<BankNotice[]> {
  const root = await readDocument(bytes, LONGEST);
  const kind =
    /^urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3})\.001\.\d{2}$/.exec(root.namespace)?.[1] ?? "";
  const read = READERS[kind];
  if (read !== undefined && root.name === "Document") return read(root);
  throw new ConsortiaError(
    "BankFileUnknown",
    `The file is ${kind === "" ? "no ISO 20022 message" : kind}. Give the bank's pain.002, camt.054 or camt.053 file.`,
    { values: { namespace: root.namespace.slice(0, 200) } },
  );
}
