import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { getAddress, id } from "ethers";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { createEngine } from "../../../../src/auditor/engine/engine.ts";
import { verifyBundles } from "../../../../src/auditor/verify/bundles.ts";
import { memberId, statementNumber } from "../../../../src/core/ids.ts";
import { addMonths, periodStart } from "../../../../src/core/period.ts";
import type { Bundle, BundleRecord } from "../../../../src/records/bundle.ts";
import { createDirectoryStore } from "../../../../src/records/directory.ts";
import { bundle } from "../../../support/bundles.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import {
  ADA,
  addressOf,
  BOB,
  digestOf,
  EVE,
  foundedLedger,
  madeStatement,
  postedEvent,
  signedBy,
  SITE,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { c, FEE, GROSS, loans } from "../../../support/statements.ts";

/** Loans of October at the schedule's price, for these requests. */
function bundleOf(
  requests: readonly string[],
  over: Partial<Bundle> = {},
  record: Partial<BundleRecord> = {},
): Bundle {
  const plain = bundle(requests.length).records.map((one, i) => ({
    ...{ ...one, request: { ...one.request, id: requests[i]! }, amount: "12" },
    ...{ completedAt: periodStart(OCTOBER) + 86_400, ...record },
  }));
  const where = {
    ledger: getAddress(SITE.ledger),
    number: statementNumber(1),
    period: OCTOBER,
    records: plain,
  };
  return bundle(0, { ...where, ...over });
}

