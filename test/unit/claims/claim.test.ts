import { expect } from "chai";
import { ZeroHash } from "ethers";
import { hash, serviceId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import { OUTCOME, STAGE, TERMS, claim, claimAs, claimable } from "../../support/claims.ts";
import type { Claimed } from "../../support/claims.ts";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import { loanRecord, loanRecords, no, packedAlone } from "../../support/desk-records.ts";
import { expectSound } from "../../support/soundness.ts";
import { FAULT, bill, c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const month = (n: number) => n as PeriodId;

describe("Claims.claim", () => {
  const world = useWorld();

  describe("given a statement that could be posted but for its countersignature", () => {
    it("opens a claim under the statement's digest and says all of it", async () => {
      const w = world();
      const made = claimable(w);
      const { id, packed, tree } = made;
      const { claims } = w.ada.as.contracts;
      expect(await claims.claim.staticCall(w.ada.id, packed, tree.top, tree.count)).to.equal(id);
      await expect(claimAs(w.ada.as.contracts, made))
        .to.emit(w.claims, "ClaimOpened")
        .withArgs(id, w.ada.id, w.bob.id, packed, c("24"), c("0.52"))
        .and.to.emit(w.ledger, "BondLocked")
        .withArgs(w.ada.id, 1, TERMS.bond);
      const { supplier, consumer, stage, since, gross, fee, tier, awardedGross, awardedFee } =
        await w.claims.claimOf(id);
      expect([supplier, consumer, stage]).to.deep.equal([BigInt(w.ada.id), BigInt(w.bob.id), STAGE.open]);
      expect([gross, fee, awardedGross, awardedFee]).to.deep.equal([c("24"), c("0.52"), 0n, 0n]);
      expect([tier, since]).to.deep.equal([1n, await w.claims.clock(STAGE.open)]);
    });

    it("spends the number and takes the bond out of the supplier's cash, and touches nobody else", async () => {
      const w = world();
      const bob = await w.ledger.account(w.bob.id);
      const backing = await w.ledger.backing();
      await claim(w);
      expect(await w.ledger.numberUsed(w.ada.id, 1)).to.equal(true);
      const ada = await w.ledger.account(w.ada.id);
      expect([ada.cash, ada.free, ada.position, ada.supplied]).to.deep.equal([c("95"), c("95"), 0n, 0n]);
      expect(await w.ledger.account(w.bob.id)).to.deep.equal(bob);
      expect([await w.ledger.bonds(), await w.ledger.backing()]).to.deep.equal([TERMS.bond, backing]);
      await expectSound(w);
    });

    it("reserves nothing: the consumer withdraws all it has", async () => {
      const w = world();
      await claim(w);
      expect((await w.ledger.account(w.bob.id)).free).to.equal(c("1000"));
    });

    it("opens with one line or with 255", async () => {
      const w = world();
      await claim(w, { number: no(1), lines: loans(1) });
      const lines = Array.from({ length: 255 }, () => ({ service: COPY, quantity: 1 }));
      const { id } = await claim(w, { number: no(2), lines });
      expect((await w.claims.claimOf(id)).gross).to.equal(255n * c("5"));
    });

    it("opens with no quantity at all, for nothing", async () => {
      const w = world();
      const { id } = await claim(w, { lines: loans(0) });
      const { stage, gross, fee } = await w.claims.claimOf(id);
      expect([stage, gross, fee]).to.deep.equal([STAGE.open, 0n, 0n]);
    });
  });

  describe("given a caller", () => {
    it("takes a key with the rights to post and to countersign, and no less", async () => {
      const w = world();
      const made = claimable(w);
      for (const rights of [1, 2, 60]) {
        await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, rights);
        await expect(claimAs(w.strange, made))
          .to.be.revertedWithCustomError(w.claims, "DeskRightMissing")
          .withArgs(w.ada.id, w.stranger.address, 3);
      }
      await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 3);
      await expect(claimAs(w.strange, made)).to.emit(w.claims, "ClaimOpened");
    });

    it("refuses another member's key, and a revoked one", async () => {
      const w = world();
      const made = claimable(w);
      await expect(claimAs(w.bob.as.contracts, made))
        .to.be.revertedWithCustomError(w.claims, "DeskRightMissing")
        .withArgs(w.ada.id, w.bob.key.address, 3);
      await w.ada.as.contracts.register.setKey(w.ada.id, w.ada.key, 0);
      await expect(claimAs(w.ada.as.contracts, made))
        .to.be.revertedWithCustomError(w.claims, "DeskRightMissing")
        .withArgs(w.ada.id, w.ada.key.address, 3);
    });
  });

  describe("given its price", () => {
    it("charges the schedule of the month and the tier of that month, though the tier has changed", async () => {
      const w = world();
      for (let i = 0; i < 3; i++) await w.closeMonth();
      await w.register.scheduleTier(w.bob.id, 3);
      await w.closeMonth();
      const january = await claim(w, { number: no(1), period: month(OCTOBER + 3) });
      const cheaper = loanRecords(w, 2).map((record) => ({ ...record, amount: c("6") }));
      const february = await claim(w, { number: no(2), period: month(OCTOBER + 4) }, cheaper);
      expect((await w.claims.claimOf(january.id)).gross).to.equal(c("24"));
      expect((await w.claims.claimOf(february.id)).gross).to.equal(c("12"));
    });

    it("adds up lines of several services, each with its fee", async () => {
      const w = world();
      const lines = [
        { service: LOAN, quantity: 2 },
        { service: COPY, quantity: 3 },
        { service: LOAN, quantity: 1 },
      ];
      const { id } = await claim(w, { lines });
      const { gross, fee } = await w.claims.claimOf(id);
      expect([gross, fee]).to.deep.equal([c("51"), c("1.56")]);
    });

    it("may come to the maximum, and to no millionth more", async () => {
      const w = world();
      const short = claimable(w, { maximum: credits(c("24.52") - 1n) });
      await expect(claimAs(w.ada.as.contracts, short))
        .to.be.revertedWithCustomError(w.claims, "ClaimFault")
        .withArgs(w.ada.id, 1, FAULT.AboveMaximum, c("24.52"), c("24.52") - 1n);
      await claim(w, { maximum: c("24.52") });
    });

    it("may come to the charter's limit, fee included, and no further", async () => {
      const w = world();
      // 407 loans cost 4,989.82 and 408 cost 5,002.08; two copies more make 5,000.34.
      const lines = [...loans(407), { service: COPY, quantity: 2 }];
      await expect(claimAs(w.ada.as.contracts, claimable(w, { lines: loans(408) })))
        .to.be.revertedWithCustomError(w.claims, "ClaimTooLarge")
        .withArgs(c("5002.08"), TERMS.limit);
      await expect(claimAs(w.ada.as.contracts, claimable(w, { lines })))
        .to.be.revertedWithCustomError(w.claims, "ClaimTooLarge")
        .withArgs(c("5000.34"), TERMS.limit);
      await claim(w, { lines: [...loans(407), { service: COPY, quantity: 1 }] });
    });

    it("overflows nothing: 255 lines of the greatest quantity are still counted right", async () => {
      const w = world();
      const lines = Array.from({ length: 255 }, () => ({ service: LOAN, quantity: 0xffff_ffff }));
      const maximum = credits((1n << 64n) - 1n);
      await expect(claimAs(w.ada.as.contracts, claimable(w, { lines, maximum })))
        .to.be.revertedWithCustomError(w.claims, "ClaimTooLarge")
        .withArgs(255n * 0xffff_ffffn * c("12.26"), TERMS.limit);
    });
  });

  describe("given the records' sum", () => {
    it("refuses a root over less or more than the lines come to, and says what they come to", async () => {
      const w = world();
      for (const count of [1, 3]) {
        const made = claimable(w, { lines: loans(2) }, loanRecords(w, count));
        await expect(claimAs(w.ada.as.contracts, made))
          .to.be.revertedWithCustomError(w.claims, "ClaimSumDiffers")
          .withArgs(made.tree.root, c("24"));
      }
    });

    it("refuses another top, another count, and a root that is none", async () => {
      const w = world();
      const { statement, packed, tree } = claimable(w);
      const other = claimable(w, {}, loanRecords(w, 2, 7));
      const { claims } = w.ada.as.contracts;
      for (const [top, count] of [
        [other.tree.top, 2],
        [tree.top, 1],
        [tree.top, 0],
        [tree.root, 2],
      ] as const) {
        await expect(claims.claim(w.ada.id, packed, top, count))
          .to.be.revertedWithCustomError(w.claims, "ClaimSumDiffers")
          .withArgs(tree.root, c("24"));
      }
      const rootless = packedAlone({ ...statement, root: hash(ZeroHash) });
      await expect(claims.claim(w.ada.id, rootless, tree.top, tree.count))
        .to.be.revertedWithCustomError(w.claims, "ClaimSumDiffers")
        .withArgs(ZeroHash, c("24"));
    });

    it("asks nothing of the single record: the sum alone counts", async () => {
      const w = world();
      const amounts = [c("1"), c("23")];
      const made = claimable(
        w,
        {},
        amounts.map((amount, n) => loanRecord(w, n, { amount })),
      );
      await claimAs(w.ada.as.contracts, made);
    });
  });

  describe("given a service that the tier is not offered", () => {
    it("says which, and to which tier", async () => {
      const w = world();
      const made = claimable(w, { lines: [{ service: serviceId(9), quantity: 1 }] });
      await expect(claimAs(w.ada.as.contracts, made))
        .to.be.revertedWithCustomError(w.claims, "ClaimFault")
        .withArgs(w.ada.id, 1, FAULT.NotOffered, 9, 1);
    });
  });

  describe("given a number", () => {
    it("refuses one that was posted", async () => {
      const w = world();
      await bill(w, { number: no(7) });
      await expect(claimAs(w.ada.as.contracts, claimable(w, { number: no(7) })))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 7, FAULT.NumberUsed, 7, 0);
    });

    it("refuses one that was claimed, for whatever statement, open or ended", async () => {
      const w = world();
      const made = await claim(w);
      const another = claimable(w, { consumer: w.eve.id });
      const refused = async (one: Claimed) =>
        expect(claimAs(w.ada.as.contracts, one))
          .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
          .withArgs(w.ada.id, 1, FAULT.NumberUsed, 1, 0);
      await refused(made);
      await refused(another);
      await expect(w.ada.as.contracts.claims.withdrawClaim(made.id))
        .to.emit(w.claims, "ClaimEnded")
        .withArgs(made.id, OUTCOME.withdrawn, 0, 0, 0);
      await refused(made);
      await refused(another);
    });

    it("is the supplier's own: two suppliers claim under one number, and 255 and 256 are two words", async () => {
      const w = world();
      await w.fund(w.eve.id, c("5"));
      await claim(w, { number: no(255) });
      await claim(w, { number: no(256) });
      await claim(w, { supplier: w.eve.id, number: no(255) });
      await claim(w, { number: no(0xffff_ffff) });
      expect(await w.ledger.numberUsed(w.ada.id, 257)).to.equal(false);
    });

    it("cannot be posted once it is claimed", async () => {
      const w = world();
      await claim(w);
      await expect(bill(w))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 1, FAULT.NumberUsed, 1, 0);
    });
  });

  describe("given how many are open", () => {
    it("opens as many as the charter allows, for each pair, and counts them down as they end", async () => {
      const w = world();
      const all = [];
      for (let n = 1; n <= TERMS.openPerPair; n++) all.push(await claim(w, { number: no(n) }));
      expect(await w.claims.openClaims(w.ada.id, w.bob.id)).to.equal(TERMS.openPerPair);
      const next = claimable(w, { number: no(5) });
      await expect(claimAs(w.ada.as.contracts, next))
        .to.be.revertedWithCustomError(w.claims, "ClaimsTooMany")
        .withArgs(w.ada.id, w.bob.id, TERMS.openPerPair);
      await claim(w, { number: no(6), consumer: w.eve.id });
      expect(await w.claims.openClaims(w.bob.id, w.ada.id)).to.equal(0n);
      await w.ada.as.contracts.claims.withdrawClaim(all[2]!.id);
      await claimAs(w.ada.as.contracts, next);
      expect(await w.claims.openClaims(w.ada.id, w.bob.id)).to.equal(TERMS.openPerPair);
    });
  });
});
