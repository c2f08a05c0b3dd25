import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { COMMONS, RELIEF, serviceId, statementNumber } from "../../../../src/core/ids.ts";
import type { Mode, Statement } from "../../../../src/core/statement.ts";
import { condition } from "../../../support/conditions.ts";
import { LOAN } from "../../../support/consortium.ts";
import { ANY_TIER, NOVEMBER, openMonth, openRelief, publishBeside } from "../../../support/pricing.ts";
import { expectSound } from "../../../support/soundness.ts";
import { FAULT, c, packed, post } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";

const [POST, COUNTERSIGN] = [1, 2];
/** A record for the common catalogue: 3 credits for it, half of one to COMMONS. */
const RECORD = serviceId(9);
/** Another service, for which nobody is accredited. */
const SCAN = serviceId(10);

describe("attack: on what COMMONS pays and earns", () => {
  const world = useWorld();
  let attestor: HDNodeWallet;

  beforeEach(async () => {
    const w = world();
    attestor = w.stranger;
    const prices = [RECORD, SCAN].map((service) =>
      condition({ service, tier: ANY_TIER, supplierTier: ANY_TIER, price: c("3"), fee: c("0.5") }),
    );
    await publishBeside(w, prices);
    await openMonth(w, NOVEMBER);
  });

  const appoint = (rights: number) => world().register.appoint(COMMONS, attestor, rights, attestor.address);
  const record = (changes: Partial<Statement> = {}, signer = attestor) =>
    packed(
      world(),
      { consumer: COMMONS, period: NOVEMBER, lines: [{ service: RECORD, quantity: 1 }], ...changes },
      signer,
    );

  it("lets no line of service zero stand in for those it is not accredited for", async () => {
    const w = world();
    await w.fund(COMMONS, c("10"));
    await appoint(COUNTERSIGN);
    // Service zero stands for "none is lacking" in the desk's answer, so it must never have a price.
    const zero = { service: 0 as typeof RECORD, quantity: 1 };
    const lines = [zero, { service: SCAN, quantity: 1 }];
    expect(await w.pricing.unaccredited(attestor, "0x0000000000010009ffffffff", 6)).to.equal(0);
    await expect(post(w, await record({ lines })))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 1, FAULT.NotOffered, 0n, 0n);
  });

  for (const mode of ["skip", "acknowledge"] satisfies Mode[]) {
    it(`pays its attestor's word alone where faults are passed over (${mode})`, async () => {
      const w = world();
      await w.fund(COMMONS, c("10"));
      await appoint(COUNTERSIGN);
      await w.pricing.accredit(attestor, RECORD, true);
      const batch = [
        await record({ number: statementNumber(1) }, w.bob.key),
        await record({ number: statementNumber(2), lines: [{ service: SCAN, quantity: 1 }] }),
        await record({ number: statementNumber(3) }),
      ];
      await post(w, batch, { mode });
      expect((await w.ledger.account(w.ada.id)).position).to.equal(c("3"));
      await expectSound(w);
    });
  }

  it("owes what it has no room for, itself its fee, and is relieved of nothing", async () => {
    const w = world();
    await openRelief(w, { service: RECORD, share: 10_000, from: NOVEMBER + 1 });
    await openMonth(w, NOVEMBER + 1);
    await w.fund(RELIEF, c("100"));
    await appoint(COUNTERSIGN);
    await w.pricing.accredit(attestor, RECORD, true);
    const period = (NOVEMBER + 1) as typeof NOVEMBER;
    await post(w, await record({ period, lines: [{ service: RECORD, quantity: 2 }] }), {
      mode: "acknowledge",
    });
    expect(await w.ledger.debtOf(COMMONS, w.ada.id)).to.equal(c("6"));
    expect(await w.ledger.debtOf(COMMONS, COMMONS)).to.equal(c("1"));
    expect((await w.ledger.account(RELIEF)).room).to.equal(c("100"));
    await w.fund(COMMONS, c("4"));
    // What it owes itself goes for nothing, and takes nothing from whom it owes.
    await w.strange.ledger.payDebt(COMMONS, COMMONS);
    expect((await w.ledger.account(COMMONS)).debts).to.equal(c("6"));
    await w.strange.ledger.payDebt(COMMONS, w.ada.id);
    expect(await w.ledger.debtOf(COMMONS, w.ada.id)).to.equal(c("2"));
    expect((await w.ledger.account(COMMONS)).room).to.equal(0n);
    await expectSound(w);
  });

  it("draws nothing from itself, and RELIEF nothing at all", async () => {
    const w = world();
    await appoint(POST | COUNTERSIGN);
    await w.register.appoint(2, attestor, 63, attestor.address);
    await w.pricing.accredit(attestor, LOAN, true);
    const self = await packed(w, { supplier: COMMONS, consumer: COMMONS }, attestor);
    const relief = await packed(w, { supplier: COMMONS, consumer: 2 as typeof COMMONS }, attestor);
    const gift = await packed(w, { supplier: 2 as typeof COMMONS });
    for (const [statement, supplier, fault] of [
      [self, COMMONS, FAULT.SameParty],
      [relief, COMMONS, FAULT.Reserved],
      [gift, 2, FAULT.Reserved],
    ] as const) {
      const by = { ...w.ada, id: supplier as typeof COMMONS };
      await expect(post(w, statement, { by, contracts: w.strange }))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(supplier, 1, fault, () => true, 0n);
    }
  });
});
