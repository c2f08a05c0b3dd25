export interface SettingEvents {
  VotingDelaySet: { newVotingDelay: bigint };
  VotingPeriodSet: { newVotingPeriod: bigint };
  ProposalThresholdSet: { newProposalThreshold: bigint };
  LateQuorumVoteExtensionSet: { newVoteExtension: bigint };
  BaseDelaySet: { newBaseDelaySeconds: number };
  AccessManagerIgnoredSet: { target: string; selector: string; ignored: boolean };
  SharesSet: { quorumBps: bigint; petitionBps: bigint };
}

/** What a chamber's votes need and how long they take; times in seconds. */
export class ChamberSettings {
  votingDelay = 0;
  votingPeriod = 0;
  threshold = 0n;
  lateExtension = 0;
  baseDelay = 0;
  quorumBps = 0;
  petitionBps = 0;
  readonly #chamber: string;
  readonly #ignored = new Set<string>();

  constructor(chamber: string) {
    this.#chamber = chamber;
  }

  readonly handlers: { [K in keyof SettingEvents]: (event: SettingEvents[K]) => void } = {
    VotingDelaySet: ({ newVotingDelay }) => {
      this.votingDelay = Number(newVotingDelay);
    },
    VotingPeriodSet: ({ newVotingPeriod }) => {
      this.votingPeriod = Number(newVotingPeriod);
    },
    ProposalThresholdSet: ({ newProposalThreshold }) => {
      this.threshold = newProposalThreshold;
    },
    LateQuorumVoteExtensionSet: ({ newVoteExtension }) => {
      this.lateExtension = Number(newVoteExtension);
    },
    BaseDelaySet: ({ newBaseDelaySeconds }) => {
      this.baseDelay = newBaseDelaySeconds;
    },
    AccessManagerIgnoredSet: ({ target, selector, ignored }) => {
      const name = `${target}/${selector}`;
      if (ignored !== (target === this.#chamber)) this.#ignored.add(name);
      else this.#ignored.delete(name);
    },
    SharesSet: ({ quorumBps, petitionBps }) => {
      this.quorumBps = Number(quorumBps);
      this.petitionBps = Number(petitionBps);
    },
  };

  /** Whether the chamber calls a function itself, whatever the charter says of it. */
  ignores(target: string, selector: string): boolean {
    return this.#ignored.has(`${target}/${selector}`) !== (target === this.#chamber);
  }
}
