import { decodeSignatories } from "../../../core/ballot.ts";
import type { Place } from "../../finding.ts";
import { TYPES } from "./digests.ts";
import { tellVoter } from "./electorate.ts";
import type { Paper } from "./papers.ts";
import { shareOfVotes } from "./proposals.ts";
import type { ChamberSettings } from "./settings.ts";
import type { VoteGround } from "./votes.ts";

export interface PetitionEvents {
  PetitionFiled: { proposalId: bigint; weight: bigint; signatures: Uint8Array };
}

/** Petitions, which put before a chamber what enough of its voters signed. */
export class PetitionFold {
  readonly #votes: VoteGround;
  readonly #settings: ChamberSettings;
  /** Petitions of the transaction at hand. */
  readonly #filed = new Set<bigint>();

  constructor(votes: VoteGround, settings: ChamberSettings) {
    this.#votes = votes;
    this.#settings = settings;
  }

  readonly handlers: { [K in keyof PetitionEvents]: (event: PetitionEvents[K]) => void } = {
    PetitionFiled: ({ proposalId, weight, signatures }) => {
      const { papers, hasher, electorate, state } = this.#votes;
      const { now } = state.ground;
      this.#filed.add(proposalId);
      const needed = shareOfVotes(electorate.totalAt(now - 1), this.#settings.petitionBps);
      if (weight < needed) {
        const message = `A petition was taken with ${weight} votes behind it, and it needs ${needed}.`;
        state.ground.find("PetitionWrong", message, { expected: String(needed), found: String(weight) });
      }
      const what = "A petition's signature";
      const all = papers.read(signatures, what, decodeSignatories, ({ voter, nonce }) => ({
        digest: hasher.digest([TYPES.petition, proposalId, voter, nonce]),
      }));
      if (all === undefined) return;
      state.counts.ballots += all.length;
      if (all.some(({ voter }, i) => i > 0 && voter <= all[i - 1]!.voter)) {
        state.ground.find("PetitionWrong", "A petition's signatories do not come in order, each once.");
      }
      this.#weigh(all, weight, now - 1);
    },
  };

  /** Whether the transaction at hand filed a petition for a proposal. */
  filed(proposal: bigint): boolean {
    return this.#filed.has(proposal);
  }

  endTransaction(): void {
    this.#filed.clear();
  }

  /** Its weight is that of the good signatures, once all of them are known. */
  #weigh(all: readonly Paper[], told: bigint, time: number): void {
    const { electorate, state, address } = this.#votes;
    const { position } = state.ground;
    const place: Place = { ...state.ground.place };
    let [weight, left] = [0n, all.length];
    for (const { voter, nonce, backing, digest } of all) {
      state.signatures.ask(digest, backing, {
        ...{ place, contract: address, counts: true, details: {} },
        what: () => `A petition's signature of ${tellVoter(electorate.sort, voter)}`,
        entitled: (signer) => {
          const standing = electorate.mayVoteAt(voter, signer, position);
          return standing.may && standing.nonce === nonce;
        },
        judged: (_, valid) => {
          if (valid) weight += electorate.votesAt(voter, time);
          if (--left > 0 || weight === told) return;
          const message = `A petition is said to weigh ${told}, and its good signatures weigh ${weight}.`;
          const figures = { expected: String(weight), found: String(told) };
          state.signatures.findings.add("PetitionWrong", message, { ...place, ...figures });
        },
      });
    }
  }
}
