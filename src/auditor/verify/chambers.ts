import type { ChamberFold } from "../fold/governance/chamber.ts";
import { deadlineOf, STATES } from "../fold/governance/proposals.ts";
import type { Figure, View } from "./compare.ts";

/** What the views of a chamber must say at a second. */
export function* chamberViews(fold: ChamberFold, now: number): Iterable<View> {
  const { address: to, settings, stages } = fold;
  const one = (signature: string, value: number | bigint): View => {
    return { to, signature, args: [], figures: [["", BigInt(value)]] };
  };
  yield one("votingDelay()", settings.votingDelay);
  yield one("votingPeriod()", settings.votingPeriod);
  yield one("proposalThreshold()", settings.threshold);
  yield one("lateQuorumVoteExtension()", settings.lateExtension);
  yield one("baseDelaySeconds()", settings.baseDelay);
  for (const proposal of fold.all()) {
    const about = { to, args: [proposal.id] };
    const { against, for: support, abstain } = proposal.votes;
    const stage: Figure = ["", BigInt(STATES.indexOf(stages.at(proposal, now)))];
    yield { ...about, signature: "state(uint256)", figures: [stage] };
    yield {
      ...{ ...about, signature: "proposalVotes(uint256)" },
      figures: [
        ["against", against],
        ["for", support],
        ["abstaining", abstain],
      ],
    };
    const times = {
      "proposalSnapshot(uint256)": proposal.snapshot,
      "proposalDeadline(uint256)": deadlineOf(proposal),
      "proposalEta(uint256)": proposal.eta,
    };
    for (const [signature, time] of Object.entries(times)) {
      yield { ...about, signature, figures: [["", BigInt(time)]] };
    }
    // Before voting begins nobody can tell who will have votes then.
    if (proposal.snapshot >= now) continue;
    yield { ...about, signature: "quorumOf(uint256)", figures: [["", stages.quorumOf(proposal)]] };
  }
}
