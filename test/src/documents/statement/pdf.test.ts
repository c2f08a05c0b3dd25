import { expect } from "chai";
import { COMMONS, memberId, serviceId, type MemberId } from "../../../../src/core/ids.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import { periodEnd, type PeriodId } from "../../../../src/core/period.ts";
import type { Movement } from "../../../../src/documents/journal/movement.ts";
import { gainsOf } from "../../../../src/documents/statement/gains.ts";
import { statementPdf, type StatementPaper } from "../../../../src/documents/statement/pdf.ts";
import { chargedOf, JANUARY, storyOf } from "../../../support/movements.ts";
import { pagesOf, textOf } from "../../../support/pdf.ts";

const [ADA, BOB] = [memberId(3), memberId(4)];
const LOAN = serviceId(1);
const c = parseCredits;
const february = (JANUARY + 1) as PeriodId;

const paper: StatementPaper = {
  ...{
    currency: "EUR",
    name: "国家图书馆 (CN-1)",
    source: "the office, in office.json,",
    author: "The office",
  },
  ...{ at: periodEnd(JANUARY), ledger: "Ledger 0xabc on chain 1" },
  serviceName: (service) => `service ${service}`,
  partnerName: (member) => (member === COMMONS ? "Commons" : `XA-${member}`),
};

const paperOf = (story: readonly Movement[], member: MemberId = BOB, prices = new Map([[LOAN, c("45")]])) => {
  const gains = gainsOf(story, member, [JANUARY, february], [JANUARY], prices);
  return statementPdf(gains, paper);
};

const story = storyOf([
  [
    { kind: "deposited", member: BOB, amount: c("100") },
    chargedOf([ADA, BOB], 1, [
      [1, 2],
      [2, 1],
    ]),
    chargedOf([BOB, ADA], 1, [[1, 1]]),
    { kind: "debtAcknowledged", debtor: BOB, creditor: ADA, amount: c("0.000001") },
  ],
]);

describe("statementPdf", () => {
  it("says what came of it first, then how it adds up, then on what a saving rests and what proves it", async () => {
    const text = await textOf(await paperOf(story));
    const expected = [
      "In January to February 2026, 国家图书馆 (CN-1) gave others services worth 12.50 EUR and drew 37.50 EUR. " +
        "All told it is 25.749999 EUR behind. At the end it owes 0.000001 EUR that it found no room for. " +
        "Buying alone what it drew would have cost 90.00 EUR: 64.50 EUR more than it paid.",
      "Net: what the close settled −25.749999",
      "Paid in 100.000000",
      "On the account after 74.250001",
      "XA-3 1 12.50 1 37.50 0.75",
      "Saved 64.50",
      "at the price that the office, in office.json, states (service 1 at 45.00 EUR)",
      "nothing is rounded. Counted are 2026-01. Ledger 0xabc on chain 1.",
      "2026-01 Drawn from others statement 3/1 2 / 0 −37.500000",
    ];
    let at = 0;
    for (const part of expected) {
      const found = text.indexOf(part, at);
      expect(found, `${part} after\n${text.slice(at)}`).to.be.greaterThan(-1);
      at = found;
    }
  });

  it("claims no saving where no price is given, and tells of a quiet month that nothing happened", async () => {
    expect(await textOf(await paperOf(story, BOB, new Map()))).not.to.match(/alone|Assumed|Saved/i);
    const quiet = await textOf(await paperOf([], BOB));
    expect(quiet).to.include(
      "gave others services worth 0.00 EUR and drew 0.00 EUR. All told it comes out even.",
    );
    expect(quiet).not.to.match(/By service|Transaction/);
  });

  it("goes on over pages for a year of many partners, and is the same bytes each time", async () => {
    const many = storyOf([
      Array.from({ length: 120 }, (_, i) => chargedOf([memberId(5 + i), BOB], i, [[1, i + 1]])),
    ]);
    const [first, second] = await Promise.all([paperOf(many), paperOf(many)]);
    expect(first).to.deep.equal(second);
    const pages = await pagesOf(first);
    expect(pages).to.have.length.greaterThan(5);
    const text = pages.join(" ").replace(/\s+/g, " ");
    for (const partner of [5, 64, 124]) expect(text).to.include(`XA-${partner} `);
    expect(text).to.include(`Page ${pages.length} of ${pages.length}`);
  });
});
