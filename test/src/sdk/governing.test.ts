import { expect } from "chai";
import { ROLES } from "../../../src/core/roles.ts";
import * as ballots from "../../../src/sdk/ballots.ts";
import { prepareVeto } from "../../../src/sdk/charter.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import { sendDelegateRotation, sendEnrolment } from "../../../src/sdk/delegates.ts";
import {
  hasVotedIn,
  readConstituency,
  readElection,
  sendApprovals,
  sendCount,
  sendNomination,
} from "../../../src/sdk/elections.ts";
import { verifyRights } from "../../../src/sdk/handedOver.ts";
import { prepareClassification } from "../../../src/sdk/members.ts";
import { readProposal, sendExecution, sendQueue, sendVotes } from "../../../src/sdk/proposals.ts";
import { findSeat, readSeat } from "../../../src/sdk/seats.ts";
import { readVoice, readVoiceTotal } from "../../../src/sdk/voice.ts";
import { rejectionCode } from "../../support/records.ts";
import {
  BOARD_DELAY,
  STATEMENT,
  handOverWorld,
  nominationOf,
  openElection,
  pass,
  put,
  votesOf,
} from "../../support/governing.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const DAY = 86_400;
const body = "council" as const;

describe("an election by signed ballots", () => {
  const world = useWorld();

  it("seats whom most members approve of, and counts nobody twice", async () => {
    const w = world();
    const anyone = actAs(w.admin, w.stranger);
    const opened = await openElection(w);
    const { election } = opened;
    const place = { body, election };
    const first = await sendNomination(anyone, await nominationOf(w, opened));
    expect([first.candidate, first.counted.length]).to.deep.equal([0, 1]);

    // A second candidate, whom Bob supports. Ada has supported the first and cannot support another.
    const key = await w.createKey();
    const { delegate } = await sendEnrolment(anyone, { key: key.address });
    const candidacy = { body, election, delegate, statement: STATEMENT };
    const support = (voter: typeof w.ada) =>
      ballots.signSupport(w.admin, voter.key, { body, election, delegate, voter: voter.id });
    const second = await sendNomination(anyone, {
      ...candidacy,
      supporters: [await support(w.ada), await support(w.bob)],
      consent: await ballots.signConsent(w.admin, key, candidacy),
    });
    expect(second.counted.map(({ voter }) => voter)).to.deep.equal([w.bob.id]);
    expect((await readElection(w.admin, place)).stage).to.equal("nominations");

    await w.time.increase(21 * DAY + 1);
    const approve = (member: typeof w.ada, candidates: number[]) =>
      ballots.signApproval(w.admin, member.key, { body, election, voter: member.id, candidates });
    const forged = { ...(await approve(w.bob, [0])), voter: w.eve.id };
    const batch = [
      await approve(w.ada, [1, 0]),
      forged,
      await approve(w.bob, [1]),
      await approve(w.ada, [0]),
    ];
    const { counted } = await sendApprovals(anyone, { ...place, ballots: batch });
    expect(counted).to.deep.equal([batch[0], batch[2]]);
    expect(await hasVotedIn(w.admin, place, w.eve.id)).to.equal(false);
    const polled = await readElection(w.admin, place);
    expect([polled.stage, polled.ballots, polled.electors]).to.deep.equal(["ballots", 2, 3]);
    expect(polled.candidates.map(({ approvals }) => approvals)).to.deep.equal([1, 2]);

    expect(await rejectionCode(sendCount(anyone, place))).to.equal("ElectionsTimeAhead");
    await w.time.increase(14 * DAY + 1);
    await sendCount(anyone, place);
    // Founders hold the first three seats; the winner takes the first that was vacant.
    expect(await findSeat(w.admin, body, delegate)).to.deep.equal({ body, constituency: 0, seat: 3 });
    expect(await readSeat(w.admin, { body, constituency: 0, seat: 3 })).to.include({
      delegate,
      founding: false,
    });
    expect((await readElection(w.admin, place)).stage).to.equal("counted");
    expect((await readConstituency(w.admin, { body, constituency: 0 })).due).to.deep.equal([5]);
  });

  it("refuses to sign for a voter whose key it is not", async () => {
    const w = world();
    const { election } = await openElection(w);
    const ballot = { body, election, voter: w.ada.id, candidates: [0] };
    expect(await rejectionCode(ballots.signApproval(w.admin, w.stranger, ballot))).to.equal(
      "VotingKeyMissing",
    );
  });

  it("weighs members by what they gave", async () => {
    const w = world();
    await openElection(w);
    expect(await readVoice(w.admin, w.ada.id)).to.deep.equal({
      member: w.ada.id,
      units: 1_000_000n,
      due: 1_000_000n,
      suspensionConfirmed: false,
    });
    expect(await readVoiceTotal(w.admin)).to.equal(3_000_000n);
  });
});

