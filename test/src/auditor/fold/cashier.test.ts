import { expect } from "chai";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { MAX_BACKING } from "../../../../src/core/money.ts";
import {
  ADA,
  addressOf,
  BOB,
  DAY,
  EVE,
  foundedLedger,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { c } from "../../../support/statements.ts";

const purse = addressOf("purse");
const payeeOf = (member: number) => addressOf(`payee ${member}`);
const announce = (m: MadeLedger, amount = c("10"), days = 7, payee = payeeOf(BOB)) =>
  m.tell(["WithdrawalAnnounced", BOB, amount, m.now + days * DAY, payee]);
const paid = (m: MadeLedger, amount = c("10"), payee = payeeOf(BOB)) =>
  m.tell(["Withdrawn", BOB, payee, amount]);

describe("the cashier, folded", () => {
  it("pays what was announced, after its notice, to the payee of that day", async () => {
    const made = announce(foundedLedger()).pass(7);
    paid(made);
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(BOB).cash).to.equal(c("990"));
    expect(made.state.book.backing).to.equal(c("1090"));
    expect(made.fold.cashier.announced.size).to.equal(0);
  });

  it("pays what is free where more was announced", async () => {
    const made = announce(foundedLedger(), c("5000")).pass(7);
    paid(made, c("1000"));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(BOB)).to.include({ cash: 0n, free: 0n });
  });

  it("forgets an announcement that was taken back", async () => {
    const made = announce(announce(foundedLedger()), 0n as ReturnType<typeof c>).pass(7);
    paid(made);
    expect(await made.codes()).to.deep.equal(["WithdrawalUnannounced"]);
  });

  it("lends and takes back, and both know of it", async () => {
    const made = foundedLedger().tell(["AdvanceGiven", ADA, EVE, c("40")]);
    expect(made.account(EVE)).to.include({ cash: c("40"), advances: c("40"), free: 0n });
    made.tell(["AdvanceReturned", ADA, EVE, c("40")]);
    expect(made.account(ADA).cash).to.equal(c("100"));
    expect(await made.codes()).to.deep.equal([]);
  });

  const wrong: readonly [what: string, code: FindingCode, tell: (m: MadeLedger) => unknown][] = [
    [
      "a deposit beyond what the book can hold",
      "BackingFull",
      (m) => m.tell(["Deposited", BOB, purse, MAX_BACKING]),
    ],
    ["a deposit of nothing", "BackingFull", (m) => m.tell(["Deposited", BOB, purse, 0n])],
    ["an announcement for another day", "AnnouncementWrong", (m) => announce(m, c("10"), 6)],
    ["an announcement for another payee", "AnnouncementWrong", (m) => announce(m, c("10"), 7, purse)],
    ["a payment that nobody announced", "WithdrawalUnannounced", (m) => paid(m)],
    [
      "a second payment of one announcement",
      "WithdrawalUnannounced",
      (m) => (paid(announce(m).pass(7)), paid(m)),
    ],
    ["a payment before its notice was over", "WithdrawalTooEarly", (m) => paid(announce(m).pass(6))],
    ["a payment after its window", "WithdrawalTooLate", (m) => paid(announce(m).pass(38))],
    ["a payment of less", "WithdrawalWrong", (m) => paid(announce(m).pass(7), c("9"))],
    ["a payment to somebody else", "WithdrawalWrong", (m) => paid(announce(m).pass(7), c("10"), purse)],
    [
      "an advance beyond what is free",
      "AdvanceWrong",
      (m) => m.tell(["AdvanceGiven", ADA, EVE, c("100.01")]),
    ],
    ["an advance to oneself", "AdvanceWrong", (m) => m.tell(["AdvanceGiven", ADA, ADA, c("1")])],
    [
      "a return of what was never lent",
      "AdvanceReturnWrong",
      (m) => m.tell(["AdvanceReturned", ADA, BOB, c("1")]),
    ],
  ];
  for (const [what, code, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = foundedLedger();
      tell(made);
      expect(await made.codes()).to.deep.equal([code]);
    });
  }

  it("cannot tell a notice without the charter's terms", async () => {
    const made = announce(foundedLedger(undefined), c("10"), 1);
    paid(made.pass(2));
    expect(await made.codes()).to.deep.equal(["AnnouncementWrong", "WithdrawalTooEarly"]);
  });
});
