import { expect } from "chai";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { checkSums } from "../../../../src/auditor/conclude.ts";
import { COMMONS, RELIEF, resourceId, serviceId, statementNumber } from "../../../../src/core/ids.ts";
import { credits } from "../../../../src/core/money.ts";
import { addMonths } from "../../../../src/core/period.ts";
import { LOAN } from "../../../support/consortium.ts";
import {
  ADA,
  addressOf,
  BOB,
  EVE,
  madeStatement,
  postedEvent,
  signedBy,
} from "../../../support/made-ledger.ts";
import type { MadeEvent, MadeLedger } from "../../../support/made-ledger.ts";
import {
  ACTS,
  aid,
  condition,
  COPYING,
  goTo,
  granted,
  LICENCES,
  NOVEMBER,
  registered,
  richLedger,
  royalty,
  settledBatch,
  settledEvent,
  terms,
} from "../../../support/made-prices.ts";
import { c, FEE, GROSS } from "../../../support/statements.ts";

const opened = (relief: number, changes: object = {}): MadeEvent => ["ReliefOpened", relief, terms(changes)];
const [half, DECEMBER] = [credits(GROSS / 2n), addMonths(NOVEMBER, 1)];

/** November: a relief of half a loan, and copies of a reserved work of eve's at 2 credits each. */
function priced(...events: MadeEvent[]): MadeLedger {
  const made = richLedger();
  made.tell(["PriceDrafted", 2, LOAN, 1, GROSS, FEE], ["ConditionalPriceDrafted", 2, condition()]);
  made.tell(["SchedulePublished", 2, NOVEMBER], ["ServiceDescribed", COPYING, 1, ACTS.reproduce]);
  made.tell(registered(1, LICENCES.reserved, { holder: EVE }));
  made.tell(["UseGranted", 1, COPYING, true, c("2"), NOVEMBER]);
  made.tell(opened(1), ...events);
  return goTo(made, NOVEMBER);
}
const COPY = { service: serviceId(COPYING), quantity: 1, resource: resourceId(1) };
const copied = { lines: [COPY] };
const paid = { charges: [[c("5"), c("0.26")]] } as const;

