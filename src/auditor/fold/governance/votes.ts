import type { FoldState } from "../state.ts";
import { TypedHasher } from "./digests.ts";
import type { Electorate } from "./electorate.ts";
import { Papers } from "./papers.ts";

/** What every contract that takes votes needs to have them judged. */
export interface VoteGround {
  readonly state: FoldState;
  readonly electorate: Electorate;
  /** The contract, and what it calls itself. */
  readonly address: string;
  readonly name: string;
  readonly hasher: TypedHasher;
  readonly papers: Papers;
}

export function voteGround(
  state: FoldState,
  { address, name }: { readonly address: string; readonly name: string },
  electorate: Electorate,
): VoteGround {
  const hasher = new TypedHasher(name, state.site.chainId, address);
  const papers = new Papers(state.ground, state.signatures);
  return { state, electorate, address, name, hasher, papers };
}
