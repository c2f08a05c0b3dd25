import { expect } from "chai";
import { id as hashOf } from "ethers";
import { hash } from "../../../src/core/ids.ts";
import type { MemberId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { COPY } from "../../support/consortium.ts";
import { loanRecord, loanRecords, no, proofStruct, shown } from "../../support/desk-records.ts";
import { chargedRecord, postRecorded, refund } from "../../support/reversals.ts";
import type { Charged } from "../../support/reversals.ts";
import { expectSound } from "../../support/soundness.ts";
import { c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** Request 1 twice: as the second record of statement 1 and as the first of statement 2. */
async function doubled(w: World) {
  const earlier = await postRecorded(w, [loanRecord(w, 7), loanRecord(w, 1)], { number: no(1) });
  const later = await postRecorded(w, [loanRecord(w, 1), loanRecord(w, 8)], { number: no(2) });
  return { earlier, later };
}

const reverse = (w: World, earlier: Charged, i: number, later: Charged, j: number) =>
  w.strange.reversals.reverseDuplicate(chargedRecord(earlier, i), chargedRecord(later, j));

describe("Reversals.reverseDuplicate", () => {
  const world = useWorld();

  it("gives the later charge back at once, whoever shows both, and says which it was", async () => {
    const w = world();
    const { earlier, later } = await doubled(w);
    const [a, b] = [chargedRecord(earlier, 1), chargedRecord(later, 0)];
    expect(await w.strange.reversals.reverseDuplicate.staticCall(a, b)).to.equal(c("12"));
    const sent = reverse(w, earlier, 1, later, 0);
    await expect(sent)
      .to.emit(w.reversals, "DuplicateReversed")
      .withArgs(later.id, w.ada.id, w.bob.id, 0, earlier.id, 1, c("12"));
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, w.bob.id, c("12"));
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("36"));
    expect(await w.reversals.isGivenBack(later.id, 0)).to.equal(true);
    expect(await w.reversals.isGivenBack(earlier.id, 1)).to.equal(false);
    expect(await w.reversals.givenBack(later.id)).to.deep.equal([c("12"), false]);
    await expectSound(w);
  });

  it("gives it back once, and the supplier cannot refund it again", async () => {
    const w = world();
    const { earlier, later } = await doubled(w);
    await reverse(w, earlier, 1, later, 0);
    for (const again of [() => reverse(w, earlier, 1, later, 0), () => refund(w, later, [0])]) {
      await expect(again()).to.be.revertedWithCustomError(w.reversals, "ReversalDone").withArgs(later.id, 0);
    }
    await refund(w, later, [1]);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("25.04"));
  });

  it("keeps the earlier charge: the other way round is refused", async () => {
    const w = world();
    const { earlier, later } = await doubled(w);
    await expect(reverse(w, later, 0, earlier, 1))
      .to.be.revertedWithCustomError(w.reversals, "ReversalOrder")
      .withArgs(later.id, earlier.id);
  });

  it("refuses where either was given back: there is only one charge left", async () => {
    const w = world();
    const { earlier, later } = await doubled(w);
    await refund(w, earlier, [1]);
    await expect(reverse(w, earlier, 1, later, 0))
      .to.be.revertedWithCustomError(w.reversals, "ReversalDone")
      .withArgs(earlier.id, 1);
  });

  it("refuses where the whole of either statement was given back", async () => {
    const w = world();
    const { earlier, later } = await doubled(w);
    await w.ada.as.contracts.reversals.refundStatement(later.charged);
    await expect(reverse(w, earlier, 1, later, 0))
      .to.be.revertedWithCustomError(w.reversals, "ReversalDone")
      .withArgs(later.id, 0);
    const third = await postRecorded(w, [loanRecord(w, 1)], { number: no(3) });
    await w.ada.as.contracts.reversals.refundStatement(earlier.charged);
    await expect(reverse(w, earlier, 1, third, 0))
      .to.be.revertedWithCustomError(w.reversals, "ReversalDone")
      .withArgs(earlier.id, 1);
  });

  describe("given one statement that holds a record twice", () => {
    it("gives back the later place, and refuses a place as its own duplicate", async () => {
      const w = world();
      const made = await postRecorded(w, [loanRecord(w, 1), loanRecord(w, 2), loanRecord(w, 1)]);
      await expect(reverse(w, made, 2, made, 0))
        .to.be.revertedWithCustomError(w.reversals, "ReversalOrder")
        .withArgs(made.id, made.id);
      await expect(reverse(w, made, 2, made, 2))
        .to.be.revertedWithCustomError(w.reversals, "ReversalSameRecord")
        .withArgs(made.id, 2);
      await expect(reverse(w, made, 0, made, 2))
        .to.emit(w.reversals, "DuplicateReversed")
        .withArgs(made.id, w.ada.id, w.bob.id, 2, made.id, 0, c("12"));
    });
  });

  describe("given three charges of one record", () => {
    it("leaves the first, in whatever order they are shown", async () => {
      const w = world();
      const all: Charged[] = [];
      for (const n of [1, 2, 3]) all.push(await postRecorded(w, [loanRecord(w, 1)], { number: no(n) }));
      const [first, second, third] = all as [Charged, Charged, Charged];
      await reverse(w, second, 0, third, 0);
      await reverse(w, first, 0, second, 0);
      await expect(reverse(w, first, 0, third, 0))
        .to.be.revertedWithCustomError(w.reversals, "ReversalDone")
        .withArgs(third.id, 0);
      expect((await w.ledger.account(w.ada.id)).position).to.equal(c("12"));
      await expectSound(w);
    });
  });

  describe("given records that are not the same", () => {
    const others: readonly [string, (w: World) => Parameters<typeof loanRecord>[2]][] = [
      ["request", () => ({ request: hash(hashOf("another")) })],
      ["service", () => ({ service: COPY })],
      ["charge", () => ({ charge: 1 })],
    ];
    for (const [field, change] of others) {
      it(`refuses another ${field}`, async () => {
        const w = world();
        const earlier = await postRecorded(w, [loanRecord(w, 1)], { number: no(1) });
        const later = await postRecorded(w, [loanRecord(w, 1, change(w))], { number: no(2) });
        await expect(reverse(w, earlier, 0, later, 0)).to.be.revertedWithCustomError(
          w.reversals,
          "ReversalRecordsDiffer",
        );
      });
    }

    it("takes other details, quantity or amount for the same record, and gives back what the later cost", async () => {
      const w = world();
      const earlier = await postRecorded(w, [loanRecord(w, 1)], { number: no(1) });
      const changes = { quantity: 3, amount: c("36"), details: hash(hashOf("other")) };
      const later = await postRecorded(w, [loanRecord(w, 1, changes)], { number: no(2), lines: loans(3) });
      await expect(reverse(w, earlier, 0, later, 0))
        .to.emit(w.ledger, "GivenBack")
        .withArgs(w.ada.id, w.bob.id, c("36"));
    });
  });

  describe("given two pairs of members", () => {
    it("refuses another supplier, another consumer and the pair turned round", async () => {
      const w = world();
      await w.fund(w.eve.id, c("100"));
      const bobs = await postRecorded(w, [loanRecord(w, 1)], { number: no(1) });
      const of = (supplier: MemberId, consumer: MemberId) => [loanRecord(w, 1, { supplier, consumer })];
      const others = [
        await postRecorded(w, of(w.ada.id, w.eve.id), { number: no(2), consumer: w.eve.id }),
        await postRecorded(w, of(w.eve.id, w.bob.id), { supplier: w.eve.id }),
        await postRecorded(w, of(w.bob.id, w.ada.id), { supplier: w.bob.id, consumer: w.ada.id }),
      ];
      for (const other of others) {
        await expect(reverse(w, bobs, 0, other, 0)).to.be.revertedWithCustomError(
          w.reversals,
          "ReversalPairsDiffer",
        );
      }
    });
  });

  describe("given a proof of more or fewer records than one", () => {
    it("says how many", async () => {
      const w = world();
      const { earlier, later } = await doubled(w);
      const [a, b] = [chargedRecord(earlier, 1), chargedRecord(later, 0)];
      const both = proofStruct(later.tree.proveMany([0, 1]));
      const none = { ...both, indices: [] };
      for (const proof of [both, none]) {
        await expect(w.reversals.reverseDuplicate(a, { ...b, proof }))
          .to.be.revertedWithCustomError(w.reversals, "ReversalOneRecord")
          .withArgs(proof.indices.length);
        await expect(w.reversals.reverseDuplicate({ ...a, proof }, b))
          .to.be.revertedWithCustomError(w.reversals, "ReversalOneRecord")
          .withArgs(proof.indices.length);
      }
    });
  });

  describe("given a record that is not in the statement", () => {
    it("refuses it on either side", async () => {
      const w = world();
      const { earlier, later } = await doubled(w);
      const [a, b] = [chargedRecord(earlier, 1), chargedRecord(later, 0)];
      const foreign = shown(later, [0]);
      const wrong = { ...a, record: foreign.records[0]!, proof: foreign.proof };
      await expect(w.reversals.reverseDuplicate(wrong, b))
        .to.be.revertedWithCustomError(w.reversals, "ReversalRecordsUnproven")
        .withArgs(earlier.id, later.tree.root, earlier.tree.root);
      const dearer = { ...b, record: { ...b.record, amount: credits(1n) } };
      await expect(w.reversals.reverseDuplicate(a, dearer)).to.be.revertedWithCustomError(
        w.reversals,
        "ReversalRecordsUnproven",
      );
    });
  });

  describe("given a statement that was charged less than its records come to", () => {
    it("refuses it on either side: nobody knows which of its records were charged", async () => {
      const w = world();
      const records = [loanRecord(w, 1), ...loanRecords(w, 2, 10)];
      for (const [n, charged] of [[1, 1] as const, [2, 2] as const]) {
        const odd = await postRecorded(w, records, { number: no(10 * n), lines: loans(charged) });
        const later = await postRecorded(w, [loanRecord(w, 1)], { number: no(10 * n + 1) });
        for (const refused of [() => reverse(w, odd, 0, later, 0), () => reverse(w, later, 0, odd, 0)]) {
          await expect(refused())
            .to.be.revertedWithCustomError(w.reversals, "ReversalPartlyCharged")
            .withArgs(odd.id, BigInt(charged) * c("12"), c("36"));
        }
        // Its supplier can still give it back.
        await refund(w, odd, [0]);
      }
    });
  });

  it("waits for the end of a pause", async () => {
    const w = world();
    const { earlier, later } = await doubled(w);
    await w.ledger.pausePosting(60);
    await expect(reverse(w, earlier, 1, later, 0)).to.be.revertedWithCustomError(w.ledger, "LedgerPaused");
  });
});
