import { expect } from "chai";
import { ZeroHash } from "ethers";
import { AMENDMENT_DELAY, AMENDMENT_GRACE, TEXT, useChambers } from "../../support/chambers.ts";
import type { Chambers } from "../../support/chambers.ts";
import { amend, approve, insist, proposed, ratify, ready } from "../../support/amending.ts";
import { DAY } from "../../support/claims.ts";
import { act } from "../../support/motions.ts";

/** Elections ask for a fifth of the voters instead of two fifths. */
async function newRules(w: Chambers) {
  const [nominationTime, ballotTime, term, minSupport, , recallBps] = await w.councilElections.rules();
  const rules = { nominationTime, ballotTime, term, minSupport, quorumBps: 2_000, recallBps };
  return act(w.councilElections, "setRules", [rules]);
}

describe("Amendments", () => {
  const world = useChambers();

  for (const order of ["the Council first", "the Assembly first"]) {
    it(`change a rule of elections, ${order}, and anyone executes after the delay`, async () => {
      const w = world();
      const { amending, id } = await proposed(w, [await newRules(w)]);
      const [first, second] = order === "the Council first" ? [ratify, approve] : [approve, ratify];
      await first(w, id);
      await expect(w.amendments.execute(...amending))
        .to.be.revertedWithCustomError(w.amendments, "AmendmentNotPassed")
        .withArgs(id);
      await second(w, id);
      const readyAt = BigInt((await w.time.latest()) + AMENDMENT_DELAY);
      expect((await w.amendments.amendmentOf(id)).readyAt).to.equal(readyAt);
      await w.time.setNextBlockTimestamp(readyAt - 1n);
      await expect(w.amendments.execute(...amending))
        .to.be.revertedWithCustomError(w.amendments, "AmendmentTooEarly")
        .withArgs(id, readyAt);
      await w.time.setNextBlockTimestamp(readyAt);
      const done = w.amendments.connect(w.stranger).execute(...amending);
      await expect(done).to.emit(w.amendments, "AmendmentExecuted").withArgs(id);
      expect((await w.councilElections.rules()).quorumBps).to.equal(2_000n);
      await expect(w.amendments.execute(...amending)).to.be.revertedWithCustomError(
        w.amendments,
        "AmendmentNotPassed",
      );
    });
  }

  it("change a chamber's settings", async () => {
    const w = world();
    await amend(w, [
      await act(w.board.chamber, "setVotingPeriod", [2 * DAY]),
      await act(w.assembly.chamber, "setShares", [2_000, 500]),
    ]);
    expect(await w.board.chamber.votingPeriod()).to.equal(BigInt(2 * DAY));
    expect(await w.assembly.chamber.petitionThreshold()).to.equal(500_000n);
  });

  it("pin another text, alone or beside other changes, and leave it where none is named", async () => {
    const w = world();
    await expect(amend(w, [], TEXT))
      .to.emit(w.charter, "CharterTextPinned")
      .withArgs(TEXT);
    await amend(w, [await newRules(w)]);
    expect(await w.charter.textHash()).to.equal(TEXT);
  });

  it("happen whole or not at all", async () => {
    const w = world();
    const broken = await act(w.board.chamber, "setVotingPeriod", [0]);
    const amending = await ready(w, [await newRules(w), broken], TEXT);
    await expect(w.amendments.execute(...amending)).to.be.revertedWithCustomError(
      w.board.chamber,
      "ChamberSetupInvalid",
    );
    expect((await w.councilElections.rules()).quorumBps).to.equal(4_000n);
    expect(await w.charter.textHash()).not.to.equal(TEXT);
  });

  it("lapse when nobody executes them in time, and can be proposed anew from nothing", async () => {
    const w = world();
    const amending = await ready(w, [], TEXT);
    const id = await w.amendments.idOf(...amending);
    const until = (await w.amendments.amendmentOf(id)).readyAt + BigInt(AMENDMENT_GRACE);
    await w.time.setNextBlockTimestamp(until + 1n);
    await expect(w.amendments.execute(...amending))
      .to.be.revertedWithCustomError(w.amendments, "AmendmentLapsed")
      .withArgs(id, until);
    await w.amendments.propose(...amending);
    await expect(w.amendments.execute(...amending)).to.be.revertedWithCustomError(
      w.amendments,
      "AmendmentNotPassed",
    );
    await ratify(w, id);
    expect((await w.amendments.amendmentOf(id)).readyAt).to.equal(0n);
  });

  it("can be executed to the last second", async () => {
    const w = world();
    const amending = await ready(w, [], TEXT);
    const { readyAt } = await w.amendments.amendmentOf(await w.amendments.idOf(...amending));
    await w.time.setNextBlockTimestamp(readyAt + BigInt(AMENDMENT_GRACE));
    await w.amendments.execute(...amending);
  });

  it("are told apart by what they do, and proposed once", async () => {
    const w = world();
    const { amending, id } = await proposed(w, [await newRules(w)]);
    await expect(w.amendments.propose(...amending))
      .to.be.revertedWithCustomError(w.amendments, "AmendmentPending")
      .withArgs(id);
    await expect(w.amendments.propose([], [], ZeroHash)).to.be.revertedWithCustomError(
      w.amendments,
      "AmendmentEmpty",
    );
    await expect(w.amendments.propose([...amending[0]], [], TEXT)).to.be.revertedWithCustomError(
      w.amendments,
      "AmendmentEmpty",
    );
    await ratify(w, id);
    await approve(w, id);
    for (const other of [
      [amending[0], amending[1], TEXT],
      [[...amending[0], ...amending[0]], [...amending[1], ...amending[1]], ZeroHash],
    ] as const) {
      await expect(
        w.amendments.execute([...other[0]], [...other[1]], other[2]),
      ).to.be.revertedWithCustomError(w.amendments, "AmendmentNotPassed");
    }
  });

  it("ask each chamber for its own word, and take nobody else's", async () => {
    const w = world();
    const { id } = await proposed(w, [], TEXT);
    for (const verb of ["ratify", "approve", "insist"] as const) {
      for (const by of [w.stranger, w.ada.key, w.deployer]) {
        await expect(w.amendments.connect(by)[verb](id)).to.be.revertedWithCustomError(
          w.amendments,
          "AccessManagedUnauthorized",
        );
      }
    }
    await expect(insist(w, ZeroHash))
      .to.be.revertedWithCustomError(w.amendments, "AmendmentUnknown")
      .withArgs(ZeroHash);
  });

  it("count a ratification for a year, and no longer", async () => {
    const w = world();
    const { id } = await proposed(w, [], TEXT);
    await ratify(w, id);
    await w.time.increase(365 * DAY);
    await approve(w, id);
    expect((await w.amendments.amendmentOf(id)).readyAt).to.equal(0n);
    const { id: other } = await proposed(w, [await newRules(w)]);
    await approve(w, other);
    expect((await w.amendments.amendmentOf(other)).readyAt).to.equal(0n);
  });
});

