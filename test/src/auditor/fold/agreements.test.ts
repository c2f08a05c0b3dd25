import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { memberId, serviceId } from "../../../../src/core/ids.ts";
import { addMonths } from "../../../../src/core/period.ts";
import { LOAN, OCTOBER } from "../../../support/consortium.ts";
import {
  ADA,
  applied,
  BOB,
  EVE,
  foundedLedger,
  madeStatement,
  postedEvent,
  signedBy,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { goTo, NOVEMBER } from "../../../support/made-prices.ts";
import { c, FEE, GROSS } from "../../../support/statements.ts";

const DECEMBER = addMonths(NOVEMBER, 1);
const both = (service: number, price: bigint, back = price) => ({ service, price, back });
/** Loans at 5 from ada to bob and at 4 back, from November on, unless told otherwise. */
const termsOf = (changes: object = {}) => ({
  ...{ members: [ADA, BOB], from: NOVEMBER, until: 0, prices: [both(LOAN, c("5"), c("4"))] },
  ...{ document: ZeroHash, ...changes },
});
const choosy = (member: number): MadeEvent => ["AccountSynced", member, OCTOBER, 0, OCTOBER, 1, 1, true];
/** An agreement with what the ledger is told of its members that had none. */
const made = (m: MadeLedger, number: number, changes: object = {}) => {
  const terms = termsOf(changes);
  const fresh = terms.members.filter((member) => m.state.register.member(member)?.choosy === false);
  return m.tell(["AgreementMade", number, terms], ...fresh.map(choosy));
};
const loanFor = async (gross: bigint, changes: object = {}) =>
  postedEvent([await signedBy("bob", madeStatement({ period: NOVEMBER, ...changes }))], {
    ...{ period: NOVEMBER, charges: [[gross, FEE]] },
  });

describe("agreements, folded", () => {
  it("lower the price between their members in their months, and only there", async () => {
    const m = made(foundedLedger(), 1);
    goTo(m, NOVEMBER)
      .tell(await loanFor(c("5")))
      .tell(await loanFor(GROSS, { period: OCTOBER, number: 2 }));
    expect(await m.codes()).to.deep.equal([]);
    m.tell(await loanFor(GROSS, { number: 3 }));
    expect(await m.codes()).to.deep.equal(["PriceWrong"]);
  });

  it("hold until they are ended, the later before the earlier, two before a group", async () => {
    const m = made(foundedLedger(), 1, { members: [ADA, BOB, EVE], prices: [both(LOAN, c("2"))] });
    made(made(m, 2), 3, { from: DECEMBER, prices: [both(LOAN, c("6"), c("6"))] });
    const { agreements } = m.state.register.agreed;
    const prices = [OCTOBER, NOVEMBER, DECEMBER].map((month) => agreements.priceOf(BOB, ADA, month, LOAN));
    expect(prices).to.deep.equal([undefined, c("4"), c("6")]);
    goTo(m, NOVEMBER).tell(["AgreementEnded", 3, BOB, NOVEMBER]);
    expect(agreements.priceOf(BOB, ADA, DECEMBER, LOAN)).to.equal(c("4"));
    expect(agreements.priceOf(EVE, ADA, DECEMBER, LOAN)).to.equal(c("2"));
    expect(await m.codes()).to.deep.equal([]);
  });

  it("end no later than they would have", async () => {
    const m = goTo(made(foundedLedger(), 1, { until: NOVEMBER }), DECEMBER);
    m.tell(["AgreementEnded", 1, ADA, NOVEMBER]);
    expect(await m.codes()).to.deep.equal([]);
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], tell: (m: MadeLedger) => unknown][] = [
    ["a number out of turn", ["AgreementInvalid"], (m) => made(m, 2)],
    ["one member", ["AgreementInvalid"], (m) => made(m, 1, { members: [ADA] })],
    ["members out of order", ["AgreementInvalid"], (m) => made(m, 1, { members: [BOB, ADA] })],
    [
      "a member that was not admitted",
      ["AgreementInvalid"],
      (m) => {
        m.tell(applied(memberId(6)));
        m.tell(["AgreementMade", 1, termsOf({ members: [ADA, 6] })], choosy(ADA), [
          "AccountSynced",
          ...[6, 0, 0, 0, 1, 1, true],
        ]);
      },
    ],
    ["no price", ["AgreementInvalid"], (m) => made(m, 1, { prices: [] })],
    ["prices out of order", ["AgreementInvalid"], (m) => made(m, 1, { prices: [both(2, 1n), both(1, 1n)] })],
    [
      "one service priced twice",
      ["AgreementInvalid"],
      (m) => made(m, 1, { prices: [both(1, 1n), both(1, 2n)] }),
    ],
    [
      "uneven prices in a group",
      ["AgreementInvalid"],
      (m) => made(m, 1, { members: [ADA, BOB, EVE], prices: [both(LOAN, 5n, 4n)] }),
    ],
    ["what is free one way", ["AgreementOneSided"], (m) => made(m, 1, { prices: [both(LOAN, 0n, 4n)] })],
    [
      "what is free the other way",
      ["AgreementOneSided"],
      (m) => made(m, 1, { prices: [both(LOAN, 4n, 0n)] }),
    ],
    ["a month that has begun", ["AgreementUntimely"], (m) => made(m, 1, { from: OCTOBER })],
    ["an end before its beginning", ["AgreementUntimely"], (m) => made(m, 1, { until: OCTOBER })],
    ["the same again", ["AgreementRepeated"], (m) => made(made(m, 1), 2)],
    [
      "nine of a pair",
      ["AgreementInvalid"],
      (m) => {
        for (let i = 1; i <= 9; i++) made(m, i, { document: id(String(i)) });
      },
    ],
    ["the end of none", ["AgreementUnknown"], (m) => m.tell(["AgreementEnded", 1, ADA, OCTOBER])],
    [
      "an end by a stranger",
      ["AgreementForeign"],
      (m) => made(m, 1).tell(["AgreementEnded", 1, EVE, OCTOBER]),
    ],
    [
      "an end in another month",
      ["AgreementUntimely"],
      (m) => made(m, 1).tell(["AgreementEnded", 1, ADA, NOVEMBER]),
    ],
    [
      "a member of which the ledger was not told",
      ["SyncMissing", "SyncMissing"],
      (m) => m.tell(["AgreementMade", 1, termsOf()]),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`finds ${what}`, async () => {
      const m = foundedLedger();
      tell(m);
      expect(await m.codes()).to.deep.equal(codes);
    });
  }

  it("lets nine be made where one is over", async () => {
    const m = foundedLedger();
    for (let i = 1; i <= 8; i++) made(m, i, { until: i === 1 ? NOVEMBER : 0, document: id(String(i)) });
    goTo(m, addMonths(NOVEMBER, 4));
    made(m, 9, { from: addMonths(NOVEMBER, 5), prices: [both(serviceId(2), 1n)] });
    expect(await m.codes()).to.deep.equal([]);
  });
});
