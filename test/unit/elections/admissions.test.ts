import { expect } from "chai";
import type { Admissions } from "../../../src/chain/types/index.ts";
import { periodStart } from "../../../src/core/period.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import { DAY, useGovernance } from "../../support/governance.ts";
import type { Governance, Voter } from "../../support/governance.ts";

const TERMS = { waiting: 30 * DAY, decision: 60 * DAY, seniority: 3, perYear: 2, smallTier: 3 } as const;
const STAGE = { unsponsored: 0n, waiting: 1n, rejected: 2n, appealed: 3n, admitted: 4n } as const;

/** The rules of admission over the register; whoever founded the consortium holds every role. */
async function rules(g: Governance, changes: Partial<Record<keyof typeof TERMS, number>> = {}) {
  const terms = { ...TERMS, ...changes };
  const admissions = await g.consortium.ethers.deployContract("Admissions", [g.charter, g.register, terms]);
  await g.charter.grantRole(11, admissions, 0);
  return admissions;
}

const sponsor = (admissions: Admissions, { id }: Voter, by: Voter) =>
  admissions.connect(by.key).sponsor(id, by.id);

/** An applicant with both its sponsors. */
async function sponsored(g: Governance, admissions: Admissions, tier = 3, from = 0): Promise<Voter> {
  const one = await g.applicant({ tier });
  for (const by of g.north.slice(from, from + 2)) await sponsor(admissions, one, by);
  return one;
}

const stageOf = async (admissions: Admissions, { id }: Voter) => (await admissions.applicationOf(id)).stage;

