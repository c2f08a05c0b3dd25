import { expect } from "chai";
import { ZeroHash, concat, toBeHex } from "ethers";
import { statementNumber } from "../../../src/core/ids.ts";
import { COPY, OCTOBER } from "../../support/consortium.ts";
import { DUE, FEE, GROSS, bill, c, loans, packed, post } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const charge = (gross: bigint, fee: bigint) => concat([toBeHex(gross, 8), toBeHex(fee, 8)]);

describe("Ledger.post", () => {
  const world = useWorld();

  describe("given a caller without the supplier's right to post", () => {
    it("refuses a stranger, and a key with every other right", async () => {
      const w = world();
      const batch = await packed(w);
      await expect(w.strange.ledger.post(w.ada.id, 0, batch))
        .to.be.revertedWithCustomError(w.ledger, "LedgerRightMissing")
        .withArgs(w.ada.id, w.stranger.address, 1);
      await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger.address, 62);
      await expect(w.strange.ledger.post(w.ada.id, 0, batch)).to.be.revertedWithCustomError(
        w.ledger,
        "LedgerRightMissing",
      );
    });
  });

  describe("given an empty batch", () => {
    it("refuses", async () => {
      const w = world();
      await expect(post(w, "0x")).to.be.revertedWithCustomError(w.ledger, "LedgerBatchEmpty");
    });
  });

  describe("given a month that should be closed", () => {
    it("refuses until somebody closes it", async () => {
      const w = world();
      const batch = await packed(w);
      await w.time.increase(30 * 86_400);
      await expect(post(w, batch))
        .to.be.revertedWithCustomError(w.ledger, "LedgerCloseDue")
        .withArgs(OCTOBER);
      await w.closeMonth();
      await post(w, batch);
    });
  });

  describe("given one countersigned statement", () => {
    it("debits the consumer, credits the supplier and COMMONS, and sums to zero (invariant 1)", async () => {
      const w = world();
      await bill(w);
      const [ada, bob, commons] = await Promise.all(
        [w.ada.id, w.bob.id, 1].map((id) => w.ledger.account(id)),
      );
      expect(ada?.position).to.equal(GROSS);
      expect(ada?.supplied).to.equal(GROSS);
      expect(bob?.position).to.equal(-DUE);
      expect(bob?.room).to.equal(c("1000") - DUE);
      expect(bob?.supplied).to.equal(0n);
      expect(commons?.position).to.equal(FEE);
      expect(commons?.supplied).to.equal(0n);
    });

    it("says what it posted and what it charged, and keeps the batch's root", async () => {
      const w = world();
      const batch = await packed(w);
      const sent = await post(w, batch);
      const receipt = await sent.wait();
      const log = receipt?.logs
        .map((l) => w.ledger.interface.parseLog(l))
        .find((l) => l?.name === "StatementsPosted");
      const root = String(log?.args.batchRoot);
      await expect(sent)
        .to.emit(w.ledger, "StatementsPosted")
        .withArgs(w.ada.id, OCTOBER, root, 1n, batch, charge(GROSS, FEE));
      expect(await w.ledger.batchOf(root)).to.deep.equal([
        BigInt(w.ada.id),
        BigInt(OCTOBER),
        BigInt(await w.time.latest()),
      ]);
      expect(await w.ledger.numberUsed(w.ada.id, 1)).to.equal(true);
      expect(await w.ledger.numberUsed(w.ada.id, 2)).to.equal(false);
      expect(await w.ledger.numberUsed(w.bob.id, 1)).to.equal(false);
    });

    it("charges every line, by the consumer's tier", async () => {
      const w = world();
      const poor = await w.createMember({ tier: 3, deposit: c("100") });
      const lines = [...loans(3), { service: COPY, quantity: 4 }];
      const batch = await packed(w, { consumer: poor.id, lines }, poor.key);
      await post(w, batch);
      expect((await w.ledger.account(poor.id)).position).to.equal(-(c("28") + 7n * FEE));
    });

    it("charges up to the signed maximum and to the last millionth of room", async () => {
      const w = world();
      await w.fund(w.eve.id, DUE);
      await bill(w, { consumer: w.eve.id, maximum: DUE });
      const { room, position, cash } = await w.ledger.account(w.eve.id);
      expect([room, position + cash]).to.deep.equal([0n, 0n]);
    });

    it("posts lines of nothing", async () => {
      const w = world();
      await bill(w, { lines: loans(0), maximum: c("0") });
      expect((await w.ledger.account(w.bob.id)).position).to.equal(0n);
    });
  });

  describe("given a consumer without cash that earned this month", () => {
    it("nets continuously: what it lent pays for what it borrows", async () => {
      const w = world();
      await bill(w, { supplier: w.eve.id, consumer: w.bob.id, lines: loans(2) });
      await bill(w, { supplier: w.ada.id, consumer: w.eve.id });
      const { position, free } = await w.ledger.account(w.eve.id);
      expect(position).to.equal(2n * GROSS - DUE);
      expect(free).to.equal(0n);
    });
  });

  describe("given a batch of many", () => {
    it("posts them in order and marks each in the bits", async () => {
      const w = world();
      const numbers = [300, 2, 258, 3, 1_000_000];
      const batch = await Promise.all(numbers.map((n) => packed(w, { number: statementNumber(n) })));
      expect(await w.ada.as.contracts.ledger.post.staticCall(w.ada.id, 0, concat(batch))).to.equal(0b11111n);
      await post(w, batch);
      for (const number of numbers) expect(await w.ledger.numberUsed(w.ada.id, number)).to.equal(true);
      expect((await w.ledger.account(w.ada.id)).position).to.equal(5n * GROSS);
    });

    it("refuses a number twice in one batch, near and far", async () => {
      const w = world();
      const batch = await Promise.all([1, 5000, 1].map((n) => packed(w, { number: statementNumber(n) })));
      await expect(post(w, batch))
        .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
        .withArgs(w.ada.id, 1, 8n, 1n, 0n);
    });

    it("posts 256 and refuses 257", async function () {
      this.timeout(60_000);
      const w = world();
      const one = await Promise.all(
        Array.from({ length: 257 }, (_, n) => packed(w, { number: statementNumber(n), lines: loans(0) })),
      );
      await expect(post(w, one)).to.be.revertedWithCustomError(w.ledger, "LedgerBatchTooMany").withArgs(256);
      const all = one.slice(0, 256);
      expect(await w.ada.as.contracts.ledger.post.staticCall(w.ada.id, 0, concat(all))).to.equal(
        (1n << 256n) - 1n,
      );
      await post(w, all);
      expect(await w.ledger.numberUsed(w.ada.id, 255)).to.equal(true);
    });

    it("leaves a hole in the charges where a statement was skipped", async () => {
      const w = world();
      const good = await packed(w, { number: statementNumber(1) });
      const bad = await packed(w, { number: statementNumber(2), maximum: c("1") });
      const last = await packed(w, { number: statementNumber(3), lines: loans(2) });
      const batch = concat([good, bad, last]);
      const sent = await post(w, batch, { mode: "skip" });
      const receipt = await sent.wait();
      const log = receipt?.logs
        .map((l) => w.ledger.interface.parseLog(l))
        .find((l) => l?.name === "StatementsPosted");
      expect(log?.args.posted).to.equal(0b101n);
      expect(log?.args.charges).to.equal(
        concat([charge(GROSS, FEE), charge(0n, 0n), charge(2n * GROSS, 2n * FEE)]),
      );
    });

    it("keeps no root where everything was skipped", async () => {
      const w = world();
      const batch = await packed(w, { maximum: c("1") });
      await expect(post(w, batch, { mode: "skip" }))
        .to.emit(w.ledger, "StatementsPosted")
        .withArgs(w.ada.id, OCTOBER, ZeroHash, 0n, batch, charge(0n, 0n));
      expect(await w.ledger.batchOf(ZeroHash)).to.deep.equal([0n, 0n, 0n]);
    });
  });

  describe("given acknowledge mode and too little room", () => {
    it("pays the supplier first, and notes the rest as debts to supplier and COMMONS", async () => {
      const w = world();
      await w.fund(w.eve.id, c("5"));
      await expect(bill(w, { consumer: w.eve.id }, { mode: "acknowledge" }))
        .to.emit(w.ledger, "DebtAcknowledged")
        .withArgs(w.eve.id, w.ada.id, c("7"))
        .and.to.emit(w.ledger, "DebtAcknowledged")
        .withArgs(w.eve.id, 1, FEE);
      const { position, debts, room, free, indebtedSince } = await w.ledger.account(w.eve.id);
      expect([position, debts, room, free]).to.deep.equal([-c("5"), c("7.26"), 0n, 0n]);
      expect(indebtedSince).to.equal(BigInt(await w.time.latest()));
      const ada = await w.ledger.account(w.ada.id);
      expect([ada.position, ada.supplied]).to.deep.equal([c("5"), c("5")]);
      expect((await w.ledger.account(1)).position).to.equal(0n);
    });

    it("owes only the fee where the gross finds room", async () => {
      const w = world();
      await w.fund(w.eve.id, c("12.1"));
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(0n);
      expect(await w.ledger.debtOf(w.eve.id, 1)).to.equal(c("0.16"));
    });

    it("books no debt where there is room", async () => {
      const w = world();
      await expect(bill(w, {}, { mode: "acknowledge" })).not.to.emit(w.ledger, "DebtAcknowledged");
      expect((await w.ledger.account(w.ada.id)).position).to.equal(GROSS);
    });
  });
});
