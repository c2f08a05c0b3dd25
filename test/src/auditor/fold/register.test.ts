import { expect } from "chai";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { KeyHistory } from "../../../../src/auditor/fold/keys.ts";
import { ranIn, tierIn } from "../../../../src/auditor/fold/membership.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import {
  ADA,
  addressOf,
  applied,
  BOB,
  DAY,
  foundedLedger,
  synced,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";

const someone = addressOf("someone");
const left = (member: number, until: number = OCTOBER): MadeEvent => ["MemberLeft", member, until];
const tier = (member: number, number: number, from: number): MadeEvent => [
  "TierScheduled",
  member,
  number,
  from,
];

describe("the register, folded", () => {
  it("follows a member from application to leaving, and frees its ISIL", async () => {
    const made = foundedLedger();
    made.tell(applied(6 as never, "DE-6"));
    made.tell(["MemberAdmitted", 6, OCTOBER], synced(6 as never));
    expect(made.state.register.holderOf("de-6")).to.equal(6);
    made.tell(["MemberSuspended", 6, OCTOBER], synced(6 as never, { until: OCTOBER }));
    made.tell(["MemberReinstated", 6], synced(6 as never));
    made.tell(left(6), synced(6 as never, { until: OCTOBER }));
    expect(await made.codes()).to.deep.equal([]);
    expect([
      made.state.register.holderOf("DE-6"),
      made.state.register.member(6 as never)?.state,
    ]).to.deep.equal([undefined, "left"]);
  });

  const wrong: readonly [what: string, code: FindingCode, tell: (m: MadeLedger) => unknown][] = [
    ["a number out of turn", "MemberNumberWrong", (m) => m.tell(applied(8 as never))],
    ["an ISIL that is none", "IsilInvalid", (m) => m.tell(applied(6 as never, "not one"))],
    [
      "an ISIL that somebody holds, in whichever letters",
      "IsilTaken",
      (m) =>
        m.tell(applied(6 as never, `xa-t${BOB}`)).tell(["MemberAdmitted", 6, OCTOBER], synced(6 as never)),
    ],
    [
      "a return of one who never went",
      "MembershipImpossible",
      (m) => m.tell(["MemberReinstated", BOB], synced(BOB)),
    ],
    [
      "a suspension of COMMONS",
      "MembershipImpossible",
      (m) => m.tell(["MemberSuspended", 1, OCTOBER], synced(1 as never)),
    ],
    [
      "a leaving in another month",
      "MembershipMonthWrong",
      (m) => m.tell(left(BOB, OCTOBER + 1), synced(BOB, { until: OCTOBER + 1 })),
    ],
    ["a tier within the months still open", "TierTooSoon", (m) => m.tell(tier(BOB, 2, OCTOBER + 1))],
    ["rights that there are not", "RightsInvalid", (m) => m.tell(["KeySet", BOB, someone, 64])],
    ["a payee without announcement", "PayeeUnannounced", (m) => m.tell(["PayeeSet", BOB, someone])],
    [
      "a payee before its time",
      "PayeeUnannounced",
      (m) => {
        m.tell(["PayeeAnnounced", BOB, someone, m.now + 14 * DAY]).pass(13);
        m.tell(["PayeeAnnounced", BOB, `0x${"0".repeat(40)}`, 0n], ["PayeeSet", BOB, someone]);
      },
    ],
    [
      "a payee announced for another day",
      "AnnouncementWrong",
      (m) => m.tell(["PayeeAnnounced", BOB, someone, m.now]),
    ],
    [
      "a key announced for another day",
      "AnnouncementWrong",
      (m) => m.tell(["RekeyAnnounced", BOB, someone, m.now]),
    ],
    ["a change that the ledger was not told of", "SyncMissing", (m) => m.tell(left(BOB))],
    ["a key of nobody", "MemberUnknown", (m) => m.tell(["KeySet", 9, someone, 1])],
  ];
  for (const [what, code, tell] of wrong) {
    it(`names ${what}`, async () => {
      const made = foundedLedger();
      tell(made);
      const found = await made.codes();
      // A membership that stands otherwise differs from the ledger's copy too.
      expect(found.filter((one) => !/^Sync/.test(one) || one === code)).to.deep.equal([code]);
    });
  }

  it("lets a payee be set that has waited, and none for whom a stranger's wait is over", async () => {
    const made = foundedLedger();
    made.tell(["PayeeAnnounced", BOB, someone, made.now + 14 * DAY]).pass(14);
    const gone: MadeEvent = ["PayeeAnnounced", BOB, `0x${"0".repeat(40)}`, 0n];
    made.tell(gone, ["PayeeSet", BOB, someone]);
    expect(await made.codes()).to.deep.equal([]);
    expect(made.state.register.member(BOB)?.payee).to.equal(someone);
    made.tell(["PayeeSet", ADA, someone]);
    expect(await made.codes()).to.deep.equal(["PayeeUnannounced"]);
  });
});

describe("months and tiers", () => {
  it("run from the first to the last, both among them, and without an end for ever", () => {
    const terms = {
      since: OCTOBER,
      until: OCTOBER + 1,
      tierSince: OCTOBER + 1,
      tier: 2,
      priorTier: 1,
      choosy: false,
    };
    const months = [OCTOBER - 1, OCTOBER, OCTOBER + 1, OCTOBER + 2];
    expect(months.map((month) => ranIn(terms, month))).to.deep.equal([false, true, true, false]);
    expect(months.map((month) => tierIn(terms, month))).to.deep.equal([1, 1, 2, 2]);
    expect(ranIn({ ...terms, until: 0 }, OCTOBER + 2_000)).to.equal(true);
    expect(ranIn({ ...terms, since: 0 }, OCTOBER)).to.equal(false);
  });
});

describe("the history of keys", () => {
  it("judges a key as it was before the log in question", () => {
    const keys = new KeyHistory();
    keys.set(BOB, someone, 3, 10, 100);
    keys.set(BOB, someone, 0, 20, 200);
    keys.set(BOB, someone, 2, 30, 300);
    const rights = [10, 11, 20, 21, 31].map((position) => keys.rightsAt(BOB, someone, position));
    expect(rights).to.deep.equal([0, 3, 3, 0, 2]);
    expect([keys.hasRightAt(BOB, someone, 2, 31), keys.hasRightAt(BOB, someone, 3, 31)]).to.deep.equal([
      true,
      false,
    ]);
    expect([keys.rights(ADA, someone), keys.rightsAt(ADA, someone, 31)]).to.deep.equal([0, 0]);
    const word = { member: BOB, key: someone, rights: 2, since: 300, until: 0, ballots: 0 };
    expect([...keys.words()]).to.deep.equal([word]);
  });

  it("raises the nonce of a key's ballots where it voids them or loses the right to vote", () => {
    const keys = new KeyHistory();
    keys.set(BOB, someone, 7, 10, 100);
    expect(keys.voidBallots(BOB, someone, 20)).to.equal(1);
    keys.set(BOB, someone, 3, 30, 300);
    keys.set(BOB, someone, 7, 40, 400);
    const nonces = [11, 20, 21, 30, 31, 41].map((position) => keys.ballotsAt(BOB, someone, position));
    expect(nonces).to.deep.equal([0, 0, 1, 1, 2, 2]);
  });
});
