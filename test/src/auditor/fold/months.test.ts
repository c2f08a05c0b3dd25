import { expect } from "chai";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { yearsOf } from "../../../../src/auditor/fold/tally.ts";
import { COMMONS } from "../../../../src/core/ids.ts";
import { credits } from "../../../../src/core/money.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import {
  ADA,
  addressOf,
  BOB,
  DAY,
  EVE,
  foundedLedger,
  madeStatement,
  postedEvent,
  signedBy,
  synced,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { c, DUE, FEE, GROSS } from "../../../support/statements.ts";

const close = (month: number): MadeEvent => ["PeriodClosed", month];
const posted = async (consumer = BOB, by = "bob", owed = 0n) =>
  postedEvent([await signedBy(by, madeStatement({ consumer }))], { owed: [owed] });

describe("months, folded", () => {
  it("closes a month in which nothing was posted", async () => {
    const made = foundedLedger().pass(16).tell(close(OCTOBER));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.state.book.openPeriod).to.equal(OCTOBER + 1);
    expect(made.account(BOB)).to.include({ cash: c("1000"), position: 0n, standing: 0n });
    expect(made.state.tally.months(EVE)).to.deep.equal([]);
  });

  it("rolls an account over several months at once as month by month", async () => {
    const made = foundedLedger().tell(await posted());
    for (let month = 0; month < 3; month++) made.pass(month === 0 ? 16 : 31).tell(close(OCTOBER + month));
    expect(await made.codes()).to.deep.equal([]);
    // 12 supplied; a twelfth less at each further close, rounded down.
    const standing = credits(11_000_000n - 11_000_000n / 12n - 1n);
    expect(made.account(ADA)).to.include({ position: 0n, cash: c("112"), supplied: 0n, standing });
    expect(made.account(BOB)).to.include({
      position: 0n,
      cash: credits(c("1000") - DUE),
      free: credits(c("1000") - DUE),
    });
    expect(made.account(COMMONS).cash).to.equal(FEE);
    made.tell(["Deposited", ADA, addressOf("purse"), c("1")]);
    const [october, january, ...others] = made.state.tally.months(ADA);
    expect(others).to.deep.equal([]);
    expect(october).to.deep.include({ period: OCTOBER, opening: 0n, closing: c("112") });
    expect(january).to.deep.include({ period: OCTOBER + 3, opening: c("112"), closing: c("113") });
    expect(yearsOf([october!, january!]).map(({ year }) => year)).to.deep.equal([2026, 2027]);
  });

  const wrong: readonly [what: string, code: FindingCode, tell: (m: MadeLedger) => unknown][] = [
    ["a close before the month is over", "CloseTooEarly", (m) => m.tell(close(OCTOBER))],
    ["a close of the month before", "CloseOutOfOrder", (m) => m.tell(close(OCTOBER - 1))],
    ["a close of two months at once", "CloseOutOfOrder", (m) => m.pass(50).tell(close(OCTOBER + 1))],
    ["a pause of more than seven days", "PauseWrong", (m) => m.tell(["PostingPaused", m.now + 7 * DAY + 1])],
    ["a pause that ended before it began", "PauseWrong", (m) => m.tell(["PostingPaused", m.now - 1])],
    [
      "a pause too soon after the last",
      "PauseWrong",
      (m) =>
        m
          .tell(["PostingPaused", m.now + DAY])
          .pass(30)
          .tell(["PostingPaused", m.now + DAY]),
    ],
    [
      "a copy of other months than the register's",
      "SyncWrong",
      (m) => m.tell(synced(BOB, { until: OCTOBER })),
    ],
    ["a debt taken away by nobody", "DebtUnexplained", (m) => m.tell(["DebtCancelled", BOB, ADA, c("1")])],
    ["a payment of no debt", "DebtPaymentWrong", (m) => m.tell(["DebtPaid", BOB, ADA, 0n])],
  ];
  for (const [what, code, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = foundedLedger();
      tell(made);
      expect(await made.codes()).to.deep.equal([code]);
    });
  }

  it("counts a pause that was ended early only as long as it lasted", async () => {
    const made = foundedLedger()
      .tell(["PostingPaused", foundedLedger().now + 5 * DAY])
      .pass(2);
    made.tell(["PostingPaused", made.now]);
    expect(await made.codes()).to.deep.equal([]);
    expect([made.state.pauses.paused(made.now), made.state.pauses.secondsAt(made.now)]).to.deep.equal([
      false,
      2 * DAY,
    ]);
  });

  describe("a debt", () => {
    const indebted = async () => {
      const debts: MadeEvent[] = [
        ["DebtAcknowledged", EVE, ADA, GROSS],
        ["DebtAcknowledged", EVE, COMMONS, FEE],
      ];
      const made = foundedLedger().tell(...debts, await posted(EVE, "eve", DUE));
      return made.pass(1).tell(["Deposited", EVE, addressOf("purse"), c("20")]);
    };

    it("is paid in parts' order and then counts as supplied", async () => {
      const made = (await indebted()).tell(["AccountSynced", COMMONS, OCTOBER, 0, 0, 0, 0, false]);
      made.tell(["DebtPaid", EVE, ADA, GROSS], ["DebtPaid", EVE, COMMONS, FEE]);
      expect(await made.codes()).to.deep.equal([]);
      expect(made.account(EVE)).to.include({ debts: 0n, position: -DUE, room: credits(c("20") - DUE) });
      expect(made.account(ADA)).to.include({ position: GROSS, supplied: GROSS });
      expect(made.state.indebtedSince.has(EVE)).to.equal(false);
    });

    it("is named where less was paid than could be", async () => {
      const made = (await indebted()).tell(["DebtPaid", EVE, ADA, GROSS - 1n]);
      expect(await made.codes()).to.deep.equal(["DebtPaymentWrong"]);
      expect(made.account(EVE).debts).to.equal(credits(FEE + 1n));
    });
  });
});
