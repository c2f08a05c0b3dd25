import { parse } from "csv-parse/stream";
import { flaw } from "../flaw.ts";

/** Characters in one row: a row of a report has a few hundred. */
const MAX_ROW = 1 << 18;
/** Bytes that are handed to the parser at once. */
const PIECE = 1 << 14;

/**
 * The rows of a table, one by one, without spaces at their cells' edges.
 * @throws `CounterNotTable`, `CounterTooLarge`, what `bytes` throws
 */
export async function* rowsOf(
  bytes: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<readonly string[], void, undefined> {
  const { readable, writable } = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW,
  });
  const reader = (readable as ReadableStream<string[]>).getReader();
  const written = write(bytes, writable.getWriter() as WritableStreamDefaultWriter<Uint8Array>);
  try {
    for (;;) {
      const row = await reader.read();
      if (row.done) break;
      yield row.value.map((cell) => cell.trim());
    }
    await written;
  } catch (cause) {
    throw reasonOf(cause);
  } finally {
    await reader.cancel().catch(() => {});
    await written.catch(() => {});
  }
}

/** Feeds the parser; what goes wrong with the source ends the rows with the same error. */
async function write(
  bytes: AsyncIterable<Uint8Array>,
  to: WritableStreamDefaultWriter<Uint8Array>,
): Promise<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of bytes) {
      for (let from = 0; from < chunk.length; from += PIECE) {
        const piece = chunk.subarray(from, from + PIECE);
        decoder.decode(piece, { stream: true });
        await to.write(piece);
      }
    }
    decoder.decode();
    await to.close();
  } catch (error) {
    await to.abort(error).catch(() => {});
    throw error;
  }
}

function reasonOf(cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code === "CSV_MAX_RECORD_SIZE") {
    return flaw("CounterTooLarge", `A row of the table is longer than ${MAX_ROW} characters.`);
  }
  if (!/^(CSV_|ERR_ENCODING)/.test(code)) return cause;
  const what = "This is no table in UTF-8, or was cut off within quotation marks.";
  return flaw("CounterNotTable", what, undefined, cause);
}
