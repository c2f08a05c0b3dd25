import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import type { FindingCode } from "../../src/auditor/codes.ts";
import type { Args } from "./edit.ts";
import type { Lie } from "./lie.ts";

/** A lie that is told by changing what was read. */
export type EditedLie = readonly [
  name: string,
  code: FindingCode,
  tell: (blocks: readonly AuditBlock[]) => readonly AuditBlock[],
];

/** What an edited lie needs of a world. */
interface Read {
  readonly blocks: readonly AuditBlock[];
  codes(shown: { readonly blocks: readonly AuditBlock[] }): Promise<readonly string[]>;
}

/** The lie as the suite tells it. */
export const editing = ([name, code, tell]: EditedLie): Lie<Read> => ({
  name,
  code,
  tell: (world) => world.codes({ blocks: tell(world.blocks) }),
});

/** The one after so many others of its event. */
export const nth = (before: number) => {
  let seen = 0;
  return () => seen++ === before;
};

/** An amount raised by so much. */
export const plus = (name: string, more: bigint) => (args: Args) => ({
  [name]: (args[name] as bigint) + more,
});
