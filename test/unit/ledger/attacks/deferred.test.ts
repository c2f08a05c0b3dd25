import { expect } from "chai";
import { ZeroHash } from "ethers";
import { RELIEF, hash, statementNumber } from "../../../../src/core/ids.ts";
import { COPY } from "../../../support/consortium.ts";
import { NOVEMBER, openMonth, openRelief } from "../../../support/pricing.ts";
import { expectSound } from "../../../support/soundness.ts";
import { DUE, FAULT, c, packed, packedWith, post, statementOf } from "../../../support/statements.ts";
import { LICENCE, registerWork } from "../../../support/works.ts";
import { useWorld } from "../../../support/world.ts";

/** Who signed a batch that stands or falls as a whole is asked at its end: until then nothing may be left behind. */
describe("attack: on signatures that are asked about last", () => {
  const world = useWorld();
  const number = (value: number) => statementNumber(value);

  it("one that is missing undoes relief and numbers, wherever it stands", async () => {
    const w = world();
    const relief = await openRelief(w);
    await w.fund(RELIEF, c("100"));
    await openMonth(w, NOVEMBER);
    const signed = (value: number, key?: typeof w.stranger) =>
      packed(w, { period: NOVEMBER, number: number(value) }, key);
    for (const place of [0, 1, 2]) {
      const batch = await Promise.all(
        [1, 2, 3].map((value, at) => signed(value, at === place ? w.stranger : undefined)),
      );
      await expect(post(w, batch))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, place + 1, FAULT.NotCountersigned, BigInt(w.stranger.address), 0n);
    }
    expect(await w.ledger.numberUsed(w.ada.id, 1)).to.equal(false);
    expect([...(await w.pricing.relieved(relief, w.bob.id, NOVEMBER))]).to.deep.equal([0n, 0n]);
    await post(w, await Promise.all([1, 2, 3].map((value) => signed(value))));
    expect((await w.ledger.account(RELIEF)).room).to.equal(c("82"));
  });

  it("nobody's signature is nobody's", async () => {
    const w = world();
    const nobody = { kind: "key", r: hash(ZeroHash), vs: hash(ZeroHash) } as const;
    const unsigned = packedWith(statementOf(w, { number: number(2) }), nobody);
    for (const batch of [[await packed(w), unsigned], [unsigned, await packed(w)], [unsigned]]) {
      await expect(post(w, batch))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 2, FAULT.NotCountersigned, 0n, 0n);
    }
  });

  it("a key speaks for its own member alone, however many it signs for", async () => {
    const w = world();
    await w.fund(w.eve.id, c("100"));
    const batch = [
      await packed(w, { number: number(1) }),
      await packed(w, { number: number(2), consumer: w.eve.id }),
      await packed(w, { number: number(3), consumer: w.eve.id }, w.bob.key),
    ];
    await expect(post(w, batch))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 3, FAULT.NotCountersigned, BigInt(w.bob.key.address), 0n);
    await post(w, batch, { mode: "skip" });
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-DUE);
    expect((await w.ledger.account(w.eve.id)).position).to.equal(-DUE);
  });

  it("what one that is skipped would have been relieved of and owed in royalties is nobody else's", async () => {
    const w = world();
    const resource = await registerWork(w.eve, LICENCE.Reserved);
    await w.schedule.describe(COPY, 1, 1);
    await w.eve.as.contracts.resources.permit(resource, COPY, true, c("1"));
    await openRelief(w, { service: COPY });
    await w.fund(RELIEF, c("100"));
    await openMonth(w, NOVEMBER);
    const copies = { period: NOVEMBER, lines: [{ service: COPY, quantity: 1, resource }] } as const;
    const batch = [
      await packed(w, { ...copies, number: number(1) }, w.stranger),
      await packed(w, { period: NOVEMBER, number: number(2) }),
      await packed(w, { ...copies, number: number(3) }, w.stranger),
      await packed(w, { period: NOVEMBER, number: number(4), lines: [] }),
    ];
    await post(w, batch, { mode: "acknowledge" });
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-DUE);
    expect((await w.ledger.account(RELIEF)).room).to.equal(c("100"));
    expect((await w.ledger.account(w.eve.id)).position).to.equal(0n);
    await expectSound(w);
  });
});
