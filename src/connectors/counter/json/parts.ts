import { Tokenizer } from "@streamparser/json";
import { isConsortiaError } from "../../../core/error.ts";
import { flaw } from "../flaw.ts";
import { JsonWalk, type Part } from "./walk.ts";

/** Bytes that are read before what they completed is handed on. */
const PIECE = 1 << 16;
/** Bytes without the end of a text or number: no field of a report is that long. */
const MAX_TOKEN = 1 << 20;

/**
 * Reads JSON as it comes and hands out its parts, piece by piece.
 * @throws `CounterNotJson`, `CounterTooLarge`
 */
export async function* partsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Part[], void, undefined> {
  const walk = new JsonWalk();
  const tokenizer = new Tokenizer();
  let [read, completed] = [0, 0];
  tokenizer.onToken = ({ token, value }) => {
    completed = read;
    walk.token(token, value);
  };
  for await (const chunk of bytes) {
    if (read === 0 && /^\s*</.test(new TextDecoder().decode(chunk.subarray(0, 64)))) {
      throw flaw("CounterNotJson", "This is a web page or XML, no JSON.", "Check the address, or sign in.");
    }
    for (let from = 0; from < chunk.length; from += PIECE) {
      const piece = chunk.subarray(from, from + PIECE);
      read += piece.length;
      tokenized(() => tokenizer.write(piece));
      if (read - completed > MAX_TOKEN) {
        throw flaw("CounterTooLarge", `A text or number in the JSON is longer than ${MAX_TOKEN} bytes.`);
      }
      yield walk.taken();
    }
  }
  if (read === 0) throw flaw("CounterNotJson", "There is nothing in it.");
  tokenized(() => {
    if (!tokenizer.isEnded) tokenizer.end();
  });
  walk.end();
  yield walk.taken();
}

function tokenized(read: () => void): void {
  try {
    read();
  } catch (cause) {
    if (isConsortiaError(cause)) throw cause;
    throw flaw("CounterNotJson", "The text is no JSON, was cut off or is not UTF-8.", undefined, cause);
  }
}
