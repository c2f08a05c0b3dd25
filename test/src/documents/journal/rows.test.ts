import { expect } from "chai";
import fc from "fast-check";
import { COMMONS, memberId, type MemberId } from "../../../../src/core/ids.ts";
import { credits, parseCredits, type Credits } from "../../../../src/core/money.ts";
import type { PeriodId } from "../../../../src/core/period.ts";
import { CONSORTIUM_CHART, MEMBER_CHART } from "../../../../src/documents/journal/chart.ts";
import { consortiumEntry } from "../../../../src/documents/journal/consortium.ts";
import { debit } from "../../../../src/documents/journal/entry.ts";
import { journalOf } from "../../../../src/documents/journal/journal.ts";
import { memberEntry } from "../../../../src/documents/journal/member.ts";
import type { Movement } from "../../../../src/documents/journal/movement.ts";
import {
  balanceRows,
  JOURNAL_HEAD,
  journalRows,
  sixDecimals,
} from "../../../../src/documents/journal/rows.ts";
import { anyStory, chargedOf, JANUARY, storyOf } from "../../../support/movements.ts";

const [ADA, BOB] = [memberId(3), memberId(4)];
const nameOf = (member: MemberId) => (member === COMMONS ? "Commons" : `XA-${member}`);
const style = { chart: CONSORTIUM_CHART, nameOf, currency: "EUR" };
const at = (month: number) => (JANUARY + month) as PeriodId;
const column = (name: string) => JOURNAL_HEAD.indexOf(name);

describe("a journal", () => {
  it("tells each entry's place of proof, with six decimals, debits and credits apart", () => {
    const story = storyOf([[chargedOf([ADA, BOB], 8, [[1, 1]])]]);
    const rows = [...journalRows(journalOf(story, JANUARY, consortiumEntry), style)];
    expect(rows).to.have.length(4);
    expect(Object.fromEntries(JOURNAL_HEAD.map((name, i) => [name, rows[0]?.[i]]))).to.deep.equal({
      ...{ entry: "2026-01/000001", date: "2026-01-01", period: "2026-01", document: "statement 3/8" },
      ...{ account: "2000-3", account_name: "Account with the consortium: XA-3 (member 3)" },
      ...{ debit: "", credit: "12.500000", currency: "EUR", block: 1, log: 0 },
      text: "Statement 8 of XA-3, supplied to XA-4 in 2026-01",
    });
  });

  it("balances in any month of any story, in the consortium's books and in everybody's own", () => {
    fc.assert(
      fc.property(anyStory, fc.nat(11), (story, month) => {
        const own = [ADA, BOB, COMMONS].map((member) => (one: Movement) => memberEntry(one, member));
        for (const toEntry of own) {
          const { balances } = journalOf(story, at(month), toEntry);
          expect(balances.list().reduce((sum, one) => sum + one.debits - one.credits, 0n)).to.equal(0n);
        }
        const journal = journalOf(story, at(month), consortiumEntry);
        const sums = [...journalRows(journal, style)].map((row) => [
          parseCredits(String(row[column("debit")]) || "0"),
          parseCredits(String(row[column("credit")]) || "0"),
        ]);
        expect(sums.reduce((sum, [a = 0n, b = 0n]) => sum + a - b, 0n)).to.equal(0n);
        for (const row of balanceRows(journal, style)) {
          const [openD, openC, debits, credited, closeD, closeC] = row
            .slice(2, 8)
            .map((one) => parseCredits(one || "0"));
          expect(openD! - openC! + debits! - credited!).to.equal(closeD! - closeC!);
        }
      }),
    );
  });

  it("refuses an entry whose debits are not its credits", () => {
    const story = storyOf([[{ kind: "deposited", member: ADA, amount: parseCredits("5") }]]);
    const halved = (movement: Movement) => ({
      movement,
      lines: [debit("asset" as const, parseCredits("5"))],
    });
    expect(() => journalOf(story, JANUARY, halved))
      .to.throw(/out of balance by 5\.00/)
      .with.property("code", "JournalUnbalanced");
  });

  it("is told row by row, a hundred thousand entries as well", () => {
    const story = storyOf([
      Array.from(
        { length: 100_000 },
        (_, i) => ({ kind: "deposited", member: ADA, amount: credits(BigInt(i + 1)) }) as const,
      ),
    ]);
    const journal = journalOf(story, JANUARY, consortiumEntry);
    const rows = journalRows(journal, style);
    expect(rows.next().value?.[column("entry")]).to.equal("2026-01/000001");
    let [count, last] = [1, ""];
    for (const row of rows) [count, last] = [count + 1, String(row[column("entry")])];
    expect([count, last]).to.deep.equal([200_000, "2026-01/100000"]);
    expect(journal.balances.closing({ role: "asset" })).to.equal(5_000_050_000n);
  });

  it("books a forfeited bond as its supplier's loss, and a payment at the bank as its payer's", () => {
    const bond = { kind: "bondReleased", member: COMMONS, supplier: ADA, amount: parseCredits("5") } as const;
    const [movement] = storyOf([[bond]]);
    const roles = (member: MemberId) =>
      memberEntry(movement!, member)?.lines.map(({ role, amount }) => [role, sixDecimals(amount)]);
    expect(roles(ADA)).to.deep.equal([
      ["bondsForfeited", "5.000000"],
      ["bonds", "-5.000000"],
    ]);
    expect(roles(COMMONS)).to.deep.equal([
      ["cash", "5.000000"],
      ["forfeits", "-5.000000"],
    ]);
    expect(roles(BOB)).to.equal(undefined);
    expect(MEMBER_CHART.bondsForfeited.number).to.equal("6550");
  });
});

describe("sixDecimals", () => {
  it("is exact for any amount", () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 80n), 2n ** 80n), (amount) => {
        const text = sixDecimals(amount as Credits);
        expect(text).to.match(/^-?\d+\.\d{6}$/);
        expect(BigInt(text.replace(".", ""))).to.equal(amount);
      }),
    );
    expect(sixDecimals(credits(-1n))).to.equal("-0.000001");
  });
});
