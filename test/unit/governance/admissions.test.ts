import { expect } from "chai";
import {
  AUTHORITY,
  DAY,
  STAGE,
  TERMS,
  applyAs,
  createAdmissions,
  ripen,
  sponsored,
} from "../../support/admissions.ts";
import { useWorld } from "../../support/world.ts";

describe("Admissions.sponsor", () => {
  const world = useWorld();

  it("refuses a stranger and a key that may not vote", async () => {
    const w = world();
    const admissions = await createAdmissions(w);
    await ripen(w);
    const applicant = await applyAs(w, 2);
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger.address, 63 - 4);
    await expect(admissions.connect(w.stranger).sponsor(applicant, w.ada.id))
      .to.be.revertedWithCustomError(admissions, "AdmissionRightMissing")
      .withArgs(w.ada.id, w.stranger.address, 4);
  });

  it("refuses members of less than three months, suspended ones and the reserved accounts", async () => {
    const w = world();
    const admissions = await createAdmissions(w);
    await w.closeMonth();
    await w.closeMonth();
    const applicant = await applyAs(w, 2);
    const mine = admissions.connect(w.ada.key);
    await expect(mine.sponsor(applicant, w.ada.id))
      .to.be.revertedWithCustomError(admissions, "AdmissionSponsorUnfit")
      .withArgs(w.ada.id);
    await w.closeMonth();
    await w.register.suspend(w.ada.id);
    await expect(mine.sponsor(applicant, w.ada.id)).to.be.revertedWithCustomError(
      admissions,
      "AdmissionSponsorUnfit",
    );
    await w.register.appoint(1, w.stranger.address, 63, w.stranger.address);
    await expect(admissions.connect(w.stranger).sponsor(applicant, 1))
      .to.be.revertedWithCustomError(admissions, "AdmissionSponsorUnfit")
      .withArgs(1);
  });

  it("refuses the same sponsor twice, a third one, and whoever is not applying", async () => {
    const w = world();
    const admissions = await createAdmissions(w);
    await ripen(w);
    const applicant = await applyAs(w, 2);
    const [ada, bob, eve] = [w.ada, w.bob, w.eve].map(({ key }) => admissions.connect(key));
    await ada!.sponsor(applicant, w.ada.id);
    await expect(ada!.sponsor(applicant, w.ada.id))
      .to.be.revertedWithCustomError(admissions, "AdmissionSponsorTwice")
      .withArgs(applicant, w.ada.id);
    await bob!.sponsor(applicant, w.bob.id);
    await expect(eve!.sponsor(applicant, w.eve.id))
      .to.be.revertedWithCustomError(admissions, "AdmissionStageWrong")
      .withArgs(applicant, STAGE.Waiting);
    for (const nobody of [w.eve.id, 99]) {
      await expect(ada!.sponsor(nobody, w.ada.id))
        .to.be.revertedWithCustomError(admissions, "AdmissionNotApplying")
        .withArgs(nobody);
    }
  });

  it("lets one member found no crowd", async () => {
    const w = world();
    const admissions = await createAdmissions(w);
    await ripen(w);
    const mine = admissions.connect(w.ada.key);
    for (let i = 0; i < TERMS.perYear; i++) await mine.sponsor(await applyAs(w, 2), w.ada.id);
    const last = await applyAs(w, 2);
    await expect(mine.sponsor(last, w.ada.id))
      .to.be.revertedWithCustomError(admissions, "AdmissionSponsorBusy")
      .withArgs(w.ada.id, TERMS.perYear);
    expect(await admissions.sponsored(w.ada.id)).to.equal(2n);
    await w.time.increaseTo(Date.UTC(2028, 0, 1) / 1_000);
    expect(await admissions.sponsored(w.ada.id)).to.equal(0n);
    await mine.sponsor(last, w.ada.id);
  });
});

describe("Admissions.admit", () => {
  const world = useWorld();

  it("belongs to the registrar, needs both sponsors and the wait to its last second", async () => {
    const w = world();
    const admissions = await createAdmissions(w);
    await ripen(w);
    const lonely = await applyAs(w, 1);
    await admissions.connect(w.ada.key).sponsor(lonely, w.ada.id);
    await expect(admissions.admit(lonely))
      .to.be.revertedWithCustomError(admissions, "AdmissionStageWrong")
      .withArgs(lonely, STAGE.Unsponsored);
    const applicant = await sponsored(w, admissions, 1);
    const { readyAt } = await admissions.applicationOf(applicant);
    expect(readyAt).to.equal(BigInt((await w.time.latest()) + TERMS.waiting));
    await expect(admissions.connect(w.stranger).admit(applicant)).to.be.revertedWithCustomError(
      admissions,
      "AccessManagedUnauthorized",
    );
    await w.time.setNextBlockTimestamp(readyAt - 1n);
    await expect(admissions.admit(applicant))
      .to.be.revertedWithCustomError(admissions, "AdmissionTooEarly")
      .withArgs(applicant, readyAt);
    await w.time.setNextBlockTimestamp(readyAt);
    await expect(admissions.admit(applicant)).to.emit(w.register, "MemberAdmitted");
    expect((await admissions.applicationOf(applicant)).stage).to.equal(STAGE.Admitted);
    await expect(admissions.admit(applicant)).to.be.revertedWithCustomError(
      admissions,
      "AdmissionNotApplying",
    );
  });

  it("lets the board change its mind", async () => {
    const w = world();
    const admissions = await createAdmissions(w);
    await ripen(w);
    const applicant = await sponsored(w, admissions, 1);
    await admissions.reject(applicant);
    await w.time.increase(TERMS.waiting);
    await admissions.admit(applicant);
    expect((await w.register.membership(applicant)).standing).to.equal(2n);
  });
});

