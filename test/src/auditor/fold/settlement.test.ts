import { expect } from "chai";
import { hexlify } from "ethers";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { COMMONS, type MemberId } from "../../../../src/core/ids.ts";
import { credits } from "../../../../src/core/money.ts";
import { encodeAlone } from "../../../../src/core/statement.ts";
import {
  ADA,
  addressOf,
  BOB,
  digestOf,
  endedEvents,
  EVE,
  foundedLedger,
  madeStatement,
  openedEvents,
  signedBy,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { c, DUE, FEE, GROSS } from "../../../support/statements.ts";

const statement = madeStatement();
const claim = digestOf(statement);
const WHOLE = { gross: GROSS, fee: FEE };
const HALF = { gross: c("6"), fee: c("0.13") };
const opened = (m: MadeLedger = foundedLedger()) => m.tell(...openedEvents(statement));
const disputed = (m: MadeLedger) => m.tell(["ClaimDisputed", claim]);
const awarded = (m: MadeLedger, { gross, fee } = HALF) =>
  disputed(m).tell(["ClaimAwarded", claim, addressOf("arbiter"), gross, fee]);
/** Lets months pass and closes each as it ends. */
const pass = (m: MadeLedger, days: number) => {
  for (; days > 0; days--) {
    m.pass(1);
    m.state.ground.now = m.now;
    while (m.state.book.openPeriod < m.state.ground.month) m.tell(["PeriodClosed", m.state.book.openPeriod]);
  }
  return m;
};
const edited = (
  events: readonly MadeEvent[],
  name: string,
  change: (values: unknown[]) => unknown[],
): MadeEvent[] => events.map((event) => (event[0] === name ? [name, ...change(event.slice(1))] : event));
const without = (events: readonly MadeEvent[], name: string) => events.filter((event) => event[0] !== name);

describe("the end of a claim, folded", () => {
  it("charges all of it when its window is over, and gives the bond back", async () => {
    const made = pass(opened(), 45).tell(...endedEvents(statement, "unchallenged", WHOLE));
    expect(await made.codes()).to.deep.equal([]);
    expect([made.state.book.bonds, made.fold.claims.open.size]).to.deep.equal([0n, 0]);
    expect(made.account(ADA)).to.include({ cash: c("100"), position: GROSS, supplied: GROSS });
    expect(made.account(BOB).position).to.equal(-DUE);
    expect(made.state.statements.get(claim)?.charge?.gross).to.equal(GROSS);
  });

  it("charges the part that was awarded", async () => {
    const made = pass(awarded(opened()), 14).tell(...endedEvents(statement, "awarded", HALF));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(ADA).position).to.equal(c("6"));
    expect(made.state.statements.get(claim)?.charge?.gross).to.equal(c("6"));
    expect(made.state.tally.months(BOB).at(-1)?.flows).to.include({ drawn: c("6"), claimsDrawn: c("6") });
  });

  it("makes debts of what the consumer has no room for", async () => {
    const poor = madeStatement({ consumer: EVE });
    const made = pass(foundedLedger().tell(...openedEvents(poor)), 45);
    const debts: MadeEvent[] = [
      ["DebtAcknowledged", EVE, ADA, GROSS],
      ["DebtAcknowledged", EVE, COMMONS, FEE],
    ];
    made.tell(...debts, ...endedEvents(poor, "unchallenged", { ...WHOLE, acknowledged: DUE }));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(EVE).debts).to.equal(DUE);
  });

  it("accepts it after all, at any time before an award", async () => {
    const bytes = hexlify(encodeAlone((await signedBy("bob", statement)).countersignature));
    const made = disputed(opened()).tell(
      ["ClaimAccepted", claim, bytes],
      ...endedEvents(statement, "accepted", WHOLE),
    );
    expect(await made.codes()).to.deep.equal([]);
  });

  const bonds: readonly [
    what: string,
    to: MemberId,
    m: () => MadeLedger,
    outcome: "withdrawn" | "lapsed" | "awarded",
  ][] = [
    ["back where it was withdrawn undisputed", ADA, () => opened(), "withdrawn"],
    ["to COMMONS where it was withdrawn after a dispute", COMMONS, () => disputed(opened()), "withdrawn"],
    ["back where nobody judged it", ADA, () => pass(disputed(opened()), 180), "lapsed"],
    [
      "to COMMONS where nothing was awarded",
      COMMONS,
      () => pass(awarded(opened(), { gross: credits(0n), fee: credits(0n) }), 14),
      "awarded",
    ],
  ];
  for (const [what, to, at, outcome] of bonds) {
    it(`gives the bond ${what}, and names one that went elsewhere`, async () => {
      const sync: MadeEvent = ["AccountSynced", COMMONS, 24321, 0, 0, 0, 0, false];
      const right = at()
        .tell(sync)
        .tell(...endedEvents(statement, outcome, { bondTo: to }));
      expect(await right.codes()).to.deep.equal([]);
      expect(right.account(to).cash).to.equal(to === ADA ? c("100") : c("5"));
      expect(right.state.statements.get(claim)?.charge).to.equal(undefined);
      const bondTo = to === ADA ? COMMONS : ADA;
      const wrong = at()
        .tell(sync)
        .tell(...endedEvents(statement, outcome, { bondTo }));
      expect(await wrong.codes()).to.deep.equal(["BondWrong"]);
    });
  }

  const end = endedEvents(statement, "unchallenged", WHOLE);
  const wrong: readonly [what: string, codes: readonly FindingCode[], tell: (m: MadeLedger) => unknown][] = [
    ["an end before its time", ["ClaimTooEarly"], (m) => pass(opened(m), 44).tell(...end)],
    ["an end in another stage", ["ClaimStageWrong"], (m) => pass(disputed(opened(m)), 45).tell(...end)],
    [
      "an end of what never began",
      ["ClaimUnknown"],
      (m) => m.tell(["Deposited", ADA, addressOf("purse"), 1n], ...end.slice(1)),
    ],
    [
      "another part than was awarded",
      ["OutcomeWrong"],
      (m) => pass(awarded(opened(m)), 14).tell(...endedEvents(statement, "awarded", WHOLE)),
    ],
    [
      "an acceptance that nobody gave",
      ["OutcomeWrong"],
      (m) => opened(m).tell(...endedEvents(statement, "accepted", WHOLE)),
    ],
    [
      "an outcome that there is not",
      ["OutcomeWrong"],
      (m) => pass(opened(m), 45).tell(...edited(end, "ClaimEnded", ([id, , ...rest]) => [id, 9, ...rest])),
    ],
    [
      "a charge that does not come",
      ["ChargeUnexplained"],
      (m) => pass(opened(m), 45).tell(...without(end, "ClaimCharged")),
    ],
    [
      "a charge without an end",
      ["ChargeUnexplained", "BondUnexplained"],
      (m) => pass(opened(m), 45).tell(...without(end, "ClaimEnded")),
    ],
    [
      "a charge of more than the end says",
      ["ChargeWrong"],
      (m) =>
        pass(opened(m), 45).tell(
          ...edited(end, "ClaimCharged", ([s, b, root, gross, fee]) => [
            s,
            b,
            root,
            (gross as bigint) + 1n,
            fee,
          ]),
        ),
    ],
    [
      "a charge under another root",
      ["BatchRootWrong"],
      (m) =>
        pass(opened(m), 45).tell(
          ...edited(end, "ClaimCharged", ([s, b, , ...rest]) => [s, b, `0x${"ab".repeat(32)}`, ...rest]),
        ),
    ],
    [
      "a charge while posting is paused",
      ["PostedWhilePaused", "ClaimTooEarly"],
      (m) => {
        pass(opened(m), 44).tell(["PostingPaused", m.now + 2 * 86_400]);
        pass(m, 1).tell(...end);
      },
    ],
    [
      "no bond at the opening",
      ["BondWrong"],
      (m) => m.tell(...without(openedEvents(statement), "BondLocked")),
    ],
    ["a smaller bond", ["BondWrong"], (m) => m.tell(...openedEvents(statement, { bond: c("4") }))],
    ["a bond without a claim", ["BondUnexplained"], (m) => m.tell(["BondLocked", ADA, 1, c("5")])],
    [
      "more bonds back than there were",
      ["BondWrong", "BondUnexplained"],
      (m) => m.tell(["BondReleased", ADA, c("5")]),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = foundedLedger();
      tell(made);
      const found = await made.codes();
      expect([...found].sort()).to.deep.equal([...codes].sort());
    });
  }
});
