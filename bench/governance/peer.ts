import { HDNodeWallet, type ContractTransactionResponse } from "ethers";
import hre from "hardhat";
import { sent, domainOf, type Fields } from "./sign.ts";
import type { Connection } from "./voters.ts";

const FOR = 1;
const BALLOT: Fields = {
  Ballot: [
    { name: "proposalId", type: "uint256" },
    { name: "support", type: "uint8" },
    { name: "voter", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
};

/** Gas of OpenZeppelin's `castVoteBySig` for one more voter, on a Governor as its documentation builds it. */
export async function peerVoteGas({ ethers, networkHelpers: { mine } }: Connection): Promise<number> {
  const [admin] = await ethers.getSigners();
  if (admin === undefined) throw new Error("the bench chain has no accounts");
  // Stands among the tests, which nobody else compiles to run a bench.
  await hre.tasks.getTask("build").run({ files: ["test/support/Peer.sol"], quiet: true });
  const token = await ethers.deployContract("PeerToken");
  const governor = await ethers.deployContract("PeerGovernor", [token]);
  const voters = Array.from({ length: 2 }, () =>
    HDNodeWallet.createRandom(undefined, undefined).connect(ethers.provider),
  );
  for (const voter of voters) {
    await sent(call(token, "give", voter));
    await sent(admin.sendTransaction({ to: voter, value: 10n ** 18n }) as never);
    await sent(call(token.connect(voter), "delegate", voter));
  }
  const data = token.interface.encodeFunctionData("clock");
  const proposal = [[await token.getAddress()], [0], [data], "Thank the cataloguers"];
  const proposalId = (await governor.getFunction("propose").staticCall(...proposal)) as bigint;
  await sent(call(governor, "propose", ...proposal));
  await mine(3);

  const domain = await domainOf(governor as never);
  let gas = 0;
  for (const voter of voters) {
    const ballot = { proposalId, support: FOR, voter: voter.address, nonce: 0 };
    const signed = await voter.signTypedData(domain, BALLOT, ballot);
    const vote = call(governor, "castVoteBySig", proposalId, FOR, voter, signed);
    gas = Number((await sent(vote)).gasUsed);
  }
  return gas;
}

/** A function of a contract that has no types here. */
function call(
  contract: { getFunction(name: string): (...given: unknown[]) => Promise<unknown> },
  name: string,
  ...given: readonly unknown[]
): Promise<ContractTransactionResponse> {
  return contract.getFunction(name)(...given) as Promise<ContractTransactionResponse>;
}