describe("verifyBundles", () => {
  let folder: string;
  let made: MadeLedger;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-verify-"));
    made = foundedLedger().tell(["Deposited", EVE, addressOf("purse"), c("100")]);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Posts a statement of some loans under a bundle's root; keeps the bundle unless told otherwise. */
  async function post(bill: Bundle, { quantity = bill.records.length, keep = true, by = "bob" } = {}) {
    const { supplier, root, number, consumer } = bill;
    const own = by === "bob" ? { consumer: BOB } : { consumer };
    const statement = madeStatement({ supplier, root, number, ...own, lines: loans(quantity) });
    made.pass(1 / 86_400).tell(postedEvent([await signedBy(by, statement)]));
    if (keep) await createDirectoryStore(folder).put(bill);
    return digestOf(statement);
  }
  async function verify(...more: string[]) {
    const engine = createEngine({ threads: 0 });
    const { given } = made.fold.reversals;
    return verifyBundles(engine, made.state, made.findings, [...more, folder], given);
  }
  const refund = (digest: string, places: readonly number[], amount: bigint): MadeEvent[] => [
    ["GivenBack", ADA, BOB, amount],
    ["RecordsRefunded", digest, ADA, BOB, places, amount],
  ];
  const duplicate = (digest: string, place: number, earlier: string, at: number): MadeEvent[] => [
    ["GivenBack", ADA, BOB, GROSS],
    ["DuplicateReversed", digest, ADA, BOB, place, earlier, at, GROSS],
  ];
  const numbered = (number: number, requests: readonly string[], record: Partial<BundleRecord> = {}) =>
    bundleOf(requests, { number: statementNumber(number) }, record);

  it("has nothing to do where nothing was charged", async () => {
    expect(await verify()).to.deep.equal({ bundles: 0, records: 0 });
    expect(await made.codes()).to.deep.equal([]);
  });

  it("finds nothing in records that make up what was charged, in whichever store", async () => {
    await post(bundleOf(["REQ-1", "REQ-2"]));
    await post(numbered(2, ["REQ-3"]));
    expect(await verify(join(folder, "empty"))).to.deep.equal({ bundles: 2, records: 3 });
    expect(await made.codes()).to.deep.equal([]);
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], play: () => Promise<unknown>][] = [
    ["records that nobody has", ["BundleMissing"], () => post(bundleOf(["REQ-1"]), { keep: false })],
    [
      "a copy that is damaged",
      ["BundleDamaged"],
      async () => {
        const bill = bundleOf(["REQ-1"]);
        await post(bill, { keep: false });
        await mkdir(join(folder, bill.root.slice(2, 4)), { recursive: true });
        await writeFile(join(folder, bill.root.slice(2, 4), `${bill.root}.json`), "{");
      },
    ],
    [
      "records of other parties",
      ["RecordsForeign"],
      () => post(bundleOf(["REQ-1"], { consumer: memberId(9) })),
    ],
    [
      "records of another ledger",
      ["RecordsForeign"],
      () => post(bundleOf(["REQ-1"], { ledger: getAddress(addressOf("another")) })),
    ],
    [
      "a bill for more than its records",
      ["RecordsSumWrong", "LinesWrong"],
      () => post(bundleOf(["REQ-1"]), { quantity: 2 }),
    ],
    [
      "a record at another price",
      ["RecordsSumWrong", "RecordPriceWrong"],
      () => post(bundleOf(["REQ-1"], {}, { amount: "11" })),
    ],
    [
      "lines that count other quantities",
      ["LinesWrong", "RecordPriceWrong"],
      () => post(bundleOf(["REQ-1"], {}, { quantity: 2 })),
    ],
    [
      "a record of another month",
      ["RecordMonthWrong"],
      () => post(bundleOf(["REQ-1"], {}, { completedAt: periodStart(addMonths(OCTOBER, 1)) })),
    ],
    [
      "a bundle that says another month",
      ["BundleMislabelled"],
      async () => post(bundleOf(["REQ-1"], { period: addMonths(OCTOBER, -1) })),
    ],
    [
      "a refund of another amount than its record's",
      ["RefundWrong"],
      async () => made.tell(...refund(await post(bundleOf(["REQ-1", "REQ-2"])), [0], GROSS - 1n)),
    ],
    ["a record billed twice in one statement", ["RecordDoubled"], () => post(bundleOf(["REQ-1", "REQ-1"]))],
    [
      "a record billed twice in two",
      ["RecordDoubled"],
      async () => {
        await post(bundleOf(["REQ-1"]));
        await post(numbered(2, ["REQ-2", "REQ-1"]));
      },
    ],
    [
      "a record billed to two consumers",
      ["RecordAtTwoPairs"],
      async () => {
        await post(bundleOf(["REQ-1"]));
        await post(bundleOf(["REQ-1"], { number: statementNumber(2), consumer: EVE }), { by: "eve" });
      },
    ],
    [
      "a record billed anew while its first charge stands",
      ["RecordRebilled"],
      async () => {
        await post(bundleOf(["REQ-1"]));
        await post(numbered(2, ["REQ-1"], { charge: 1 }));
      },
    ],
    [
      "a duplicate that was none",
      ["DuplicateFalse"],
      async () => {
        const first = await post(bundleOf(["REQ-1", "REQ-2"]));
        made.pass(1).tell(...duplicate(await post(numbered(2, ["REQ-3"])), 0, first, 1));
      },
    ],
    [
      "a duplicate at a place that there is not",
      ["RefundWrong", "DuplicateFalse"],
      async () => {
        const first = await post(bundleOf(["REQ-1"]));
        made.pass(1).tell(...duplicate(await post(numbered(2, ["REQ-3"])), 7, first, 7));
      },
    ],
  ];
  for (const [what, codes, play] of wrong) {
    it(`names ${what}`, async () => {
      await play();
      expect(await made.codes(), "before its bundles are read").to.deep.equal([]);
      await verify();
      expect([...(await made.codes())].sort()).to.deep.equal([...codes].sort());
    });
  }

  it("takes what was given back for no charge any more", async () => {
    const first = await post(bundleOf(["REQ-1", "REQ-2"]));
    made.tell(...refund(first, [1], GROSS));
    await post(numbered(2, ["REQ-2"]));
    await post(numbered(3, ["REQ-2"], { charge: 1, details: { title: id("again") } }));
    await verify();
    expect(await made.codes()).to.deep.equal(["RecordRebilled"]);
  });

  it("finds a true duplicate true, and the charge that stays alone", async () => {
    const first = await post(bundleOf(["REQ-1"]));
    made.pass(1).tell(...duplicate(await post(numbered(2, ["REQ-2", "REQ-1"])), 1, first, 0));
    expect(await verify()).to.deep.equal({ bundles: 2, records: 3 });
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(BOB).position).to.equal(GROSS - 3n * (GROSS + FEE));
  });
});
