import { expect } from "chai";
import { randomSalt } from "../../../src/records/bundle.ts";
import { hash, serviceId, statementNumber } from "../../../src/core/ids.ts";
import type { Hash } from "../../../src/core/ids.ts";
import { treeDomain } from "../../../src/core/leaf.ts";
import { parseCredits } from "../../../src/core/money.ts";
import type { ServiceRecord } from "../../../src/core/record.ts";
import { buildTree } from "../../../src/core/tree.ts";
import type { Act } from "../../../src/keeper/act.ts";
import { actId, describeAct } from "../../../src/keeper/act.ts";
import { createKeeper, type KeeperNote } from "../../../src/keeper/keeper.ts";
import { readAccount } from "../../../src/sdk/accounts.ts";
import { sendAppeal, sendAward } from "../../../src/sdk/awards.ts";
import { readEnds } from "../../../src/sdk/claimLog.ts";
import { readClaim, sendClaim } from "../../../src/sdk/claims.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import { sendDispute } from "../../../src/sdk/disputes.ts";
import { sendPause } from "../../../src/sdk/periods.ts";
import {
  createNetwork,
  NETWORK_OCTOBER,
  type NetworkMember,
  type TestNetwork,
} from "../../support/network.ts";

const DAY = 86_400;
const ARBITER = 6n;
const APPELLATE = 7n;

