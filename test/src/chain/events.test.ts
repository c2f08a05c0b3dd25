import { expect } from "chai";
import type { Provider } from "ethers";
import { readLedgerEvents, readLogs, type LedgerEvent } from "../../../src/chain/events.ts";
import { findCharge } from "../../../src/sdk/charges.ts";
import { sendAcceptance, sendClaim } from "../../../src/sdk/claims.ts";
import { sendStatementRefund } from "../../../src/sdk/reversals.ts";
import { countersign } from "../../../src/sdk/statements.ts";
import { billed, postBilled } from "../../support/billed.ts";
import { c, DUE, FEE, GROSS } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("readLedgerEvents", () => {
  const world = useWorld();
  const since = async (block: number): Promise<LedgerEvent[]> => {
    const events = [];
    for await (const event of readLedgerEvents(
      world().admin.contracts,
      block + 1,
      await world().ethers.provider.getBlockNumber(),
    ))
      events.push(event);
    return events;
  };

  it("tells what the desks do to the book: bonds, charges, what is given back, debts cancelled", async () => {
    const w = world();
    const block = await w.ethers.provider.getBlockNumber();
    const one = billed(w, ["REQ-1"], { consumer: w.eve });
    const { claim } = await sendClaim(w.ada.as, one);
    const { countersignature } = await countersign(w.admin, w.eve.key, one.statement);
    await sendAcceptance(w.admin, { claim, countersignature });
    const charge = await findCharge(w.admin, one.statement);
    await sendStatementRefund(w.ada.as, charge);
    const [ada, eve] = [w.ada.id, w.eve.id];
    const told = (await since(block)).map(({ block: _, tx: __, ...event }) => event);
    expect(told).to.deep.equal([
      { kind: "bondLocked", member: ada, amount: c("5") },
      { kind: "bondReleased", member: ada, amount: c("5") },
      { kind: "acknowledged", debtor: eve, creditor: ada, amount: GROSS },
      { kind: "acknowledged", debtor: eve, creditor: 1, amount: FEE },
      {
        ...{ kind: "claimCharged", supplier: ada, consumer: eve, gross: GROSS, fee: FEE },
        batchRoot: charge.batchRoot,
      },
      { kind: "debtCancelled", debtor: eve, creditor: ada, amount: GROSS },
      { kind: "givenBack", supplier: ada, consumer: eve, amount: GROSS },
    ]);
  });

  it("tells of a batch its root and its statements", async () => {
    const w = world();
    const block = await w.ethers.provider.getBlockNumber();
    const { batchRoot } = await postBilled(w, [billed(w, ["REQ-1"])]);
    const [event] = await since(block);
    expect(event).to.include({ kind: "posted", supplier: w.ada.id, batchRoot });
    expect(event?.kind === "posted" && event.statements[0]).to.include({ gross: GROSS, fee: FEE });
    expect(DUE).to.equal(GROSS + FEE);
  });
});

describe("readLogs", () => {
  const asked: [number, number][] = [];
  const provider = {
    getLogs: ({ fromBlock, toBlock }: { fromBlock: number; toBlock: number }) => {
      asked.push([fromBlock, toBlock]);
      return Promise.resolve([]);
    },
  } as unknown as Provider;

  it("asks page by page, for every block once, and tells how far it is", async () => {
    const told: string[] = [];
    const range = { address: `0x${"11".repeat(20)}`, fromBlock: 7, toBlock: 5_000 };
    const progress = (done: number, total: number) => told.push(`${done}/${total}`);
    expect(await readLogs(provider, { ...range, progress }).next()).to.include({ done: true });
    expect(asked).to.deep.equal([
      [7, 2_006],
      [2_007, 4_006],
      [4_007, 5_000],
    ]);
    expect(told).to.deep.equal(["2000/4994", "4000/4994", "4994/4994"]);
  });

  it("says in words that the node does not answer", async () => {
    const silent = {
      getLogs: () => Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" })),
    } as unknown as Provider;
    const reading = readLogs(silent, { address: `0x${"11".repeat(20)}`, fromBlock: 0, toBlock: 1 });
    const error = await reading.next().catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: "NetworkUnreachable", retryable: true });
  });
});
