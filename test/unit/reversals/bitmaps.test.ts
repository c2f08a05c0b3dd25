import { expect } from "chai";
import { ZeroHash } from "ethers";
import { loanRecords, no } from "../../support/desk-records.ts";
import { chargedRecord, postRecorded, refund } from "../../support/reversals.ts";
import { c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Reversals: more than 256 records", () => {
  const world = useWorld();

  it("marks each where it stands, and none of its neighbours in any word", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 600), { lines: loans(60) });
    const given = [0, 255, 256, 511, 512, 599];
    await refund(w, made, [255, 256]);
    await refund(w, made, [0, 511, 512, 599]);
    for (const index of given) expect(await w.reversals.isGivenBack(made.id, index)).to.equal(true);
    for (const index of [1, 254, 257, 510, 513, 598, 600, 767, 768, 0xffff_ffff]) {
      expect(await w.reversals.isGivenBack(made.id, index)).to.equal(false);
    }
    for (const index of given) {
      await expect(refund(w, made, [index]))
        .to.be.revertedWithCustomError(w.reversals, "ReversalDone")
        .withArgs(made.id, index);
    }
    expect(await w.reversals.givenBack(made.id)).to.deep.equal([c("72"), false]);
  });

  it("finds a duplicate in the second word of one statement", async () => {
    const w = world();
    const records = loanRecords(w, 300).map((record) => ({ ...record, amount: c("0.04") }));
    records[299] = records[3]!;
    const made = await postRecorded(w, records, { lines: loans(1) });
    await w.strange.reversals.reverseDuplicate(chargedRecord(made, 3), chargedRecord(made, 299));
    expect(await w.reversals.isGivenBack(made.id, 299)).to.equal(true);
    for (const index of [3, 43]) expect(await w.reversals.isGivenBack(made.id, index)).to.equal(false);
  });

  it("keeps statements apart", async () => {
    const w = world();
    const [first, second] = [
      await postRecorded(w, loanRecords(w, 2), { number: no(1) }),
      await postRecorded(w, loanRecords(w, 2, 3), { number: no(2) }),
    ];
    await refund(w, first, [0]);
    expect(await w.reversals.isGivenBack(second.id, 0)).to.equal(false);
    expect(await w.reversals.givenBack(second.id)).to.deep.equal([0n, false]);
  });

  it("knows nothing of a statement that nobody charged", async () => {
    const { reversals } = world();
    expect(await reversals.givenBack(ZeroHash)).to.deep.equal([0n, false]);
    expect(await reversals.isGivenBack(ZeroHash, 0)).to.equal(false);
  });
});
