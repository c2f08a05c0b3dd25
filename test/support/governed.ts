import { handoverCalls, bootstrapHolders } from "../../deploy/modules/Handover.ts";
import { Wallet } from "ethers";
import { contractsAt } from "../../src/chain/contracts.ts";
import { parseCredits } from "../../src/core/money.ts";
import { addMonths, periodStart } from "../../src/core/period.ts";
import type { Chambers } from "./chambers.ts";
import { createConsortium, OCTOBER, type TestMember } from "./consortium.ts";

export const DAY = 86_400;

const CHAMBERS = {
  ...{ councilVotingDelay: DAY, councilVotingPeriod: 5 * DAY, councilLateExtension: DAY },
  ...{ boardVotingDelay: DAY, boardVotingPeriod: 3 * DAY, boardQuorumBps: 5_000, boardLateExtension: DAY },
  ...{ assemblyVotingDelay: 2 * DAY, assemblyQuorumBps: 3_000, assemblyBaseDelay: 2 * DAY },
  ...{ assemblyThreshold: 1_000_000n, assemblyPetition: 3_000 },
};
const RULES = {
  ...{ nominationTime: 7 * DAY, ballotTime: 7 * DAY, term: 730 * DAY },
  ...{ minSupport: 1, quorumBps: 4_000, recallBps: 5_000 },
};
const ADMISSIONS = { waiting: 30 * DAY, decision: 60 * DAY, seniority: 3, perYear: 3, smallTier: 3 };

/** How long the Board's acts wait: more than the Council needs for a veto. */
export const BOARD_DELAY = 9 * DAY;

/**
 * A consortium that its members govern by what is deployed everywhere: ten members, a Council of six founders, a Board
 * of three, and a deployer that has handed everything over. It is mid-January, when the members of October have their
 * voice.
 */
export async function createGoverned(): Promise<Chambers> {
  const keys = Array.from({ length: 9 }, (_, i) =>
    Wallet.fromPhrase("test test test test test test test test test test test junk").deriveChild(7_000 + i),
  );
  const seats = (from: number, to: number, constituency: number) =>
    keys.slice(from, to).map(({ address }, seat) => ({ constituency, seat, key: address }));
  const plan = (constituency: number, number: number) => [{ constituency, seats: number, groups: 1 }];
  const consortium = await createConsortium({
    governance: {
      ...CHAMBERS,
      ...{
        fullStanding: 100_000_000n,
        foundersTerm: 1_000 * DAY,
        amendmentDelay: 14 * DAY,
        admissions: ADMISSIONS,
      },
      ...{ councilFounders: seats(0, 6, 1), boardFounders: seats(6, 9, 0) },
      ...{ councilPlans: plan(1, 6), boardPlans: plan(0, 3), councilRules: RULES, boardRules: RULES },
    },
  });
  const { admin, deployment, time, ethers } = consortium;
  const [deployer] = await ethers.getSigners();
  if (deployer === undefined) throw new Error("the test chain has no accounts");
  for (const { address } of keys) {
    await ethers.provider.send("hardhat_setBalance", [address, "0x56bc75e2d63100000"]);
  }
  const members: TestMember[] = [];
  for (const deposit of ["100", "1000", "0"]) {
    members.push(await consortium.createMember({ deposit: parseCredits(deposit) }));
  }
  while (members.length < 10) members.push(await consortium.createMember());
  await time.increaseTo(periodStart(addMonths(OCTOBER, 3)) + 15 * DAY);
  const newcomer = await consortium.createMember();

  const { governance, charter } = admin.contracts;
  await governance.voice.syncAll(members.map(({ id }) => id));
  const holders = bootstrapHolders(deployer.address);
  const calls = handoverCalls({ ...deployment, ...deployment.governance, boardDelay: BOARD_DELAY, holders });
  await charter.multicall(
    calls.map(({ name, args }) => charter.interface.encodeFunctionData(name as "grantRole", args as never)),
  );
  await time.increase(DAY);

  const voters = (from: number, to: number) =>
    keys.slice(from, to).map((key, i) => ({ number: from + i + 1, key: key.connect(ethers.provider) }));
  const stranger = await consortium.createKey();
  const [ada, bob, eve] = members as [TestMember, TestMember, TestMember];
  return {
    ...{ ...consortium, ...admin.contracts, ...governance, ada, bob, eve, members, newcomer, deployer },
    ...{ stranger, strange: contractsAt(deployment, stranger) },
    council: { chamber: governance.council, voters: voters(0, 6) },
    board: { chamber: governance.board, voters: voters(6, 9) },
    assembly: {
      chamber: governance.assembly,
      voters: members.map(({ id: number, key }) => ({ number, key })),
    },
  };
}