describe("Amendments.insist", () => {
  const world = useChambers();

  it("passes an amendment without the Council, the second time, sixty days after the first", async () => {
    const w = world();
    const { amending, id } = await proposed(w, [], TEXT);
    await insist(w, id);
    const first = (await w.amendments.amendmentOf(id)).insistedAt;
    await expect(insist(w, id))
      .to.be.revertedWithCustomError(w.amendments, "AmendmentTooEarly")
      .withArgs(id, first + BigInt(60 * DAY));
    await w.time.increaseTo(first + BigInt(60 * DAY));
    await insist(w, id);
    expect((await w.amendments.amendmentOf(id)).ratifiedAt).to.equal(0n);
    await w.time.increase(AMENDMENT_DELAY);
    await w.amendments.connect(w.stranger).execute(...amending);
    expect(await w.charter.textHash()).to.equal(TEXT);
  });

  it("begins anew a year after the first time", async () => {
    const w = world();
    const { id } = await proposed(w, [], TEXT);
    await insist(w, id);
    await w.time.increase(366 * DAY);
    await insist(w, id);
    expect((await w.amendments.amendmentOf(id)).readyAt).to.equal(0n);
    await w.time.increase(60 * DAY);
    await insist(w, id);
    expect((await w.amendments.amendmentOf(id)).readyAt).not.to.equal(0n);
  });

  it("has nothing to add to what has passed", async () => {
    const w = world();
    const amending = await ready(w, [], TEXT);
    const id = await w.amendments.idOf(...amending);
    for (const verb of [ratify, approve, insist]) {
      await expect(verb(w, id)).to.be.revertedWithCustomError(w.amendments, "AmendmentDecided").withArgs(id);
    }
  });
});
