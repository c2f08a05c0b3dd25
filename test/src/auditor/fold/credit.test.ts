import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { ADA, addressOf, BOB, MadeLedger, type MadeEvent } from "../../../support/made-ledger.ts";
import { c } from "../../../support/statements.ts";

const holder = addressOf("holder");
const committed = (member = ADA, amount: bigint = c("100")): MadeEvent => [
  "CreditCommitted",
  member,
  amount,
  ZeroHash,
];
const issued = (amount: bigint = c("100"), to = holder): MadeEvent => ["Transfer", ZeroAddress, to, amount];
const paid = (amount: bigint, payment = "first", member = ADA): MadeEvent => [
  "PaymentConfirmed",
  ...[member, amount, id(payment)],
];
const redeemed = (amount: bigint, redemption = 1): MadeEvent[] => [
  ["Transfer", holder, ZeroAddress, amount],
  ["RedemptionOpened", redemption, holder, amount, id("account")],
];
const confirmed = (amount: bigint, payment = "out", redemption = 1): MadeEvent => [
  "RedemptionConfirmed",
  ...[redemption, amount, id(payment)],
];
const issuedLedger = () => new MadeLedger().tell(committed()).tell(issued());

describe("the consortium's own credits, folded", () => {
  it("are backed by what members committed or paid, and owed until the bank has paid them out", async () => {
    const made = issuedLedger().tell(paid(c("30")), paid(c("5"), "second", BOB));
    made.tell(...redeemed(c("20")));
    const { credit } = made.fold;
    expect(credit).to.include({ supply: c("80"), committed: c("70"), received: c("35"), redeeming: c("20") });
    expect([credit.commitmentOf(ADA), credit.commitmentOf(BOB)]).to.deep.equal([c("70"), 0n]);
    made.tell(confirmed(c("20")));
    expect(credit).to.include({ supply: c("80"), received: c("15"), redeeming: 0n });
    expect(credit.redemptions).to.deep.equal([undefined]);
    made.tell(["CommitmentReleased", ADA, c("5")]);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("change hands as they like", async () => {
    const made = issuedLedger().tell(["Transfer", holder, addressOf("other"), c("40")]);
    expect(made.fold.credit.supply).to.equal(c("100"));
    expect(await made.codes()).to.deep.equal([]);
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], tell: (m: MadeLedger) => unknown][] = [
    ["more than was committed", ["CreditUnbacked"], (m) => m.tell(issued(1n))],
    [
      "more than was committed while some wait for the bank",
      ["CreditUnbacked"],
      (m) => m.tell(...redeemed(c("20"))).tell(issued(1n)),
    ],
    [
      "a commitment released that credits hang on",
      ["CreditUnbacked"],
      (m) => m.tell(["CommitmentReleased", ADA, 1n]),
    ],
    [
      "more released than was committed",
      ["CreditWrong"],
      (m) => m.tell(committed(BOB, c("9"))).tell(["CommitmentReleased", BOB, c("9") + 1n]),
    ],
    ["a payment confirmed twice", ["CreditPaymentRepeated"], (m) => m.tell(paid(1n)).tell(paid(1n))],
    [
      "a payment without a reference",
      ["CreditPaymentRepeated"],
      (m) => m.tell(["PaymentConfirmed", ADA, 1n, ZeroHash]),
    ],
    ["credits burnt for nothing", ["CreditWrong"], (m) => m.tell(redeemed(1n)[0]!)],
    ["a redemption of what was not burnt", ["CreditWrong"], (m) => m.tell(redeemed(1n)[1]!)],
    ["a redemption out of turn", ["CreditWrong"], (m) => m.tell(...redeemed(1n, 2))],
    ["a redemption that nobody opened", ["CreditWrong"], (m) => m.tell(paid(c("9"))).tell(confirmed(1n))],
    [
      "a redemption paid with another amount",
      ["CreditWrong"],
      (m) =>
        m
          .tell(paid(c("9")))
          .tell(...redeemed(5n))
          .tell(confirmed(4n)),
    ],
    [
      "a redemption of money that was not received",
      ["CreditWrong"],
      (m) => m.tell(...redeemed(5n)).tell(confirmed(5n)),
    ],
    [
      "a redemption paid by a payment that came in",
      ["CreditPaymentRepeated"],
      (m) =>
        m
          .tell(paid(c("9"), "one"))
          .tell(...redeemed(5n))
          .tell(confirmed(5n, "one")),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`finds ${what}`, async () => {
      const made = issuedLedger();
      tell(made);
      expect(await made.codes()).to.deep.equal(codes);
    });
  }
});
