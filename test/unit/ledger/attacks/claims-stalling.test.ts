import { expect } from "chai";
import { ROLES } from "../../../../deploy/modules/roles.ts";
import {
  DAY,
  OUTCOME,
  STAGE,
  TERMS,
  acceptance,
  claim,
  claimIn,
  evidence,
  pass,
} from "../../../support/claims.ts";
import { no } from "../../../support/desk-records.ts";
import { watchThirdParties } from "../../../support/soundness.ts";
import { c } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

const bench = async (w: World) => (await w.admin.signer?.getAddress()) ?? "";

describe("attack: a consumer that disputes everything", () => {
  const world = useWorld();

  it("pays nothing where nobody judges, and costs the supplier no bond", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const { id } = await claimIn(w, "disputed");
    await pass(w, TERMS.awardTerm);
    await expect(w.strange.claims.settle(id))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(id, OUTCOME.lapsed, 0, 0, 0);
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("100"));
    await untouched();
  });

  it("cannot dispute twice to begin the term anew, nor dispute what was judged", async () => {
    const w = world();
    const { id } = await claimIn(w, "disputed");
    const { since } = await w.claims.claimOf(id);
    await w.time.increase(DAY);
    for (const stage of [STAGE.disputed, STAGE.awarded, STAGE.appealed, STAGE.ruled]) {
      expect((await w.claims.claimOf(id)).stage).to.equal(stage);
      await expect(w.bob.as.contracts.claims.dispute(w.bob.id, [id])).to.be.revertedWithCustomError(
        w.claims,
        "ClaimNothingDisputed",
      );
      if (stage === STAGE.disputed) {
        expect((await w.claims.claimOf(id)).since).to.equal(since);
        await w.claims.award(id, c("24"), c("0.52"));
      } else if (stage === STAGE.awarded) {
        await w.bob.as.contracts.claims.appeal(w.bob.id, id);
      } else if (stage === STAGE.appealed) {
        await w.claims.rule(id, c("24"), c("0.52"));
      }
    }
  });

  it("does not keep receipts from proving, whatever it disputes", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const claimed = await claimIn(w, "disputed");
    await pass(w, TERMS.awardTerm);
    await w.ada.as.contracts.claims.prove(...(await evidence(w, claimed, [0, 1])));
    const { position, cash } = await w.ledger.account(w.ada.id);
    expect(position + cash).to.equal(c("124"));
    await untouched();
  });

  it("wins nothing by an appeal that nobody rules on: the award stands", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const { id } = await claimIn(w, "appealed");
    await pass(w, TERMS.appealTerm);
    await expect(w.strange.claims.settle(id))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(id, OUTCOME.awarded, c("12"), c("0.26"), 0);
    await untouched();
  });

  it("cannot stretch an appeal by a second one", async () => {
    const w = world();
    const { id } = await claimIn(w, "appealed");
    const { since } = await w.claims.claimOf(id);
    await w.time.increase(30 * DAY);
    await expect(w.bob.as.contracts.claims.appeal(w.bob.id, id)).to.be.revertedWithCustomError(
      w.claims,
      "ClaimStageWrong",
    );
    expect((await w.claims.claimOf(id)).since).to.equal(since);
  });

  it("cannot save the others on its list for the supplier: one withdrawn or settled before is passed over", async () => {
    const w = world();
    const ids = [];
    for (let n = 1; n <= 4; n++) ids.push((await claim(w, { number: no(n) })).id);
    // The supplier sees the dispute coming and ends one claim in front of it.
    await w.ada.as.contracts.claims.withdrawClaim(ids[0]!);
    await w.bob.as.contracts.claims.dispute(w.bob.id, ids);
    for (const id of ids.slice(1)) {
      expect((await w.claims.claimOf(id)).stage).to.equal(STAGE.disputed);
    }
  });
});

describe("attack: a bench that is emptied", () => {
  const world = useWorld();

  it("decides nothing: a dispute waits until somebody is seated, and both parties can still end it", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const [first, second, third] = [
      await claimIn(w, "disputed", { number: no(1) }),
      await claimIn(w, "disputed", { number: no(2) }),
      await claimIn(w, "disputed", { number: no(3) }),
    ];
    await w.charter.revokeRole(ROLES.arbiter, await bench(w));
    await pass(w, 400 * DAY);
    await expect(w.claims.settle(first.id)).to.be.revertedWithCustomError(w.claims, "ClaimNotDue");
    await w.ada.as.contracts.claims.withdrawClaim(first.id);
    await w.claims.accept(second.id, await acceptance(w, second.statement));
    await w.charter.grantRole(ROLES.arbiter, w.stranger, 0);
    await w.strange.claims.award(third.id, c("24"), c("0.52"));
    await untouched();
  });

  it("does not let the undisputed escape: who did not dispute in time is charged", async () => {
    const w = world();
    const { id } = await claim(w);
    await w.charter.revokeRole(ROLES.arbiter, await bench(w));
    await pass(w, TERMS.challengeWindow);
    await w.claims.settle(id);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("24.52"));
  });
});
