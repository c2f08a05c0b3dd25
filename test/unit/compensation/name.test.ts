import { expect } from "chai";
import { memberId } from "../../../src/core/ids.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import { NOVEMBER, RELIEF, name, purse, seatCouncil } from "../../support/compensation.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const month = (n: number) => n as PeriodId;

describe("Compensation.name", () => {
  const world = useWorld();
  beforeEach(() => seatCouncil(world()));

  it("is the council's alone", async () => {
    const w = world();
    for (const [{ compensation }, key] of [
      [w.strange, w.stranger.address],
      [w.ada.as.contracts, w.ada.key.address],
    ] as const) {
      await expect(compensation.name(NOVEMBER, [{ member: w.ada.id, rate: 1, cap: 1 }]))
        .to.be.revertedWithCustomError(w.compensation, "AccessManagedUnauthorized")
        .withArgs(key);
    }
  });

  it("sets the caps aside from RELIEF, and has every member watched", async () => {
    const w = world();
    const before = await purse(w);
    const sent = await name(w, [
      { member: w.ada.id, rate: 2_500, cap: c("40") },
      { member: w.eve.id, rate: 10_000, cap: c("0.000001") },
    ]);
    await expect(sent)
      .to.emit(w.compensation, "CompensationNamed")
      .withArgs(NOVEMBER, w.ada.id, 2_500, c("40"))
      .and.to.emit(w.compensation, "CompensationNamed")
      .withArgs(NOVEMBER, w.eve.id, 10_000, 1);
    await expect(sent).to.emit(w.ledger, "PotFilled").withArgs(c("40.000001"));
    for (const member of [w.ada.id, w.eve.id]) {
      await expect(sent).to.emit(w.ledger, "AccountWatched").withArgs(member, true);
    }
    expect(await w.compensation.namedFor(w.ada.id, NOVEMBER)).to.deep.equal([2_500n, c("40")]);
    expect(await w.compensation.namedFor(w.eve.id, NOVEMBER)).to.deep.equal([10_000n, 1n]);
    expect(await w.compensation.namedFor(w.ada.id, month(NOVEMBER + 1))).to.deep.equal([0n, 0n]);
    expect(await purse(w)).to.deep.equal({
      relief: before.relief - c("40.000001"),
      pot: before.pot + c("40.000001"),
      backing: before.backing,
    });
    await expectSound(w);
  });

  it("watches a member once, however often it is named", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id }]);
    await expect(name(w, [{ member: w.ada.id }], month(NOVEMBER + 1))).not.to.emit(
      w.ledger,
      "AccountWatched",
    );
  });

  for (const [given, period] of [
    ["a month that is over", OCTOBER - 1],
    ["the month that runs", OCTOBER],
    ["no month", 0],
  ] as const) {
    it(`refuses ${given}: nobody is named by what it has done`, async () => {
      const w = world();
      await expect(name(w, [{ member: w.ada.id }], month(period)))
        .to.be.revertedWithCustomError(w.compensation, "CompensationTooLate")
        .withArgs(period, NOVEMBER);
    });
  }

  it("goes by the calendar where a close is due", async () => {
    const w = world();
    await w.closeMonth();
    await w.time.increase(31 * 86_400);
    await expect(name(w, [{ member: w.ada.id }], month(OCTOBER + 2))).to.be.revertedWithCustomError(
      w.compensation,
      "CompensationTooLate",
    );
    await name(w, [{ member: w.ada.id }], month(OCTOBER + 3));
  });

  it("looks twelve months ahead and no further", async () => {
    const w = world();
    for (const period of [OCTOBER + 13, 65_535]) {
      await expect(name(w, [{ member: w.ada.id }], month(period)))
        .to.be.revertedWithCustomError(w.compensation, "CompensationTooEarly")
        .withArgs(period, OCTOBER + 12);
    }
    await name(w, [{ member: w.ada.id }], month(OCTOBER + 12));
  });

  it("refuses whom nobody knows, COMMONS and RELIEF, a rate of nothing or more than all, and no cap", async () => {
    const w = world();
    const unknown = memberId(Number(await w.register.lastMember()) + 1);
    const ada = w.ada.id;
    for (const naming of [
      { member: 0 as typeof ada },
      { member: memberId(1) },
      { member: RELIEF },
      { member: unknown },
      { member: ada, rate: 0 },
      { member: ada, rate: 10_001 },
      { member: ada, cap: c("0") },
    ]) {
      await expect(name(w, [{ member: w.eve.id }, naming]))
        .to.be.revertedWithCustomError(w.compensation, "CompensationInvalid")
        .withArgs(naming.member);
    }
    expect(await w.compensation.namedFor(w.eve.id, NOVEMBER)).to.deep.equal([0n, 0n]);
  });

  it("names nobody twice for a month, in one call or in two", async () => {
    const w = world();
    const refused = (sent: Promise<unknown>) =>
      expect(sent)
        .to.be.revertedWithCustomError(w.compensation, "CompensationNamedAlready")
        .withArgs(w.ada.id, NOVEMBER);
    await refused(name(w, [{ member: w.ada.id }, { member: w.eve.id }, { member: w.ada.id }]));
    await name(w, [{ member: w.ada.id, cap: c("1") }]);
    await refused(name(w, [{ member: w.ada.id }]));
    expect((await purse(w)).pot).to.equal(c("1"));
  });

  it("sets aside what RELIEF has and not a millionth more", async () => {
    const w = world();
    await expect(
      name(w, [
        { member: w.ada.id, cap: c("300") },
        { member: w.eve.id, cap: c("200.000001") },
      ]),
    )
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(RELIEF, c("500.000001"), c("500"));
    const most = (1n << 64n) - 1n;
    await expect(
      name(w, [
        { member: w.ada.id, cap: most as never },
        { member: w.eve.id, cap: c("1") },
      ]),
    ).to.be.revertedWithPanic(0x11);
    await name(w, [
      { member: w.ada.id, cap: c("300") },
      { member: w.eve.id, cap: c("200") },
    ]);
    expect((await purse(w)).relief).to.equal(0n);
  });
});
