import { expect } from "chai";
import { Interface, ZeroHash } from "ethers";
import type { BaseContract } from "ethers";
import { Ledger__factory } from "../../../src/chain/types/index.ts";
import { BOARD_ROLES, OFFICES, ROLE, TEXT, rolesOf, useChambers } from "../../support/chambers.ts";
import type { Chambers, Hall } from "../../support/chambers.ts";
import { DAY } from "../../support/claims.ts";
import { act, decide, draft, due, enact, execute, queue, send, stateOf } from "../../support/motions.ts";
import type { Act } from "../../support/motions.ts";

/** What the charter could be asked for, and no chamber may ask. */
const BARRED: readonly [name: string, args: (w: Chambers, hall: Hall) => readonly unknown[]][] = [
  ["schedule", (w) => [w.register.target, "0x12345678", 0]],
  ["execute", (w) => [w.register.target, "0x12345678"]],
  ["multicall", () => [[]]],
  ["renounceRole", (_, { chamber }) => [ROLE.council, chamber.target]],
  ["pinText", () => [TEXT]],
  ["bindBoard", (w) => [w.stranger.address, w.stranger.address, w.stranger.address]],
  ["setRoleAdmin", () => [ROLE.registrar, ROLE.council]],
  ["setRoleGuardian", () => [ROLE.registrar, ROLE.registrar]],
  ["setGrantDelay", () => [ROLE.registrar, 0]],
  ["labelRole", () => [ROLE.registrar, "rex"]],
  ["setTargetAdminDelay", (w) => [w.register.target, 0]],
  ["setTargetClosed", (w) => [w.register.target, true]],
  ["setTargetFunctionRole", (w) => [w.register.target, ["0x12345678"], ROLE.council]],
  ["updateAuthority", (w) => [w.register.target, w.stranger.address]],
  ["consumeScheduledOp", (w) => [w.stranger.address, "0x12345678"]],
];

/** Has a chamber pass something, and expects its execution to fail. */
async function refused(w: Chambers, hall: Hall, acts: readonly Act[], contract: BaseContract, error: string) {
  const motion = await decide(w, hall, acts, { description: `at ${await w.time.latest()}` });
  if (await hall.chamber.proposalNeedsQueuing(motion.id)) await due(w, await queue(w, motion));
  await expect(execute(w, motion)).to.be.revertedWithCustomError(contract, error);
}

