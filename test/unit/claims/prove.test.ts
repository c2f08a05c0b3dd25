import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { statementDigest } from "../../../src/chain/signing.ts";
import { credits } from "../../../src/core/money.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import { DAY, OUTCOME, STAGE, TERMS, claim, claimIn, evidence, pass, receipt } from "../../support/claims.ts";
import type { Claimed } from "../../support/claims.ts";
import { COPY, OCTOBER } from "../../support/consortium.ts";
import { loanRecord, loanRecords, no, packedAlone, shown } from "../../support/desk-records.ts";
import { expectSound } from "../../support/soundness.ts";
import { c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** Proves with everything in order but what is changed. */
async function prove(w: World, claimed: Claimed, indices: readonly number[], by = w.ada.as.contracts) {
  return by.claims.prove(...(await evidence(w, claimed, indices)));
}

describe("Claims.prove", () => {
  const world = useWorld();

  for (const stage of ["open", "disputed"] as const) {
    it(`charges the records of a claim that is ${stage}, gives up the rest, returns the bond`, async () => {
      const w = world();
      const claimed = await claimIn(w, stage);
      const args = await evidence(w, claimed, [1]);
      const sent = w.ada.as.contracts.claims.prove(...args);
      await expect(sent).to.emit(w.claims, "ReceiptsShown");
      await expect(sent).to.emit(w.ledger, "BondReleased").withArgs(w.ada.id, TERMS.bond);
      await expect(sent)
        .to.emit(w.claims, "ClaimEnded")
        .withArgs(claimed.id, OUTCOME.proven, c("12"), c("0.26"), 0);
      expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("12.26"));
      expect((await w.claims.claimOf(claimed.id)).stage).to.equal(STAGE.none);
      await expectSound(w);
    });
  }

  it("logs what was shown, so that whoever has the logs can check it again", async () => {
    const w = world();
    const claimed = await claim(w, {}, loanRecords(w, 3));
    const [supplier, packed, records, proof, receipts] = await evidence(w, claimed, [0, 2]);
    const sent = await w.ada.as.contracts.claims.prove(supplier, packed, records, proof, receipts);
    const [event] = await w.claims.queryFilter(
      w.claims.filters.ReceiptsShown(claimed.id),
      sent.blockNumber ?? 0,
    );
    const plain = (value: unknown) =>
      JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? v.toString() : v));
    const { args } = event!;
    expect(args.receipts).to.deep.equal(receipts);
    expect(args.records.map((record) => record.request)).to.deep.equal(records.map(({ request }) => request));
    expect(plain(args.proof.siblings.map(({ hash, sum }) => ({ hash, sum })))).to.equal(
      plain(proof.siblings),
    );
    expect(args.proof.indices).to.deep.equal([0n, 2n]);
  });

  it("counts a receipt once, in one call and in the next", async () => {
    const w = world();
    const one = loanRecord(w, 1);
    const twice = await claim(w, { number: no(1), lines: loans(3) }, [one, one, loanRecord(w, 2)]);
    await expect(prove(w, twice, [0, 1])).to.be.revertedWithCustomError(w.claims, "ClaimReceiptSpent");
    await prove(w, twice, [0]);
    const again = await claim(w, { number: no(2) }, [one, loanRecord(w, 3)]);
    await expect(prove(w, again, [0])).to.be.revertedWithCustomError(w.claims, "ClaimReceiptSpent");
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("12.26"));
    await expectSound(w);
  });

  for (const indices of [[0], [6], [0, 1, 2, 3, 4, 5, 6], [1, 2, 5], [0, 3, 4, 6]]) {
    it(`charges the records ${indices.join(", ")} of seven by one proof`, async () => {
      const w = world();
      const claimed = await claim(w, {}, loanRecords(w, 7));
      await prove(w, claimed, indices);
      const due = BigInt(indices.length) * c("12.26");
      expect((await w.ledger.account(w.bob.id)).position).to.equal(-due);
    });
  }

  it("charges no more fee than was claimed, though the records' quantities are other than the lines'", async () => {
    const w = world();
    const copies = Array.from({ length: 12 }, (_, n) => loanRecord(w, n, { service: COPY, amount: c("5") }));
    const claimed = await claim(w, { lines: loans(5) }, copies);
    await expect(prove(w, claimed, [...copies.keys()]))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(claimed.id, OUTCOME.proven, c("60"), c("1.3"), 0);
  });

  it("charges the fee of the records where that is less", async () => {
    const w = world();
    const lines = [{ service: COPY, quantity: 12 }];
    const claimed = await claim(w, { lines }, loanRecords(w, 5));
    await expect(prove(w, claimed, [0, 1, 2, 3, 4]))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(claimed.id, OUTCOME.proven, c("60"), c("1.3"), 0);
  });

  it("charges every record at its own service's price and fee", async () => {
    const w = world();
    const records = [
      loanRecord(w, 1, { quantity: 2, amount: c("24") }),
      loanRecord(w, 2, { service: COPY, quantity: 3, amount: c("15") }),
    ];
    const lines = [...loans(2), { service: COPY, quantity: 3 }];
    const claimed = await claim(w, { lines }, records);
    await expect(prove(w, claimed, [1]))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(claimed.id, OUTCOME.proven, c("15"), c("0.78"), 0);
  });

  it("charges by the tier of the month of service, though the tier has changed", async () => {
    const w = world();
    for (let i = 0; i < 3; i++) await w.closeMonth();
    await w.register.scheduleTier(w.bob.id, 3);
    await w.closeMonth();
    const january = await claim(w, { period: (OCTOBER + 3) as PeriodId });
    await expect(prove(w, january, [0]))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(january.id, OUTCOME.proven, c("12"), c("0.26"), 0);
    const cheaper = [loanRecord(w, 1, { amount: c("6") }), loanRecord(w, 2, { amount: c("6") })];
    const february = await claim(w, { number: no(2), period: (OCTOBER + 4) as PeriodId }, cheaper);
    await expect(prove(w, february, [0]))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(february.id, OUTCOME.proven, c("6"), c("0.26"), 0);
  });

  it("charges by that tier even after two changes since, which the register no longer knows", async () => {
    const w = world();
    for (let i = 0; i < 3; i++) await w.closeMonth();
    await w.register.scheduleTier(w.bob.id, 3);
    await pass(w, 100 * DAY);
    const january = await claim(w, { period: (OCTOBER + 3) as PeriodId });
    await pass(w, 40 * DAY);
    await w.bob.as.contracts.claims.dispute(w.bob.id, [january.id]);
    await w.register.scheduleTier(w.bob.id, 2);
    await pass(w, 20 * DAY);
    expect((await w.register.membership(w.bob.id)).priorTier).to.equal(3n);
    await expect(prove(w, january, [0]))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(january.id, OUTCOME.proven, c("12"), c("0.26"), 0);
  });

  it("charges nothing for a record that is free, and locks nothing up", async () => {
    const w = world();
    const free = loanRecord(w, 1, { quantity: 0, amount: credits(0n) });
    const claimed = await claim(w, { lines: loans(1) }, [free, loanRecord(w, 2)]);
    await expect(prove(w, claimed, [0]))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(claimed.id, OUTCOME.proven, 0, 0, 0)
      .and.not.to.emit(w.ledger, "ClaimCharged");
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("100"));
  });

  it("refuses a record at another price, dearer or cheaper, and names its place", async () => {
    const w = world();
    for (const [n, amount, rest] of [[1, c("13"), c("11")] as const, [2, c("11"), c("13")] as const]) {
      const records = [loanRecord(w, 1), loanRecord(w, 2, { amount }), loanRecord(w, 3, { amount: rest })];
      const claimed = await claim(w, { number: no(n) }, records);
      await expect(prove(w, claimed, [0, 1]))
        .to.be.revertedWithCustomError(w.claims, "ClaimRecordPriced")
        .withArgs(claimed.id, 1, amount, c("12"));
    }
  });

  it("refuses as many receipts as there are not records", async () => {
    const w = world();
    const claimed = await claim(w);
    const [supplier, packed, records, proof, receipts] = await evidence(w, claimed, [0, 1]);
    const { claims } = w.ada.as.contracts;
    for (const list of [receipts.slice(1), [...receipts, receipts[0]!], []]) {
      await expect(claims.prove(supplier, packed, records, proof, list))
        .to.be.revertedWithCustomError(w.claims, "ClaimReceiptsMissing")
        .withArgs(2, list.length);
    }
  });

  it("refuses no records, places out of order and a proof with a node more or less", async () => {
    const w = world();
    const claimed = await claim(w, {}, loanRecords(w, 4));
    const [supplier, packed, records, proof, receipts] = await evidence(w, claimed, [0, 2]);
    const empty = { count: 4, indices: [], siblings: [] };
    const { claims } = w.ada.as.contracts;
    const refused = (proving: Promise<unknown>) =>
      expect(proving).to.be.revertedWithCustomError(w.claims, "RecordProofInvalid");
    await refused(claims.prove(supplier, packed, [], empty, []));
    const { siblings } = proof;
    for (const changed of [
      { ...proof, indices: [2, 0] },
      { ...proof, indices: [0, 4] },
      { ...proof, indices: [0, 0] },
      { ...proof, siblings: siblings.slice(1) },
      { ...proof, siblings: [...siblings, siblings[0]!] },
    ]) {
      await refused(claims.prove(supplier, packed, records, changed, receipts));
    }
  });

  it("refuses records that stand in another tree, and names both roots", async () => {
    const w = world();
    const claimed = await claim(w);
    const other = await claim(w, { number: no(2) }, loanRecords(w, 2, 5));
    const [supplier, , records, proof, receipts] = await evidence(w, other, [0]);
    await expect(w.ada.as.contracts.claims.prove(supplier, claimed.packed, records, proof, receipts))
      .to.be.revertedWithCustomError(w.claims, "ClaimRecordsUnproven")
      .withArgs(claimed.id, other.tree.root, claimed.tree.root);
  });

  it("refuses a receipt of another record, by another, or by none", async () => {
    const w = world();
    const claimed = await claim(w);
    const [first, second] = claimed.records;
    const { records, proof } = shown(claimed, [0, 1]);
    const attempt = (receipts: string[]) =>
      w.ada.as.contracts.claims.prove(w.ada.id, claimed.packed, records, proof, receipts);
    const [one, two] = [await receipt(w, first!), await receipt(w, second!)];
    await expect(attempt([two, one])).to.be.revertedWithCustomError(w.claims, "ClaimUnsigned");
    for (const [bad, signer] of [
      ["0x", ZeroAddress],
      [await receipt(w, second!, { signer: w.ada.key }), w.ada.key.address],
    ] as const) {
      await expect(attempt([one, bad]))
        .to.be.revertedWithCustomError(w.claims, "ClaimUnsigned")
        .withArgs(w.bob.id, signer);
    }
    await attempt([one, two]);
  });

  it("takes only the supplier's keys with the rights to post and to countersign", async () => {
    const w = world();
    const claimed = await claim(w);
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 62);
    await expect(prove(w, claimed, [0], w.strange))
      .to.be.revertedWithCustomError(w.claims, "DeskRightMissing")
      .withArgs(w.ada.id, w.stranger.address, 3);
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 3);
    await prove(w, claimed, [0], w.strange);
  });

  it("does not know a statement that is packed otherwise than it was claimed", async () => {
    const w = world();
    const claimed = await claim(w);
    const [supplier, , records, proof, receipts] = await evidence(w, claimed, [0]);
    const other = { ...claimed.statement, number: no(2) };
    await expect(w.ada.as.contracts.claims.prove(supplier, packedAlone(other), records, proof, receipts))
      .to.be.revertedWithCustomError(w.claims, "ClaimStageWrong")
      .withArgs(statementDigest(w.admin.domain, other), STAGE.none);
  });

  it("waits for the end of a pause", async () => {
    const w = world();
    const claimed = await claim(w);
    await w.ledger.pausePosting(60);
    await expect(prove(w, claimed, [0])).to.be.revertedWithCustomError(w.ledger, "LedgerPaused");
  });
});
