import { expect } from "chai";
import { acceptance, claim } from "../../support/claims.ts";
import { loanRecord, no, recorded } from "../../support/desk-records.ts";
import {
  acceptRecorded,
  chargedIn,
  chargedRecord,
  postAll,
  postRecorded,
  settledClaim,
} from "../../support/reversals.ts";
import type { Charged } from "../../support/reversals.ts";
import { c, packed, post } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** Reverses the second, and shows that the first could not have been. */
async function expectOrder(w: World, first: Charged, second: Charged) {
  const [a, b] = [chargedRecord(first, 0), chargedRecord(second, 0)];
  await expect(w.reversals.reverseDuplicate(b, a))
    .to.be.revertedWithCustomError(w.reversals, "ReversalOrder")
    .withArgs(second.id, first.id);
  await expect(w.reversals.reverseDuplicate(a, b)).to.emit(w.reversals, "DuplicateReversed");
}

/** Sends everything into one block. */
async function inOneBlock<T>(w: World, send: () => Promise<T>): Promise<T> {
  const { provider } = w.ethers;
  await provider.send("evm_setAutomine", [false]);
  try {
    const sent = await send();
    await provider.send("evm_mine", []);
    return sent;
  } finally {
    await provider.send("evm_setAutomine", [true]);
  }
}

describe("Reversals: which charge came first", () => {
  const world = useWorld();
  const one = (w: World, n: number) => recorded(w, [loanRecord(w, 1)], { number: no(n) });

  it("is the one posted first, whatever the numbers", async () => {
    const w = world();
    const first = await postRecorded(w, [loanRecord(w, 1)], { number: no(9) });
    const second = await postRecorded(w, [loanRecord(w, 1)], { number: no(2) });
    await expectOrder(w, first, second);
  });

  it("is the lower number within one batch, whatever the places", async () => {
    const w = world();
    const [ninth, second] = await postAll(w, [one(w, 9), one(w, 2)]);
    await expectOrder(w, second!, ninth!);
  });

  it("is the lower number of two batches in one block, whichever was mined first", async () => {
    const w = world();
    const made = [one(w, 9), one(w, 2)];
    const batches = await Promise.all(made.map(({ statement }) => packed(w, statement)));
    const [nonce, gasLimit] = [await w.ada.key.getNonce(), 1_000_000n];
    const { ledger } = w.ada.as.contracts;
    const sent = await inOneBlock(w, async () => [
      await ledger.post(w.ada.id, 0, batches[0]!, { nonce, gasLimit }),
      await ledger.post(w.ada.id, 0, batches[1]!, { nonce: nonce + 1, gasLimit }),
    ]);
    const [ninth] = await chargedIn(w, [made[0]!], sent[0]!);
    const [second] = await chargedIn(w, [made[1]!], sent[1]!);
    const receipts = await Promise.all(sent.map((one) => one.wait()));
    expect(receipts[0]?.blockNumber).to.equal(receipts[1]?.blockNumber);
    await expectOrder(w, second!, ninth!);
  });

  it("is the posted one where the claim was settled later, though it was claimed before", async () => {
    const w = world();
    const claimed = await claim(w, { number: no(1) }, [loanRecord(w, 1)]);
    const posted = await postRecorded(w, [loanRecord(w, 1)], { number: no(2) });
    await w.claims.accept(claimed.id, await acceptance(w, claimed.statement));
    await expectOrder(w, posted, settledClaim(claimed, c("12"), c("0.26")));
  });

  it("is the claim where it was settled before the other was posted", async () => {
    const w = world();
    const claimed = await acceptRecorded(w, [loanRecord(w, 1)], { number: no(9) });
    const posted = await postRecorded(w, [loanRecord(w, 1)], { number: no(2) });
    await expectOrder(w, claimed, posted);
  });

  it("is the lower number of a claim and a batch settled in one block", async () => {
    const w = world();
    const claimed = await claim(w, { number: no(2) }, [loanRecord(w, 1)]);
    const [made, signature] = [one(w, 1), await acceptance(w, claimed.statement)];
    const batch = await packed(w, made.statement);
    const sent = await inOneBlock(w, async () => {
      await w.claims.accept(claimed.id, signature, { gasLimit: 1_000_000n });
      return post(w, batch, { gasLimit: 1_000_000n });
    });
    const [posted] = await chargedIn(w, [made], sent);
    const settled = settledClaim(claimed, c("12"), c("0.26"));
    const [a, b] = await Promise.all(
      [posted!, settled].map(({ charged }) => w.ledger.batchOf(charged.batchRoot)),
    );
    expect(a!.postedAt).to.equal(b!.postedAt);
    await expectOrder(w, posted!, settled);
  });
});
