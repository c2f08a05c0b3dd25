import { expect } from "chai";
import { id } from "ethers";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { hash, RELIEF, statementNumber } from "../../../../src/core/ids.ts";
import { credits } from "../../../../src/core/money.ts";
import {
  ADA,
  addressOf,
  BOB,
  digestOf,
  EVE,
  foundedLedger,
  madeStatement,
  openedEvents,
  postedEvent,
  signedBy,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import { aid, goTo, NOVEMBER, richLedger, settledEvent, terms } from "../../../support/made-prices.ts";
import { c, DUE, GROSS, loans } from "../../../support/statements.ts";

const TWO = credits(2n * GROSS);
const first = madeStatement({ lines: loans(2) });
const second = madeStatement({ lines: loans(2), number: statementNumber(2), root: hash(id("second")) });
const [one, two] = [digestOf(first), digestOf(second)];

/** Two statements of two loans each, the second a day later. */
async function posted(): Promise<MadeLedger> {
  const made = foundedLedger().tell(postedEvent([await signedBy("bob", first)]));
  return made.pass(1).tell(postedEvent([await signedBy("bob", second)]));
}
const given = (amount: bigint, supplier: number = ADA, consumer: number = BOB): MadeEvent => [
  "GivenBack",
  ...[supplier, consumer, amount],
];
const refunded = (places: readonly number[], amount = GROSS * BigInt(places.length), of = one): MadeEvent => [
  "RecordsRefunded",
  ...[of, ADA, BOB, places, amount],
];
const whole = (amount: bigint = TWO, of = one): MadeEvent => ["StatementRefunded", of, ADA, BOB, amount];
const duplicate = (
  index: number,
  earlier: string,
  place: number,
  of = two,
  amount: bigint = GROSS,
): MadeEvent => ["DuplicateReversed", ...[of, ADA, BOB, index, earlier, place, amount]];

describe("reversals, folded", () => {
  it("give back records, then what is left, and no fee", async () => {
    const made = (await posted()).tell(given(GROSS), refunded([1])).tell(given(GROSS), whole(GROSS));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.state.statements.givenOf(one)).to.deep.include({ amount: TWO, whole: true });
    expect(made.account(ADA)).to.include({ position: TWO, supplied: TWO });
    expect(made.account(BOB).position).to.equal(credits(TWO - 4n * DUE));
    expect(made.state.counts).to.include({ refunds: 2, duplicates: 0 });
    expect(made.state.tally.months(BOB)[0]?.flows).to.include({ gotBack: TWO });
  });

  it("reverse the later charge of a record", async () => {
    const made = (await posted()).tell(given(GROSS), duplicate(0, one, 1));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.fold.reversals.given).to.have.length(1);
    expect(made.state.counts.duplicates).to.equal(1);
  });

  it("first take away what the consumer owes, and owe what the supplier has no room for", async () => {
    const poor = madeStatement({ consumer: EVE });
    const debt = (debtor: number, creditor: number, amount: bigint): MadeEvent => [
      "DebtAcknowledged",
      ...[debtor, creditor, amount],
    ];
    const made = foundedLedger();
    made.tell(
      debt(EVE, ADA, GROSS),
      debt(EVE, 1, DUE - GROSS),
      postedEvent([await signedBy("eve", poor)], { owed: [DUE] }),
    );
    made.tell(["DebtCancelled", EVE, ADA, GROSS], given(GROSS, ADA, EVE), [
      "StatementRefunded",
      digestOf(poor),
      ADA,
      EVE,
      GROSS,
    ]);
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(EVE).debts).to.equal(credits(DUE - GROSS));
    expect(made.account(ADA)).to.include({ cash: c("100"), position: 0n, supplied: 0n });

    const spent = (await posted()).tell(["AdvanceGiven", ADA, EVE, c("100")]);
    spent
      .pass(16)
      .tell(["PeriodClosed", OCTOBER])
      .tell(["AdvanceGiven", ADA, EVE, c("40")]);
    expect(spent.account(ADA).room).to.equal(c("8"));
    spent.tell(debt(ADA, BOB, c("16")), given(TWO), whole());
    expect(await spent.codes()).to.deep.equal([]);
    expect(spent.account(ADA)).to.include({ debts: c("16"), position: -c("8") });
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], tell: (m: MadeLedger) => unknown][] = [
    [
      "a refund of what was never charged",
      ["RefundUnknown"],
      (m) => m.tell(given(GROSS), refunded([0], GROSS, hash(id("nothing")))),
    ],
    [
      "a refund of a claim that has not ended",
      ["RefundUnknown"],
      (m) => {
        const open = madeStatement({ number: statementNumber(3) });
        m.tell(...openedEvents(open)).tell(given(GROSS), refunded([0], GROSS, digestOf(open)));
      },
    ],
    [
      "a refund to somebody else",
      ["RefundPartiesWrong"],
      (m) => m.tell(given(GROSS, ADA, EVE), ["RecordsRefunded", one, ADA, EVE, [0], GROSS]),
    ],
    [
      "a refund of more than was charged",
      ["RefundExceeds"],
      (m) => m.tell(given(TWO + 1n), refunded([0], TWO + 1n)),
    ],
    [
      "a refund of more than is left",
      ["RefundExceeds"],
      (m) => m.tell(given(GROSS + 1n), refunded([0], GROSS + 1n)).tell(given(GROSS), refunded([1])),
    ],
    [
      "a record given back twice",
      ["RecordRefundedTwice"],
      (m) => m.tell(given(GROSS), refunded([0])).tell(given(GROSS), refunded([0])),
    ],
    [
      "a record given back after the whole",
      ["RecordRefundedTwice", "RefundExceeds"],
      (m) => m.tell(given(TWO), whole()).tell(given(GROSS), refunded([0])),
    ],
    [
      "the whole given back twice",
      ["RecordRefundedTwice"],
      (m) => m.tell(given(TWO), whole()).tell(given(0n), whole(0n)),
    ],
    ["a whole that is less than what is left", ["RefundWrong"], (m) => m.tell(given(GROSS), whole(GROSS))],
    ["a duplicate turned round", ["DuplicateFalse"], (m) => m.tell(given(GROSS), duplicate(0, two, 0, one))],
    ["a duplicate of itself", ["DuplicateFalse"], (m) => m.tell(given(GROSS), duplicate(0, two, 0))],
    [
      "a duplicate of what was never charged",
      ["DuplicateFalse"],
      (m) => m.tell(given(GROSS), duplicate(0, id("nothing"), 0)),
    ],
    [
      "a duplicate of what was given back itself",
      ["DuplicateFalse"],
      (m) => m.tell(given(GROSS), refunded([0])).tell(given(GROSS), duplicate(0, one, 0)),
    ],
    ["a refund that the ledger did not give", ["GiftUnexplained"], (m) => m.tell(refunded([0]))],
    ["a gift that no refund explains", ["GiftUnexplained"], (m) => m.tell(given(GROSS))],
    ["a gift of another amount", ["GiftUnexplained"], (m) => m.tell(given(GROSS + 1n), refunded([0]))],
    [
      "a debt taken away that there was not",
      ["DebtWrong"],
      (m) => m.tell(["DebtCancelled", BOB, ADA, 1n], given(GROSS), refunded([0])),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`name ${what}`, async () => {
      const made = await posted();
      tell(made);
      expect(await made.codes()).to.deep.equal(codes);
    });
  }

  it("name a duplicate of another pair's charge", async () => {
    const made = await posted();
    const other = madeStatement({ consumer: EVE, number: statementNumber(7) });
    made.tell(["Deposited", EVE, addressOf("purse"), c("50")]);
    made.tell(postedEvent([await signedBy("eve", other)]));
    made.pass(1).tell(given(GROSS), duplicate(0, digestOf(other), 0));
    expect(new Set(await made.codes())).to.deep.equal(new Set(["DuplicateFalse"]));
  });
});

