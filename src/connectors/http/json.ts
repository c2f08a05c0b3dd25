import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { shown } from "./address.ts";
import { textOf } from "./body.ts";
import { get, type GetOptions } from "./get.ts";

/** Larger answers are refused: a page of a hundred requests has a hundredth of it. */
const MOST = 64 << 20;
const TRIES = 3;

/**
 * Asks a server for a JSON document; again where the answer broke off.
 * @throws `ServerForbids` where it wants other credentials, `ServerRefuses` for any other status, `AnswerNotJson`, and what
 * asking and reading throw
 */
export async function getJson(
  address: URL,
  options: GetOptions = {},
): Promise<{ readonly document: unknown; readonly headers: Headers }> {
  for (let attempt = 1; ; attempt++) {
    const { status, headers, body } = await get(address, options);
    if (status !== 200) {
      const pieces = body[Symbol.asyncIterator]();
      await pieces.next().catch(() => {});
      await pieces.return?.();
      throw refusal(status, address);
    }
    try {
      return { document: parse(await textOf(body, MOST), address), headers };
    } catch (error) {
      if (attempt === TRIES || !isConsortiaError(error) || !error.retryable) throw error;
    }
  }
}

/** An answer of a status that says no, in words. */
export function refusal(status: number, address: URL): ConsortiaError {
  const values = { status };
  if (status === 401 || status === 403) {
    const message = `${shown(address)} does not let this in (${status}). Check user, password or token, and their rights.`;
    return new ConsortiaError("ServerForbids", message, { values });
  }
  const message = `${shown(address)} answers ${status}. Check the address.`;
  return new ConsortiaError("ServerRefuses", message, { values });
}

function parse(text: string, address: URL): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const message = `The answer of ${shown(address)} is not JSON, or was cut off. Check the address.`;
    throw new ConsortiaError("AnswerNotJson", message);
  }
}
