import { expect } from "chai";
import { id } from "ethers";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { memberId, RELIEF, resourceId, serviceId } from "../../../../src/core/ids.ts";
import { addMonths } from "../../../../src/core/period.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import { ADA, BOB, foundedLedger, type MadeEvent, type MadeLedger } from "../../../support/made-ledger.ts";
import { BOOK, COPYING, goTo, LICENCES, NOVEMBER, registered } from "../../../support/made-prices.ts";
import { c } from "../../../support/statements.ts";

const WORK = resourceId(1);
const service = serviceId(COPYING);
const granted = (permitted: boolean, royalty: bigint, from: number): MadeEvent => [
  "UseGranted",
  ...[1, COPYING, permitted, royalty, from],
];
const reserved = () => foundedLedger().tell(registered(1, LICENCES.reserved));
const copying = (made: MadeLedger, period: typeof NOVEMBER, kind = 1) =>
  made.state.works.works.useOf(WORK, { service, act: "reproduce", kind, period });

describe("works, folded", () => {
  it("keep who holds them, and under which terms from which month on", async () => {
    const made = reserved().tell(granted(true, c("2"), NOVEMBER), ["ResourceTransferred", 1, BOB]);
    expect(copying(made, OCTOBER)).to.deep.equal({ allowed: false, holder: ADA, royalty: 0n });
    expect(copying(made, NOVEMBER)).to.deep.equal({ allowed: true, holder: BOB, royalty: c("2") });
    goTo(made, NOVEMBER).tell(["ResourceLicensed", 1, LICENCES.byNc, addMonths(NOVEMBER, 1)]);
    expect(made.state.works.works.licenceIn(WORK, NOVEMBER)).to.equal("reserved");
    expect(copying(made, addMonths(NOVEMBER, 1))).to.include({ allowed: true, royalty: 0n });
    expect(await made.codes()).to.deep.equal(["WorkTermsWrong"]);
  });

  it("are closed to kinds in business from their month on, which can be taken back until then", async () => {
    const made = foundedLedger().tell(registered(1, LICENCES.byNc));
    for (const commercial of [true, false, true]) made.tell(["KindCommercial", 7, commercial, NOVEMBER]);
    expect([OCTOBER, NOVEMBER].map((month) => copying(made, month, 7).allowed)).to.deep.equal([true, false]);
    expect(await made.codes()).to.deep.equal([]);
  });

  it("are known as they stood when a log was written", async () => {
    const made = reserved();
    const before = made.state.ground.position + 1;
    made.tell(granted(true, c("2"), NOVEMBER), ["ResourceTransferred", 1, BOB]);
    const then = made.state.works.worksAt(before);
    expect(then.holderOf(WORK)).to.equal(ADA);
    expect(made.state.works.registered(BOOK, before)).to.equal(WORK);
    expect(made.state.works.registered(BOOK, 1)).to.equal(undefined);
    expect(made.state.works.worksAt(before + 9).holderOf(WORK)).to.equal(BOB);
    // Back again, and on: whoever asks out of order gets the same answers.
    const held = [before, before + 1, before + 2, 1].map((at) => made.state.works.worksAt(at).holderOf(WORK));
    expect(held).to.deep.equal([ADA, ADA, BOB, undefined]);
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], tell: (m: MadeLedger) => unknown][] = [
    ["a number out of turn", ["WorkInvalid"], (m) => m.tell(registered(3, LICENCES.by, { urn: "urn:x:1" }))],
    [
      "what names no work",
      ["WorkInvalid"],
      (m) => m.tell(registered(2, LICENCES.by, { urn: "urn:isbn:978" })),
    ],
    [
      "another hash than its identifier's",
      ["WorkInvalid"],
      (m) => m.tell(["ResourceRegistered", 2, ADA, id("x"), "urn:x:1", LICENCES.by]),
    ],
    ["one identifier twice", ["WorkTaken"], (m) => m.tell(registered(2, LICENCES.by))],
    ["no licence", ["WorkTermsWrong"], (m) => m.tell(registered(2, 0, { urn: "urn:x:1" }))],
    [
      "RELIEF as a holder",
      ["WorkInvalid"],
      (m) => m.tell(registered(2, LICENCES.by, { urn: "urn:x:1", holder: RELIEF })),
    ],
    ["a holder that is no member", ["WorkInvalid"], (m) => m.tell(["ResourceTransferred", 1, memberId(9)])],
    [
      "the licence of no work",
      ["WorkUnknown"],
      (m) => m.tell(["ResourceLicensed", 2, LICENCES.by, NOVEMBER]),
    ],
    [
      "a second transfer within four months",
      ["WorkTermsWrong"],
      (m) => {
        m.tell(["ResourceTransferred", 1, BOB], ["ResourceTransferred", 1, ADA]);
        goTo(m, NOVEMBER).tell(["ResourceTransferred", 1, BOB]);
      },
    ],
    ["the transfer of no work", ["WorkUnknown"], (m) => m.tell(["ResourceTransferred", 2, ADA])],
    ["the use of no work", ["WorkUnknown"], (m) => m.tell(["UseGranted", 2, COPYING, true, 0n, NOVEMBER])],
    ["a use that begins at once", ["WorkTermsWrong"], (m) => m.tell(granted(true, 0n, OCTOBER))],
    [
      "a use that changes too soon",
      ["WorkTermsWrong"],
      (m) =>
        goTo(m.tell(granted(true, 0n, NOVEMBER)), NOVEMBER).tell(granted(false, 0n, addMonths(NOVEMBER, 1))),
    ],
    ["a royalty for what is forbidden", ["WorkTermsWrong"], (m) => m.tell(granted(false, 1n, NOVEMBER))],
    [
      "a royalty for what anybody may copy",
      ["WorkTermsWrong"],
      (m) =>
        m.tell(registered(2, LICENCES.by, { urn: "urn:x:1" }), [
          "UseGranted",
          2,
          COPYING,
          true,
          1n,
          NOVEMBER,
        ]),
    ],
    [
      "a licence that changes in the month of registration",
      ["WorkTermsWrong"],
      (m) => m.tell(["ResourceLicensed", 1, LICENCES.by, NOVEMBER]),
    ],
    ["a kind in business at once", ["WorkTermsWrong"], (m) => m.tell(["KindCommercial", 7, true, OCTOBER])],
    [
      "a kind out of business too soon",
      ["WorkTermsWrong"],
      (m) =>
        goTo(m.tell(["KindCommercial", 7, true, NOVEMBER]), NOVEMBER).tell([
          "KindCommercial",
          7,
          false,
          NOVEMBER + 1,
        ]),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`finds ${what}`, async () => {
      const made = reserved();
      tell(made);
      expect(await made.codes()).to.deep.equal(codes);
    });
  }
});