describe("Admissions.appeal", () => {
  const world = useWorld();

  it("is open to a small library after a rejection, or where no decision came in time", async () => {
    const w = world();
    const admissions = await createAdmissions(w);
    await ripen(w);
    const [rejected, silent] = [await sponsored(w, admissions, 2), await sponsored(w, admissions, 3)];
    const mine = admissions.connect(w.stranger);
    const dueAt = (await admissions.applicationOf(silent)).readyAt + BigInt(TERMS.decision);
    await expect(mine.appeal(silent))
      .to.be.revertedWithCustomError(admissions, "AdmissionTooEarly")
      .withArgs(silent, dueAt);
    await admissions.reject(rejected);
    await expect(admissions.connect(w.ada.key).appeal(rejected))
      .to.be.revertedWithCustomError(admissions, "AdmissionRightMissing")
      .withArgs(rejected, w.ada.key.address, 4);
    await expect(mine.appeal(rejected)).to.emit(admissions, "ApplicationAppealed").withArgs(rejected);
    await w.time.setNextBlockTimestamp(dueAt);
    await mine.appeal(silent);
    expect((await admissions.applicationOf(silent)).stage).to.equal(STAGE.Appealed);
  });

  it("is closed to large libraries", async () => {
    const w = world();
    const admissions = await createAdmissions(w);
    await ripen(w);
    const applicant = await sponsored(w, admissions, 1);
    await admissions.reject(applicant);
    await expect(admissions.connect(w.stranger).appeal(applicant))
      .to.be.revertedWithCustomError(admissions, "AdmissionTierLarge")
      .withArgs(applicant, 1, TERMS.smallTier);
  });
});

describe("Admissions.admitOnAppeal", () => {
  const world = useWorld();

  it("belongs to the authority, and to who appealed", async () => {
    const w = world();
    const admissions = await createAdmissions(w);
    await ripen(w);
    const applicant = await sponsored(w, admissions, 2);
    await expect(admissions.connect(w.stranger).admitOnAppeal(applicant)).to.be.revertedWithCustomError(
      admissions,
      "AccessManagedUnauthorized",
    );
    await w.charter.grantRole(AUTHORITY, w.ada.key.address, 0);
    await expect(admissions.connect(w.ada.key).admitOnAppeal(applicant))
      .to.be.revertedWithCustomError(admissions, "AdmissionStageWrong")
      .withArgs(applicant, STAGE.Waiting);
  });

  it("admits two in a hundred a calendar year, rounded up, and begins anew with the year", async () => {
    const w = world();
    const admissions = await createAdmissions(w);
    await ripen(w);
    const authority = admissions.connect(w.ada.key);
    await w.charter.grantRole(AUTHORITY, w.ada.key.address, 0);
    const applicants = [await sponsored(w, admissions, 2), await sponsored(w, admissions, 2)];
    for (const applicant of applicants) {
      await admissions.reject(applicant);
      await admissions.connect(w.stranger).appeal(applicant);
    }
    // Applicants do not count: anybody could apply by the thousand.
    expect([...(await admissions.authorityAllowance())]).to.deep.equal([0n, 1n]);
    await expect(authority.admitOnAppeal(applicants[0]!))
      .to.emit(admissions, "ApplicationAcceptedOnAppeal")
      .withArgs(applicants[0], 1, 1)
      .and.to.emit(w.register, "MemberAdmitted");
    await expect(authority.admitOnAppeal(applicants[1]!))
      .to.be.revertedWithCustomError(admissions, "AdmissionAllowanceSpent")
      .withArgs(2027, 1);
    await w.time.setNextBlockTimestamp(Date.UTC(2028, 0, 1) / 1_000 - 1);
    await expect(authority.admitOnAppeal(applicants[1]!)).to.be.revertedWithCustomError(
      admissions,
      "AdmissionAllowanceSpent",
    );
    await w.time.setNextBlockTimestamp(Date.UTC(2028, 0, 1) / 1_000);
    await authority.admitOnAppeal(applicants[1]!);
    expect(await admissions.authorityAllowance()).to.deep.equal([1n, 1n]);
  });
});

describe("Admissions' terms", () => {
  const world = useWorld();

  it("are all more than zero where nobody could wait or sponsor", async () => {
    const w = world();
    const { charter, register } = w.deployment;
    const admissions = await createAdmissions(w);
    expect((await admissions.terms()).waiting).to.equal(BigInt(30 * DAY));
    for (const name of ["waiting", "decision", "perYear"]) {
      const founding = w.ethers.deployContract("Admissions", [charter, register, { ...TERMS, [name]: 0 }]);
      await expect(founding).to.be.revertedWithCustomError(admissions, "AdmissionTermsInvalid");
    }
  });
});
