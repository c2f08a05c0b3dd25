import { crowdOfVoters } from "./governance/voters.ts";
import { peerVoteGas } from "./governance/peer.ts";
import { ballotGas, countGas } from "./governance/election.ts";
import { chamberGas } from "./governance/chamber.ts";

const BATCH = 100;
/** The most ballots of one call, and the gas of one transaction (EIP-7825). */
const BATCH_LIMIT = 256;
const GAS_CAP = 16_777_216;
const CONSORTIUM = 30_000;

/** The governance bench: signed ballots in batches, beside OpenZeppelin's Governor in the same run, and a count. */
export async function benchGovernance(progress: (line: string) => void): Promise<Record<string, number>> {
  progress("500 voters");
  const crowd = await crowdOfVoters(500);
  progress("an election with 500 candidates for 60 seats");
  const { count, ranking } = await countGas(crowd);
  progress("ballots");
  // One choice, as the peer's voters have; and five.
  const one = await ballotGas(crowd, 1, 1);
  const many = await ballotGas(crowd, BATCH, 1);
  const five = await ballotGas(crowd, BATCH, 5);
  const full = await ballotGas(crowd, BATCH_LIMIT, 5);
  const vote = await chamberGas(crowd, BATCH);
  progress("OpenZeppelin's Governor");
  const peer = await peerVoteGas(crowd.connection);
  const perCall = Math.min(BATCH_LIMIT, Math.floor(GAS_CAP / (full / BATCH_LIMIT)));
  const calls = Math.ceil(CONSORTIUM / perCall);
  return {
    "ballot.signed.1": one,
    "ballot.signed.100": Math.round(many / BATCH),
    "ballot.five.100": Math.round(five / BATCH),
    "ballot.five.256": Math.round(full / BATCH_LIMIT),
    "chamber.ballot.100": Math.round(vote / BATCH),
    "governor.castVoteBySig": peer,
    "ballot.ratio": Math.round((peer / (many / BATCH)) * 10) / 10,
    "election.topk.500": ranking,
    "election.count.500": count,
    "voters.30000.transactions": calls,
    "voters.30000.gas": Math.round((full / BATCH_LIMIT) * CONSORTIUM),
  };
}
