import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { COMMONS, serviceId, statementNumber } from "../../../src/core/ids.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import { ANY_TIER } from "../../../src/core/schedule.ts";
import type { Statement } from "../../../src/core/statement.ts";
import { sendDraft, sendPublication } from "../../../src/sdk/schedules.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { expectSound } from "../../support/soundness.ts";
import { bill, c, FAULT, packed, post } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const NOVEMBER = (OCTOBER + 1) as PeriodId;
/** A catalogue record that is contributed, at 3 credits, and one that is used, at 1; 0.10 to COMMONS for each. */
const [RECORD, USE] = [serviceId(20), serviceId(21)];
const [POST, COUNTERSIGN] = [1, 2];

/** COMMONS with a key that attests contributions, and one that posts what is used of it. */
interface Common extends World {
  readonly attestor: HDNodeWallet;
  readonly desk: HDNodeWallet;
}

async function common(w: World): Promise<Common> {
  const entry = (service: typeof RECORD, price: string) => ({
    ...{ service, tier: ANY_TIER, price: c(price), fee: c("0.10") },
  });
  const { version } = await sendDraft(w.admin, [entry(RECORD, "3"), entry(USE, "1")]);
  await sendPublication(w.admin, { version, from: NOVEMBER });
  await w.closeMonth();
  const [attestor, desk] = [await w.createKey(), await w.createKey()];
  await w.register.appoint(COMMONS, attestor, COUNTERSIGN, w.stranger);
  await w.register.appoint(COMMONS, desk, POST, w.stranger);
  await w.pricing.accredit(attestor, RECORD, true);
  return Object.assign(Object.create(w) as World, { attestor, desk });
}

const contribution = (quantity = 10): Partial<Statement> => ({
  ...{ consumer: COMMONS, period: NOVEMBER, lines: [{ service: RECORD, quantity }] },
});
const contribute = async (w: Common, quantity = 10, signer = w.attestor) =>
  post(w, await packed(w, contribution(quantity), signer), { mode: "acknowledge" });
/** Bob uses so many units of what is common. */
const use = async (w: Common, quantity: number, number = 1) => {
  const lines = [{ service: USE, quantity }];
  const changes = { supplier: COMMONS, period: NOVEMBER, number: statementNumber(number), lines };
  const handle = w.ledger.connect(w.desk);
  return handle.post(COMMONS, 0, await packed(w, changes, w.bob.key));
};

