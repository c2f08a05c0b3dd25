import { JSONParser } from "@streamparser/json";
import { ConsortiaError } from "../../../core/error.ts";
import { folioIdentifier, folioOfJson } from "../folio.ts";
import { marcOfJson } from "../json.ts";
import { attempt, recordTooLarge, unknownShape, type MarcRead } from "../reading.ts";

/** Bytes of one record; and how many are parsed at a time. */
const [LONGEST, PIECE] = [1 << 21, 1 << 16];

/**
 * Records of MARC-in-JSON, in a list or one after the other, or of FOLIO's `sourceRecords`; the list is never held as a
 * whole.
 */
export async function* readMarcJson(
  bytes: AsyncIterable<Uint8Array>,
  kind: "json" | "folio",
): AsyncGenerator<MarcRead> {
  const values: { key: unknown; value: unknown }[] = [];
  let parser: JSONParser | undefined;
  let [since, known] = [0, false];
  for await (const chunk of bytes) {
    for (let start = 0; start < chunk.length; start += PIECE) {
      const piece = chunk.subarray(start, start + PIECE);
      parser ??= parserFor(kind, piece, (key, value) => values.push({ key, value }));
      since += piece.length;
      const broken = fault(() => parser?.write(piece));
      if (values.length > 0) [since, known] = [0, true];
      for (const { key, value } of values.splice(0)) if (key !== "totalRecords") yield readingOf(kind, value);
      if (broken !== undefined) throw broken;
      if (since > LONGEST) throw recordTooLarge(LONGEST);
    }
  }
  const open = parser;
  const broken = fault(() => {
    if (open?.isEnded === false) open.end();
  });
  if (broken !== undefined) throw broken;
  if (!known && kind === "folio") throw unknownShape("list of FOLIO's source records");
}

function parserFor(
  kind: "json" | "folio",
  first: Uint8Array,
  take: (key: unknown, value: unknown) => void,
): JSONParser {
  const list = first.find((byte) => byte > 0x20) === 0x5b;
  const parser = new JSONParser(
    kind === "folio"
      ? { paths: ["$.sourceRecords.*", "$.totalRecords"], keepStack: false }
      : { paths: [list ? "$.*" : "$"], keepStack: false, ...(list ? {} : { separator: "" }) },
  );
  parser.onValue = ({ key, value }) => take(key, value);
  return parser;
}

function readingOf(kind: "json" | "folio", value: unknown): MarcRead {
  if (kind === "json") return attempt(() => ({ kind: "record", record: marcOfJson(value) }));
  return attempt(() => {
    const { identifier, ...rest } = folioOfJson(value);
    return { kind: "record", ...rest, ...(identifier === undefined ? {} : { identifier }) };
  }, folioIdentifier(value));
}

/** The parser's own words quote the source: they are not passed on. */
function fault(act: () => void): ConsortiaError | undefined {
  try {
    act();
    return undefined;
  } catch {
    return new ConsortiaError(
      "MarcJsonMalformed",
      "The JSON is damaged or cut off. What came before it was read; have it exported again.",
    );
  }
}
