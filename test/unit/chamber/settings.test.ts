import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { Chamber__factory } from "../../../src/chain/types/index.ts";
import { useChambers } from "../../support/chambers.ts";
import type { Chambers } from "../../support/chambers.ts";
import { DAY } from "../../support/claims.ts";
import { act, decide, execute, propose, send, draft } from "../../support/motions.ts";

/** Every setting with another value that is in order. */
const SETTINGS: readonly [string, readonly unknown[]][] = [
  ["setVotingDelay", [2 * DAY]],
  ["setVotingPeriod", [6 * DAY]],
  ["setProposalThreshold", [2]],
  ["setShares", [5_000, 1_000]],
  ["setLateQuorumVoteExtension", [2 * DAY]],
  ["setBaseDelaySeconds", [DAY]],
];

/** Acts as an account that nobody has the key of. */
async function impersonate(w: Chambers, account: string) {
  await w.ethers.provider.send("hardhat_setBalance", [account, "0x56bc75e2d63100000"]);
  await w.ethers.provider.send("hardhat_impersonateAccount", [account]);
  return w.ethers.provider.getSigner(account);
}

describe("Chamber settings", () => {
  const world = useChambers();

  for (const [name, args] of SETTINGS) {
    it(`${name} is the amendments' alone, not the chamber's own nor another's`, async () => {
      const w = world();
      const { chamber } = w.board;
      await expect(chamber.connect(w.stranger).getFunction(name)(...args))
        .to.be.revertedWithCustomError(chamber, "ChamberAdminOnly")
        .withArgs(w.stranger.address);
      for (const hall of [w.board, w.assembly]) {
        const motion = await decide(w, hall, [await act(chamber, name, args)]);
        if (await hall.chamber.proposalNeedsQueuing(motion.id)) {
          await hall.chamber.queue(...motion.args);
          await w.time.increase(3 * DAY);
        }
        await expect(execute(w, motion))
          .to.be.revertedWithCustomError(chamber, "ChamberAdminOnly")
          .withArgs(hall.chamber.target);
      }
      const amender = await impersonate(w, await w.amendments.getAddress());
      await chamber.connect(amender).getFunction(name)(...args);
    });
  }

  it("stay within bounds, so that a slip of the pen locks nothing for ever", async () => {
    const w = world();
    const { chamber } = w.assembly;
    const amender = chamber.connect(await impersonate(w, await w.amendments.getAddress()));
    for (const [name, args] of [
      ["setVotingDelay", [60 * DAY + 1]],
      ["setVotingPeriod", [DAY - 1]],
      ["setVotingPeriod", [7]],
      ["setVotingPeriod", [60 * DAY + 1]],
      ["setBaseDelaySeconds", [60 * DAY + 1]],
      ["setShares", [0, 1_000]],
      ["setShares", [10_001, 1_000]],
      ["setShares", [5_000, 0]],
      ["setShares", [5_000, 3_334]],
    ] as const) {
      await expect(
        amender.getFunction(name)(...args),
        `${name} ${args.join()}`,
      ).to.be.revertedWithCustomError(chamber, "ChamberSetupInvalid");
    }
    for (const [name, args] of [
      ["setVotingDelay", [60 * DAY]],
      ["setVotingPeriod", [DAY]],
      ["setVotingPeriod", [60 * DAY]],
      ["setBaseDelaySeconds", [60 * DAY]],
      ["setShares", [10_000, 3_333]],
    ] as const) {
      await amender.getFunction(name)(...args);
    }
    // Whatever share it takes, two members in three can put it.
    await amender.setProposalThreshold((1n << 200n) - 1n);
    expect(await chamber.petitionThreshold()).to.equal(3_333_000n);
  });

  it("leave a proposal under way with the quorum and the time that it began with", async () => {
    const w = world();
    const { chamber } = w.council;
    const motion = await propose(w.council, [await act(w.charter, "grantRole", [4, w.stranger.address, 0])]);
    const [deadline, amender] = [
      await chamber.proposalDeadline(motion.id),
      chamber.connect(await impersonate(w, await w.amendments.getAddress())),
    ];
    await amender.setShares(10_000, 1_000);
    await amender.setVotingPeriod(50 * DAY);
    await w.time.increase(2 * DAY);
    expect(await chamber.quorumOf(motion.id)).to.equal(3n);
    expect(await chamber.proposalDeadline(motion.id)).to.equal(deadline);
    expect(await chamber.quorum((await w.time.latest()) - 1)).to.equal(6n);
  });

  it("are refused at construction where they are out of bounds, or the clock is another", async () => {
    const w = world();
    const factory = new Chamber__factory(w.deployer);
    const setup = {
      ...{ name: "Another", electorate: w.voice, charter: w.charter, sponsor: ZeroAddress, threshold: 1 },
      ...{
        votingDelay: DAY,
        votingPeriod: 5 * DAY,
        petition: 1_000,
        quorumBps: 4_000,
        baseDelay: 0,
        lateExtension: 0,
      },
    };
    await factory.deploy(setup);
    for (const wrong of [
      { votingPeriod: 0 },
      { votingPeriod: 5 },
      { quorumBps: 0 },
      { petition: 0 },
      { petition: 65_537 + 1_000 },
      { baseDelay: 61 * DAY },
    ]) {
      await expect(factory.deploy({ ...setup, ...wrong })).to.be.revertedWithCustomError(
        w.council.chamber,
        "ChamberSetupInvalid",
      );
    }
  });
});

