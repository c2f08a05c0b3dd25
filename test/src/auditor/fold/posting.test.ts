import { expect } from "chai";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { checkSums } from "../../../../src/auditor/conclude.ts";
import { COMMONS, memberId, serviceId, statementNumber } from "../../../../src/core/ids.ts";
import { credits } from "../../../../src/core/money.ts";
import type { Statement } from "../../../../src/core/statement.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import {
  ADA,
  addressOf,
  BOB,
  EVE,
  foundedLedger,
  madeStatement,
  postedEvent,
  signedBy,
  type BatchChanges,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { c, DUE, FEE, GROSS } from "../../../support/statements.ts";

const batch = async (statement: Partial<Statement> = {}, changes: BatchChanges = {}, by = "bob") =>
  postedEvent([await signedBy(by, madeStatement(statement))], changes);
const skipped = (fault: number, found: bigint | string = 0n, limit = 0n, number = 1): MadeEvent => [
  "StatementSkipped",
  ...[ADA, number, fault, found, limit],
];
const LEFT_OUT = { posted: 0n, charges: [[0n, 0n]] } as const;

describe("posting, folded", () => {
  it("charges the consumer, and gives the supplier and COMMONS theirs", async () => {
    const made = foundedLedger().tell(await batch());
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(ADA)).to.include({ position: GROSS, supplied: GROSS });
    expect(made.account(BOB)).to.include({ position: -DUE, room: credits(c("1000") - DUE) });
    expect(made.account(COMMONS).position).to.equal(FEE);
    expect(made.state.counts).to.include({ batches: 1, statements: 1, skipped: 0 });
    expect(made.state.tally.months(BOB)[0]?.flows).to.include({ drawn: GROSS, fees: FEE });
    checkSums(made.state.book, made.findings);
    expect(await made.codes()).to.deep.equal([]);
  });

  const wrong: readonly [
    what: string,
    codes: readonly FindingCode[],
    tell: (m: MadeLedger) => Promise<unknown>,
  ][] = [
    ["a number used twice", ["NumberReused"], async (m) => m.tell(await batch(), await batch())],
    [
      "a number used in one batch twice",
      ["NumberReused"],
      async (m) => {
        const one = await signedBy("bob", madeStatement());
        m.tell(postedEvent([one, one]));
      },
    ],
    ["another price", ["PriceWrong"], async (m) => m.tell(await batch({}, { charges: [[GROSS - 1n, FEE]] }))],
    ["another fee", ["PriceWrong"], async (m) => m.tell(await batch({}, { charges: [[GROSS, 0n]] }))],
    [
      "more than was signed",
      ["AboveMaximum"],
      async (m) => m.tell(await batch({ maximum: credits(DUE - 1n) })),
    ],
    [
      "more than was signed and than the price",
      ["PriceWrong", "AboveMaximum"],
      async (m) => m.tell(await batch({ maximum: DUE }, { charges: [[GROSS + 1n, FEE]] })),
    ],
    [
      "a service that nobody offers",
      ["ServiceNotOffered"],
      async (m) =>
        m.tell(await batch({ lines: [{ service: serviceId(9), quantity: 1 }] }, { charges: [[0n, 0n]] })),
    ],
    [
      "its own consumer",
      ["StatementInadmissible"],
      async (m) => m.tell(await batch({ consumer: ADA }, {}, "ada")),
    ],
    [
      "a month that has not begun",
      ["StatementInadmissible", "PriceWrong"],
      async (m) => m.tell(await batch({ period: (OCTOBER + 1) as typeof OCTOBER }, { charges: [[0n, 0n]] })),
    ],
    ["another's key", ["NotCountersigned"], async (m) => m.tell(await batch({}, {}, "ada"))],
    [
      "a key that was revoked before",
      ["NotCountersigned"],
      async (m) => m.tell(["KeySet", BOB, addressOf("bob"), 0]).tell(await batch()),
    ],
    ["another month", ["BatchPeriodWrong"], async (m) => m.tell(await batch({}, { period: OCTOBER - 1 }))],
    [
      "another root",
      ["BatchRootWrong"],
      async (m) => m.tell(await batch({}, { root: `0x${"ab".repeat(32)}` })),
    ],
    [
      "a supplier without an account",
      ["MemberUnknown"],
      async (m) => m.tell(await batch({ supplier: memberId(9) })),
    ],
    [
      "a pause",
      ["PostedWhilePaused"],
      async (m) => m.tell(["PostingPaused", m.now + 60]).tell(await batch()),
    ],
    ["a month that was over", ["PostedBeforeClose"], async (m) => m.pass(30).tell(await batch())],
    [
      "bytes that are no batch",
      ["BatchMalformed"],
      async (m) => m.tell([...(await batch()).slice(0, 5), "0x00", "0x"] as never),
    ],
    [
      "no statement",
      ["BatchMalformed"],
      async (m) => m.tell([...(await batch()).slice(0, 5), "0x", "0x"] as never),
    ],
    ["a charge too few", ["BatchMalformed"], async (m) => m.tell(await batch({}, { charges: [] }))],
    ["a statement too many", ["BatchMalformed"], async (m) => m.tell(await batch({}, { posted: 3n }))],
    [
      "a charge for what was left out",
      ["PriceWrong", "SkipWrong"],
      async (m) => m.tell(skipped(8, 1n), await batch({}, { posted: 0n, charges: [[GROSS, FEE]] })),
    ],
    [
      "nothing that says why it was left out",
      ["SkipMissing"],
      async (m) => m.tell(await batch({}, LEFT_OUT)),
    ],
    [
      "a reason that does not hold",
      ["SkipWrong"],
      async (m) => m.tell(skipped(8, 1n), await batch({}, LEFT_OUT)),
    ],
    [
      "a refusal of a signature that is good",
      ["SkipWrong"],
      async (m) => m.tell(skipped(12, addressOf("bob")), await batch({}, LEFT_OUT)),
    ],
    ["a reason too many", ["SkipUnexplained"], async (m) => m.tell(skipped(8, 7n, 0n, 7), await batch())],
    ["a reason without a batch", ["SkipUnexplained"], (m) => Promise.resolve(m.tell(skipped(8, 1n)))],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = foundedLedger();
      await tell(made);
      expect(new Set(await made.codes())).to.deep.equal(new Set(codes));
    });
  }

  it("leaves out what was refused for good reason: a stranger's signature, a number, no room", async () => {
    const made = foundedLedger();
    made.tell(skipped(12, addressOf("ada")), await batch({}, LEFT_OUT, "ada"));
    made.tell(await batch());
    made.tell(skipped(8, 1n), await batch({}, LEFT_OUT));
    made.tell(
      skipped(13, DUE, 0n, 2),
      await batch({ consumer: EVE, number: statementNumber(2) }, LEFT_OUT, "eve"),
    );
    expect(await made.codes()).to.deep.equal([]);
    expect(made.state.counts).to.include({ statements: 1, skipped: 3 });
    expect(made.account(BOB).position).to.equal(-DUE);
  });

  describe("where room is short", () => {
    const debt = (creditor: number, amount: bigint): MadeEvent => ["DebtAcknowledged", EVE, creditor, amount];
    const poor = async (deposit: bigint, owed: bigint, ...debts: MadeEvent[]) => {
      const made = foundedLedger();
      if (deposit > 0n) made.tell(["Deposited", EVE, addressOf("purse"), deposit]);
      return made.tell(...debts, await batch({ consumer: EVE }, { owed: [owed] }, "eve"));
    };

    it("makes all of it debts, to the supplier and to COMMONS apart", async () => {
      const made = await poor(0n, DUE, debt(ADA, GROSS), debt(COMMONS, FEE));
      expect(await made.codes()).to.deep.equal([]);
      expect(made.account(EVE)).to.include({ debts: DUE, position: 0n });
      expect(made.account(ADA)).to.include({ position: 0n, supplied: 0n });
      expect(made.state.indebtedSince.get(EVE)).to.equal(made.now);
    });

    it("pays what it can of the gross first, and owes the rest and the fee", async () => {
      const made = await poor(c("5"), credits(DUE - c("5")), debt(ADA, GROSS - c("5")), debt(COMMONS, FEE));
      expect(await made.codes()).to.deep.equal([]);
      expect(made.account(ADA)).to.include({ position: c("5"), supplied: c("5") });
      expect(made.account(EVE)).to.include({ position: -c("5"), debts: credits(DUE - c("5")) });
    });

    it("owes a part of the fee alone where only that is missing", async () => {
      const made = await poor(credits(DUE - 1n), 1n, debt(COMMONS, 1n));
      expect(await made.codes()).to.deep.equal([]);
      expect(made.account(ADA).position).to.equal(GROSS);
      expect(made.account(EVE).debts).to.equal(1n);
    });

    it("names debts of another amount, to others, or none", async () => {
      const cases = [[debt(ADA, GROSS), debt(COMMONS, FEE + 1n)], [debt(BOB, GROSS), debt(COMMONS, FEE)], []];
      for (const debts of cases) {
        expect(await (await poor(0n, DUE, ...debts)).codes()).to.deep.equal(["DebtWrong"]);
      }
    });

    it("names a debt that nothing explains", async () => {
      const made = foundedLedger().tell(debt(ADA, GROSS));
      expect(await made.codes()).to.deep.equal(["DebtUnexplained"]);
    });
  });
});
