import { readIso2709 } from "./files/iso2709.ts";
import { readMarcJson } from "./files/json.ts";
import { readMarcXml } from "./files/xml.ts";
import type { MarcRead } from "./reading.ts";

/**
 * How records are written down: MARCXML or TurboMARC, bare, in a collection or in an SRU answer; ISO 2709 (`.mrc`);
 * MARC-in-JSON (`.mij`); FOLIO's source records.
 */
export type MarcKind = "xml" | "iso2709" | "json" | "folio";

/**
 * Reads MARC records one by one, however long the source is.
 * @throws `MarcShapeUnknown` where the source is nothing of its kind; `MarcCut` and `XmlCut`, both retryable, where it ends too
 *   early; `MarcRecordTooLarge`, `MarcJsonMalformed` and what readXml throws
 */
export function readMarc(bytes: AsyncIterable<Uint8Array>, kind: MarcKind): AsyncGenerator<MarcRead> {
  if (kind === "xml") return readMarcXml(bytes);
  if (kind === "iso2709") return readIso2709(bytes);
  return readMarcJson(bytes, kind);
}
