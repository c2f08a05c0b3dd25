import { expect } from "chai";
import { concat, getBytes, hexlify } from "ethers";
import { statementNumber } from "../../../../src/core/ids.ts";
import { encodeStatement } from "../../../../src/core/statement.ts";
import { loans, packed, post, statementOf } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";
import { COPY } from "../../../support/consortium.ts";

describe("attack: batches that break off", () => {
  const world = useWorld();

  async function malformed(
    w: World,
    batch: Uint8Array | string,
    offset: number,
    given: string,
  ): Promise<void> {
    const call = w.ada.as.contracts.ledger.post.staticCall(w.ada.id, 1, batch);
    await expect(call, given).to.be.revertedWithCustomError(w.ledger, "StatementMalformed").withArgs(offset);
  }

  it("fails at every length but the whole, with a key's signature", async () => {
    const w = world();
    const whole = getBytes(await packed(w, { lines: [...loans(1), { service: COPY, quantity: 2 }] }));
    for (let length = 1; length < whole.length; length++) {
      await malformed(w, whole.slice(0, length), 0, `${length} bytes`);
    }
  });

  it("fails at every length but the whole, with a contract's signature", async () => {
    const w = world();
    const whole = encodeStatement({
      statement: statementOf(w),
      countersignature: { kind: "contract", signer: w.bob.key.address, bytes: new Uint8Array(40) },
    });
    for (let length = 1; length < whole.length; length++) {
      await malformed(w, whole.slice(0, length), 0, `${length} bytes`);
    }
  });

  it("names where the second statement breaks", async () => {
    const w = world();
    const first = await packed(w);
    const second = getBytes(await packed(w, { number: statementNumber(2) }));
    for (const length of [1, 53, 54, 60, second.length - 1]) {
      await malformed(w, concat([first, second.slice(0, length)]), getBytes(first).length, `${length} bytes`);
    }
  });

  it("fails with a kind of signature that nobody knows", async () => {
    const w = world();
    const batch = getBytes(await packed(w));
    for (const kind of [2, 3, 127, 255]) {
      batch[21] = kind;
      await malformed(w, batch, 0, `kind ${kind}`);
    }
  });

  it("fails with more lines or a longer signature than there are bytes", async () => {
    const w = world();
    const batch = getBytes(await packed(w));
    batch[20] = 255;
    await malformed(w, batch, 0, "255 lines");
    const contract = encodeStatement({
      statement: statementOf(w),
      countersignature: { kind: "contract", signer: w.bob.key.address, bytes: new Uint8Array(4) },
    });
    contract.set([0xff, 0xff], 54 + 6 + 20);
    await malformed(w, contract, 0, "65,535 bytes of signature");
  });

  it("undoes what came before it, in every mode", async () => {
    const w = world();
    for (const mode of ["allOrNothing", "skip", "acknowledge"] as const) {
      await expect(post(w, [await packed(w), "0x00"], { mode })).to.be.revertedWithCustomError(
        w.ledger,
        "StatementMalformed",
      );
    }
    expect(await w.ledger.numberUsed(w.ada.id, 1)).to.equal(false);
  });

  it("never posts noise", async () => {
    const w = world();
    const noise = new Uint8Array(54 + 64);
    for (let seed = 1; seed <= 60; seed++) {
      for (let i = 0; i < noise.length; i++) noise[i] = (seed * 2654435761 * (i + 1)) >>> ((i * 7) % 24);
      noise[20] = 0;
      noise[21] = 0;
      expect(await w.ada.as.contracts.ledger.post.staticCall(w.ada.id, 1, hexlify(noise))).to.equal(0n);
    }
  });
});
