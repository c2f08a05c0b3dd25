import { expect } from "chai";
import { hexlify, id } from "ethers";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { signReceipt } from "../../../../src/chain/signing.ts";
import { hash, serviceId, statementNumber } from "../../../../src/core/ids.ts";
import { recordLeaf, treeDomain } from "../../../../src/core/leaf.ts";
import { credits } from "../../../../src/core/money.ts";
import type { ServiceRecord } from "../../../../src/core/record.ts";
import { encodeAlone, type Statement } from "../../../../src/core/statement.ts";
import { buildTree } from "../../../../src/core/tree.ts";
import { LOAN } from "../../../support/consortium.ts";
import {
  ADA,
  addressOf,
  BOB,
  digestOf,
  DOMAIN,
  EVE,
  foundedLedger,
  keyOf,
  madeStatement,
  openedEvents,
  postedEvent,
  signedBy,
  SITE,
  spoiled,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { c, FEE, GROSS, loans } from "../../../support/statements.ts";

const domain = treeDomain(SITE.chainId, SITE.ledger);
const RECORDS = ["REQ-1", "REQ-2"].map((request): ServiceRecord => ({
  ...{ supplier: ADA, consumer: BOB, request: hash(id(request)), service: LOAN, charge: 0, quantity: 1 },
  ...{ amount: GROSS, details: hash(id(`${request} details`)) },
}));
const tree = buildTree(domain, RECORDS);
const statement = madeStatement({ lines: loans(2), root: tree.root });
const claim = digestOf(statement);
const disputed: MadeEvent = ["ClaimDisputed", claim];
const awarded = (gross = GROSS, fee = FEE, who = "arbiter"): MadeEvent => [
  "ClaimAwarded",
  ...[claim, addressOf(who), gross, fee],
];
const ruled = (who = "appellate", gross = GROSS): MadeEvent => [
  "ClaimRuled",
  claim,
  addressOf(who),
  gross,
  0n,
];
const appealed = (by: number = BOB): MadeEvent => ["ClaimAppealed", claim, by];
const opened = (m: MadeLedger = foundedLedger()) => m.tell(...openedEvents(statement));
const open = (changes: Partial<Statement>, more: { gross?: bigint } = {}) =>
  openedEvents(madeStatement({ lines: loans(2), root: tree.root, ...changes }), more);

/** The first record with its receipt, or what stands for either. */
async function shown(
  changes: { record?: Partial<ServiceRecord>; by?: string; bytes?: string; count?: number } = {},
) {
  const { siblings } = tree.proveMany([0]);
  const record = { ...RECORDS[0]!, ...changes.record };
  const signature = await signReceipt(keyOf(changes.by ?? "bob"), DOMAIN, recordLeaf(domain, record));
  const receipts = [changes.bytes ?? hexlify(encodeAlone(signature))];
  const { request, service, charge, quantity, amount, details } = record;
  const proof = [tree.count, [0], siblings.map((one) => [one.hash, one.sum])];
  const records = [[request, service, charge, quantity, amount, details]];
  return ["ReceiptsShown", claim, records, proof, receipts.slice(0, changes.count ?? 1)] as const;
}
const accepted = async (by = "bob", spoil = false): Promise<MadeEvent> => {
  const bytes = encodeAlone((await signedBy(by, statement)).countersignature);
  return ["ClaimAccepted", claim, spoil ? spoiled(bytes) : hexlify(bytes)];
};

describe("claims, folded", () => {
  it("go from stage to stage, each within its time", async () => {
    const made = opened();
    expect(made.account(ADA).cash).to.equal(c("95"));
    expect([made.state.book.bonds, made.fold.claims.openOf(`${ADA}/${BOB}`)]).to.deep.equal([c("5"), 1]);
    for (const [stage, event] of [
      ["disputed", disputed],
      ["awarded", awarded()],
      ["appealed", appealed()],
      ["ruled", ruled()],
    ] as const) {
      made.tell(event);
      expect(made.fold.claims.open.get(claim)?.stage).to.equal(stage);
    }
    expect(made.fold.claims.open.get(claim)?.awarded).to.deep.equal({ gross: GROSS, fee: 0n });
    expect(await made.codes()).to.deep.equal([]);
    expect(made.state.counts).to.include({ claims: 1, disputes: 1, awards: 2, appeals: 1 });
  });

  it("wait for an arbiter while none is seated, and for posting while it is paused", async () => {
    const made = opened();
    const left = () => made.fold.claims.left(made.fold.claims.open.get(claim)!);
    made.tell(["PostingPaused", made.now + 5 * 86_400]).pass(5);
    made.state.ground.now = made.now;
    expect(left()).to.equal(45 * 86_400);
    made.tell(disputed, ["RoleRevoked", 6, addressOf("arbiter")]).pass(300);
    made.state.ground.now = made.now;
    expect(left()).to.equal(180 * 86_400);
    expect(await made.codes()).to.deep.equal([]);
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], tell: (m: MadeLedger) => unknown][] = [
    ["a dispute of no claim", ["ClaimUnknown"], (m) => m.tell(disputed)],
    [
      "another digest",
      ["ClaimMalformed"],
      (m) => {
        const [bond, [name, , ...rest]] = open({}) as [MadeEvent, MadeEvent];
        m.tell(bond, [name, id("another"), ...rest]);
      },
    ],
    [
      "another consumer than the statement's",
      ["ClaimMalformed"],
      (m) => {
        const [bond, [name, digest, supplier, , ...rest]] = open({}) as [MadeEvent, MadeEvent];
        m.tell(bond, [name, digest, supplier, EVE, ...rest]);
      },
    ],
    [
      "bytes that are no statement",
      ["ClaimMalformed", "BondUnexplained"],
      (m) => {
        const [bond, event] = open({}) as [MadeEvent, MadeEvent];
        m.tell(bond, [...event.slice(0, 4), "0x00", ...event.slice(5)] as unknown as MadeEvent);
      },
    ],
    ["what could not be posted", ["ClaimInadmissible"], (m) => m.tell(...open({ maximum: credits(1n) }))],
    ["another price", ["ClaimPriceWrong"], (m) => m.tell(...open({}, { gross: 3n * GROSS }))],
    [
      "more than the charter allows",
      ["ClaimTooLarge"],
      (m) => m.tell(...open({ lines: loans(500), maximum: c("9999") })),
    ],
    [
      "a number that was claimed before",
      ["NumberReused"],
      (m) => opened(m).tell(...open({ root: hash(id("other")) })),
    ],
    [
      "a fifth claim of a pair",
      ["ClaimsTooMany"],
      (m) => {
        for (const number of [1, 2, 3, 4, 5]) m.tell(...open({ number: statementNumber(number) }));
      },
    ],
    ["an award before a dispute", ["ClaimStageWrong"], (m) => opened(m).tell(awarded())],
    ["a dispute after its window", ["ClaimTooLate"], (m) => opened(m).pass(45).tell(disputed)],
    ["an award after its term", ["ClaimTooLate"], (m) => opened(m).tell(disputed).pass(180).tell(awarded())],
    [
      "an appeal after its window",
      ["ClaimTooLate"],
      (m) => opened(m).tell(disputed).tell(awarded()).pass(14).tell(appealed()),
    ],
    [
      "an award above the claim",
      ["AwardAbove"],
      (m) =>
        opened(m)
          .tell(disputed)
          .tell(awarded(credits(2n * GROSS + 1n))),
    ],
    [
      "a fee above the claim's",
      ["AwardAbove"],
      (m) =>
        opened(m)
          .tell(disputed)
          .tell(awarded(GROSS, credits(2n * FEE + 1n))),
    ],
    [
      "an award by whoever",
      ["ArbiterUnseated"],
      (m) =>
        opened(m)
          .tell(disputed)
          .tell(awarded(GROSS, FEE, "eve")),
    ],
    [
      "a ruling by an arbiter of the first bench",
      ["ArbiterUnseated", "ArbiterTwice"],
      (m) => opened(m).tell(disputed).tell(awarded()).tell(appealed()).tell(ruled("arbiter")),
    ],
    [
      "an arbiter who holds a party's key",
      ["ArbiterPartial"],
      (m) =>
        opened(m)
          .tell(["KeySet", ADA, addressOf("arbiter"), 1])
          .tell(disputed)
          .tell(awarded()),
    ],
    [
      "an arbiter seated on both benches who rules on itself",
      ["ArbiterTwice"],
      (m) =>
        opened(m)
          .tell(["RoleGranted", 7, addressOf("arbiter"), 0, m.now, true], disputed)
          .tell(awarded())
          .tell(appealed())
          .tell(ruled("arbiter")),
    ],
    [
      "an appeal by a stranger",
      ["AppealForeign"],
      (m) => opened(m).tell(disputed).tell(awarded()).tell(appealed(EVE)),
    ],
  ];
  for (const [what, codes, tell] of wrong) {
    it(`name ${what}`, async () => {
      const made = foundedLedger();
      tell(made);
      const found = await made.codes();
      expect(found).to.deep.equal(
        codes.includes("BondUnexplained") ? ["ClaimMalformed", "BondUnexplained"] : codes,
      );
    });
  }

  it("name a bond that the supplier had not free, and a number that was posted before", async () => {
    const made = foundedLedger().tell(["AdvanceGiven", ADA, EVE, c("96")]);
    made.tell(...openedEvents(statement));
    expect(await made.codes()).to.deep.equal(["BondWrong"]);
    const posted = foundedLedger().tell(postedEvent([await signedBy("bob", madeStatement())]));
    opened(posted);
    expect(await posted.codes()).to.deep.equal(["NumberReused"]);
  });

  describe("proven by receipts", () => {
    const ended: MadeEvent = ["ClaimEnded", claim, 2, 0n, 0n, 0n];
    const codes = async (...events: readonly MadeEvent[]) => {
      const found = await opened()
        .tell(...events)
        .codes();
      return found.filter((code) => !["OutcomeWrong", "BondWrong"].includes(code));
    };

    it("come to the records that were shown", async () => {
      const made = opened().tell(await shown());
      expect(await made.codes()).to.deep.equal(["OutcomeWrong"]);
      expect(made.state.receipts.size).to.equal(1);
    });
    it("name a receipt of another key, of no key, missing, or shown before", async () => {
      expect(await codes(await shown({ by: "ada" }), ended)).to.deep.equal(["ReceiptsWrong"]);
      expect(await codes(await shown({ bytes: "0x07" }), ended)).to.deep.equal(["ReceiptsWrong"]);
      expect(await codes(await shown({ count: 0 }), ended)).to.deep.equal(["ReceiptsWrong"]);
      expect(await codes(await shown(), await shown(), ended)).to.deep.equal(["ReceiptsWrong"]);
    });
    it("name a record that the statement does not hold, and one at another price", async () => {
      expect(await codes(await shown({ record: { request: hash(id("REQ-9")) } }), ended)).to.deep.equal([
        "RecordsUnproven",
      ]);
      expect(await codes(await shown({ record: { amount: c("1") } }), ended)).to.deep.equal([
        "RecordsUnproven",
        "RecordPriceWrong",
      ]);
      expect(await codes(await shown({ record: { service: serviceId(9) } }), ended)).to.deep.equal([
        "RecordsUnproven",
        "RecordPriceWrong",
      ]);
    });
  });

  it("name an acceptance by another key or with a spoiled signature", async () => {
    for (const event of [await accepted("ada"), await accepted("bob", true)]) {
      const found = await opened().tell(event).codes();
      expect(found).to.include("ClaimUnsigned");
    }
    expect(
      await opened()
        .tell(await accepted())
        .codes(),
    ).to.deep.equal(["OutcomeWrong"]);
  });
});
