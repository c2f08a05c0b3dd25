import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { RELIEF, serviceId } from "../../../../src/core/ids.ts";
import { addMonths } from "../../../../src/core/period.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import {
  ADA,
  addressOf,
  BOB,
  EVE,
  SITE,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import {
  aid,
  funded,
  goTo,
  granted,
  NOVEMBER,
  richLedger,
  settledBatch,
  terms,
} from "../../../support/made-prices.ts";
import { c } from "../../../support/statements.ts";

const DECEMBER = addMonths(NOVEMBER, 1);
/** The first month in which a grant for November and December can be given back. */
const AFTER = addMonths(DECEMBER, 4);
const opened = (relief = 1, changes: object = {}): MadeEvent => ["ReliefOpened", relief, terms(changes)];
const giver = addressOf("giver");
const returned = (amount: bigint, to = giver): MadeEvent[] => [
  ["GrantReturned", 1, to, amount],
  ["PotReturned", to, amount],
];
const open = (m: MadeLedger, ...events: MadeEvent[][]) => {
  for (const tx of events) m.tell(...tx);
  return m;
};

describe("reliefs and grants, folded", () => {
  it("keeps what was opened, until when, and who gave how much", async () => {
    const made = open(richLedger(), [opened()], ...granted(2, c("40")), funded(2, c("20"), "other"));
    made.tell(["ReliefEnded", 1, DECEMBER]);
    expect(made.state.reliefs.termsOf(1)).to.include({ until: DECEMBER, isGrant: false, share: 5_000 });
    expect(made.state.reliefs.grantOf(2)).to.deep.equal({ balance: c("60"), given: c("60") });
    expect(made.state.reliefs.givenBy(2, giver)).to.equal(c("40"));
    expect(made.account(RELIEF).cash).to.equal(c("500"));
    expect([made.state.book.bonds, made.state.book.backing]).to.deep.equal([c("60"), c("1660")]);
    expect(made.state.counts.grants).to.equal(2);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("gives back what a grant did not spend, in proportion, the last giver the rest", async () => {
    const made = open(richLedger(), ...granted(1, 7n, { memberCap: 6 }), funded(1, 3n, "other"));
    goTo(made, NOVEMBER).tell(...(await settledBatch([aid(1, 6n)], {}, { granted: 6n })));
    goTo(made, AFTER).tell(...returned(2n));
    made.tell(...returned(2n, addressOf("other")));
    expect(made.state.reliefs.grantOf(1)).to.deep.equal({ balance: 0n, given: 0n });
    expect(made.state.book.bonds).to.equal(0n);
    expect(await made.codes()).to.deep.equal([]);
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], tell: (m: MadeLedger) => unknown][] = [
    ["a number out of turn", ["ReliefInvalid"], (m) => m.tell(opened(2))],
    ["no share", ["ReliefInvalid"], (m) => m.tell(opened(1, { share: 0 }))],
    ["more than the whole", ["ReliefInvalid"], (m) => m.tell(opened(1, { share: 10_001 }))],
    ["no cap", ["ReliefInvalid"], (m) => m.tell(opened(1, { cap: 0 }))],
    ["no cap for a member", ["ReliefInvalid"], (m) => m.tell(opened(1, { memberCap: 0 }))],
    ["an end before its beginning", ["ReliefInvalid"], (m) => m.tell(opened(1, { until: OCTOBER }))],
    ["a grant without end", ["ReliefInvalid"], (m) => open(m, ...granted(1, 1n, { until: 0 }))],
    ["a month that has begun", ["ReliefUntimely"], (m) => m.tell(opened(1, { from: OCTOBER }))],
    [
      "nine of one service",
      ["ReliefInvalid"],
      (m) => m.tell(...Array.from({ length: 9 }, (_, i) => opened(i + 1))),
    ],
    [
      "members out of order",
      ["ReliefInvalid"],
      (m) => m.tell(["GrantOpened", 1, terms({ until: DECEMBER }), [BOB, ADA], ZeroHash]),
    ],
    [
      "a stranger among members",
      ["ReliefInvalid"],
      (m) => m.tell(["GrantOpened", 1, terms({ until: DECEMBER }), [ADA, EVE + 1], ZeroHash]),
    ],
    ["the end of none", ["ReliefUnknown"], (m) => m.tell(["ReliefEnded", 1, NOVEMBER])],
    [
      "the end of a grant",
      ["ReliefUnknown"],
      (m) => open(m, ...granted(1, 1n)).tell(["ReliefEnded", 1, NOVEMBER]),
    ],
    ["an end in the past", ["ReliefUntimely"], (m) => m.tell(opened(), ["ReliefEnded", 1, OCTOBER - 1])],
    [
      "a later end",
      ["ReliefUntimely"],
      (m) => m.tell(opened(1, { until: NOVEMBER }), ["ReliefEnded", 1, DECEMBER]),
    ],
    [
      "a gift to none",
      ["ReliefUnknown", "PotUnexplained", "PotUnexplained"],
      (m) => m.tell(...funded(1, 5n)),
    ],
    [
      "a gift that was not set aside",
      ["PotUnexplained"],
      (m) => open(m, ...granted(1, 1n)).tell(...funded(1, 5n).slice(0, 2)),
    ],
    [
      "a gift that nobody brought",
      ["PotUnexplained"],
      (m) => open(m, ...granted(1, 1n)).tell(...funded(1, 5n).filter(([name]) => name !== "Deposited")),
    ],
    ["money brought for nothing", ["PotUnexplained"], (m) => m.tell(["Deposited", RELIEF, SITE.pricing, 5n])],
    [
      "a gift after its last month",
      ["GrantWrong"],
      (m) => goTo(open(m, ...granted(1, 1n)), addMonths(DECEMBER, 1)).tell(...funded(1, 5n)),
    ],
    [
      "money back before its time",
      ["GrantWrong"],
      (m) => goTo(open(m, ...granted(1, 10n)), addMonths(DECEMBER, 3)).tell(...returned(10n)),
    ],
    [
      "more back than is due",
      ["GrantWrong", "PotWrong"],
      (m) => goTo(open(m, ...granted(1, 10n)), AFTER).tell(...returned(11n)),
    ],
    [
      "money back to who gave none",
      ["GrantWrong", "PotUnexplained"],
      (m) =>
        goTo(open(m, ...granted(1, 10n)), AFTER).tell(...returned(5n, addressOf("eve")).slice(1), [
          "GrantReturned",
          1,
          addressOf("eve"),
          0n,
        ]),
    ],
    ["more set aside than is free", ["PotWrong", "PotUnexplained"], (m) => m.tell(["PotFilled", c("501")])],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`finds ${what}`, async () => {
      const made = richLedger();
      tell(made);
      expect(await made.codes()).to.deep.equal(codes);
    });
  }

  it("lets nine be opened where one can be posted no more, and of other services", async () => {
    const made = richLedger();
    made.tell(...Array.from({ length: 8 }, (_, i) => opened(i + 1, { until: NOVEMBER })));
    made.tell(opened(9, { service: serviceId(2) }));
    goTo(made, addMonths(NOVEMBER, 4)).tell(opened(10, { from: addMonths(NOVEMBER, 5) }));
    expect(await made.codes()).to.deep.equal([]);
  });
});
