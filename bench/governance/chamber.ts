import { concat, toBeHex } from "ethers";
import { Chamber__factory } from "../../src/chain/types/index.ts";
import { domainOf, sent, signature, type Fields } from "./sign.ts";
import type { Voters } from "./voters.ts";

const DAY = 86_400;
const FOR = 1;
const BALLOT: Fields = {
  Ballot: [
    { name: "proposalId", type: "uint256" },
    { name: "voter", type: "uint32" },
    { name: "support", type: "uint8" },
    { name: "nonce", type: "uint32" },
  ],
};

/** Gas of casting `size` signed ballots on a proposal in the Assembly, in one call. */
export async function chamberGas(
  { admin, charter, voice, voters, connection }: Voters,
  size: number,
): Promise<number> {
  const assembly = await new Chamber__factory(admin).deploy({
    ...{ name: "Bench Assembly", electorate: voice, charter, sponsor: admin },
    ...{ votingDelay: DAY, votingPeriod: 7 * DAY, threshold: 1, petition: 500 },
    ...{ quorumBps: 2_000, baseDelay: 0, lateExtension: DAY },
  });
  const description = "Thank the cataloguers";
  const call = voice.interface.encodeFunctionData("clock");
  const targets = [await voice.getAddress()];
  const proposalId = await assembly.propose.staticCall(targets, [0], [call], description);
  await sent(assembly.propose(targets, [0], [call], description));
  await connection.networkHelpers.time.increase(DAY + 1);

  const domain = await domainOf(assembly);
  const ballots = (from: number, to: number) =>
    Promise.all(
      voters.slice(from, to).map(async ({ number, key }) => {
        const ballot = { proposalId, voter: number, support: FOR, nonce: 0 };
        const signed = await key.signTypedData(domain, BALLOT, ballot);
        return concat([toBeHex(number, 4), toBeHex(0, 4), toBeHex(FOR, 1), signature(signed)]);
      }),
    );
  // The first ballot turns zeroes into counts; what follows is a vote's bulk.
  await sent(assembly.cast(proposalId, concat(await ballots(0, 1))));
  const { gasUsed } = await sent(assembly.cast(proposalId, concat(await ballots(1, size + 1))));
  const { forVotes } = await assembly.proposalVotes(proposalId);
  if (forVotes !== BigInt(size + 1) * (await voice.BASE())) throw new Error("a ballot did not count");
  return Number(gasUsed);
}