describe("Admissions", () => {
  const world = useGovernance();

  it("waits from the second sponsor on, then the registrar lets in", async () => {
    const g = world();
    const admissions = await rules(g);
    const one = await g.applicant();
    await expect(sponsor(admissions, one, g.north[0]!))
      .to.emit(admissions, "ApplicationSponsored")
      .withArgs(one.id, g.north[0]!.id, 0);
    await expect(admissions.admit(one.id))
      .to.be.revertedWithCustomError(admissions, "AdmissionStageWrong")
      .withArgs(one.id, STAGE.unsponsored);
    await sponsor(admissions, one, g.south[0]!);
    const readyAt = (await g.now()) + TERMS.waiting;
    expect(await admissions.applicationOf(one.id)).to.deep.equal([
      ...[BigInt(g.north[0]!.id), BigInt(g.south[0]!.id)],
      ...[BigInt(readyAt), STAGE.waiting],
    ]);
    await g.at(readyAt - 1);
    await expect(admissions.admit(one.id))
      .to.be.revertedWithCustomError(admissions, "AdmissionTooEarly")
      .withArgs(one.id, readyAt);
    await g.at(readyAt);
    await expect(admissions.admit(one.id))
      .to.emit(admissions, "ApplicationAccepted")
      .withArgs(one.id)
      .and.to.emit(g.register, "MemberAdmitted");
    expect(await stageOf(admissions, one)).to.equal(STAGE.admitted);
    await expect(admissions.admit(one.id)).to.be.revertedWithCustomError(admissions, "AdmissionNotApplying");
  });

  it("gives its decisions to the offices that the charter names", async () => {
    const g = world();
    const admissions = await rules(g);
    const strange = admissions.connect(g.stranger);
    for (const verb of ["admit", "reject", "admitOnAppeal"] as const) {
      await expect(strange[verb](1)).to.be.revertedWithCustomError(admissions, "AccessManagedUnauthorized");
    }
  });

  it("is founded with terms that mean something", async () => {
    const g = world();
    const fine = await rules(g);
    for (const nothing of ["waiting", "decision", "perYear"] as const) {
      await expect(rules(g, { [nothing]: 0 })).to.be.revertedWithCustomError(fine, "AdmissionTermsInvalid");
    }
  });

  describe("given sponsors", () => {
    it("wants two, with a key of theirs that may vote", async () => {
      const g = world();
      const admissions = await rules(g);
      const one = await g.applicant();
      const [ann, ben] = [g.north[0]!, g.north[1]!];
      await expect(admissions.connect(ann.key).sponsor(one.id, ben.id))
        .to.be.revertedWithCustomError(admissions, "AdmissionRightMissing")
        .withArgs(ben.id, ann.key.address, 4);
      await g.register.connect(ann.key).setKey(ann.id, g.stranger, 59);
      await expect(admissions.connect(g.stranger).sponsor(one.id, ann.id)).to.be.revertedWithCustomError(
        admissions,
        "AdmissionRightMissing",
      );
      await sponsor(admissions, one, ann);
      await expect(sponsor(admissions, one, ann))
        .to.be.revertedWithCustomError(admissions, "AdmissionSponsorTwice")
        .withArgs(one.id, ann.id);
      await sponsor(admissions, one, ben);
      await expect(sponsor(admissions, one, g.north[2]!))
        .to.be.revertedWithCustomError(admissions, "AdmissionStageWrong")
        .withArgs(one.id, STAGE.waiting);
    });

    it("wants them admitted, not suspended, for three months at least", async () => {
      const g = world();
      const admissions = await rules(g);
      const one = await g.applicant();
      const fresh = await g.member(1);
      await expect(sponsor(admissions, one, fresh))
        .to.be.revertedWithCustomError(admissions, "AdmissionSponsorUnfit")
        .withArgs(fresh.id);
      for (const unfit of [one, g.north[0]!, g.north[1]!]) {
        if (unfit === g.north[0]) await g.register.suspend(unfit.id);
        if (unfit === g.north[1]) await g.register.connect(unfit.key).leave(unfit.id);
        await expect(sponsor(admissions, one, unfit)).to.be.revertedWithCustomError(
          admissions,
          "AdmissionSponsorUnfit",
        );
      }
      await g.register.appoint(1, g.stranger, 63, g.stranger);
      await expect(admissions.connect(g.stranger).sponsor(one.id, 1))
        .to.be.revertedWithCustomError(admissions, "AdmissionSponsorUnfit")
        .withArgs(1);
      await g.at(periodStart((2027 * 12 + 3) as PeriodId));
      await sponsor(admissions, one, fresh);
    });

    it("lets nobody found a crowd: two a year and member, whatever becomes of them", async () => {
      const g = world();
      const admissions = await rules(g);
      const ann = g.north[0]!;
      const crowd = [await g.applicant(), await g.applicant(), await g.applicant()];
      for (const one of crowd.slice(0, 2)) await sponsor(admissions, one, ann);
      await g.register.connect(crowd[0]!.key).leave(crowd[0]!.id);
      await expect(sponsor(admissions, crowd[2]!, ann))
        .to.be.revertedWithCustomError(admissions, "AdmissionSponsorBusy")
        .withArgs(ann.id, 2);
      expect(await admissions.sponsored(ann.id)).to.equal(2n);
      const newYear = periodStart((2028 * 12) as PeriodId);
      await g.at(newYear - 1);
      await expect(sponsor(admissions, crowd[2]!, ann)).to.be.revertedWithCustomError(
        admissions,
        "AdmissionSponsorBusy",
      );
      await g.at(newYear);
      await sponsor(admissions, crowd[2]!, ann);
      expect(await admissions.sponsored(ann.id)).to.equal(1n);
    });

    it("wants an applicant: nobody, a member and who left are none", async () => {
      const g = world();
      const admissions = await rules(g);
      const gone = await g.applicant();
      await g.register.connect(gone.key).leave(gone.id);
      for (const id of [0, 1, 9_999, g.north[3]!.id, gone.id]) {
        await expect(admissions.connect(g.north[0]!.key).sponsor(id, g.north[0]!.id))
          .to.be.revertedWithCustomError(admissions, "AdmissionNotApplying")
          .withArgs(id);
      }
    });
  });

  describe("given a rejection", () => {
    it("may still be let in by the board, and cannot be sponsored again", async () => {
      const g = world();
      const admissions = await rules(g);
      const one = await sponsored(g, admissions);
      await expect(admissions.reject(one.id)).to.emit(admissions, "ApplicationRejected").withArgs(one.id);
      await expect(admissions.reject(one.id)).to.be.revertedWithCustomError(
        admissions,
        "AdmissionStageWrong",
      );
      await expect(sponsor(admissions, one, g.north[4]!)).to.be.revertedWithCustomError(
        admissions,
        "AdmissionStageWrong",
      );
      await g.pass(TERMS.waiting);
      await admissions.admit(one.id);
      expect(await stageOf(admissions, one)).to.equal(STAGE.admitted);
    });
  });

  describe("given an appeal", () => {
    it("is open to a small library at once after a rejection, by its own key", async () => {
      const g = world();
      const admissions = await rules(g);
      const [small, large] = [await sponsored(g, admissions), await sponsored(g, admissions, 2, 2)];
      for (const { id } of [small, large]) await admissions.reject(id);
      await expect(admissions.connect(g.stranger).appeal(small.id)).to.be.revertedWithCustomError(
        admissions,
        "AdmissionRightMissing",
      );
      await expect(admissions.connect(large.key).appeal(large.id))
        .to.be.revertedWithCustomError(admissions, "AdmissionTierLarge")
        .withArgs(large.id, 2, 3);
      await expect(admissions.connect(small.key).appeal(small.id))
        .to.emit(admissions, "ApplicationAppealed")
        .withArgs(small.id);
      await expect(admissions.connect(small.key).appeal(small.id))
        .to.be.revertedWithCustomError(admissions, "AdmissionStageWrong")
        .withArgs(small.id, STAGE.appealed);
    });

    it("is open without a rejection once the board had its time, to the second", async () => {
      const g = world();
      const admissions = await rules(g);
      const one = await sponsored(g, admissions);
      const { readyAt } = await admissions.applicationOf(one.id);
      const from = readyAt + BigInt(TERMS.decision);
      await g.at(from - 1n);
      await expect(admissions.connect(one.key).appeal(one.id))
        .to.be.revertedWithCustomError(admissions, "AdmissionTooEarly")
        .withArgs(one.id, from);
      await g.at(from);
      await admissions.connect(one.key).appeal(one.id);
      await expect(admissions.admitOnAppeal(one.id))
        .to.emit(admissions, "ApplicationAcceptedOnAppeal")
        .withArgs(one.id, 1, 1);
      expect((await g.register.membership(one.id)).standing).to.equal(2n);
    });

    it("does not shorten the wait, though the board rejected early", async () => {
      const g = world();
      const admissions = await rules(g);
      const one = await sponsored(g, admissions);
      const { readyAt } = await admissions.applicationOf(one.id);
      await admissions.reject(one.id);
      await admissions.connect(one.key).appeal(one.id);
      await g.at(readyAt - 1n);
      await expect(admissions.admitOnAppeal(one.id))
        .to.be.revertedWithCustomError(admissions, "AdmissionTooEarly")
        .withArgs(one.id, readyAt);
      await g.at(readyAt);
      await admissions.admitOnAppeal(one.id);
    });

    it("needs one: the authority lets in nobody else", async () => {
      const g = world();
      const admissions = await rules(g);
      const one = await sponsored(g, admissions);
      await g.pass(TERMS.waiting);
      await expect(admissions.admitOnAppeal(one.id)).to.be.revertedWithCustomError(
        admissions,
        "AdmissionStageWrong",
      );
      await admissions.reject(one.id);
      await expect(admissions.admitOnAppeal(one.id)).to.be.revertedWithCustomError(
        admissions,
        "AdmissionStageWrong",
      );
    });
  });

  it("lets the authority admit a fiftieth of the members a calendar year, rounded up", async () => {
    const g = world();
    const admissions = await rules(g, { perYear: 200 });
    const appealing = async () => {
      const one = await sponsored(g, admissions);
      await admissions.reject(one.id);
      await admissions.connect(one.key).appeal(one.id);
      return one.id;
    };
    expect(await g.register.members()).to.equal(18n);
    expect(await admissions.authorityAllowance()).to.deep.equal([0n, 1n]);
    for (let i = 18; i < 50; i++) await g.member(1);
    expect(await admissions.authorityAllowance()).to.deep.equal([0n, 1n]);
    await g.member(1);
    expect(await admissions.authorityAllowance()).to.deep.equal([0n, 2n]);
    const ids = [await appealing(), await appealing(), await appealing()];
    await g.pass(TERMS.waiting);
    for (const id of ids.slice(0, 2)) await admissions.admitOnAppeal(id);
    for (let i = 0; i < 60; i++) await g.member(1);
    await expect(admissions.admitOnAppeal(ids[2]!), "fixed at the year's first use")
      .to.be.revertedWithCustomError(admissions, "AdmissionAllowanceSpent")
      .withArgs(2027, 2);
    await g.at(periodStart((2028 * 12) as PeriodId));
    await expect(admissions.admitOnAppeal(ids[2]!))
      .to.emit(admissions, "ApplicationAcceptedOnAppeal")
      .withArgs(ids[2]!, 1, 3);
  });
});
