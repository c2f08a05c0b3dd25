import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { getAddress } from "ethers";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { createEngine } from "../../../../src/auditor/engine/engine.ts";
import { verifyBundles } from "../../../../src/auditor/verify/bundles.ts";
import { resourceId, serviceId, statementNumber, type ResourceId } from "../../../../src/core/ids.ts";
import { periodStart } from "../../../../src/core/period.ts";
import { createDirectoryStore } from "../../../../src/records/directory.ts";
import { bundle } from "../../../support/bundles.ts";
import { EVE, SITE, type MadeLedger } from "../../../support/made-ledger.ts";
import {
  ACTS,
  condition,
  COPYING,
  goTo,
  LICENCES,
  NOVEMBER,
  registered,
  richLedger,
  royalty,
  settledBatch,
} from "../../../support/made-prices.ts";
import { c } from "../../../support/statements.ts";

describe("verifyBundles, of services that have conditions or use works", () => {
  const copying = serviceId(COPYING);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-works-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** November: copies at 5, for at least 8 a line; eve's work may be copied for 2 a unit, and everybody's for nothing. */
  function priced(): MadeLedger {
    const made = richLedger().tell(["ConditionalPriceDrafted", 2, condition({ minimum: c("8") })]);
    made.tell(["SchedulePublished", 2, NOVEMBER], ["ServiceDescribed", COPYING, 1, ACTS.reproduce]);
    made.tell(registered(1, LICENCES.reserved, { holder: EVE }));
    made.tell(registered(2, LICENCES.cc0, { urn: "doi:10.1/free" }), [
      "UseGranted",
      1,
      COPYING,
      true,
      c("2"),
      NOVEMBER,
    ]);
    return goTo(made, NOVEMBER);
  }
  /** Posts a line of copies with records of these amounts and details, and verifies them. */
  async function codes(
    amounts: readonly string[],
    details: Readonly<Record<string, string>>,
    { gross = "8", resource, paid = 0n }: { gross?: string; resource?: ResourceId; paid?: bigint } = {},
  ): Promise<FindingCode[]> {
    const over = { service: copying, details, completedAt: periodStart(NOVEMBER) + 86_400 };
    const records = bundle(amounts.length).records.map((one, i) => ({
      ...one,
      ...over,
      amount: amounts[i]!,
    }));
    const bill = bundle(0, {
      ledger: getAddress(SITE.ledger),
      number: statementNumber(1),
      period: NOVEMBER,
      records,
    });
    const line = {
      service: copying,
      quantity: amounts.length,
      ...(resource === undefined ? {} : { resource }),
    };
    const made = priced();
    const legs = paid === 0n ? [] : [royalty(EVE, paid)];
    const charges = [[c(gross), c("0.26") * BigInt(amounts.length)]] as const;
    made.tell(...(await settledBatch(legs, { root: bill.root, lines: [line] }, { charges })));
    await createDirectoryStore(folder).put(bill);
    await verifyBundles(createEngine({ threads: 0 }), made.state, made.findings, [folder], []);
    return made.codes();
  }

  it("lets records share a line between its bounds as they like, as long as they sum to it", async () => {
    expect(await codes(["8"], {})).to.deep.equal([]);
    expect(await codes(["5", "5"], {}, { gross: "10" })).to.deep.equal([]);
    expect(await codes(["9", "1"], {}, { gross: "10" })).to.deep.equal([]);
    expect(await codes(["5"], {})).to.deep.equal(["RecordsSumWrong", "LineSumWrong"]);
  });

  it("finds a work that records name and lines do not, where a royalty is due", async () => {
    expect(await codes(["8"], { isbn: "9783161484100" })).to.deep.equal(["WorkUnnamed"]);
    expect(await codes(["8"], { doi: "10.1/free" })).to.deep.equal([]);
    expect(await codes(["8"], { isbn: "9780306406157" })).to.deep.equal([]);
  });

  it("finds nothing where the lines name it as often as the records do", async () => {
    const named = { resource: resourceId(1), paid: c("2") };
    expect(await codes(["8"], { isbn: "9783161484100" }, named)).to.deep.equal([]);
  });
});
