import { expect } from "chai";
import { readLedgerEvents, type LedgerEvent } from "../../../src/chain/events.ts";
import { applyEvent } from "../../../src/cli/review/apply.ts";
import { Book } from "../../../src/core/book.ts";
import { RELIEF, memberId } from "../../../src/core/ids.ts";
import { addMonths, type PeriodId } from "../../../src/core/period.ts";
import { name, seatCouncil } from "../../support/compensation.ts";
import { COPY, LOAN } from "../../support/consortium.ts";
import {
  fundGrant,
  NOVEMBER,
  openGrant,
  openMonth,
  openRelief,
  postQuoted,
  some,
} from "../../support/pricing.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import { ACT, LICENCE, registerWork } from "../../support/works.ts";

describe("readLedgerEvents, where others pay and get", () => {
  const world = useWorld();
  const since = async (block: number): Promise<LedgerEvent[]> => {
    const { admin, ethers } = world();
    const events: LedgerEvent[] = [];
    const latest = await ethers.provider.getBlockNumber();
    for await (const event of readLedgerEvents(admin.contracts, block, latest)) events.push(event);
    return events;
  };

  it("tells of each statement its own legs, and of the pots what fills and empties them", async () => {
    const w = world();
    await seatCouncil(w);
    await w.fund(RELIEF, c("100"));
    const block = (await w.ethers.provider.getBlockNumber()) + 1;
    const relief = await openRelief(w);
    const grant = await openGrant(w, { service: COPY, share: 2_500 });
    await fundGrant(w, grant, c("3"));
    await w.schedule.describe(COPY, 0, ACT.Reproduce);
    const work = await registerWork(w.eve, LICENCE.Reserved);
    await w.eve.as.contracts.resources.permit(work, COPY, true, c("0.5"));
    await name(w, [{ member: w.ada.id, rate: 10_000, cap: c("1") }]);
    await openMonth(w, NOVEMBER);
    const lines = [some(2), { ...some(3, COPY), resource: work }];
    await postQuoted(w, lines, { consumer: w.bob });
    await postQuoted(w, [some(1, COPY)], { consumer: w.bob });
    await w.closeMonth();
    await w.compensation.compensate(w.ada.id, NOVEMBER);

    const events = await since(block);
    const told = events.map((event) => (event.kind === "posted" ? event.statements[0]! : event));
    const legs = told.flatMap((one) => ("legs" in one ? [{ legs: one.legs, granted: one.granted }] : []));
    expect(legs).to.deep.equal([
      {
        granted: c("3"),
        legs: [
          { kind: "aid", relief, amount: c("12") },
          { kind: "aid", relief: grant, amount: c("3") },
          { kind: "royalty", holder: w.eve.id, amount: c("1.5") },
        ],
      },
      { granted: 0n, legs: [] },
    ]);
    const pots = events.filter(({ kind }) => kind.startsWith("pot") || kind === "watched");
    expect(pots.map(({ block: _, tx: __, ...event }) => event)).to.deep.equal([
      { kind: "potFilled", amount: c("3") },
      { kind: "potFilled", amount: c("1") },
      { kind: "watched", member: w.ada.id, watched: true },
      { kind: "potEmptied", member: w.ada.id, amount: c("1") },
      { kind: "watched", member: w.ada.id, watched: false },
    ]);
  });

  it("tells enough to rebuild the book", async () => {
    const w = world();
    await w.fund(RELIEF, c("100"));
    await openRelief(w, { cap: c("7") });
    const grant = await openGrant(w, { share: 1_000 });
    await fundGrant(w, grant, c("50"));
    await openMonth(w, NOVEMBER);
    await postQuoted(w, [some(2, LOAN)], { consumer: w.bob });
    await openMonth(w, NOVEMBER + 4);
    await w.pricing.returnGrant(grant, w.stranger.address);

    const events = await since(0);
    const open = Number(await w.ledger.openPeriod()) as PeriodId;
    const book = new Book(addMonths(open, -events.filter(({ kind }) => kind === "closed").length));
    for (const event of events) applyEvent(book, event);
    expect([book.backing, book.bonds]).to.deep.equal([await w.ledger.backing(), await w.ledger.bonds()]);
    for (const member of [1, RELIEF, w.ada.id, w.bob.id, w.eve.id].map(memberId)) {
      const { position, cash, supplied } = await w.ledger.account(member);
      expect(book.account(member), `member ${member}`).to.include({ position, cash, supplied });
    }
  });
});
