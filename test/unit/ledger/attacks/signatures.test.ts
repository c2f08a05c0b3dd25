import { expect } from "chai";
import { SigningKey, Wallet, concat, getBytes, hexlify, randomBytes, toBeHex } from "ethers";
import { statementDigest } from "../../../../src/chain/signing.ts";
import { hash } from "../../../../src/core/ids.ts";
import type { Hash } from "../../../../src/core/ids.ts";
import type { Signature } from "../../../../src/core/statement.ts";
import {
  FAULT,
  bill,
  countersigned,
  packed,
  packedWith,
  post,
  statementOf,
} from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

/** The order of secp256k1. */
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const word = (value: bigint): Hash => hash(toBeHex(value, 32));

function inverse(a: bigint): bigint {
  let [r, s, x, y] = [a % N, N, 1n, 0n];
  while (r !== 0n) {
    const q = s / r;
    [s, r] = [r, s % r];
    [y, x] = [x, (((y - q * x) % N) + N) % N];
  }
  return y;
}

/** A signature of `digest` whose s is as given, and the key pair that made it: ECDSA solved for the key. */
function signatureWith(s: bigint, digest: string): { signature: Signature; key: Wallet } {
  const k = BigInt(hexlify(randomBytes(31)));
  const point = SigningKey.computePublicKey(toBeHex(k, 32), false);
  const [r, odd] = [BigInt(`0x${point.slice(4, 68)}`), BigInt(`0x${point.slice(68)}`) & 1n];
  const d = ((((s * k - BigInt(digest)) % N) + N) * inverse(r)) % N;
  return {
    signature: { kind: "key", r: word(r), vs: word((odd << 255n) | s) },
    key: new Wallet(toBeHex(d, 32)),
  };
}

describe("attack: signatures that are none", () => {
  const world = useWorld();

  async function refused(w: World, packing: string): Promise<void> {
    await expect(post(w, packing))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 1, FAULT.NotCountersigned, () => true, 0n);
  }

  describe("given a malleable one", () => {
    it("counts with s at half the order, and no longer above it", async () => {
      const w = world();
      const statement = statementOf(w);
      const digest = statementDigest(w.admin.domain, statement);
      for (const [s, counts] of [
        [N / 2n + 1n, false],
        [(1n << 255n) - 1n, false],
        [N / 2n, true],
      ] as const) {
        const { signature, key } = signatureWith(s, digest);
        await w.bob.as.contracts.register.setKey(w.bob.id, key.address, 2);
        const packing = packedWith(statement, signature);
        if (counts) await post(w, packing);
        else await refused(w, packing);
      }
    });

    it("fails where s is mirrored", async () => {
      const w = world();
      const { statement, countersignature } = await countersigned(w);
      if (countersignature.kind !== "key") throw new Error("a key pair signed");
      const vs = BigInt(countersignature.vs);
      const [odd, s] = [vs >> 255n, vs & ((1n << 255n) - 1n)];
      const mirrored = ((1n - odd) << 255n) | ((N - s) & ((1n << 255n) - 1n));
      await refused(w, packedWith(statement, { ...countersignature, vs: word(mirrored) }));
      const flipped = ((1n - odd) << 255n) | s;
      await refused(w, packedWith(statement, { ...countersignature, vs: word(flipped) }));
    });
  });

  describe("given zeros and garbage", () => {
    for (const [name, r, vs] of [
      ["zeros", 0n, 0n],
      ["ones", (1n << 256n) - 1n, (1n << 256n) - 1n],
      ["r of nothing", 0n, 1n],
      ["s of nothing", 1n, 0n],
      ["r of the order", N, 1n],
      ["an r that is no point", 5n, 1n],
    ] as const) {
      it(`fails with ${name}`, async () => {
        const w = world();
        await refused(w, packedWith(statementOf(w), { kind: "key", r: word(r), vs: word(vs) }));
      });
    }

    it("fails with any other bit turned", async () => {
      const w = world();
      const good = getBytes(await packed(w));
      // The packed statement without its offsets: every 23rd bit of head, lines and signature.
      for (let bit = 22 * 8; bit < good.length * 8; bit += 23) {
        const bad = good.slice();
        bad[bit >> 3]! ^= 1 << (bit & 7);
        await expect(post(w, bad), `bit ${bit}`).to.be.revertedWithCustomError(
          w.ledger,
          "LedgerStatementFault",
        );
      }
      await post(w, good);
    });
  });

  describe("given the zero address as an enrolled contract", () => {
    it("fails: nothing answers there", async () => {
      const w = world();
      await refused(
        w,
        packedWith(statementOf(w), {
          kind: "contract",
          signer: `0x${"00".repeat(20)}`,
          bytes: new Uint8Array(65),
        }),
      );
    });

    it("fails for a key pair shown as a contract", async () => {
      const w = world();
      const { countersignature } = await countersigned(w);
      if (countersignature.kind !== "key") throw new Error("a key pair signed");
      const bytes = getBytes(concat([countersignature.r, countersignature.vs]));
      await refused(w, packedWith(statementOf(w), { kind: "contract", signer: w.bob.key.address, bytes }));
    });
  });

  describe("given keys that must not countersign", () => {
    it("fails with a key of other rights only", async () => {
      const w = world();
      await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger.address, 63 - 2);
      await refused(w, await packed(w, {}, w.stranger));
      await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger.address, 2);
      await post(w, await packed(w, {}, w.stranger));
    });

    it("fails with another member's key, the supplier's own included", async () => {
      const w = world();
      await refused(w, await packed(w, {}, w.eve.key));
      await refused(w, await packed(w, {}, w.ada.key));
    });

    it("fails once the key was revoked, though it signed before", async () => {
      const w = world();
      await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger.address, 2);
      const packing = await packed(w, {}, w.stranger);
      await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger.address, 0);
      await refused(w, packing);
    });

    it("fails once the key was rotated, and counts with the new one", async () => {
      const w = world();
      const packing = await packed(w);
      await w.bob.as.contracts.register.rotateKey(w.bob.id, w.stranger.address);
      await refused(w, packing);
      await post(w, await packed(w, {}, w.stranger));
    });

    it("fails for the administrator of everything (invariant 8)", async () => {
      const w = world();
      const [deployer] = await w.ethers.getSigners();
      await refused(w, await packed(w, {}, deployer));
    });
  });

  it("leaves a member that signed nothing as it was (invariant 4)", async () => {
    const w = world();
    const before = await w.ledger.account(w.eve.id);
    await bill(w);
    await post(w, await packed(w, { consumer: w.eve.id }, w.bob.key), { mode: "skip" });
    expect(await w.ledger.account(w.eve.id)).to.deep.equal(before);
  });
});