describe("reversals of relieved statements, folded", () => {
  const statement = madeStatement({ lines: loans(2), period: NOVEMBER });
  const digest = digestOf(statement);
  /** Two loans of November, of which RELIEF paid a third. */
  async function relieved(): Promise<MadeLedger> {
    const made = richLedger().tell(["ReliefOpened", 1, terms({ share: 3_333 })]);
    const paid = (TWO * 3_333n) / 10_000n;
    const signed = [await signedBy("bob", statement)];
    const batch = postedEvent(signed, { period: NOVEMBER, relieved: [paid] });
    return goTo(made, NOVEMBER).tell(settledEvent(statement, [aid(1, paid)]), batch);
  }
  const gave = (amount: bigint, part: bigint): MadeEvent[] => [
    given(amount - part),
    given(part, ADA, RELIEF),
  ];
  const part = (total: bigint) => (total * ((TWO * 3_333n) / 10_000n)) / TWO;
  const refund = (amount: bigint, index: number): MadeEvent => [
    "RecordsRefunded",
    ...[digest, ADA, BOB, [index], amount],
  ];

  it("give RELIEF its part of all that was given back, rounded down, and the consumer the rest", async () => {
    const [first, last] = [credits(7n), TWO - 7n];
    const made = (await relieved()).tell(...gave(first, part(first)), refund(first, 0));
    made.tell(...gave(last, part(TWO) - part(first)), ["StatementRefunded", digest, ADA, BOB, last]);
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(RELIEF).room).to.equal(c("500"));
    expect(made.account(BOB).position).to.equal(-2n * (DUE - GROSS));
    expect(made.account(ADA).position).to.equal(0n);
  });

  it("go on where something is said to be relieved of nothing", async () => {
    const made = richLedger().tell(["ReliefOpened", 1, terms({ share: 3_333 })]);
    const signed = [await signedBy("bob", statement)];
    const batch = postedEvent(signed, { period: NOVEMBER, relieved: [c("1")], charges: [[0n, 0n]] });
    goTo(made, NOVEMBER).tell(settledEvent(statement, [aid(1, c("1"))]), batch);
    made.tell(given(GROSS), refund(GROSS, 0));
    const codes = new Set(await made.codes());
    expect([...codes]).to.include.members(["PriceWrong", "LegsWrong", "RefundExceeds"]);
  });

  it("name what the consumer got of RELIEF's part, and RELIEF of the consumer's", async () => {
    for (const [to, back] of [
      [BOB, 0n],
      [BOB, part(GROSS) - 1n],
      [BOB, part(GROSS) + 1n],
    ] as const) {
      const events = back === 0n ? [given(GROSS, ADA, to)] : gave(GROSS, back);
      const made = (await relieved()).tell(...events, refund(GROSS, 0));
      expect(new Set(await made.codes())).to.deep.equal(new Set(["GiftUnexplained"]));
    }
  });
});
