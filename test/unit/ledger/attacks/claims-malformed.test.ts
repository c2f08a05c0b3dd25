import { expect } from "chai";
import { concat, dataLength, dataSlice } from "ethers";
import { claim, claimable } from "../../../support/claims.ts";
import { loanRecords } from "../../../support/desk-records.ts";
import { postRecorded } from "../../../support/reversals.ts";
import { packed } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";

const LINES = 20;
const KIND = 21;

/** The same bytes with another one at a place. */
const patch = (bytes: string, at: number, value: string) =>
  concat([dataSlice(bytes, 0, at), value, dataSlice(bytes, at + 1)]);

/** A statement's bytes, broken in every way that a length or a kind can be. */
function broken(bytes: string): [string, string][] {
  const length = dataLength(bytes);
  return [
    ["nothing", "0x"],
    ["one byte", "0x00"],
    ["a head that ends early", dataSlice(bytes, 0, 53)],
    ["a head whose lines are missing", dataSlice(bytes, 0, 54)],
    ["a line that ends early", dataSlice(bytes, 0, length - 1)],
    ["a byte too much", concat([bytes, "0x00"])],
    ["a line too much", concat([bytes, `0x${"00".repeat(6)}`])],
    ["itself twice", concat([bytes, bytes])],
    ["the kind of a contract's signature", patch(bytes, KIND, "0x01")],
    ["a kind that nobody knows", patch(bytes, KIND, "0xff")],
    ["more lines than it has", patch(bytes, LINES, "0xff")],
    ["fewer lines than it has", patch(bytes, LINES, "0x00")],
  ];
}

describe("attack: malformed statements at the desks", () => {
  const world = useWorld();

  it("claims none of them", async () => {
    const w = world();
    const { packed: bytes, tree } = claimable(w);
    for (const [what, data] of broken(bytes)) {
      await expect(w.ada.as.contracts.claims.claim(w.ada.id, data, tree.top, tree.count), what)
        .to.be.revertedWithCustomError(w.claims, "StatementMalformed")
        .withArgs(0);
    }
  });

  it("claims none with its signature behind it, as it travels in a batch", async () => {
    const w = world();
    const { tree } = claimable(w);
    const signed = await packed(w);
    await expect(
      w.ada.as.contracts.claims.claim(w.ada.id, signed, tree.top, tree.count),
    ).to.be.revertedWithCustomError(w.claims, "StatementMalformed");
  });

  it("proves none of them", async () => {
    const w = world();
    const { packed: bytes } = await claim(w);
    const proof = { count: 1, indices: [0], siblings: [] };
    for (const [what, data] of broken(bytes)) {
      await expect(w.ada.as.contracts.claims.prove(w.ada.id, data, [], proof, []), what)
        .to.be.revertedWithCustomError(w.claims, "StatementMalformed")
        .withArgs(0);
    }
  });

  it("refunds and reverses none of them", async () => {
    const w = world();
    const { charged, packed: bytes } = await postRecorded(w, loanRecords(w, 2));
    for (const [what, data] of broken(bytes)) {
      await expect(w.ada.as.contracts.reversals.refundStatement({ ...charged, statement: data }), what)
        .to.be.revertedWithCustomError(w.reversals, "StatementMalformed")
        .withArgs(0);
    }
  });
});
