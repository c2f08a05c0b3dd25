import { expect } from "chai";
import { getBytes, zeroPadBytes } from "ethers";
import { contractSignature, statementDigest } from "../../../../src/chain/signing.ts";
import { statementNumber } from "../../../../src/core/ids.ts";
import { FAULT, c, packed, packedWith, post, statementOf } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

const MAGIC = "0x1626ba7e";

/** A packed statement number 2 that names a wallet as its signer. */
function byWallet(w: World, wallet: string, bytes = `0x${"11".repeat(65)}`): string {
  return packedWith(statementOf(w, { number: statementNumber(2) }), contractSignature(wallet, bytes));
}

/** Deploys a wallet and lets it countersign for bob. */
async function enrolled(w: World, name: string, args: readonly unknown[] = []): Promise<string> {
  const wallet = await w.ethers.deployContract(name, [...args]);
  const address = await wallet.getAddress();
  await w.bob.as.contracts.register.setKey(w.bob.id, address, 2);
  return address;
}

describe("attack: contract accounts that misbehave (invariant 9)", () => {
  const world = useWorld();

  describe("given an honest wallet", () => {
    it("countersigns with its owner's signature, and with no other", async () => {
      const w = world();
      const wallet = await enrolled(w, "OwnedWallet", [w.stranger.address]);
      const digest = statementDigest(w.admin.domain, statementOf(w, { number: statementNumber(2) }));
      const wrong = w.eve.key.signingKey.sign(digest).serialized;
      await expect(post(w, byWallet(w, wallet, wrong)))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 2, FAULT.NotCountersigned, BigInt(wallet), 0n);
      await post(w, byWallet(w, wallet, w.stranger.signingKey.sign(digest).serialized));
      expect((await w.ledger.account(w.ada.id)).position).to.equal(c("12"));
    });

    it("must be enrolled", async () => {
      const w = world();
      const wallet = await (await w.ethers.deployContract("AcceptingWallet")).getAddress();
      await expect(post(w, byWallet(w, wallet)))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 2, FAULT.NotCountersigned, BigInt(wallet), 0n);
    });

    it("orders a batch for a relayer", async () => {
      const w = world();
      const wallet = await (await w.ethers.deployContract("AcceptingWallet")).getAddress();
      await w.ada.as.contracts.register.setKey(w.ada.id, wallet, 1);
      const signature = `0x01${wallet.slice(2)}0000`;
      await w.strange.ledger.postFor(w.ada.id, 0, await packed(w), 2 ** 39, signature);
      expect((await w.ledger.account(w.ada.id)).position).to.equal(c("12"));
    });
  });

  describe("given one that is no help", () => {
    const wallets: readonly [string, string, readonly unknown[]][] = [
      ["that reverts", "RevertingWallet", []],
      ["that burns all its gas", "GasBurningWallet", []],
      ["that refuses with a bomb of data", "ReturnBombWallet", [false, false, 20_000]],
      ["that reverts with a bomb of data", "ReturnBombWallet", [true, true, 20_000]],
      ["that accepts with a bomb beyond its gas", "ReturnBombWallet", [true, false, 10_000_000]],
      ["that answers another word", "OddAnswerWallet", [zeroPadBytes("0xffffffff", 32), 32]],
      ["that answers four bytes only", "OddAnswerWallet", [zeroPadBytes(MAGIC, 32), 4]],
      ["that answers nothing", "OddAnswerWallet", [zeroPadBytes(MAGIC, 32), 0]],
      [
        "that answers the right bytes with dirt behind",
        "OddAnswerWallet",
        [`${MAGIC}${"00".repeat(27)}01`, 32],
      ],
    ];
    for (const [given, name, args] of wallets) {
      it(`skips one ${given}, and posts the others`, async () => {
        const w = world();
        const wallet = await enrolled(w, name, args);
        const batch = [
          await packed(w, { number: statementNumber(1) }),
          byWallet(w, wallet),
          await packed(w, { number: statementNumber(3) }),
        ];
        const sent = await post(w, batch, { mode: "skip", gasLimit: 1_000_000n });
        await expect(sent)
          .to.emit(w.ledger, "StatementSkipped")
          .withArgs(w.ada.id, 2, FAULT.NotCountersigned, BigInt(wallet), 0n);
        expect((await w.ledger.account(w.ada.id)).position).to.equal(c("24"));
        expect((await sent.wait())?.gasUsed).to.be.lessThan(600_000n);
      });
    }
  });

  describe("given a bomb of data from a wallet that accepts", () => {
    it("reads one word of it and posts", async () => {
      const w = world();
      const wallet = await enrolled(w, "ReturnBombWallet", [true, false, 20_000]);
      await post(w, byWallet(w, wallet), { gasLimit: 1_000_000n });
      expect(await w.ledger.numberUsed(w.ada.id, 2)).to.equal(true);
    });
  });

  describe("given one that re-enters", () => {
    it("changes nothing by it: it is asked by a static call", async () => {
      const w = world();
      const wallet = await w.ethers.deployContract("ReenteringWallet");
      const address = await wallet.getAddress();
      await w.bob.as.contracts.register.setKey(w.bob.id, address, 63);
      const { data } = await w.ledger.announceWithdrawal.populateTransaction(w.bob.id, c("1000"));
      await wallet.getFunction("arm")(w.deployment.ledger, data, false);
      await post(w, byWallet(w, address));
      expect((await w.ledger.withdrawalOf(w.bob.id)).amount).to.equal(0n);
      expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("12.26"));
    });

    it("has not signed where it insists", async () => {
      const w = world();
      const wallet = await w.ethers.deployContract("ReenteringWallet");
      const address = await wallet.getAddress();
      await w.bob.as.contracts.register.setKey(w.bob.id, address, 63);
      const { data } = await w.ledger.announceWithdrawal.populateTransaction(w.bob.id, c("1000"));
      await wallet.getFunction("arm")(w.deployment.ledger, data, true);
      await expect(post(w, byWallet(w, address)))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 2, FAULT.NotCountersigned, BigInt(address), 0n);
    });
  });

  describe("given a relayer that sends too little gas", () => {
    it("reverts, and never skips a wallet that would have signed", async () => {
      const w = world();
      const wallet = await enrolled(w, "AcceptingWallet");
      const batch = getBytes(byWallet(w, wallet));
      const { ledger } = w.ada.as.contracts;
      const outcomes = new Set<string>();
      for (let gasLimit = 80_000n; gasLimit <= 400_000n; gasLimit += 5_000n) {
        try {
          const posted = await ledger.post.staticCall(w.ada.id, 1, batch, { gasLimit });
          outcomes.add(posted === 1n ? "posted" : "skipped");
        } catch {
          outcomes.add("reverted");
        }
      }
      expect([...outcomes]).to.deep.equal(["reverted", "posted"]);
    });

    it("says how much was needed", async () => {
      const w = world();
      const wallet = await enrolled(w, "AcceptingWallet");
      const call = w.ada.as.contracts.ledger.post.staticCall(w.ada.id, 1, byWallet(w, wallet), {
        gasLimit: 140_000n,
      });
      await expect(call).to.be.revertedWithCustomError(w.ledger, "SignersGasShort");
    });
  });
});
