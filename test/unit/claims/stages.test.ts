import { expect } from "chai";
import { FAULT } from "../../support/statements.ts";
import { STAGE, acceptance, claimAs, claimIn, disputeOrder, evidence } from "../../support/claims.ts";
import type { Claimed, StageName } from "../../support/claims.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

type Where = StageName | "ended";

/** Every verb as the party that may use it would, everything else in order. */
const VERBS = {
  claim: (w: World, claimed: Claimed) => claimAs(w.ada.as.contracts, claimed),
  dispute: (w: World, { id }: Claimed) => w.bob.as.contracts.claims.dispute(w.bob.id, [id]),
  disputeFor: async (w: World, { id }: Claimed) =>
    w.claims.disputeFor(w.bob.id, [id], 2 ** 39, await disputeOrder(w, [id], 2 ** 39)),
  accept: async (w: World, { id, statement }: Claimed) => w.claims.accept(id, await acceptance(w, statement)),
  prove: async (w: World, claimed: Claimed) =>
    w.ada.as.contracts.claims.prove(...(await evidence(w, claimed, [0]))),
  withdrawClaim: (w: World, { id }: Claimed) => w.ada.as.contracts.claims.withdrawClaim(id),
  award: (w: World, { id }: Claimed) => w.claims.award(id, 1, 0),
  appeal: (w: World, { id }: Claimed) => w.bob.as.contracts.claims.appeal(w.bob.id, id),
  rule: (w: World, { id }: Claimed) => w.claims.rule(id, 1, 0),
  settle: (w: World, { id }: Claimed) => w.claims.settle(id),
} as const;
type Verb = keyof typeof VERBS;

/** What each verb leaves behind, by the stage it finds; where nothing is written it is refused. */
const LEADS: Record<Verb, Partial<Record<Where, StageName>>> = {
  claim: { none: "open" },
  dispute: { open: "disputed" },
  disputeFor: { open: "disputed" },
  accept: { open: "none", disputed: "none" },
  prove: { open: "none", disputed: "none" },
  withdrawClaim: { open: "none", disputed: "none" },
  award: { disputed: "awarded" },
  appeal: { awarded: "appealed" },
  rule: { appealed: "ruled" },
  // Just begun, every other stage still has its time to run.
  settle: { ruled: "none" },
};

const WHERE: readonly Where[] = ["none", "open", "disputed", "awarded", "appealed", "ruled", "ended"];

async function reach(w: World, where: Where): Promise<Claimed> {
  if (where !== "ended") return claimIn(w, where);
  const claimed = await claimIn(w, "ruled");
  await w.claims.settle(claimed.id);
  return claimed;
}

async function expectRefusal(w: World, verb: Verb, where: Where, { id }: Claimed, sent: Promise<unknown>) {
  const stage = where === "ended" ? STAGE.none : STAGE[where];
  if (verb === "claim") {
    await expect(sent)
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 1, FAULT.NumberUsed, 1, 0);
  } else if (verb === "dispute" || verb === "disputeFor") {
    await expect(sent).to.be.revertedWithCustomError(w.claims, "ClaimNothingDisputed").withArgs(w.bob.id);
  } else if (verb === "settle" && stage !== STAGE.none) {
    await expect(sent).to.be.revertedWithCustomError(w.claims, "ClaimNotDue");
  } else {
    await expect(sent).to.be.revertedWithCustomError(w.claims, "ClaimStageWrong").withArgs(id, stage);
  }
}

describe("Claims: every verb at every stage", () => {
  const world = useWorld();

  for (const where of WHERE) {
    describe(`given a claim that is ${where}`, () => {
      for (const verb of Object.keys(VERBS) as Verb[]) {
        const after = LEADS[verb][where];
        it(after === undefined ? `refuses ${verb}` : `${verb} leads to ${after}`, async () => {
          const w = world();
          const claimed = await reach(w, where);
          const before = await w.claims.claimOf(claimed.id);
          const sent = (async () => VERBS[verb](w, claimed))();
          if (after === undefined) {
            await expectRefusal(w, verb, where, claimed, sent);
            expect(await w.claims.claimOf(claimed.id)).to.deep.equal(before);
          } else {
            await sent;
            expect((await w.claims.claimOf(claimed.id)).stage).to.equal(STAGE[after]);
          }
        });
      }
    });
  }
});
