import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import { signStatement } from "../../../src/chain/signing.ts";
import { readAccount } from "../../../src/sdk/accounts.ts";
import { sendAppeal, sendAward, sendRuling } from "../../../src/sdk/awards.ts";
import { readClaimSteps, readEnds, readOpenClaims } from "../../../src/sdk/claimLog.ts";
import {
  readClaim,
  readClaimTerms,
  sendAcceptance,
  sendClaim,
  sendClaimProof,
  sendClaimWithdrawal,
  sendSettlement,
} from "../../../src/sdk/claims.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import { orderDispute, sendDispute, sendDisputeFor } from "../../../src/sdk/disputes.ts";
import { isReceipt, signReceipt } from "../../../src/sdk/receipts.ts";
import { digestOf } from "../../../src/sdk/statements.ts";
import type { Hash } from "../../../src/core/ids.ts";
import { billed, grossOf } from "../../support/billed.ts";
import { c, FEE, GROSS } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const DAY = 86_400;

describe("a claim", () => {
  const world = useWorld();
  const two = () => billed(world(), ["REQ-1", "REQ-2"]);
  const anyone = () => actAs(world().admin, world().stranger);
  const opened = async (): Promise<Hash> => (await sendClaim(world().ada.as, two())).claim;
  const disputed = async (): Promise<Hash> => {
    const claim = await opened();
    await sendDispute(world().bob.as, { consumer: world().bob.id, claims: [claim] });
    return claim;
  };
  const part = (claim: Hash) => ({ claim, gross: GROSS, fee: FEE });
  const awarded = async (): Promise<Hash> => {
    const claim = await disputed();
    await sendAward(world().admin, part(claim));
    return claim;
  };
  const gained = async () => (await readAccount(world().admin, world().ada.id)).position;

  it("is told by its statement's digest, with what it comes to and its bond set aside", async () => {
    const w = world();
    const { claim, gross, fee } = await sendClaim(w.ada.as, two());
    expect([claim, gross, fee]).to.deep.equal([digestOf(w.admin, two().statement), grossOf(2), 2n * FEE]);
    expect((await readAccount(w.admin, w.ada.id)).cash).to.equal(c("95"));
    expect((await readClaimTerms(w.admin)).bond).to.equal(c("5"));
  });

  it("is not opened with records that are not the statement's", async () => {
    const w = world();
    const other = { ...two(), records: billed(w, ["REQ-1", "REQ-3"]).records };
    const error = await sendClaim(w.ada.as, other).catch((thrown: unknown) => thrown);
    expect(isConsortiaError(error, "ClaimRecordsDiffer"), String(error)).to.equal(true);
  });

  describe("shows its stage and the time left of it", () => {
    it("given nothing happened", async () => {
      const claim = await opened();
      await world().time.increase(40 * DAY);
      expect(await readClaim(world().admin, claim)).to.include({ stage: "open", secondsLeft: 5 * DAY });
      await world().time.increase(90 * DAY);
      expect(await readClaim(world().admin, claim)).to.include({ stage: "open", secondsLeft: 0 });
    });
    it("given a pause, which stops the clock of those who may dispute", async () => {
      const claim = await opened();
      await world().ledger.pausePosting(5 * DAY);
      await world().time.increase(5 * DAY);
      expect((await readClaim(world().admin, claim))?.secondsLeft).to.be.within(45 * DAY - 5, 45 * DAY);
    });
    it("given an award", async () => {
      const claim = await readClaim(world().admin, await awarded());
      expect(claim).to.include({ stage: "awarded", secondsLeft: 14 * DAY });
      expect(claim?.award).to.deep.equal({ gross: GROSS, fee: FEE });
    });
    it("given it never was", async () => {
      const never = digestOf(world().admin, two().statement);
      expect(await readClaim(world().admin, never)).to.equal(undefined);
      expect(await readClaimSteps(world().admin, never)).to.deep.equal([]);
    });
  });

  describe("ends", () => {
    it("unchallenged: charged whole", async () => {
      const claim = await opened();
      await world().time.increase(45 * DAY);
      await world().closeMonth();
      const { end } = await sendSettlement(anyone(), claim);
      expect(end).to.deep.include({ claim, outcome: "unchallenged", gross: grossOf(2), fee: 2n * FEE });
      expect(await gained()).to.equal(grossOf(2));
      expect(await readClaim(world().admin, claim)).to.equal(undefined);
    });
    it("accepted: charged whole by anyone who has the late countersignature", async () => {
      const claim = await disputed();
      const countersignature = await signStatement(world().bob.key, world().admin.domain, two().statement);
      const { end } = await sendAcceptance(anyone(), { claim, countersignature });
      expect(end).to.include({ outcome: "accepted", gross: grossOf(2) });
    });
    it("proven: charged for the records that have receipts", async () => {
      const w = world();
      await disputed();
      const receipt = await signReceipt(w.admin, w.bob.key, two().records[1]!);
      expect(await isReceipt(w.admin, two().records[1]!, receipt)).to.equal(true);
      expect(await isReceipt(w.admin, two().records[0]!, receipt)).to.equal(false);
      const { end } = await sendClaimProof(w.ada.as, { ...two(), receipts: new Map([[1, receipt]]) });
      expect(end).to.include({ outcome: "proven", gross: GROSS, fee: FEE });
      expect(await gained()).to.equal(GROSS);
    });
    it("withdrawn: nothing charged", async () => {
      const { end } = await sendClaimWithdrawal(world().ada.as, await opened());
      expect(end).to.include({ outcome: "withdrawn", gross: 0n, fee: 0n });
      expect(await gained()).to.equal(0n);
    });
    it("lapsed: nothing charged where nobody judges", async () => {
      const claim = await disputed();
      await world().time.increase(180 * DAY);
      expect((await sendSettlement(anyone(), claim)).end).to.include({ outcome: "lapsed", gross: 0n });
    });
    it("awarded: charged what an arbiter gave, once nobody appeals", async () => {
      const claim = await awarded();
      await world().time.increase(14 * DAY);
      expect((await sendSettlement(anyone(), claim)).end).to.include({ outcome: "awarded", gross: GROSS });
    });
    it("ruled: charged what the appeal gave", async () => {
      const claim = await awarded();
      await sendAppeal(world().ada.as, { party: world().ada.id, claim });
      expect(await readClaim(world().admin, claim)).to.include({ stage: "appealed", secondsLeft: 60 * DAY });
      await sendRuling(world().admin, { claim, gross: grossOf(2), fee: c("0.1") });
      expect((await sendSettlement(anyone(), claim)).end).to.include({ gross: grossOf(2), fee: c("0.1") });
      const steps = await readClaimSteps(world().admin, claim);
      expect(steps.map(({ step }) => step)).to.deep.equal([
        ...["claimed", "disputed", "awarded", "appealed", "ruled", "ended"],
      ]);
      expect(steps[5]?.outcome).to.equal("awarded");
      expect(steps[3]?.by).to.equal(String(world().ada.id));
      expect(steps[4]).to.deep.include({ charge: { gross: grossOf(2), fee: c("0.1") } });
    });
  });

  it("is disputed by anyone who holds the consumer's signed list, and only by that", async () => {
    const w = world();
    const claim = await opened();
    const input = { consumer: w.bob.id, claims: [claim], deadline: 2 ** 39 };
    const forged = await orderDispute(w.admin, w.eve.key, input);
    const error = await sendDisputeFor(anyone(), forged).catch((thrown: unknown) => thrown);
    expect(isConsortiaError(error, "ClaimUnsigned"), String(error)).to.equal(true);
    const order = await orderDispute(w.admin, w.bob.key, input);
    expect((await sendDisputeFor(anyone(), order)).disputed).to.deep.equal([claim]);
  });

  it("passes over claims that ended while others are disputed", async () => {
    const w = world();
    const first = await opened();
    const { claim } = await sendClaim(w.ada.as, billed(w, ["REQ-3"], { number: 2 }));
    await sendClaimWithdrawal(w.ada.as, first);
    const { disputed } = await sendDispute(w.bob.as, { consumer: w.bob.id, claims: [first, claim] });
    expect(disputed).to.deep.equal([claim]);
  });

  it("is listed by its parties until it ends", async () => {
    const w = world();
    const first = await opened();
    const { claim } = await sendClaim(w.ada.as, billed(w, ["REQ-3"], { number: 2, consumer: w.eve }));
    const listed = async (query: Parameters<typeof readOpenClaims>[1]) =>
      (await readOpenClaims(w.admin, query)).map(({ statement }) => statement.number);
    expect(await listed({})).to.deep.equal([1, 2]);
    expect(await listed({ consumer: w.eve.id })).to.deep.equal([2]);
    expect(await listed({ supplier: w.bob.id })).to.deep.equal([]);
    await sendClaimWithdrawal(w.ada.as, first);
    expect(await listed({})).to.deep.equal([2]);
    const told: number[] = [];
    const [open] = await readOpenClaims(w.admin, { progress: (done, total) => told.push(done / total) });
    expect(open).to.deep.include({ claim, stage: "open", supplier: w.ada.id, consumer: w.eve.id });
    expect(told.at(-1)).to.equal(1);
    expect(await readEnds(w.admin)).to.have.length(1);
  });
});
