import { expect } from "chai";
import { ZeroAddress } from "ethers";
import {
  agree,
  both,
  digestOf,
  signAll,
  signTerms,
  termsOf,
  walletSignature,
} from "../../support/agreements.ts";
import type { Terms } from "../../support/agreements.ts";
import { COPY, LOAN } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const POST = 1;
const COUNTERSIGN = 2;

/** Has an agreement refused for want of bob's signature. */
async function unsigned(w: World, terms: Terms, signature: string, signer?: string) {
  const refused = expect(w.register.agree(terms, [await signTerms(w, w.ada.key, terms), signature]));
  const reverted = refused.to.be.revertedWithCustomError(w.register, "AgreementUnsigned");
  await (signer === undefined ? reverted : reverted.withArgs(w.bob.id, signer));
}

describe("attack: agreements that somebody did not make (invariant 5)", () => {
  const world = useWorld();

  it("refuses a stranger's signature, and another member's", async () => {
    const w = world();
    const terms = termsOf(w);
    for (const key of [w.stranger, w.ada.key, w.eve.key]) {
      await unsigned(w, terms, await signTerms(w, key, terms), key.address);
    }
  });

  it("refuses the members' signatures in the wrong order", async () => {
    const w = world();
    const terms = termsOf(w);
    const [one, other] = await signAll(w, [w.ada, w.bob], terms);
    await expect(w.register.agree(terms, [other!, one!]))
      .to.be.revertedWithCustomError(w.register, "AgreementUnsigned")
      .withArgs(w.ada.id, w.bob.key.address);
  });

  it("refuses a key that has one of the two rights alone, and one that was revoked", async () => {
    const w = world();
    const terms = termsOf(w);
    const signature = await signTerms(w, w.stranger, terms);
    for (const rights of [POST, COUNTERSIGN, 63 - POST, 63 - COUNTERSIGN]) {
      await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger.address, rights);
      await unsigned(w, terms, signature, w.stranger.address);
    }
    await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger.address, 0);
    await unsigned(w, terms, signature, w.stranger.address);
    await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger.address, POST | COUNTERSIGN);
    await w.register.agree(terms, [await signTerms(w, w.ada.key, terms), signature]);
  });

  it("refuses whatever was signed of other terms", async () => {
    const w = world();
    const signed = termsOf(w, { prices: [both(LOAN, 5n), both(COPY, 6n)] });
    const signature = await signTerms(w, w.bob.key, signed);
    const others: Partial<Terms>[] = [
      { from: signed.from + 1 },
      { until: signed.from },
      { prices: [both(LOAN, 5n)] },
      { prices: [both(LOAN, 5n), both(COPY, 7n)] },
      { prices: [both(LOAN, 5n), { service: COPY, price: 6n, back: 7n }] },
      { document: `0x${"01".padStart(64, "0")}` },
    ];
    for (const other of others) await unsigned(w, { ...signed, ...other }, signature);
  });

  it("refuses what was signed for another ledger or on another chain", async () => {
    const w = world();
    const terms = termsOf(w);
    for (const domain of [
      { verifyingContract: w.deployment.register },
      { verifyingContract: ZeroAddress },
      { chainId: 1n },
    ]) {
      await unsigned(w, terms, await signTerms(w, w.bob.key, terms, domain));
    }
  });

  it("refuses an empty signature, a short one, a long one and a kind that nobody knows", async () => {
    const w = world();
    const terms = termsOf(w);
    const good = await signTerms(w, w.bob.key, terms);
    const bad = ["0x", "0x00", "0x01", good.slice(0, -2), `${good}00`, `0x02${good.slice(4)}`];
    for (const signature of bad) await unsigned(w, terms, signature, ZeroAddress);
  });

  it("refuses the same agreement twice, also once it has ended", async () => {
    const w = world();
    const terms = termsOf(w);
    const signatures = await signAll(w, [w.ada, w.bob], terms);
    await agree(w);
    await w.bob.as.contracts.register.endAgreement(1, w.bob.id);
    await expect(w.register.agree(terms, signatures)).to.be.revertedWithCustomError(
      w.register,
      "AgreementKnown",
    );
  });

  describe("given a contract account", () => {
    const enrolled = async (w: World, name: string, args: readonly unknown[] = []) => {
      const wallet = await w.ethers.deployContract(name, [...args]);
      const address = await wallet.getAddress();
      await w.bob.as.contracts.register.setKey(w.bob.id, address, POST | COUNTERSIGN);
      return address;
    };

    it("takes its owner's signature, and no other", async () => {
      const w = world();
      const terms = termsOf(w);
      const wallet = await enrolled(w, "OwnedWallet", [w.stranger.address]);
      const digest = digestOf(w, terms);
      const wrong = walletSignature(wallet, w.eve.key.signingKey.sign(digest).serialized);
      await unsigned(w, terms, wrong, wallet);
      const right = walletSignature(wallet, w.stranger.signingKey.sign(digest).serialized);
      await w.register.agree(terms, [await signTerms(w, w.ada.key, terms), right]);
    });

    it("refuses one that is no key of the member, whatever it says", async () => {
      const w = world();
      const terms = termsOf(w);
      const wallet = await (await w.ethers.deployContract("AcceptingWallet")).getAddress();
      await unsigned(w, terms, walletSignature(wallet), wallet);
    });

    it("refuses one that reverts, and one that burns its gas", async () => {
      const w = world();
      const terms = termsOf(w);
      for (const name of ["RevertingWallet", "GasBurningWallet"]) {
        const wallet = await enrolled(w, name);
        await unsigned(w, terms, walletSignature(wallet), wallet);
      }
    });
  });
});