describe("keeper, of claims", () => {
  let network: TestNetwork;
  let lender: NetworkMember;
  let borrower: NetworkMember;
  let snapshot: string;

  before(async () => {
    network = await createNetwork();
    lender = await network.createMember("100");
    borrower = await network.createMember("20");
  });
  after(() => network.chain.stop());
  beforeEach(async () => {
    snapshot = (await network.chain.provider.send("evm_snapshot", [])) as string;
  });
  afterEach(() => network.chain.provider.send("evm_revert", [snapshot]));

  const keeperOf = (notes: KeeperNote[] = []) =>
    createKeeper({ consortium: actAs(network.admin, network.nextKey()), log: (note) => notes.push(note) });
  const wait = async (days: number) => network.chain.setTime((await network.chain.now()) + days * DAY);
  const settled = (acts: readonly Act[]) => acts.filter(({ kind }) => kind === "settle-claim");

  /** Claims two loans: 24 and a fee of 0.52. */
  async function claim(number = 1): Promise<Hash> {
    const { deployment } = network;
    const records = [1, 2].map((): ServiceRecord => ({
      ...{ supplier: lender.id, consumer: borrower.id, request: hash(randomSalt()) },
      ...{ service: serviceId(1), charge: 0, quantity: 1, amount: parseCredits("12") },
      details: hash(randomSalt()),
    }));
    const { root } = buildTree(treeDomain(deployment.chainId, deployment.ledger), records);
    const statement = {
      ...{ supplier: lender.id, consumer: borrower.id, number: statementNumber(number) },
      ...{ period: NETWORK_OCTOBER, lastPeriod: NETWORK_OCTOBER, root },
      lines: [{ service: serviceId(1), quantity: 2 }],
      maximum: parseCredits("30"),
    };
    return (await sendClaim(lender.as, { statement, records })).claim;
  }
  async function disputed(): Promise<Hash> {
    const id = await claim();
    await sendDispute(borrower.as, { consumer: borrower.id, claims: [id] });
    return id;
  }

  it("settles what nobody disputed once its window is over, and then the debt as room comes", async () => {
    const id = await claim();
    const keeper = keeperOf();
    await wait(44);
    expect(settled(await keeper.due())).to.deep.equal([]);
    await wait(1);
    const done = await keeper.tick();
    expect(done.map(({ kind }) => kind)).to.deep.equal(["close", "settle-claim"]);
    expect(describeAct(done[1]!)).to.equal(`settle the claim ${id} of member 3 against member 4 for 24.52`);
    expect((await readAccount(network.admin, lender.id)).position).to.equal(parseCredits("20"));
    expect((await readAccount(network.admin, borrower.id)).debts).to.equal(parseCredits("4.52"));
    expect(await keeper.tick()).to.deep.equal([]);
    await network.fund(borrower.id, parseCredits("10"));
    const paid = await keeper.tick();
    expect(paid.map(({ kind }) => kind)).to.deep.equal(["pay-debt", "pay-debt"]);
    expect((await readAccount(network.admin, borrower.id)).debts).to.equal(0n);
  });

  it("settles an award once nobody appealed, for what was awarded", async () => {
    const id = await disputed();
    await sendAward(network.admin, { claim: id, gross: parseCredits("6"), fee: parseCredits("0.13") });
    const keeper = keeperOf();
    await wait(13);
    expect(settled(await keeper.tick())).to.deep.equal([]);
    await wait(1);
    expect(settled(await keeper.tick())).to.have.length(1);
    expect((await readEnds(network.admin))[0]).to.include({ outcome: "awarded", gross: parseCredits("6") });
  });

  it("lets a dispute lapse only after the time in which somebody could judge it", async () => {
    const { charter } = network.admin.contracts;
    const arbiter = network.chain.accounts[0]!.address;
    const id = await disputed();
    const keeper = keeperOf();
    await wait(100);
    await (await charter.revokeRole(ARBITER, arbiter)).wait();
    await wait(100);
    expect(settled(await keeper.tick()), "the bench is empty").to.deep.equal([]);
    await (await charter.grantRole(ARBITER, arbiter, 0)).wait();
    await wait(79);
    expect(settled(await keeper.tick())).to.deep.equal([]);
    await wait(1);
    expect(settled(await keeper.tick())).to.have.length(1);
    expect((await readEnds(network.admin, [id]))[0]).to.include({ outcome: "lapsed", gross: 0n });
  });

  it("settles an appeal that nobody ruled on in time, whoever is left to rule", async () => {
    const { charter } = network.admin.contracts;
    const appellate = network.chain.accounts[0]!.address;
    const id = await disputed();
    await sendAward(network.admin, { claim: id, gross: parseCredits("6"), fee: parseCredits("0.13") });
    await sendAppeal(borrower.as, { party: borrower.id, claim: id });
    const keeper = keeperOf();
    await (await charter.revokeRole(APPELLATE, appellate)).wait();
    await sendPause(network.admin, { seconds: 2 * DAY });
    await wait(61);
    expect(settled(await keeper.tick()), "a pause stops the term, an empty bench does not").to.deep.equal([]);
    await wait(1);
    expect(settled(await keeper.tick())).to.have.length(1);
    expect((await readEnds(network.admin, [id]))[0]).to.include({
      outcome: "awarded",
      gross: parseCredits("6"),
    });
  });

  it("waits while posting is paused, without trying in vain", async () => {
    await claim();
    await wait(44);
    const notes: KeeperNote[] = [];
    const keeper = keeperOf(notes);
    await keeper.tick();
    await sendPause(network.admin, { seconds: 3 * DAY });
    await wait(2);
    expect(settled(await keeper.due())).to.deep.equal([]);
    await wait(1);
    expect(settled(await keeper.due()), "a pause stops the window").to.deep.equal([]);
    await wait(1);
    expect(settled(await keeper.tick())).to.have.length(1);
    expect(notes.filter(({ event }) => event === "refused")).to.deep.equal([]);
  });

  it("shares the work with another keeper, and each claim is settled once", async () => {
    const claims = [await claim(1), await claim(2), await claim(3)];
    await wait(46);
    const [one, two] = [keeperOf(), keeperOf()];
    const done = (await Promise.all([one.tick(), two.tick()])).flat();
    expect(new Set(settled(done).map(actId)).size).to.equal(settled(done).length);
    for (const id of claims) expect(await readClaim(network.admin, id)).to.equal(undefined);
    expect(await readEnds(network.admin)).to.have.length(3);
  });

  it("starts where another was killed, and forgets what a rollback took away", async () => {
    await claim();
    await wait(46);
    const keeper = keeperOf();
    const before = (await network.chain.provider.send("evm_snapshot", [])) as string;
    expect(settled(await keeper.tick())).to.have.length(1);
    await network.chain.provider.send("evm_revert", [before]);
    expect(settled(await keeper.tick()), "its memory is of a chain that is gone").to.have.length(1);
    expect(settled(await keeperOf().tick()), "another finds it done").to.deep.equal([]);
  });
});