describe("Ledger.post to COMMONS: contributions to the common good", () => {
  const world = useWorld();

  it("are paid at once where COMMONS has room, and bear the fee like any", async () => {
    const w = await common(world());
    await w.fund(COMMONS, c("100"));
    await contribute(w);
    const [ada, pool] = [await w.ledger.account(w.ada.id), await w.ledger.account(COMMONS)];
    expect([ada.position, ada.supplied]).to.deep.equal([c("30"), c("30")]);
    expect([pool.position, pool.debts]).to.deep.equal([-c("30"), 0n]);
    await expectSound(w);
  });

  it("are owed where it has none, and users' payments pay those who contributed", async () => {
    const w = await common(world());
    await expect(contribute(w)).to.emit(w.ledger, "DebtAcknowledged").withArgs(COMMONS, w.ada.id, c("30"));
    await use(w, 8);
    expect((await w.ledger.account(COMMONS)).position).to.equal(c("8.80"));
    await expect(w.strange.ledger.payDebt(COMMONS, w.ada.id))
      .to.emit(w.ledger, "DebtPaid")
      .withArgs(COMMONS, w.ada.id, c("8.80"));
    const ada = await w.ledger.account(w.ada.id);
    expect([ada.position, ada.supplied]).to.deep.equal([c("8.80"), c("8.80")]);
    expect((await w.ledger.account(COMMONS)).debts).to.equal(c("21.20") + c("1"));
    await expectSound(w);
  });

  describe("given a countersignature that does not count", () => {
    const refused = async (w: Common, signer: HDNodeWallet, fault: bigint, found: bigint) =>
      expect(post(w, await packed(w, contribution(), signer)))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 1, fault, found, 0n);

    it("refuses a key of COMMONS that is not accredited, and names the service", async () => {
      const w = await common(world());
      await w.pricing.accredit(w.attestor, RECORD, false);
      await w.pricing.accredit(w.attestor, USE, true);
      await refused(w, w.attestor, FAULT.NotAccredited, BigInt(RECORD));
    });

    it("refuses an accredited key that is no key of COMMONS, its supplier's own too", async () => {
      const w = await common(world());
      for (const key of [w.stranger, w.ada.key]) {
        await w.pricing.accredit(key, RECORD, true);
        await refused(w, key, FAULT.NotCountersigned, BigInt(key.address));
      }
    });

    it("refuses an accredited key of COMMONS without the right to countersign", async () => {
      const w = await common(world());
      await w.pricing.accredit(w.desk, RECORD, true);
      await refused(w, w.desk, FAULT.NotCountersigned, BigInt(w.desk.address));
    });

    it("asks for every service of its lines", async () => {
      const w = await common(world());
      const lines = [
        { service: RECORD, quantity: 1 },
        { service: USE, quantity: 1 },
      ];
      await expect(post(w, await packed(w, { ...contribution(), lines }, w.attestor)))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 1, FAULT.NotAccredited, BigInt(USE), 0n);
    });

    it("skips it and posts what is beside it", async () => {
      const w = await common(world());
      const other = {
        number: statementNumber(2),
        lines: [{ service: RECORD, quantity: 1 }],
        period: NOVEMBER,
      };
      const batch = [await packed(w, contribution(), w.stranger), await packed(w, other)];
      await expect(post(w, batch, { mode: "skip" })).to.emit(w.ledger, "StatementSkipped");
      expect(await w.ledger.numberUsed(w.ada.id, 2)).to.equal(true);
    });
  });
});

describe("Ledger.post by COMMONS: uses of the common good", () => {
  const world = useWorld();

  it("pay COMMONS price and fee", async () => {
    const w = await common(world());
    await use(w, 5);
    const [bob, pool] = [await w.ledger.account(w.bob.id), await w.ledger.account(COMMONS)];
    expect([bob.position, pool.position]).to.deep.equal([-c("5.50"), c("5.50")]);
    await expectSound(w);
  });

  it("are posted by a key of COMMONS that may post, and by no other", async () => {
    const w = await common(world());
    const lines = [{ service: USE, quantity: 1 }];
    const batch = await packed(w, { supplier: COMMONS, period: NOVEMBER, lines }, w.bob.key);
    for (const key of [w.attestor, w.bob.key, w.stranger]) {
      await expect(w.ledger.connect(key).post(COMMONS, 0, batch))
        .to.be.revertedWithCustomError(w.ledger, "LedgerRightMissing")
        .withArgs(COMMONS, key.address, POST);
    }
  });

  it("use a number once", async () => {
    const w = await common(world());
    await use(w, 5);
    await expect(use(w, 5))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(COMMONS, 1, FAULT.NumberUsed, 1, 0);
  });

  it("cannot be billed to itself", async () => {
    const w = await common(world());
    const changes = { ...contribution(), supplier: COMMONS };
    await expect(w.ledger.connect(w.desk).post(COMMONS, 0, await packed(w, changes, w.attestor)))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(COMMONS, 1, FAULT.SameParty, COMMONS, 0);
  });
});

describe("COMMONS and everybody else's statements", () => {
  const world = useWorld();

  it("leave each other alone in one batch", async () => {
    const w = await common(world());
    await w.fund(COMMONS, c("100"));
    const own = { number: statementNumber(2), period: NOVEMBER, lines: [{ service: RECORD, quantity: 2 }] };
    await post(w, [await packed(w, contribution(1), w.attestor), await packed(w, own)]);
    const pool = await w.ledger.account(COMMONS);
    // It pays 3 and its own fee of 0.10, which it gets back with bob's 0.20.
    expect([pool.position, (await w.ledger.account(w.ada.id)).position]).to.deep.equal([-c("2.80"), c("9")]);
    await bill(w, { number: statementNumber(3), period: OCTOBER });
    await expectSound(w);
  });
});
