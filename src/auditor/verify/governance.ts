import { voterAccount } from "../../core/voter.ts";
import type { Voter } from "../../core/ids.ts";
import type { GovernanceFold } from "../fold/governance/governance.ts";
import type { Electorate } from "../fold/governance/electorate.ts";
import type { FoldState } from "../fold/state.ts";
import { chamberViews } from "./chambers.ts";
import type { Figure, View } from "./compare.ts";
import { electionViews } from "./elections.ts";
import { rightViews } from "./rights.ts";

/** What the views of governance must say at a second, by the logs up to then. */
export function* governanceViews(state: FoldState, fold: GovernanceFold, now: number): Iterable<View> {
  if (state.site.governance === undefined) return;
  yield* rightViews(state, fold, now);
  const members = [...state.register.members()].map(({ id }) => id);
  for (const voice of fold.voices.values()) {
    const to = voice.address;
    for (const member of members) {
      const confirmed: Figure = ["", voice.confirmed(member) ? 1n : 0n];
      const args = [BigInt(member)];
      yield { to, signature: "suspensionConfirmed(uint32)", args, figures: [confirmed], member };
    }
    yield* electorateViews(to, voice, members, now, [...voice.roll.constituencies()]);
  }
  for (const seats of fold.seats.values()) {
    const voters = Array.from({ length: seats.delegates.last }, (_, i) => i + 1);
    yield* electorateViews(seats.address, seats, voters, now, [0]);
  }
  for (const delegates of fold.delegates.values()) {
    yield {
      to: delegates.address,
      signature: "lastDelegate()",
      args: [],
      figures: [["", BigInt(delegates.last)]],
    };
    for (let number = 1; number <= delegates.last; number++) {
      const { key, since, ballots } = delegates.word(number);
      yield {
        ...{ to: delegates.address, signature: "keyOf(uint32)", args: [BigInt(number)] },
        figures: [
          ["key", BigInt(key), "address"],
          ["since", BigInt(since)],
          ["ballots", BigInt(ballots)],
        ],
      };
    }
  }
  for (const elections of fold.elections) yield* electionViews(elections, now);
  for (const chamber of fold.chambers) yield* chamberViews(chamber, now);
}

/** Votes, rolls and how many are on them, a second ago. */
function* electorateViews(
  to: string,
  electorate: Electorate,
  voters: readonly number[],
  now: number,
  constituencies: readonly number[],
): Iterable<View> {
  const time = BigInt(now - 1);
  const total: Figure = ["", electorate.totalAt(now - 1)];
  yield { to, signature: "getPastTotalSupply(uint256)", args: [time], figures: [total] };
  for (const voter of voters) {
    const account = BigInt(voterAccount(electorate.sort, voter as Voter));
    const votes: Figure = ["", electorate.votesAt(voter, now - 1)];
    yield { to, signature: "getPastVotes(address,uint256)", args: [account, time], figures: [votes] };
  }
  for (const constituency of constituencies) {
    const where = BigInt(constituency);
    const args = [where, time];
    const electors: Figure = ["", BigInt(electorate.electors(constituency, now - 1))];
    yield { to, signature: "electors(uint16,uint48)", args, figures: [electors] };
    for (const [word, bits] of rollOf(electorate, constituency, voters, now - 1)) {
      yield {
        ...{ to, signature: "rollWord(uint16,uint256,uint48)", args: [where, BigInt(word), time] },
        figures: [["", bits, "text"]],
      };
    }
  }
}

const WORD_VOTERS = 208;

/** A roll as the contracts keep it: 208 voters in a word. */
function rollOf(electorate: Electorate, constituency: number, voters: readonly number[], time: number) {
  const words = new Map<number, bigint>();
  for (const voter of voters) {
    const word = Math.floor(voter / WORD_VOTERS);
    const bit = electorate.onRoll(constituency, voter, time) ? 1n << BigInt(voter % WORD_VOTERS) : 0n;
    words.set(word, (words.get(word) ?? 0n) | bit);
  }
  return words;
}