describe("a proposal by signed ballots", () => {
  const world = useWorld();
  const moved = async (w: World) => ({
    house: "board" as const,
    calls: [await prepareClassification(w.admin, { member: w.bob.id, constituency: 2, region: 2 })],
    description: "Bob has moved south.",
  });

  it("is passed, waits, and is executed by anybody, once the consortium is handed over", async () => {
    const w = world();
    const anyone = actAs(w.admin, w.stranger);
    await handOverWorld(w);
    expect((await verifyRights(w.admin)).violations).to.deep.equal([]);
    const motion = await moved(w);
    const proposal = await put(w, motion);
    const place = { house: motion.house, proposal };
    const batch = await votesOf(w, "board", proposal);
    const forged = { ...batch.ballots[0]!, support: "against" as const };
    const { counted } = await sendVotes(anyone, {
      ...place,
      ballots: [forged, ...batch.ballots, batch.ballots[0]!],
    });
    expect(counted).to.deep.equal(batch.ballots);
    expect((await readProposal(w.admin, place)).votes).to.deep.equal({ against: 0n, for: 3n, abstain: 0n });

    await w.time.increase(7 * DAY + 1);
    expect(await readProposal(w.admin, place)).to.include({ state: "succeeded", quorum: 2n, waits: true });
    await sendQueue(anyone, motion);
    expect(await rejectionCode(sendExecution(anyone, motion))).to.equal("GovernorUnmetDelay");
    await w.time.increase(BOARD_DELAY);
    await sendExecution(anyone, motion);
    expect((await readProposal(w.admin, place)).state).to.equal("executed");
    expect((await w.register.membership(w.bob.id)).constituency).to.equal(2n);
  });

  it("comes to nothing where the Council vetoes it while it waits", async () => {
    const w = world();
    await handOverWorld(w);
    const motion = await moved(w);
    const proposal = await pass(w, motion, true);
    const veto = {
      house: "council" as const,
      calls: [await prepareVeto(w.admin, { call: motion.calls[0]! })],
      description: "Bob stays where he is.",
    };
    await pass(w, veto);
    await sendExecution(w.admin, veto);
    expect((await readProposal(w.admin, { house: "board", proposal })).state).to.equal("canceled");
    await w.time.increase(BOARD_DELAY);
    expect(await rejectionCode(sendExecution(w.admin, motion))).to.equal("GovernorUnexpectedProposalState");
  });

  it("does not count a ballot that its delegate's old key signed", async () => {
    const w = world();
    await w.charter.grantRole(ROLES.registrar, w.deployment.governance.board, BOARD_DELAY);
    const proposal = await put(w, await moved(w));
    const batch = await votesOf(w, "board", proposal);
    const [one] = w.founders.board;
    await sendDelegateRotation(one!.as, { delegate: one!.delegate, key: w.stranger.address });
    const { counted } = await sendVotes(w.admin, batch);
    expect(counted).to.deep.equal(batch.ballots.slice(1));
  });
});
