import type { DelegateId, MemberId, Voter } from "./ids.ts";

/** Who votes where: members, or the delegates whom they elected. */
export type VoterSort = "member" | "delegate";

/** The sixteen letters that an account of each sort begins with. */
const NAMES: Readonly<Record<VoterSort, string>> = {
  member: letters("Consortia member"),
  delegate: letters("Consortia person"),
};

/** A voter as the chain names it, with its sort. */
export type VoterNamed =
  | { readonly sort: "member"; readonly voter: MemberId }
  | { readonly sort: "delegate"; readonly voter: DelegateId };

/**
 * The address under which ERC-5805 and the Governor know a voter, in lower case: sixteen letters and the voter's number.
 * Nobody holds a key of it. Twin: contracts/libraries/Voters.sol.
 */
export function voterAccount(sort: VoterSort, voter: Voter): string {
  return `0x${NAMES[sort]}${voter.toString(16).padStart(8, "0")}`;
}

/** The voter behind an address, or undefined where it is nobody's. */
export function voterOf(account: string): VoterNamed | undefined {
  const [name, number] = [account.slice(2, 34).toLowerCase(), parseInt(account.slice(34), 16)];
  if (account.length !== 42 || Number.isNaN(number)) return undefined;
  if (name === NAMES.member) return { sort: "member", voter: number as MemberId };
  if (name === NAMES.delegate) return { sort: "delegate", voter: number as DelegateId };
  return undefined;
}

function letters(name: string): string {
  return [...name].map((letter) => letter.charCodeAt(0).toString(16)).join("");
}
