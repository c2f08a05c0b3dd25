import type { House } from "../../chain/ballotSigning.ts";
import { ConsortiaError } from "../../core/error.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import type { PreparedCall } from "../../sdk/verb.ts";

/** Something that a house can decide, by its name: it builds its calls itself. */
export interface Act {
  /** What follows the name. */
  readonly takes: readonly string[];
  /** The house that decides it, unless another is named. */
  readonly house: House;
  calls(consortium: Consortium, words: readonly string[]): Promise<readonly PreparedCall[]>;
}

/** An act of one call. */
export function act(
  house: House,
  takes: readonly string[],
  build: (consortium: Consortium, words: readonly string[]) => Promise<PreparedCall>,
): Act {
  return { house, takes, calls: async (consortium, words) => [await build(consortium, words)] };
}

/** @throws `ActIncomplete` */
export function whole(text = ""): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new ConsortiaError("ActIncomplete", `"${text}" is no whole number.`, { values: { text } });
}