describe("Chamber: verbs that it has no use for", () => {
  const world = useChambers();

  it("are closed: votes come in ballots alone, and nobody withdraws or relays", async () => {
    const w = world();
    const { chamber, voters } = w.council;
    const motion = await propose(w.council, [await act(w.charter, "grantRole", [4, w.stranger.address, 0])]);
    await w.time.increase(2 * DAY);
    const key = voters[0]?.key ?? w.stranger;
    const own = chamber.connect(key);
    for (const verb of [
      () => own.castVote(motion.id, 1),
      () => own.castVoteWithReason(motion.id, 1, "because"),
      () => own.castVoteWithReasonAndParams(motion.id, 1, "because", "0x"),
      () => own.castVoteBySig(motion.id, 1, key.address, "0x"),
      () => own.castVoteWithReasonAndParamsBySig(motion.id, 1, key.address, "because", "0x", "0x"),
      () => own.getFunction("cancel(address[],uint256[],bytes[],bytes32)")(...motion.args),
      () => own.relay(w.stranger.address, 0, "0x"),
    ]) {
      await expect(verb()).to.be.revertedWithCustomError(chamber, "ChamberVerbClosed");
    }
  });

  it("leave proposing to voters, petitions and the sponsor", async () => {
    const w = world();
    const { chamber } = w.assembly;
    const motion = await draft(w.assembly, [await act(w.register, "classify", [w.ada.id, 1, 7])], "");
    const [targets, values, calldatas] = motion.args;
    await expect(chamber.connect(w.ada.key).propose(targets, values, calldatas, ""))
      .to.be.revertedWithCustomError(chamber, "ChamberSponsorOnly")
      .withArgs(w.ada.key.address);
    await expect(chamber.connect(w.stranger).proposeAs(w.ada.id, targets, values, calldatas, ""))
      .to.be.revertedWithCustomError(chamber, "ChamberVoterMissing")
      .withArgs(w.ada.id, w.stranger.address);
    await expect(send(motion, { number: w.newcomer.id, key: w.newcomer.key }))
      .to.be.revertedWithCustomError(chamber, "ChamberVotesShort")
      .withArgs(0n, 1_000_000n);
    // Whoever enrols as a delegate has a number, and no seat.
    await w.delegates.enrol(w.stranger.address);
    const number = Number(await w.delegates.lastDelegate());
    const board = await draft(w.board, [await act(w.register, "classify", [w.ada.id, 1, 7])], "");
    await expect(send(board, { number, key: w.stranger }))
      .to.be.revertedWithCustomError(w.board.chamber, "ChamberVotesShort")
      .withArgs(0n, 1n);
  });
});