describe("what others pay and get, folded", () => {
  it("has RELIEF pay its part, and the consumer the rest and the fee", async () => {
    const made = priced().tell(...(await settledBatch([aid(1, half)])));
    expect(made.account(RELIEF).position).to.equal(-half);
    expect(made.account(BOB).position).to.equal(-(GROSS - half + FEE));
    expect(made.account(ADA)).to.include({ position: GROSS, supplied: GROSS });
    expect(made.state.counts).to.include({ statements: 1, relieved: 1, royalties: 0 });
    expect(made.state.tally.months(BOB).at(-1)?.flows).to.include({
      drawn: GROSS,
      fees: FEE,
      relieved: half,
    });
    checkSums(made.state.book, made.findings);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("has grants pay before RELIEF where they were opened before, out of their own money", async () => {
    const made = richLedger();
    for (const tx of granted(1, c("4"))) made.tell(...tx);
    made.tell(opened(2));
    goTo(made, NOVEMBER).tell(
      ...(await settledBatch([aid(1, c("4")), aid(2, half)], {}, { granted: c("4") })),
    );
    expect(await made.codes()).to.deep.equal([]);
    expect(made.state.reliefs.grantOf(1)?.balance).to.equal(0n);
    expect(made.state.book.bonds).to.equal(0n);
    expect(made.account(RELIEF).room).to.equal(c("500") - half);
  });

  it("pays rights holders out of the consumer's account, and nobody twice", async () => {
    const made = priced().tell(...(await settledBatch([royalty(EVE, c("2"))], copied, paid)));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(EVE)).to.include({ position: c("2"), supplied: 0n });
    expect(made.account(BOB).position).to.equal(-c("7.26"));
    expect(made.state.counts).to.include({ relieved: 0, royalties: 1 });
  });

  it("runs out quietly: what RELIEF cannot pay the consumer does, statement by statement", async () => {
    const made = priced(["Withdrawn", RELIEF, addressOf("payee"), c("491")]);
    const [first, second] = [1, 2].map((number) =>
      madeStatement({ period: NOVEMBER, number: statementNumber(number) }),
    );
    const signed = [await signedBy("bob", first!), await signedBy("bob", second!)];
    const rest = c("3");
    made.tell(
      settledEvent(first!, [aid(1, half)]),
      settledEvent(second!, [aid(1, rest)]),
      postedEvent(signed, { period: NOVEMBER, relieved: [half, rest] }),
    );
    expect((await made.codes()).filter((code) => !code.startsWith("Withdrawal"))).to.deep.equal([]);
    expect(made.account(RELIEF).room).to.equal(0n);
  });

  it("takes a statement for COMMONS that an accredited key of its own signed, and one of COMMONS", async () => {
    const made = priced(
      ["KeySet", COMMONS, addressOf("attestor"), 3],
      ["AttestorAccredited", addressOf("attestor"), COPYING, true],
      ["Deposited", COMMONS, addressOf("purse"), c("10")],
    );
    const given = { consumer: COMMONS, lines: [{ service: serviceId(COPYING), quantity: 1 }] };
    made.tell(...(await settledBatch([], given, { ...paid, by: "attestor" })));
    const used = { ...given, supplier: COMMONS, consumer: BOB, number: statementNumber(9) };
    made.tell(...(await settledBatch([], used, paid)));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(COMMONS)).to.include({ position: c("0.26") + c("0.26") - c("0.26") + 0n });
  });

  const wrong: readonly [
    what: string,
    codes: readonly FindingCode[],
    tell: (m: MadeLedger) => Promise<unknown>,
  ][] = [
    ["relief that was not settled", ["LegsWrong"], async (m) => m.tell(...(await settledBatch([], {}, {})))],
    [
      "more relief than is due",
      ["LegsWrong"],
      async (m) => m.tell(...(await settledBatch([aid(1, half + 1n)]))),
    ],
    [
      "less relief than is due",
      ["LegsWrong"],
      async (m) => m.tell(...(await settledBatch([aid(1, half - 1n)]))),
    ],
    [
      "a relief that nobody opened",
      ["LegsWrong", "LegsWrong"],
      async (m) => m.tell(...(await settledBatch([aid(7, half)]))),
    ],
    [
      "relief that is said to come out of a grant",
      ["LegsWrong"],
      async (m) => m.tell(...(await settledBatch([aid(1, half)], {}, { granted: half }))),
    ],
    [
      "legs of a statement that was not posted",
      ["LegsUnexplained"],
      async (m) =>
        m.tell(
          settledEvent(madeStatement(), [aid(1, half)]),
          ...(await settledBatch([], { lines: [] })).slice(1),
        ),
    ],
    [
      "legs of another consumer",
      ["LegsUnexplained"],
      async (m) => {
        const [, batch] = await settledBatch([aid(1, half)]);
        m.tell(settledEvent(madeStatement({ consumer: EVE }), [aid(1, half)]), batch!);
      },
    ],
    [
      "a root that commits to another relief",
      ["BatchRootWrong"],
      async (m) => m.tell(...(await settledBatch([aid(1, half)], {}, { relieved: [0n] }))),
    ],
    [
      "a royalty that was not paid",
      ["LegsWrong"],
      async (m) => m.tell(...(await settledBatch([], copied, paid))),
    ],
    [
      "a royalty to somebody else",
      ["LegsWrong"],
      async (m) => m.tell(...(await settledBatch([royalty(ADA, c("2"))], copied, paid))),
    ],
    [
      "royalties above the maximum",
      ["AboveMaximum"],
      async (m) =>
        m.tell(...(await settledBatch([royalty(EVE, c("2"))], { ...copied, maximum: c("7.25") }, paid))),
    ],
    [
      "a work that nobody registered",
      ["LicenceForbids"],
      async (m) =>
        m.tell(...(await settledBatch([], { lines: [{ ...COPY, resource: resourceId(2) }] }, paid))),
    ],
    [
      "a use that nobody permitted",
      ["LicenceForbids"],
      async (m) => {
        m.tell(registered(2, LICENCES.reserved, { urn: "urn:x:1", holder: EVE }));
        m.tell(...(await settledBatch([], { lines: [{ ...COPY, resource: resourceId(2) }] }, paid)));
      },
    ],
    [
      "debts in spite of royalties",
      ["DebtWrong"],
      async (m) => {
        m.tell(["ResourceTransferred", 1, ADA]);
        goTo(m, DECEMBER);
        const due = { consumer: EVE, ...copied, period: DECEMBER };
        const batch = await settledBatch([royalty(ADA, c("2"))], due, {
          ...{ ...paid, period: DECEMBER },
          by: "eve",
          owed: [c("7.26")],
        });
        m.tell(
          batch[0]!,
          ["DebtAcknowledged", EVE, ADA, c("7")],
          ["DebtAcknowledged", EVE, COMMONS, c("0.26")],
          batch[1]!,
        );
      },
    ],
    [
      "a contribution attested by who is not accredited",
      ["NotAccredited"],
      async (m) => {
        m.tell(
          ["KeySet", COMMONS, addressOf("attestor"), 3],
          ["Deposited", COMMONS, addressOf("purse"), c("10")],
        );
        const given = { consumer: COMMONS, lines: [{ service: serviceId(COPYING), quantity: 1 }] };
        m.tell(...(await settledBatch([], given, { ...paid, by: "attestor" })));
      },
    ],
    [
      "a contribution attested by who is so no longer",
      ["NotAccredited"],
      async (m) => {
        m.tell(
          ["KeySet", COMMONS, addressOf("attestor"), 3],
          ["Deposited", COMMONS, addressOf("purse"), c("10")],
        );
        for (const accredited of [true, false])
          m.tell(["AttestorAccredited", addressOf("attestor"), COPYING, accredited]);
        const given = { consumer: COMMONS, lines: [{ service: serviceId(COPYING), quantity: 1 }] };
        m.tell(...(await settledBatch([], given, { ...paid, by: "attestor" })));
      },
    ],
    [
      "RELIEF as a consumer",
      ["StatementInadmissible", "NotCountersigned"],
      async (m) =>
        m.tell(
          ...(await settledBatch(
            [],
            { consumer: RELIEF, lines: [{ service: serviceId(COPYING), quantity: 1 }] },
            paid,
          )),
        ),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`finds ${what}`, async () => {
      const made = priced();
      await tell(made);
      expect(await made.codes()).to.deep.equal(codes);
    });
  }
});

