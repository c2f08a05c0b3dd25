import { expect } from "chai";
import { Wallet } from "ethers";
import { randomSalt } from "../../../src/records/bundle.ts";
import { hash, serviceId, statementNumber } from "../../../src/core/ids.ts";
import { parseCredits } from "../../../src/core/money.ts";
import { addMonths, formatPeriod, periodEnd } from "../../../src/core/period.ts";
import type { DoneAct } from "../../../src/keeper/act.ts";
import { createKeeper, type KeeperNote } from "../../../src/keeper/keeper.ts";
import { readAccount, readDebt, sendAnnouncement, sendDeposit } from "../../../src/sdk/accounts.ts";
import { actAs, openConsortium } from "../../../src/sdk/consortium.ts";
import { preparePayee, readMember, sendPayee } from "../../../src/sdk/members.ts";
import { readKey, sendRekeyAnnouncement } from "../../../src/sdk/keys.ts";
import { readPeriod } from "../../../src/sdk/periods.ts";
import { countersign, sendPost } from "../../../src/sdk/statements.ts";
import {
  createNetwork,
  NETWORK_OCTOBER,
  type NetworkMember,
  type TestNetwork,
} from "../../support/network.ts";

const DAY = 86_400;

describe("keeper", () => {
  let network: TestNetwork;
  let lender: NetworkMember;
  let borrower: NetworkMember;
  let keeperOf: (notes?: KeeperNote[]) => ReturnType<typeof createKeeper>;
  let snapshot: string;

  const kinds = (acts: readonly DoneAct[]) => acts.map(({ kind }) => kind);
  const openMonth = async () => formatPeriod((await readPeriod(network.admin)).open);

  before(async () => {
    network = await createNetwork();
    lender = await network.createMember("100");
    borrower = await network.createMember("20");
    keeperOf = (notes = []) => {
      const consortium = actAs(network.admin, network.nextKey());
      return createKeeper({ consortium, log: (note) => notes.push(note) });
    };
  });
  after(() => network.chain.stop());
  beforeEach(async () => {
    snapshot = (await network.chain.provider.send("evm_snapshot", [])) as string;
  });
  afterEach(() => network.chain.provider.send("evm_revert", [snapshot]));

  it("finds nothing due in an open month", async () => {
    const keeper = keeperOf();
    expect(await keeper.due()).to.deep.equal([]);
    expect(await keeper.tick()).to.deep.equal([]);
  });

  it("closes every overdue month, one by one", async () => {
    const keeper = keeperOf();
    await network.passMonth(70);
    expect(kinds(await keeper.due().then((acts) => acts as DoneAct[]))).to.have.length(3);
    const done = await keeper.tick();
    expect(done.map((act) => act.kind === "close" && act.period)).to.deep.equal(
      [0, 1, 2].map((months) => addMonths(NETWORK_OCTOBER, months)),
    );
    expect(await openMonth()).to.equal("2027-01");
  });

  it("pays out an announced withdrawal after its notice, in full or not at all", async () => {
    const keeper = keeperOf();
    await sendAnnouncement(lender.as, { member: lender.id, amount: parseCredits("40") });
    await sendAnnouncement(borrower.as, { member: borrower.id, amount: parseCredits("25") }).catch(() => {});
    expect(await keeper.tick()).to.deep.equal([]);
    await network.chain.setTime((await network.chain.now()) + 7 * DAY);
    expect(kinds(await keeper.tick())).to.deep.equal(["withdraw"]);
    expect((await readAccount(network.admin, lender.id)).cash).to.equal(parseCredits("60"));
    expect(await keeper.tick()).to.deep.equal([]);
  });

  it("pays acknowledged debts as far as the debtor's account reaches", async () => {
    const keeper = keeperOf();
    const statement = {
      supplier: lender.id,
      consumer: borrower.id,
      number: statementNumber(1),
      period: NETWORK_OCTOBER,
      lines: [{ service: serviceId(1), quantity: 3 }],
      maximum: parseCredits("36.78"),
      root: hash(randomSalt()),
      lastPeriod: NETWORK_OCTOBER,
    };
    const signed = await countersign(network.admin, borrower.key, statement);
    await sendPost(lender.as, { statements: [signed], mode: "acknowledge" });
    expect(await keeper.tick()).to.deep.equal([]);
    await network.fund(borrower.id, parseCredits("10"));
    expect(kinds(await keeper.tick())).to.deep.equal(["pay-debt"]);
    expect(await readDebt(network.admin, borrower.id, lender.id)).to.equal(parseCredits("6"));
    await network.fund(borrower.id, parseCredits("10"));
    expect(kinds(await keeper.tick())).to.deep.equal(["pay-debt", "pay-debt"]);
    expect(await readDebt(network.admin, borrower.id, lender.id)).to.equal(0n);
    expect(await keeper.tick()).to.deep.equal([]);
  });

  it("carries out payee changes and re-keyings that nobody objected to", async () => {
    const keeper = keeperOf();
    const [payee, key] = [Wallet.createRandom().address, Wallet.createRandom().address];
    await sendPayee(lender.as, { member: lender.id, payee });
    await sendRekeyAnnouncement(network.admin, { member: borrower.id, key });
    expect(await keeper.tick()).to.deep.equal([]);
    await network.chain.setTime((await network.chain.now()) + 14 * DAY);
    expect(kinds(await keeper.tick()).filter((kind) => kind !== "close")).to.have.members([
      "apply-payee",
      "rekey",
    ]);
    expect((await readMember(network.admin, lender.id)).payee).to.equal(payee);
    expect((await readKey(network.admin, borrower.id, key)).rights).to.have.length(6);
  });

  it("goes on with the others when one member's payout is refused", async () => {
    const notes: KeeperNote[] = [];
    const keeper = keeperOf(notes);
    await network.chain.setTime(periodEnd(NETWORK_OCTOBER) - 10 * DAY);
    for (const { as, id } of [lender, borrower]) {
      await sendAnnouncement(as, { member: id, amount: parseCredits("5") });
    }
    await network.chain.setTime((await network.chain.now()) + 7 * DAY);
    const { asset } = network.deployment;
    // The asset refuses everything: its code is gone and an invalid opcode is in its place.
    const code = await network.chain.provider.getCode(asset);
    await network.chain.provider.send("anvil_setCode", [asset, "0xfe"]);
    await network.passMonth();
    expect(kinds(await keeper.tick())).to.deep.equal(["close"]);
    expect(notes.map(({ event }) => event)).to.deep.equal(["done", "refused", "refused"]);
    await network.chain.provider.send("anvil_setCode", [asset, code]);
    expect(kinds(await keeper.tick())).to.deep.equal(["withdraw", "withdraw"]);
  });

  describe("given two keepers at once", () => {
    it("does everything once, and a lost race is no error", async () => {
      const notes: KeeperNote[] = [];
      const keepers = [keeperOf(notes), keeperOf(notes)];
      await network.chain.setTime(periodEnd(NETWORK_OCTOBER) - DAY);
      await sendAnnouncement(lender.as, { member: lender.id, amount: parseCredits("40") });
      await network.passMonth(10);
      const done = (await Promise.all(keepers.map((keeper) => keeper.tick()))).flat();
      expect(notes.filter(({ event }) => event === "refused")).to.deep.equal([]);
      expect(kinds(done).sort()).to.deep.equal(["close", "withdraw"]);
      expect(await openMonth()).to.equal("2026-11");
    });

    it("may even share a key", async () => {
      const notes: KeeperNote[] = [];
      const consortium = actAs(network.admin, network.nextKey());
      const keepers = [1, 2, 3].map(() => createKeeper({ consortium, log: (note) => notes.push(note) }));
      await network.passMonth(40);
      await Promise.all(keepers.map((keeper) => keeper.tick()));
      await keepers[0]?.tick();
      expect(await openMonth()).to.equal("2026-12");
    });
  });

  describe("given a chain that is rolled back", () => {
    it("does again what was undone, though it had forgotten about it", async () => {
      const keeper = keeperOf();
      await network.chain.setTime(periodEnd(NETWORK_OCTOBER) - DAY);
      await sendAnnouncement(lender.as, { member: lender.id, amount: parseCredits("40") });
      await network.passMonth(10);
      const before = (await network.chain.provider.send("evm_snapshot", [])) as string;
      expect(kinds(await keeper.tick())).to.deep.equal(["close", "withdraw"]);
      expect(await keeper.tick()).to.deep.equal([]);
      await network.chain.provider.send("evm_revert", [before]);
      // A block of the same height with another content takes the place of the one it remembers.
      await sendDeposit(lender.as, { member: lender.id, amount: parseCredits("0.000001") }).catch(() => {});
      expect(kinds(await keeper.tick())).to.deep.equal(["close", "withdraw"]);
    });

    it("keeps running while it happens", async () => {
      const notes: KeeperNote[] = [];
      const keeper = keeperOf(notes);
      const stop = new AbortController();
      await network.passMonth(40);
      const before = (await network.chain.provider.send("evm_snapshot", [])) as string;
      const running = keeper.run({ intervalMs: 20, signal: stop.signal });
      try {
        await until(async () => (await openMonth()) !== "2026-10");
        await network.chain.provider.send("evm_revert", [before]);
        await until(async () => (await openMonth()) === "2026-12");
      } finally {
        stop.abort();
        await running;
      }
      expect(notes.some(({ event }) => event === "done")).to.equal(true);
    });
  });

  it("does nothing without a key but says what is due", async () => {
    const reader = await openConsortium(network.deployment, network.chain.provider);
    const keeper = createKeeper({ consortium: reader });
    await network.passMonth();
    expect(await keeper.due()).to.have.length(1);
    expect(await keeper.tick()).to.deep.equal([]);
    expect((await preparePayee(reader, { member: lender.id, payee: lender.key.address })).data).to.match(
      /^0x/,
    );
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("it did not come to pass");
}
