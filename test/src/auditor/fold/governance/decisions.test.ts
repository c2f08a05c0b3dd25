import { AbiCoder, id, Interface, keccak256 } from "ethers";
import { expect } from "chai";
import type { FindingCode } from "../../../../../src/auditor/codes.ts";
import { memberId } from "../../../../../src/core/ids.ts";
import {
  ADMISSION_TERMS,
  foundedGovernance,
  type MadeGovernance,
} from "../../../../support/made-governance.ts";
import {
  ADA,
  addressOf,
  applied,
  BOB,
  DAY,
  EVE,
  SITE,
  type MadeEvent,
} from "../../../../support/made-ledger.ts";

const TEXT = id("otherwise");
const CHARTER = new Interface(["function setRoleAdmin(uint64 role, uint64 admin)"]);
const CALLS = [CHARTER.encodeFunctionData("setRoleAdmin", [6, 0])];
const encoded = AbiCoder.defaultAbiCoder().encode(
  ["address[]", "bytes[]", "bytes32"],
  [[SITE.charter], CALLS, TEXT],
);
const AMENDMENT = keccak256(encoded);

/** Where somebody may decide as the chambers do, so that their proposals need not be told. */
const loosened = () => foundedGovernance(addressOf("clerk"));

const proposed: MadeEvent = ["AmendmentProposed", AMENDMENT, [SITE.charter], CALLS, TEXT];
const ratified: MadeEvent = ["AmendmentRatified", AMENDMENT];
const approved: MadeEvent = ["AmendmentApproved", AMENDMENT];
const insisted: MadeEvent = ["AmendmentInsisted", AMENDMENT];
const passes = (m: MadeGovernance): MadeEvent => {
  const readyAt = m.now + 14 * DAY;
  return ["AmendmentPassed", AMENDMENT, readyAt, readyAt + 30 * DAY];
};
const done: MadeEvent[] = [
  ["AmendmentExecuted", AMENDMENT],
  ["RoleAdminChanged", 6, 0],
  ["CharterTextPinned", TEXT],
];

describe("amendments, folded", () => {
  it("pass by both chambers in either order, and change the charter after their delay", async () => {
    for (const [first, second] of [
      [ratified, approved],
      [approved, ratified],
    ] as const) {
      const made = loosened();
      made.tell(proposed).tell(first).pass(5);
      made
        .tell(second, passes(made))
        .pass(15)
        .tell(...done);
      expect(await made.codes()).to.deep.equal([]);
      expect([made.state.charter.textHash, made.state.charter.adminOf(6n)]).to.deep.equal([TEXT, 0n]);
    }
  });

  it("pass without the Council where the Assembly insists twice, sixty days apart", async () => {
    const made = loosened().tell(proposed).tell(insisted).pass(61);
    expect(
      await made
        .tell(passes(made))
        .pass(15)
        .tell(...done)
        .codes(),
    ).to.deep.equal([]);
  });

  const wrong: readonly [
    what: string,
    codes: readonly FindingCode[],
    tell: (m: MadeGovernance) => unknown,
  ][] = [
    [
      "one that passes with one chamber only",
      ["AmendmentUnratified"],
      (m) => m.tell(proposed).tell(approved, passes(m)),
    ],
    [
      "one ratified more than a year ago",
      ["AmendmentUnratified"],
      (m) => m.tell(proposed).tell(ratified).pass(366).tell(approved, passes(m)),
    ],
    [
      "an insistence that came too soon",
      ["AmendmentUnratified"],
      (m) => m.tell(proposed).tell(insisted).pass(50).tell(passes(m)),
    ],
    [
      "one that is not said to have passed",
      ["AmendmentWrong"],
      (m) => m.tell(proposed).tell(ratified).tell(approved),
    ],
    [
      "another delay",
      ["AmendmentWrong"],
      (m) => m.tell(proposed).tell(ratified).tell(approved, ["AmendmentPassed", AMENDMENT, m.now, m.now]),
    ],
    [
      "an id that is another's",
      ["AmendmentWrong"],
      (m) => m.tell(["AmendmentProposed", AMENDMENT, [SITE.charter], CALLS, id("else")]),
    ],
    ["one that is pending proposed again", ["AmendmentWrong"], (m) => m.tell(proposed).tell(proposed)],
    ["one that nobody proposed", ["AmendmentUnknown"], (m) => m.tell(ratified)],
    ["one executed that has not passed", ["AmendmentUnpassed"], (m) => m.tell(proposed).tell(...done)],
    [
      "one executed before its time",
      ["AmendmentUntimely"],
      (m) =>
        m
          .tell(proposed)
          .tell(ratified)
          .tell(approved, passes(m))
          .tell(...done),
    ],
    [
      "one that changed nothing",
      ["ActWithoutEffect"],
      (m) => m.tell(proposed).tell(ratified).tell(approved, passes(m)).pass(15).tell(done[0]!, done[2]!),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = loosened();
      tell(made);
      expect(await made.codes()).to.deep.equal(codes);
    });
  }

  it("need the chambers' decisions where nobody else may decide", async () => {
    const made = foundedGovernance().tell(proposed).tell(ratified);
    expect(await made.codes()).to.deep.equal(["ActUnexplained"]);
  });
});