describe("Attacks by those in power", () => {
  const world = useChambers();

  for (const name of ["council", "board", "assembly"] as const) {
    it(`the ${name} may not ask the charter for anything beside offices and vetoes`, async () => {
      const w = world();
      const hall = w[name];
      for (const [verb, args] of BARRED) {
        const motion = await draft(hall, [await act(w.charter, verb, args(w, hall))], verb);
        await expect(send(motion), verb)
          .to.be.revertedWithCustomError(hall.chamber, "ChamberCallBarred")
          .withArgs(w.charter.target, w.charter.interface.getFunction(verb as "schedule").selector);
      }
      for (const data of ["0x", "0x12", "0x123456"]) {
        const motion = await draft(hall, [{ target: await w.charter.getAddress(), data }], data);
        await expect(send(motion)).to.be.revertedWithCustomError(hall.chamber, "ChamberCallBarred");
      }
    });

    it(`the ${name} cannot give itself a right, nor another`, async () => {
      const w = world();
      const hall = w[name];
      const mine: readonly bigint[] = name === "council" ? OFFICES : [];
      for (const role of Object.values(ROLE).filter((one) => !mine.includes(one))) {
        for (const to of [hall.chamber.target, w.stranger.address]) {
          await refused(
            w,
            hall,
            [await act(w.charter, "grantRole", [role, to, 0])],
            w.charter,
            "AccessManagerUnauthorizedAccount",
          );
        }
        const holder = role === ROLE.admin ? w.amendments.target : w.board.chamber.target;
        await refused(
          w,
          hall,
          [await act(w.charter, "revokeRole", [role, holder])],
          w.charter,
          "AccessManagerUnauthorizedAccount",
        );
      }
    });
  }

  it("the Council seats and unseats offices, and nothing comes with them", async () => {
    const w = world();
    for (const office of OFFICES) {
      await enact(w, w.council, [await act(w.charter, "grantRole", [office, w.stranger.address, 0])]);
    }
    expect(await rolesOf(w, w.stranger.address)).to.have.members([
      "guardian",
      "arbiter",
      "appellate",
      "authority",
    ]);
    for (const role of Object.values(ROLE)) {
      for (const send of [
        () => w.charter.connect(w.stranger).grantRole(role, w.stranger.address, 0),
        () => w.charter.connect(w.stranger).revokeRole(role, w.council.chamber.target),
      ]) {
        await expect(send()).to.be.revertedWithCustomError(w.charter, "AccessManagerUnauthorizedAccount");
      }
    }
    await enact(w, w.council, [await act(w.charter, "revokeRole", [ROLE.guardian, w.stranger.address])]);
    expect(await rolesOf(w, w.stranger.address)).not.to.include("guardian");
  });

  it("the Council cannot do what is the Board's, the Assembly's or the amendments'", async () => {
    const w = world();
    const closed = "AccessManagedUnauthorized";
    for (const [contract, verb, args] of [
      [w.register, "admit", [w.newcomer.id]],
      [w.register, "classify", [w.ada.id, 1, 7]],
      [w.register, "suspend", [w.ada.id]],
      [w.register, "bindRoll", [w.stranger.address]],
      [w.admissions, "admit", [w.newcomer.id]],
      [w.admissions, "admitOnAppeal", [w.newcomer.id]],
      [w.asset, "issue", [w.stranger.address, 1]],
      [w.amendments, "approve", [ZeroHash]],
      [w.amendments, "insist", [ZeroHash]],
      [w.councilElections, "setConstituency", [{ constituency: 9, seats: 64, groups: 1 }]],
      [w.councilSeats, "bindElections", [w.stranger.address]],
      [w.ledger, "pausePosting", [60]],
    ] as const) {
      await refused(w, w.council, [await act(contract, verb, args)], contract, closed);
    }
    const seat = await act(w.councilSeats, "sit", [1, 6, 1, 4_000_000_000]);
    await refused(w, w.council, [seat], w.councilSeats, "SeatsNotElections");
    const settings = await act(w.council.chamber, "setShares", [1, 1]);
    await refused(w, w.council, [settings], w.council.chamber, "ChamberAdminOnly");
  });

  it("the Board cannot amend, nor veto, nor put to the Assembly, nor act beside the charter", async () => {
    const w = world();
    for (const verb of ["ratify", "approve", "insist"]) {
      await refused(
        w,
        w.board,
        [await act(w.amendments, verb, [ZeroHash])],
        w.amendments,
        "AccessManagedUnauthorized",
      );
    }
    for (const [contract, verb, args] of [
      [w.register, "admit", [w.newcomer.id]],
      [w.register, "bindLedger", [w.stranger.address]],
      [w.voice, "confirmSuspension", [w.ada.id]],
      [w.ledger, "pausePosting", [60]],
    ] as const) {
      await refused(w, w.board, [await act(contract, verb, args)], contract, "AccessManagedUnauthorized");
    }
    const put = await act(w.assembly.chamber, "propose", [[w.stranger.address], [0], ["0x"], ""]);
    await refused(w, w.board, [put], w.assembly.chamber, "ChamberSponsorOnly");
  });

  it("the Board's delay cannot be dodged: proposed without a right, the act is not free once the right is there", async () => {
    const w = world();
    // While the Board lacks the role its proposal needs no queue …
    const amender = await impersonate(w, await w.amendments.getAddress());
    await w.charter.connect(amender).revokeRole(ROLE.registrar, w.board.chamber);
    const early = await decide(w, w.board, [await act(w.register, "classify", [w.ada.id, 1, 7])]);
    expect(await w.board.chamber.proposalNeedsQueuing(early.id)).to.equal(false);
    // … and the register asks for the delay all the same.
    await w.charter.connect(amender).grantRole(ROLE.registrar, w.board.chamber, 9 * DAY);
    await expect(execute(w, early)).to.be.revertedWithCustomError(w.charter, "AccessManagerNotScheduled");
    // Nor once the same act is scheduled by another proposal and cancelled.
    const other = await queue(
      w,
      await decide(w, w.board, [await act(w.register, "classify", [w.ada.id, 1, 7])], {
        description: "in order",
      }),
    );
    await expect(execute(w, early)).to.be.revertedWithCustomError(w.charter, "AccessManagerNotReady");
    expect(await stateOf(other)).to.equal("Queued");
  });

  it("a Council that proposes before the devolution waits as the Board does after it", async () => {
    const w = world();
    for (const [seat, { key }] of w.board.voters.entries()) await w.boardSeats.connect(key).resign(0, seat);
    await w.time.increase(23 * DAY);
    const early = await decide(w, w.council, [await act(w.register, "classify", [w.ada.id, 1, 7])]);
    await w.time.increase(2 * DAY);
    expect(await w.charter.devolved()).to.equal(true);
    await expect(execute(w, early)).to.be.revertedWithCustomError(w.charter, "AccessManagerNotScheduled");
  });

  it("a devolved Council gets the Board's rights and no more, and the Assembly never any of them by it", async () => {
    const w = world();
    for (const [seat, { key }] of w.board.voters.entries()) await w.boardSeats.connect(key).resign(0, seat);
    await w.time.increase(30 * DAY);
    await refused(
      w,
      w.council,
      [await act(w.register, "admit", [w.newcomer.id])],
      w.register,
      "AccessManagedUnauthorized",
    );
    await refused(
      w,
      w.council,
      [await act(w.charter, "grantRole", [ROLE.registrar, w.stranger.address, 0])],
      w.charter,
      "AccessManagerUnauthorizedAccount",
    );
    for (const caller of [w.assembly.chamber.target, w.stranger.address]) {
      const found = await w.charter.canCall(
        caller,
        w.register,
        w.register.interface.getFunction("suspend").selector,
      );
      expect([...found]).to.deep.equal([false, 0n]);
    }
  });

  it("a guardian pauses, and that is all; the Council dismisses it and ends the pause", async () => {
    const w = world();
    const guardian = await w.createKey();
    await enact(w, w.council, [await act(w.charter, "grantRole", [ROLE.guardian, guardian.address, 0])]);
    const scheduled = await queue(
      w,
      await decide(w, w.board, [await act(w.register, "classify", [w.ada.id, 1, 7])]),
    );
    const [target, data] = [scheduled.args[0][0] ?? "", scheduled.args[2][0] ?? ""];
    await expect(
      w.charter.connect(guardian).cancel(w.board.chamber, target, data),
    ).to.be.revertedWithCustomError(w.charter, "AccessManagerUnauthorizedCancel");
    await Ledger__factory.connect(w.deployment.ledger, guardian).pausePosting(7 * DAY);
    const until = await w.ledger.pausedUntil();
    await enact(w, w.council, [
      await act(w.charter, "revokeRole", [ROLE.guardian, guardian.address]),
      await act(w.charter, "grantRole", [ROLE.guardian, w.council.chamber.target, 0]),
      await act(w.ledger, "resumePosting", []),
    ]);
    expect((await w.ledger.pausedUntil()) < until).to.equal(true);
    await expect(
      Ledger__factory.connect(w.deployment.ledger, guardian).pausePosting(60),
    ).to.be.revertedWithCustomError(w.ledger, "AccessManagedUnauthorized");
  });

  it("a takeover takes its time and is seen: proposals and schedules are logged, and nothing is sooner", async () => {
    const w = world();
    const days = async (hall: Hall) =>
      Number(
        (await hall.chamber.votingDelay()) +
          (await hall.chamber.votingPeriod()) +
          (await hall.chamber.baseDelaySeconds()),
      ) / DAY;
    expect([await days(w.council), await days(w.board), await days(w.assembly)]).to.deep.equal([6, 4, 11]);
    for (const role of BOARD_ROLES)
      expect((await w.charter.hasRole(role, w.board.chamber))[1]).to.equal(BigInt(9 * DAY));
    const motion = await decide(w, w.board, [await act(w.asset, "issue", [w.stranger.address, 1])]);
    await expect(w.board.chamber.queue(...motion.args)).to.emit(w.charter, "OperationScheduled");
    // Not even the charter can be asked to run it in the Board's name.
    const iface = new Interface(["function issue(address,uint256)"]);
    await due(w, motion);
    await expect(
      w.charter
        .connect(w.stranger)
        .execute(w.asset, iface.encodeFunctionData("issue", [w.stranger.address, 1])),
    ).to.be.revertedWithCustomError(w.charter, "AccessManagerUnauthorizedCall");
  });
});

async function impersonate(w: Chambers, account: string) {
  await w.ethers.provider.send("hardhat_setBalance", [account, "0x56bc75e2d63100000"]);
  await w.ethers.provider.send("hardhat_impersonateAccount", [account]);
  return w.ethers.provider.getSigner(account);
}
