import { expect } from "chai";
import {
  OUTCOME,
  STAGE,
  acceptance,
  claim,
  claimIn,
  disputeOrder,
  evidence,
  kindedContract,
  receipt,
} from "../../../support/claims.ts";
import { no, shown } from "../../../support/desk-records.ts";
import { watchThirdParties } from "../../../support/soundness.ts";
import { c } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

const LATER = 2 ** 39;
const FOREIGN = `0x${"11".repeat(20)}`;

/** Sends a dispute that must not count. */
async function expectUnsigned(w: World, sent: Promise<unknown>) {
  await expect(sent).to.be.revertedWithCustomError(w.claims, "ClaimUnsigned");
}

describe("attack: dispute orders where they do not belong (invariant 5)", () => {
  const world = useWorld();

  it("signed for another ledger or another chain", async () => {
    const w = world();
    const { id } = await claim(w);
    const { chainId } = w.deployment;
    for (const of of [{ ledger: FOREIGN }, { chainId: chainId + 1n }, { ledger: w.deployment.claims }]) {
      const signature = await disputeOrder(w, [id], LATER, of);
      await expectUnsigned(w, w.claims.disputeFor(w.bob.id, [id], LATER, signature));
    }
    expect((await w.claims.claimOf(id)).stage).to.equal(STAGE.open);
  });

  it("signed for another list: longer, shorter, in another order, of other claims", async () => {
    const w = world();
    const ids = [];
    for (let n = 1; n <= 3; n++) ids.push((await claim(w, { number: no(n) })).id);
    const [a, b, d] = [ids[0]!, ids[1]!, ids[2]!];
    const signature = await disputeOrder(w, [a, b], LATER);
    for (const list of [[a], [b, a], [a, b, d], [a, d], [a, b, b], []]) {
      await expectUnsigned(w, w.claims.disputeFor(w.bob.id, list, LATER, signature));
    }
    await w.claims.disputeFor(w.bob.id, [a, b], LATER, signature);
  });

  it("signed with another deadline, which no sender can stretch", async () => {
    const w = world();
    const { id } = await claim(w);
    const deadline = (await w.time.latest()) + 100;
    const signature = await disputeOrder(w, [id], deadline);
    await w.time.increase(200);
    await expectUnsigned(w, w.claims.disputeFor(w.bob.id, [id], LATER, signature));
  });

  it("signed by a key of two members for one of them", async () => {
    const w = world();
    const { id } = await claim(w, { consumer: w.eve.id });
    for (const { id: member, as } of [w.bob, w.eve]) {
      await as.contracts.register.setKey(member, w.stranger, 2);
    }
    const signature = await disputeOrder(w, [id], LATER, { signer: w.stranger, consumer: w.bob.id });
    await expectUnsigned(w, w.claims.disputeFor(w.eve.id, [id], LATER, signature));
    await expect(w.claims.disputeFor(w.bob.id, [id], LATER, signature))
      .to.be.revertedWithCustomError(w.claims, "ClaimNothingDisputed")
      .withArgs(w.bob.id);
  });

  it("sent twice: what it disputed is disputed no more", async () => {
    const w = world();
    const { id } = await claim(w);
    const signature = await disputeOrder(w, [id], LATER);
    await w.claims.disputeFor(w.bob.id, [id], LATER, signature);
    await w.claims.award(id, c("24"), c("0.52"));
    await expect(w.claims.disputeFor(w.bob.id, [id], LATER, signature))
      .to.be.revertedWithCustomError(w.claims, "ClaimNothingDisputed")
      .withArgs(w.bob.id);
  });
});

describe("attack: signatures given for something else", () => {
  const world = useWorld();

  it("a countersignature for another ledger accepts nothing here", async () => {
    const w = world();
    const { id, statement } = await claim(w);
    const domain = { ...w.admin.domain, verifyingContract: FOREIGN };
    const signature = await acceptance({ ...w, admin: { ...w.admin, domain } }, statement);
    await expectUnsigned(w, w.claims.accept(id, signature));
  });

  it("a countersignature accepts its own claim and no other, and that once", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const [first, second] = [await claim(w, { number: no(1) }), await claim(w, { number: no(2) })];
    const signature = await acceptance(w, first.statement);
    await expectUnsigned(w, w.claims.accept(second.id, signature));
    await w.claims.accept(first.id, signature);
    await expect(w.claims.accept(first.id, signature))
      .to.be.revertedWithCustomError(w.claims, "ClaimStageWrong")
      .withArgs(first.id, STAGE.none);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("24.52"));
    await untouched();
  });

  it("a receipt for another ledger or another record proves nothing here", async () => {
    const w = world();
    const claimed = await claim(w);
    const { records, proof } = shown(claimed, [0]);
    const prove = (signature: string) =>
      w.ada.as.contracts.claims.prove(w.ada.id, claimed.packed, records, proof, [signature]);
    const [record, other] = claimed.records;
    await expectUnsigned(w, prove(await receipt(w, record!, { ledger: FOREIGN })));
    await expectUnsigned(w, prove(await receipt(w, record!, { chainId: 1n })));
    await expectUnsigned(w, prove(await receipt(w, other!)));
    for (const changes of [{ amount: c("11") }, { charge: 1 }, { quantity: 2 }, { supplier: w.eve.id }]) {
      await expectUnsigned(w, prove(await receipt(w, { ...record!, ...changes })));
    }
    await prove(await receipt(w, record!));
  });

  it("a receipt, a countersignature and a dispute order never pass for one another", async () => {
    const w = world();
    const claimed = await claim(w);
    const { records, proof } = shown(claimed, [0]);
    const signed = await receipt(w, claimed.records[0]!);
    await expectUnsigned(w, w.claims.accept(claimed.id, signed));
    await expectUnsigned(w, w.claims.disputeFor(w.bob.id, [claimed.id], LATER, signed));
    const accepted = await acceptance(w, claimed.statement);
    await expectUnsigned(w, w.claims.disputeFor(w.bob.id, [claimed.id], LATER, accepted));
    await expectUnsigned(
      w,
      w.ada.as.contracts.claims.prove(w.ada.id, claimed.packed, records, proof, [accepted]),
    );
  });

  it("a receipt by a key without the right, or revoked since, proves nothing", async () => {
    const w = world();
    const claimed = await claim(w);
    const { records, proof } = shown(claimed, [0]);
    const signed = await receipt(w, claimed.records[0]!, { signer: w.stranger });
    const prove = () => w.ada.as.contracts.claims.prove(w.ada.id, claimed.packed, records, proof, [signed]);
    const { register } = w.bob.as.contracts;
    for (const rights of [61, 0]) {
      await register.setKey(w.bob.id, w.stranger, rights);
      await expect(prove())
        .to.be.revertedWithCustomError(w.claims, "ClaimUnsigned")
        .withArgs(w.bob.id, w.stranger.address);
    }
    await register.setKey(w.bob.id, w.stranger, 2);
    await prove();
  });
});