const DAN = memberId(6);
const applying = (tier = 2): MadeEvent => {
  const [name, ...values] = applied(DAN);
  return [name, ...values.with(3, tier)];
};
const sponsored = (m: MadeGovernance, by: number, second = false): MadeEvent => [
  "ApplicationSponsored",
  ...[DAN, by, second ? m.now + ADMISSION_TERMS.waiting : 0],
];
const admitted = (m: MadeGovernance): MadeEvent[] => {
  const month = m.state.ground.month + (m.now > m.state.ground.now ? monthsAhead(m) : 0);
  return [
    ["MemberAdmitted", DAN, month],
    ["AccountSynced", DAN, month, 0, month, 2, 2, false],
    ["VoiceSynced", DAN, 0],
  ];
};
const monthsAhead = (m: MadeGovernance): number => {
  const [then, now] = [m.state.ground.now, m.now].map((time) => new Date(time * 1000));
  return (now!.getUTCFullYear() - then!.getUTCFullYear()) * 12 + now!.getUTCMonth() - then!.getUTCMonth();
};

/** An applicant with both sponsors. */
function waiting(tier = 2): MadeGovernance {
  const made = loosened().tell(applying(tier), ["KeySet", DAN, addressOf("dan"), 63]);
  return made.tell(sponsored(made, ADA)).tell(sponsored(made, BOB, true));
}

describe("admissions, folded", () => {
  it("let in who was sponsored twice and waited", async () => {
    const made = waiting().pass(31);
    made.tell(["ApplicationAccepted", DAN], ...admitted(made));
    expect(await made.codes()).to.deep.equal([]);
  });

  it("let in a small library on appeal, within the authority's share of the year", async () => {
    const made = waiting().tell(["ApplicationRejected", DAN], ["ApplicationAppealed", DAN]).pass(31);
    made.tell(["ApplicationAcceptedOnAppeal", DAN, 1, 1], ...admitted(made));
    expect(await made.codes()).to.deep.equal([]);
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], tell: () => MadeGovernance][] = [
    [
      "one that did not wait",
      ["ApplicationTooEarly"],
      () => {
        const made = waiting().pass(20);
        return made.tell(["ApplicationAccepted", DAN], ...admitted(made));
      },
    ],
    [
      "one with one sponsor",
      ["ApplicationWrong"],
      () => {
        const made = loosened().tell(applying());
        made.tell(sponsored(made, ADA)).pass(40);
        return made.tell(["ApplicationAccepted", DAN], ...admitted(made));
      },
    ],
    [
      "a sponsor that is nobody",
      ["SponsorUnfit"],
      () => {
        const made = loosened().tell(applying());
        return made.tell(sponsored(made, 99));
      },
    ],
    [
      "a sponsor that speaks twice",
      ["SponsorUnfit"],
      () => {
        const made = loosened().tell(applying());
        return made.tell(sponsored(made, ADA)).tell(sponsored(made, ADA, true));
      },
    ],
    [
      "another wait",
      ["ApplicationWrong"],
      () => {
        const made = loosened().tell(applying());
        return made.tell(sponsored(made, ADA)).tell(sponsored(made, BOB));
      },
    ],
    [
      "an appeal before the Board had its time",
      ["ApplicationTooEarly"],
      () => waiting().tell(["ApplicationAppealed", DAN]),
    ],
    [
      "an appeal of a large library",
      ["ApplicationWrong"],
      () => waiting(1).tell(["ApplicationRejected", DAN], ["ApplicationAppealed", DAN]),
    ],
    [
      "a rejection of who does not apply",
      ["ApplicationWrong"],
      () => loosened().tell(["ApplicationRejected", EVE]),
    ],
    [
      "another share of the year",
      ["AllowanceWrong"],
      () => {
        const made = waiting().tell(["ApplicationRejected", DAN], ["ApplicationAppealed", DAN]).pass(31);
        return made.tell(["ApplicationAcceptedOnAppeal", DAN, 1, 9], ...admitted(made));
      },
    ],
    [
      "a member that nobody let in",
      ["ActUnexplained"],
      () => {
        const made = waiting().pass(31);
        return made.tell(...admitted(made));
      },
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`names ${what}`, async () => expect(await tell().codes()).to.deep.equal(codes));
  }
});
