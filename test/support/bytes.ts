/** Bytes as they come from a file or a server, in pieces of a length. */
export async function* bytesOf(source: string | Uint8Array, length = 1 << 16): AsyncGenerator<Uint8Array> {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

/** All that a generator gives. */
export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
}

/** The code of the error that something throws, or what came of it. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => "no error",
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );
}