describe("attack: contract accounts at the claims desk (invariant 9)", () => {
  const world = useWorld();

  const enrolled = async (w: World, name: string, args: readonly unknown[] = []) => {
    const wallet = await w.ethers.deployContract(name, [...args]);
    const address = await wallet.getAddress();
    await w.bob.as.contracts.register.setKey(w.bob.id, address, 63);
    return { wallet, address };
  };

  for (const [given, name, args] of [
    ["reverts", "RevertingWallet", []],
    ["burns all its gas", "GasBurningWallet", []],
    ["refuses with a bomb of data", "ReturnBombWallet", [false, false, 20_000]],
    ["reverts with a bomb of data", "ReturnBombWallet", [true, true, 20_000]],
    ["answers four bytes only", "OddAnswerWallet", [`0x1626ba7e${"00".repeat(28)}`, 4]],
  ] as const) {
    it(`believes nothing of a wallet that ${given}`, async () => {
      const w = world();
      const { id } = await claim(w);
      const { address } = await enrolled(w, name, args);
      await expect(w.claims.accept(id, kindedContract(address), { gasLimit: 2_000_000n }))
        .to.be.revertedWithCustomError(w.claims, "ClaimUnsigned")
        .withArgs(w.bob.id, address);
    });
  }

  it("believes a wallet that accepts, for receipts, orders and claims alike", async () => {
    const w = world();
    const { address } = await enrolled(w, "AcceptingWallet");
    const proven = await claim(w, { number: no(1) });
    const { records, proof } = shown(proven, [0]);
    await w.ada.as.contracts.claims.prove(w.ada.id, proven.packed, records, proof, [kindedContract(address)]);
    const disputed = await claim(w, { number: no(2) });
    await w.claims.disputeFor(w.bob.id, [disputed.id], LATER, kindedContract(address));
    await w.claims.accept(disputed.id, kindedContract(address));
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("36.78"));
  });

  it("lets a wallet change nothing while it is asked: settle, withdraw and accept fail within it", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const { wallet, address } = await enrolled(w, "ReenteringWallet");
    const ruled = await claimIn(w, "ruled", { number: no(1) });
    const { id } = await claim(w, { number: no(2) });
    for (const { data } of [
      await w.claims.settle.populateTransaction(ruled.id),
      await w.claims.accept.populateTransaction(id, kindedContract(address)),
      await w.claims.dispute.populateTransaction(w.bob.id, [id]),
    ]) {
      await wallet.getFunction("arm")(w.deployment.claims, data, true);
      await expectUnsigned(w, w.claims.accept(id, kindedContract(address)));
    }
    const { data } = await w.claims.settle.populateTransaction(ruled.id);
    await wallet.getFunction("arm")(w.deployment.claims, data, false);
    await expect(w.claims.accept(id, kindedContract(address)))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(id, OUTCOME.accepted, c("24"), c("0.52"), 0);
    expect((await w.claims.claimOf(ruled.id)).stage).to.equal(STAGE.ruled);
    await untouched();
  });

  it("cannot be made to prove by a relayer with too little gas for the wallet", async () => {
    const w = world();
    const claimed = await claim(w);
    const { address } = await enrolled(w, "AcceptingWallet");
    const outcomes = new Set<string>();
    for (let gasLimit = 60_000n; gasLimit <= 400_000n; gasLimit += 20_000n) {
      try {
        await w.claims.accept.staticCall(claimed.id, kindedContract(address), { gasLimit });
        outcomes.add("accepted");
      } catch (error) {
        outcomes.add(String(error).includes("ClaimUnsigned") ? "disbelieved" : "reverted");
      }
    }
    expect([...outcomes].sort()).to.deep.equal(["accepted", "reverted"]);
  });

  it("asks a supplier's wallet like any key where it calls itself", async () => {
    const w = world();
    const wallet = await w.ethers.deployContract("OwnedWallet", [w.stranger.address]);
    await w.ada.as.contracts.register.setKey(w.ada.id, wallet, 3);
    const claimed = await claim(w);
    const call = await w.claims.prove.populateTransaction(...(await evidence(w, claimed, [0])));
    await wallet.getFunction("execute")(call.to, call.data);
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("12"));
  });
});
