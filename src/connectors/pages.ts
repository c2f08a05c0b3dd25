import { ConsortiaError } from "../core/error.ts";
import type { Json } from "./json.ts";

/** A page of a longer list. */
export interface Page {
  readonly items: readonly Json[];
  /** How many there are in all, as the server counts; undefined where it does not. */
  readonly total: number | undefined;
}

/** Entries of a page. */
export const PER_PAGE = 100;

/**
 * Reads a list page by page, each asked for by its number from 1 on, or by how many came before. Links in answers are never followed, so that no server
 * can send credentials elsewhere.
 * @throws `PagesEndless` where a page brings nothing new; `PagesIncomplete`, retryable, where they end before the total
 */
export async function* readPages(
  ask: (page: number, offset: number) => Promise<Page>,
  idOf: (item: Json) => string | undefined,
  progress: (done: number, total: number) => void = () => undefined,
): AsyncGenerator<Json, void, undefined> {
  const known = new Set<string>();
  let [count, offset] = [0, 0];
  for (let page = 1; ; page++) {
    const { items, total } = await ask(page, offset);
    const before = count;
    for (const item of items) {
      const id = idOf(item);
      if (id !== undefined && known.has(id)) continue;
      if (id !== undefined) known.add(id);
      count += 1;
      yield item;
    }
    offset += items.length;
    progress(count, Math.max(total ?? 0, count));
    // Who does not count may give everything at once; a page that is just full may have another one after it.
    if (total === undefined) {
      if (items.length !== PER_PAGE || count === before) return;
      continue;
    }
    if (count >= total) return;
    if (items.length === 0) throw incomplete(count, total);
    if (count === before) throw endless(page);
  }
}

function incomplete(count: number, total: number): ConsortiaError {
  const message = `The server counts ${total} requests and gave ${count}. Ask again.`;
  return new ConsortiaError("PagesIncomplete", message, { retryable: true, values: { count, total } });
}

function endless(page: number): ConsortiaError {
  const message = `Page ${page} of the server repeats what came before, without end. Ask its operator.`;
  return new ConsortiaError("PagesEndless", message, { values: { page } });
}
