import { expect } from "chai";
import { ROLES } from "../../../deploy/modules/roles.ts";
import { credits } from "../../../src/core/money.ts";
import { STAGE, TERMS, claimIn } from "../../support/claims.ts";
import { no } from "../../support/desk-records.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** The two judgements are one verb with other words. */
const JUDGEMENTS = [
  {
    verb: "award",
    role: "arbiter",
    from: "disputed",
    to: "awarded",
    event: "ClaimAwarded",
    term: "awardTerm",
  },
  { verb: "rule", role: "appellate", from: "appealed", to: "ruled", event: "ClaimRuled", term: "appealTerm" },
] as const;

/** The stranger becomes an arbiter and nothing else. */
const seat = (w: World, role: keyof typeof ROLES) => w.charter.grantRole(ROLES[role], w.stranger, 0);

for (const { verb, role, from, to, event, term } of JUDGEMENTS) {
  describe(`Claims.${verb}`, () => {
    const world = useWorld();

    it("awards any part and says so; nothing is charged before it is settled", async () => {
      const w = world();
      const { id } = await claimIn(w, from);
      await seat(w, role);
      await w.time.increase(86_400);
      const bob = await w.ledger.account(w.bob.id);
      await expect(w.strange.claims[verb](id, c("7"), c("0.1")))
        .to.emit(w.claims, event)
        .withArgs(id, w.stranger.address, c("7"), c("0.1"));
      const { stage, since, gross, fee, awardedGross, awardedFee } = await w.claims.claimOf(id);
      expect([stage, since]).to.deep.equal([STAGE[to], await w.claims.clock(STAGE[to])]);
      expect([gross, fee, awardedGross, awardedFee]).to.deep.equal([c("24"), c("0.52"), c("7"), c("0.1")]);
      expect(await w.ledger.account(w.bob.id)).to.deep.equal(bob);
      expect(await w.ledger.bonds()).to.equal(TERMS.bond);
    });

    it("awards nothing, all of it, gross without fee and fee without gross", async () => {
      const w = world();
      for (const [n, gross, fee] of [
        [1, c("0"), c("0")],
        [2, c("24"), c("0.52")],
        [3, c("24"), c("0")],
        [4, c("0"), c("0.52")],
      ] as const) {
        const { id } = await claimIn(w, from, { number: no(n) });
        await w.claims[verb](id, gross, fee);
        const { awardedGross, awardedFee } = await w.claims.claimOf(id);
        expect([awardedGross, awardedFee]).to.deep.equal([gross, fee]);
      }
    });

    it("goes no millionth beyond what was claimed, neither in gross nor in fee", async () => {
      const w = world();
      const { id } = await claimIn(w, from);
      for (const [gross, fee] of [
        [credits(c("24") + 1n), c("0")],
        [c("0"), credits(c("0.52") + 1n)],
        [credits((1n << 64n) - 1n), c("0")],
      ] as const) {
        await expect(w.claims[verb](id, gross, fee))
          .to.be.revertedWithCustomError(w.claims, "ClaimAwardAbove")
          .withArgs(id, c("24"), c("0.52"));
      }
    });

    it(`takes the ${role}, and nobody else`, async () => {
      const w = world();
      const { id } = await claimIn(w, from);
      const other = role === "arbiter" ? "appellate" : "arbiter";
      await seat(w, other);
      for (const contracts of [w.strange, w.ada.as.contracts, w.bob.as.contracts]) {
        await expect(contracts.claims[verb](id, 1, 0)).to.be.revertedWithCustomError(
          w.claims,
          "AccessManagedUnauthorized",
        );
      }
      await seat(w, role);
      await w.strange.claims[verb](id, 1, 0);
    });

    it("cannot be kept from judging by a party that gives the judge a key", async () => {
      const w = world();
      const { id } = await claimIn(w, from);
      await seat(w, role);
      for (const party of [w.ada, w.bob]) await party.as.contracts.register.setKey(party.id, w.stranger, 63);
      await w.strange.claims[verb](id, 1, 0);
    });

    it("judges to the last second of its term, and not a second later", async () => {
      const w = world();
      const late = await claimIn(w, from, { number: no(1) });
      const lateEnd = (await w.time.latest()) + TERMS[term];
      const timely = await claimIn(w, from, { number: no(2) });
      const end = (await w.time.latest()) + TERMS[term];
      await w.time.setNextBlockTimestamp(lateEnd);
      await expect(w.claims[verb](late.id, 1, 0))
        .to.be.revertedWithCustomError(w.claims, "ClaimTooLate")
        .withArgs(late.id, STAGE[from]);
      await w.time.setNextBlockTimestamp(end - 1);
      await w.claims[verb](timely.id, 1, 0);
    });

    it("judges while posting is paused and while a close is due", async () => {
      const w = world();
      const [first, second] = [
        await claimIn(w, from, { number: no(1) }),
        await claimIn(w, from, { number: no(2) }),
      ];
      await w.ledger.pausePosting(86_400);
      await w.claims[verb](first.id, 1, 0);
      await w.time.increase(20 * 86_400);
      await w.claims[verb](second.id, 1, 0);
    });
  });
}

describe("Claims.rule", () => {
  const world = useWorld();

  it("overrides the award, up or down", async () => {
    const w = world();
    for (const [n, gross] of [[1, c("24")] as const, [2, c("0")] as const]) {
      const { id } = await claimIn(w, "appealed", { number: no(n) });
      await w.claims.rule(id, gross, 0);
      await w.claims.settle(id);
    }
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("24"));
  });
});
