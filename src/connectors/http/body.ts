import { ConsortiaError } from "../../core/error.ts";
import { shown } from "./address.ts";
import { patience, type Patience } from "./patience.ts";

/** A body piece by piece, each within its time. @throws `ServerSlow`, `ServerBroken`, both retryable */
export async function* bodyOf(
  { body }: Response,
  address: URL,
  given: Partial<Patience>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (body === null) return;
  const reader = body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  try {
    for (;;) {
      const piece = await withinTime(reader, address, patience(given).silence);
      if (piece.done) return;
      yield piece.value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function withinTime(reader: ReadableStreamDefaultReader<Uint8Array>, address: URL, silence: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failure("ServerSlow", "stopped in the middle", address)), silence);
  });
  try {
    return await Promise.race([reader.read(), slow]);
  } catch (error) {
    if (error instanceof ConsortiaError) throw error;
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw failure("ServerBroken", "broke off in the middle, or its compression is damaged", address, error);
  } finally {
    clearTimeout(timer);
  }
}

function failure(code: string, what: string, address: URL, cause?: unknown): ConsortiaError {
  return new ConsortiaError(code, `The answer of ${shown(address)} ${what}. Ask again.`, {
    cause,
    retryable: true,
  });
}

/** Leaves a body unread, and its connection to others: one that nobody reads would keep the process alive. */
export async function discard(body: AsyncIterable<Uint8Array>): Promise<void> {
  const pieces = body[Symbol.asyncIterator]();
  await pieces.next().catch(() => undefined);
  await pieces.return?.();
}

/** A body as text, where it is known to be small. @throws `AnswerTooLarge`, `AnswerNotText` and what the body throws */
export async function textOf(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [text, bytes] = ["", 0];
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > maxBytes) {
      const message = `The server's answer is larger than ${maxBytes} bytes, which nothing of its kind is. It is not read.`;
      throw new ConsortiaError("AnswerTooLarge", message, { values: { maxBytes } });
    }
    text += decoded(decoder, piece);
  }
  return text + decoded(decoder);
}

function decoded(decoder: InstanceType<typeof TextDecoder>, piece?: Uint8Array): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch (cause) {
    throw new ConsortiaError("AnswerNotText", "The server's answer is not UTF-8. Ask its operator.", {
      cause,
    });
  }
}
