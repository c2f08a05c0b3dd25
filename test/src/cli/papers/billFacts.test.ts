import { expect } from "chai";
import { readBillFacts } from "../../../../src/cli/papers/billFacts.ts";
import { memberRow } from "../../../../src/cli/review/members.ts";
import { readBookMonth } from "../../../../src/cli/review/month.ts";
import { COMMONS, isil, memberId, serviceId, type MemberId } from "../../../../src/core/ids.ts";
import { addMonths, type PeriodId } from "../../../../src/core/period.ts";
import { creditMemoContent } from "../../../../src/documents/bill/creditMemo.ts";
import { invoiceContent } from "../../../../src/documents/bill/invoice.ts";
import { makeBill } from "../../../../src/documents/bill/make.ts";
import { sum } from "../../../../src/documents/bill/totals.ts";
import { writeUbl } from "../../../../src/documents/ubl/ubl.ts";
import { readMember } from "../../../../src/sdk/members.ts";
import { createBalanced, type Balanced } from "../../../support/balanced.ts";
import { playMonths } from "../../../support/balanced-months.ts";
import { OFFICE } from "../../../support/bills.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import { broken } from "../../../support/en16931.ts";
import { NOVEMBER } from "../../../support/pricing.ts";
import { c } from "../../../support/statements.ts";

const SERVICES = ["loan", "copy", "page", "record"].map((code, at) => ({ id: serviceId(at + 1), code }));
type Parts = readonly { readonly exact: ReturnType<typeof c> }[];
const exact = (parts: Parts) => sum(parts.map((one) => one.exact));

describe("the facts of a bill", () => {
  let world: Balanced;
  before(async function () {
    this.timeout(120_000);
    world = await createBalanced();
    await playMonths(world);
  });
  after(() => world.close());

  const factsOf = (member: MemberId, month: PeriodId) =>
    readBillFacts(world.admin, { services: SERVICES }, member, month);

  /** The office of a world: every member has a party. */
  async function office() {
    const members = new Map(OFFICE.members);
    const [party] = members.values();
    for (const { id } of [world.ada, world.bob, world.eve]) {
      members.set(isil((await readMember(world.admin, id)).isil), { ...party!, name: `Library ${id}` });
    }
    return { ...OFFICE, members };
  }

  it("make invoice and credit memo that together are the month's net, for every member and month", async () => {
    let papers = 0;
    for (const month of [OCTOBER, NOVEMBER, addMonths(NOVEMBER, 1), addMonths(NOVEMBER, 2)]) {
      const book = await readBookMonth(world.admin, month);
      for (const { id } of [world.ada, world.bob, world.eve]) {
        const facts = await factsOf(id, month);
        const [invoice, memo] = [invoiceContent(facts, OFFICE), creditMemoContent(facts, OFFICE)];
        const row = memberRow(book, new Map(), SERVICES, await readMember(world.admin, id), []);
        const net = exact(memo.lines) - exact(invoice.lines) + exact(invoice.deductions);
        expect(net, `member ${id} in ${month}`).to.equal(row.net + row.compensation);
        papers += [...memo.lines, ...invoice.lines].filter((line) => line.exact > 0n).length;
      }
    }
    expect(papers).to.be.greaterThan(10);
  });

  it("make papers that keep EN 16931's rules, twice the same", async () => {
    const terms = await office();
    for (const { id } of [world.ada, world.bob, world.eve]) {
      const facts = await factsOf(id, NOVEMBER);
      for (const kind of ["invoice", "creditMemo"] as const) {
        const bill = makeBill(kind, facts, terms);
        if (bill === undefined) continue;
        expect(broken(writeUbl(bill))).to.deep.equal([]);
        expect(makeBill(kind, await factsOf(id, NOVEMBER), terms)).to.deep.equal(bill);
      }
    }
  });

  it("tell what relief, the grant and royalties made of a borrower's month", async () => {
    const bill = makeBill("invoice", await factsOf(world.bob.id, NOVEMBER), await office());
    expect(bill?.deductions.map(({ text, exact: amount }) => [text, amount])).to.deep.equal([
      ["Relief 1", c("12")],
      ["Relief 2", c("6")],
    ]);
    expect(bill?.lines.map(({ text }) => text)).to.include(`Royalties to ${await nameOf(world.eve.id)}`);
    expect(bill?.totals.due).to.equal(0n);
  });

  it("ask for what an invoice on the chain asks for, and name it", async () => {
    const bill = makeBill("invoice", await factsOf(world.eve.id, NOVEMBER), await office());
    expect(bill?.demands).to.deep.equal([1]);
    expect(bill?.totals.due).to.be.greaterThan(0n);
    expect(bill!.totals.due <= c("9")).to.equal(true);
  });

  it("are refused for an open month, for reserved accounts and for nobody", async () => {
    const code = (member: MemberId, month: PeriodId) =>
      factsOf(member, month).then(
        () => "none",
        (error: unknown) => (error as { code: string }).code,
      );
    expect(await code(world.bob.id, addMonths(NOVEMBER, 6))).to.equal("MonthNotClosed");
    expect(await code(COMMONS, NOVEMBER)).to.equal("PartyReserved");
    expect(await code(memberId(99), NOVEMBER)).to.equal("MemberUnknown");
  });

  async function nameOf(member: MemberId): Promise<string> {
    const { isil: symbol } = await readMember(world.admin, member);
    return `Library ${member} (${symbol})`;
  }
});
