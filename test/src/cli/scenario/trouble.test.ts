import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { loadPreset } from "../../../../src/cli/network/preset.ts";
import { playerOf } from "../../../../src/cli/scenario/cast.ts";
import { setStage, type Stage } from "../../../../src/cli/scenario/stage.ts";
import { Biller, fund } from "../../../../src/cli/scenario/trouble.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { agency, serviceId } from "../../../../src/core/ids.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import { addMonths, parsePeriod, periodStart } from "../../../../src/core/period.ts";
import { createDirectoryStore } from "../../../../src/records/directory.ts";
import { readPeriod, sendClose } from "../../../../src/sdk/periods.ts";
import { countersign, sendPost } from "../../../../src/sdk/statements.ts";

const JANUARY = parsePeriod("2027-01");
const [COPY, LOAN] = [serviceId(1), serviceId(2)];
const c = parseCredits;

/** NSTL's copies: 0.30 a page, at least 1 and at most 30 a line; 0.20 in the fifth and sixth month. */
describe("Biller, where prices have conditions", () => {
  let stage: Stage;
  let folder: string;
  const bill = (quantities: readonly number[], month = JANUARY) => {
    const [supplier, consumer] = stage.actors;
    const services = quantities.map((quantity, at) => ({ request: `R-${at}`, service: COPY, quantity }));
    return new Biller(stage, createDirectoryStore(folder), month).bill(supplier!, consumer!, services);
  };

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(join(tmpdir(), "consortia-biller-"));
    const players = ["XA-1", "XA-2"].map((name) => playerOf(agency("ISIL", name), new Set()));
    stage = await setStage(players, await loadPreset("nstl"), JANUARY);
  });
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("charges a line its cap and its minimum, which its records bear between them", async () => {
    const amounts = async (...quantities: number[]) =>
      (await bill(quantities)).records.map(({ amount }) => amount);
    expect(await amounts(90, 20)).to.deep.equal([c("27"), c("3")]);
    expect(await amounts(1, 1)).to.deep.equal([c("0.70"), c("0.30")]);
    expect((await bill([90, 20])).gross).to.equal(c("30"));
  });

  it("charges a promotion's price in its month", async () => {
    expect((await bill([10], addMonths(JANUARY, 4))).gross).to.equal(c("2"));
    expect((await bill([10], addMonths(JANUARY, 3))).gross).to.equal(c("3"));
  });

  it("writes what the ledger takes, to the last millionth", async () => {
    const [supplier, consumer] = stage.actors;
    await stage.chain.setTime(periodStart(JANUARY) + 86_400);
    if ((await readPeriod(stage.admin)).open < JANUARY) await sendClose(stage.admin);
    await fund(stage, consumer!, "100");
    const services = [LOAN, LOAN].map((service, at) => ({ request: `L-${at}`, service }));
    const made = await new Biller(stage, createDirectoryStore(folder), JANUARY, 7).bill(
      ...([supplier!, consumer!] as const),
      services,
    );
    expect([made.gross, made.fee, made.statement.maximum]).to.deep.equal([c("40"), c("1"), c("41")]);
    const signed = await countersign(stage.admin, consumer!.key, made.statement);
    const posted = await sendPost(supplier!.as, { statements: [signed], mode: "allOrNothing" });
    expect(posted.receipt.status).to.equal(1);
  });

  it("refuses what is not priced", async () => {
    let error: unknown;
    try {
      await bill([1], addMonths(JANUARY, -1));
    } catch (caught) {
      error = caught;
    }
    expect(isConsortiaError(error, "ServiceUnpriced"), String(error)).to.equal(true);
  });
});
