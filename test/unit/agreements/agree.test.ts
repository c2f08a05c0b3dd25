import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { NOVEMBER, agree, both, signAll, signTerms, termsOf } from "../../support/agreements.ts";
import type { Terms } from "../../support/agreements.ts";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import type { TestMember } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** What is refused whoever signed: signatures are looked at last. */
async function refusedFor(w: World, changes: Partial<Terms>, error: string, args: readonly unknown[] = []) {
  await expect(w.register.agree(termsOf(w, changes), []))
    .to.be.revertedWithCustomError(w.register, error)
    .withArgs(...args);
}

describe("Register.agree", () => {
  const world = useWorld();

  describe("given members", () => {
    it("refuses fewer than two and more than sixteen", async () => {
      const w = world();
      const many = Array.from({ length: 17 }, (_, index) => (3 + index) as Terms["members"][number]);
      for (const members of [[], [w.ada.id], many])
        await refusedFor(w, { members }, "AgreementMembersInvalid");
    });

    it("refuses them twice, out of order, and the reserved accounts", async () => {
      const w = world();
      const one = 1 as Terms["members"][number];
      const two = 2 as Terms["members"][number];
      for (const members of [
        [w.ada.id, w.ada.id],
        [w.bob.id, w.ada.id],
        [one, w.ada.id],
        [two, w.ada.id],
        [0 as Terms["members"][number], w.ada.id],
      ]) {
        await refusedFor(w, { members }, "AgreementMembersInvalid");
      }
    });

    it("refuses who is unknown, and who is not admitted", async () => {
      const w = world();
      const unknown = 99 as Terms["members"][number];
      await refusedFor(w, { members: [w.ada.id, unknown] }, "RegisterMemberUnknown", [unknown]);
      await w.register.suspend(w.bob.id);
      await refusedFor(w, {}, "RegisterStandingIs", [w.bob.id, 3]);
    });
  });

  describe("given months", () => {
    it("refuses one that has begun, to the second", async () => {
      const w = world();
      await refusedFor(w, { from: OCTOBER }, "AgreementTooLate", [OCTOBER, NOVEMBER]);
      const terms = termsOf(w);
      const signatures = await signAll(w, [w.ada, w.bob], terms);
      const start = periodStart(addMonths(OCTOBER, 1));
      await w.time.setNextBlockTimestamp(start);
      await expect(w.register.agree(terms, signatures))
        .to.be.revertedWithCustomError(w.register, "AgreementTooLate")
        .withArgs(NOVEMBER, NOVEMBER + 1);
    });

    it("takes the next one until its last second before", async () => {
      const w = world();
      const terms = termsOf(w, { until: NOVEMBER });
      const signatures = await signAll(w, [w.ada, w.bob], terms);
      await w.time.setNextBlockTimestamp(periodStart(addMonths(OCTOBER, 1)) - 1);
      await w.register.agree(terms, signatures);
      expect(await w.register.agreementOf(1)).to.deep.equal([BigInt(NOVEMBER), BigInt(NOVEMBER)]);
    });

    it("refuses an end before the beginning", async () => {
      const w = world();
      const months = { from: NOVEMBER + 1, until: NOVEMBER };
      await refusedFor(w, months, "AgreementTooLate", [NOVEMBER, NOVEMBER + 1]);
    });
  });

  describe("given prices", () => {
    it("refuses none, and more than thirty-two", async () => {
      const w = world();
      const many = Array.from({ length: 33 }, (_, index) => both(index + 1, 1n));
      for (const prices of [[], many]) await refusedFor(w, { prices }, "AgreementPricesInvalid", [0]);
      await agree(w, { prices: many.slice(1) });
    });

    it("refuses service zero, a service twice, and services out of order", async () => {
      const w = world();
      await refusedFor(w, { prices: [both(0, 1n)] }, "AgreementPricesInvalid", [0]);
      for (const last of [LOAN, COPY]) {
        const prices = [both(COPY, 1n), both(last, 1n)];
        await refusedFor(w, { prices }, "AgreementPricesInvalid", [last]);
      }
    });

    it("refuses between two what is free one way alone", async () => {
      const w = world();
      for (const [price, back] of [
        [0n, 1n],
        [1n, 0n],
      ] as const) {
        const prices = [both(LOAN, 0n), { service: COPY, price, back }];
        await refusedFor(w, { prices }, "AgreementOneSided", [COPY]);
      }
      await agree(w, { prices: [both(LOAN, 0n)] });
    });

    it("refuses in a group any difference between the directions", async () => {
      const w = world();
      const members = [w.ada.id, w.bob.id, w.eve.id];
      for (const back of [0n, 4n]) {
        const prices = [{ service: LOAN, price: 5n, back }];
        await refusedFor(w, { members, prices }, "AgreementPricesInvalid", [LOAN]);
      }
      await agree(w, { prices: [both(LOAN, 0n), both(COPY, 5n)] }, [w.ada, w.bob, w.eve]);
    });
  });

  it("refuses a signature too few and one too many", async () => {
    const w = world();
    const terms = termsOf(w);
    const [one, other] = await signAll(w, [w.ada, w.bob], terms);
    for (const signatures of [[one!], [one!, other!, other!]]) {
      await expect(w.register.agree(terms, signatures))
        .to.be.revertedWithCustomError(w.register, "AgreementSignaturesMissing")
        .withArgs(2, signatures.length);
    }
  });

  it("takes what all have signed from anybody, says it whole and numbers it", async () => {
    const w = world();
    const terms = termsOf(w, { until: NOVEMBER + 5, prices: [both(LOAN, 0n), both(COPY, 7n)] });
    const signatures = await signAll(w, [w.ada, w.bob], terms);
    expect(await w.strange.register.agree.staticCall(terms, signatures)).to.equal(1n);
    await expect(w.strange.register.agree(terms, signatures))
      .to.emit(w.register, "AgreementMade")
      .withArgs(1, [
        terms.members,
        NOVEMBER,
        NOVEMBER + 5,
        [
          [LOAN, 0n, 0n],
          [COPY, 7n, 7n],
        ],
        terms.document,
      ]);
    expect(await w.register.agreementOf(1)).to.deep.equal([BigInt(NOVEMBER), BigInt(NOVEMBER + 5)]);
    expect(await agree(w)).to.equal(2);
  });

  it("has the ledger ask about its members from now on, and about nobody else", async () => {
    const w = world();
    await agree(w);
    const choosy = async ({ id }: TestMember) => (await w.register.membership(id)).choosy;
    expect(await Promise.all([w.ada, w.bob, w.eve].map(choosy))).to.deep.equal([true, true, false]);
  });

  describe("given eight agreements that can still be posted", () => {
    const until = NOVEMBER;
    const numbered = (from: number) => ({ document: `0x${from.toString(16).padStart(64, "0")}` });

    it("refuses a pair a ninth, and lets each of them make others", async () => {
      const w = world();
      for (let made = 1; made <= 8; made++) await agree(w, { ...numbered(made), until });
      const ninth = termsOf(w, numbered(9));
      await expect(w.register.agree(ninth, await signAll(w, [w.ada, w.bob], ninth)))
        .to.be.revertedWithCustomError(w.register, "AgreementTooMany")
        .withArgs(w.ada.id, 8);
      await agree(w, {}, [w.ada, w.eve]);
      await agree(w, { prices: [both(LOAN, 1n)] }, [w.ada, w.bob, w.eve]);
    });

    it("makes room once nothing of one can be posted, and not a month sooner", async () => {
      const w = world();
      for (let made = 1; made <= 7; made++) await agree(w, numbered(made));
      await agree(w, { ...numbered(8), until });
      for (const [month, full] of [
        [until + 3, true],
        [until + 4, false],
      ] as const) {
        await w.time.increaseTo(periodStart(addMonths(OCTOBER, month - OCTOBER)));
        const terms = termsOf(w, { ...numbered(9), from: month + 1 });
        const made = w.register.agree(terms, await signAll(w, [w.ada, w.bob], terms));
        if (full) await expect(made).to.be.revertedWithCustomError(w.register, "AgreementTooMany");
        else await made;
      }
      expect(await w.register.lastAgreement()).to.equal(9n);
    });

    it("makes room at once for one that ended before it began", async () => {
      const w = world();
      for (let made = 1; made <= 8; made++) await agree(w, numbered(made));
      await w.ada.as.contracts.register.endAgreement(3, w.ada.id);
      expect(await agree(w, numbered(9))).to.equal(9);
    });

    it("refuses a group that one of its members is too much engaged for", async () => {
      const w = world();
      const prices = [both(LOAN, 1n)];
      const other = await w.createMember();
      for (let made = 1; made <= 8; made++) {
        await agree(w, { ...numbered(made), prices }, [w.ada, w.bob, w.eve]);
      }
      const terms = termsOf(w, { members: [w.bob.id, w.eve.id, other.id], prices });
      await expect(w.register.agree(terms, await signAll(w, [w.bob, w.eve, other], terms)))
        .to.be.revertedWithCustomError(w.register, "AgreementTooMany")
        .withArgs(w.bob.id, 8);
    });
  });

  it("bounds what sixteen members and thirty-two prices cost (invariant 10)", async () => {
    const w = world();
    const others: TestMember[] = [];
    for (let more = 0; more < 13; more++) others.push(await w.createMember());
    const parties = [w.ada, w.bob, w.eve, ...others];
    const prices = Array.from({ length: 32 }, (_, index) => both(index + 1, 1n));
    const terms = termsOf(w, { members: parties.map(({ id }) => id), prices });
    const signatures = await Promise.all(parties.map(({ key }) => signTerms(w, key, terms)));
    const receipt = await (await w.register.agree(terms, signatures)).wait();
    expect(Number(receipt!.gasUsed)).to.be.lessThan(3_000_000);
  });
});
