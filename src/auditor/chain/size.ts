import { ConsortiaError } from "../../core/error.ts";
import type { Page } from "./page.ts";

const FIRST = 2_000;
/** A page of more logs than this is larger than it need be; one of fewer than a tenth may grow. */
const MANY = 20_000;

/** How many blocks to ask for at once: what the node bears, found out as one goes. */
export class PageSize {
  #size: number;
  /** The size up to which it doubles; beyond it grows step by step, and falls back to half of what was refused. */
  #ceiling: number;

  constructor(readonly largest: number) {
    this.#size = Math.min(FIRST, largest);
    this.#ceiling = largest;
  }

  /** The last block of a page that begins here. */
  last(from: number): number {
    return from + this.#size - 1;
  }

  /** Reads a page and learns from it. @returns undefined where the node did not bear its size: try again */
  async attempt(from: number, to: number, read: () => Promise<Page>): Promise<Page | undefined> {
    const asked = to - from + 1;
    try {
      const page = await read();
      this.#learn(
        asked,
        page.blocks.reduce((sum, { logs }) => sum + logs.length, 0),
      );
      return page;
    } catch (error) {
      const smaller = afterRefusal(error, asked);
      if (smaller === undefined) throw error;
      this.#size = this.#ceiling = smaller;
      return undefined;
    }
  }

  #learn(asked: number, logs: number): void {
    if (logs > MANY) this.#size = this.#ceiling = Math.ceil(asked / 2);
    else if (logs < MANY / 10 && asked >= this.#size) {
      const step = this.#size < this.#ceiling ? this.#size : Math.ceil(this.#size / 16);
      this.#size = Math.min(this.#size + step, this.largest);
    }
  }
}

/** The size to ask for after a refusal, or undefined where the size was not the reason, or can shrink no further. */
function afterRefusal(error: unknown, asked: number): number | undefined {
  if (!(error instanceof ConsortiaError)) return undefined;
  if (error.code === "RangeTooLarge" && asked > 1) return Math.ceil(asked / 2);
  // A node may labour over a large page without a word; a few smaller ones tell whether it is alive.
  const silent = error.code === "NodeSilent" && error.values["method"] === "eth_getLogs";
  return silent && asked > 8 ? Math.ceil(asked / 8) : undefined;
}