describe("what is left out, folded", () => {
  const skipped = (fault: number, found: bigint | number, limit: bigint | number): MadeEvent => [
    "StatementSkipped",
    ...[ADA, 1, fault, found, limit],
  ];
  const LEFT_OUT = { posted: 0n, charges: [[0n, 0n]] } as const;
  const given = { consumer: COMMONS, lines: [{ service: serviceId(COPYING), quantity: 1 }] };
  const attestor: MadeEvent = ["KeySet", COMMONS, addressOf("attestor"), 3];

  it("lacks room for what others do not pay, royalties included", async () => {
    const made = priced(["ResourceTransferred", 1, ADA]);
    const [relieved] = await settledBatch([], { consumer: EVE }, { ...LEFT_OUT, by: "eve" });
    made.tell(skipped(13, half + FEE, 0), relieved!);
    const [copy] = await settledBatch([], { ...copied, consumer: EVE }, { ...LEFT_OUT, by: "eve" });
    made.tell(skipped(13, c("7.26"), 0), copy!);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("is forbidden by a licence, or attested by nobody accredited", async () => {
    const made = priced(attestor);
    const unknown = { lines: [{ ...COPY, resource: resourceId(2) }] };
    made.tell(skipped(17, 2, COPYING), (await settledBatch([], unknown, LEFT_OUT))[0]!);
    made.tell(skipped(19, COPYING, 0), (await settledBatch([], given, { ...LEFT_OUT, by: "attestor" }))[0]!);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("is found where a licence allows it, or who attested was accredited", async () => {
    const made = priced(attestor, ["AttestorAccredited", addressOf("attestor"), COPYING, true]);
    made.tell(skipped(17, 1, COPYING), (await settledBatch([], copied, LEFT_OUT))[0]!);
    made.tell(skipped(19, COPYING, 0), (await settledBatch([], given, { ...LEFT_OUT, by: "attestor" }))[0]!);
    expect(await made.codes()).to.deep.equal(["SkipWrong", "SkipWrong"]);
  });
});
