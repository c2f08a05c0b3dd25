import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { CATALOGUERS, PLATFORMS, QUAYSIDE } from "../../examples/generator/commons/cast.ts";
import { commonsSample } from "../../examples/generator/commons/sample.ts";
import { TRADE } from "../../examples/generator/trade.ts";
import { memberOf, StatementDesk } from "../../src/cli/scenario/commons/desk.ts";
import { Importer } from "../../src/cli/scenario/commons/harvest.ts";
import { commonsScenario, type CommonsScenario } from "../../src/cli/scenario/commons/scenario.ts";
import { whileServing } from "../../src/cli/scenario/commons/server.ts";
import { createKey } from "../../src/cli/scenario/stage.ts";
import { isConsortiaError } from "../../src/core/error.ts";
import { agency, COMMONS, COMMONS_AGENCY } from "../../src/core/ids.ts";
import { formatCredits, parseCredits } from "../../src/core/money.ts";
import { periodStart } from "../../src/core/period.ts";
import { sendAccreditation } from "../../src/sdk/attestors.ts";
import { sendAppointment } from "../../src/sdk/keys.ts";
import { readMember } from "../../src/sdk/members.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SAMPLE = join(ROOT, "examples/commons");
const read = (path: string) => readFileSync(join(SAMPLE, path), "utf8");

/** In cents, from the price list on paper. */
const [VIEW, VIEW_FEE, ORIGINAL, COPIED, ENHANCED, USE] = [35, 1, 400, 150, 75, 20];

/** A clerk with the sample's files and a pencil: nothing of the software's is asked. */
class Clerk {
  /** What libraries looked at, by library and platform; months that were not counted are no views. */
  readonly views = PLATFORMS.flatMap(({ isil, accounts }) =>
    accounts
      .filter(({ notReady }) => notReady !== true)
      .map((one) => ({
        library: one.isil,
        platform: isil,
        count: Object.values(one.requests).reduce((all, count) => all + count, 0),
      })),
  );
  /** Records taken from the catalogue, by library. */
  readonly uses = read("uses.csv")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((row) => row.split(";"))
    .map(([, library = "", , records]) => ({ library, count: Number(records) }));
  /** What libraries did for the catalogue: field 040 of each record that still stands. */
  readonly works = readdirSync(join(SAMPLE, "catalogue"))
    .filter((name) => name.startsWith("page-"))
    .flatMap((name) => [...read(`catalogue/${name}`).matchAll(/tag="040".*?<\/marc:datafield>/g)])
    .flatMap(([field]) => {
      const [made, copied, changed] = ["a", "c", "d"].map(
        (code) => new RegExp(`code="${code}">([^<]*)`).exec(field)?.[1],
      );
      const isilOf = (code: string | undefined) =>
        Object.keys(CATALOGUERS).find((isil) => CATALOGUERS[isil] === code);
      return [
        { library: isilOf(made), cents: ORIGINAL },
        { library: made === copied ? undefined : isilOf(copied), cents: COPIED },
        { library: isilOf(changed), cents: ENHANCED },
      ].filter(({ library }) => library !== undefined);
    });

  given(isil: string): number {
    const own = this.views.filter(({ platform }) => platform === isil);
    const works = this.works.filter(({ library }) => library === isil);
    return sum(own.map(({ count }) => count * VIEW)) + sum(works.map(({ cents }) => cents));
  }

  drawn(isil: string): number {
    const [views, uses] = [this.views, this.uses].map((list) =>
      sum(list.filter(({ library }) => library === isil).map(({ count }) => count)),
    ) as [number, number];
    return views * VIEW + uses * USE;
  }

  fees(isil: string): number {
    return sum(this.views.filter(({ library }) => library === isil).map(({ count }) => count * VIEW_FEE));
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const euros = (cents: number) => (cents / 100).toFixed(2);

describe("scenario commons", function () {
  this.timeout(180_000);
  const clerk = new Clerk();
  let out: string;
  let scenario: CommonsScenario;
  const figuresOf = (isil: string) => {
    const found = scenario.report.figures.members.find((one) => one.isil === isil);
    if (found === undefined) throw new Error(`the report has no ${isil}`);
    const { given, drawn, fees } = found;
    return [given, drawn, fees].map(formatCredits);
  };
  async function refusal(act: Promise<unknown>) {
    const error: unknown = await act.catch((reason: unknown) => reason);
    if (!isConsortiaError(error)) throw new Error(`expected a refusal, got ${JSON.stringify(error)}`);
    return error;
  }

  before(async () => {
    out = join(mkdtempSync(join(tmpdir(), "consortia-commons-")), "out");
    scenario = await commonsScenario({ out, progress: () => {} });
  });
  after(async () => {
    await scenario.stage.close();
    rmSync(join(out, ".."), { recursive: true, force: true });
  });

  it("settles loans, usage and a catalogue by one kind of statement, and an audit finds it clean", () => {
    expect(scenario.failed).to.equal(false);
    expect(scenario.summary).to.include({
      ...{ scenario: "commons", period: "2026-10", members: 17 },
      ...{ catalogueContributions: clerk.works.length, usageRecords: 8, notReadyMonths: 1 },
      audit: "clean",
    });
    expect(scenario.summary["documents"]).to.equal(scenario.report.papers.length);
    for (const { files } of scenario.report.papers) {
      for (const file of files) expect(existsSync(join(out, file)), file).to.equal(true);
    }
  });

  for (const isil of ["XA-SAL", "XB-MED", "XC-POL", "XB-ARC", "XA-NAT", "XP-LUM", "XP-QUA", "XC-LAW"]) {
    it(`charges and credits ${isil} what a clerk comes to by hand`, () => {
      const lent = isil === "XA-NAT" ? 8_800 : 0;
      const expected = [clerk.given(isil) + lent, clerk.drawn(isil), clerk.fees(isil)];
      expect(figuresOf(isil)).to.deep.equal(expected.map(euros));
    });
  }

  it("charges a library for its loans beside it", () => {
    // Two loans to Larkvale at 12.00 are all that Oberminster lent; nothing that it borrowed is in the sample.
    const loans = TRADE.filter(([supplier, consumer]) => supplier === "XA-OBM" && consumer === "XA-LVA");
    expect(loans.map(([, , count]) => count)).to.deep.equal([2]);
    const expected = [2_400 + clerk.given("XA-OBM"), clerk.drawn("XA-OBM"), clerk.fees("XA-OBM")];
    expect(figuresOf("XA-OBM")).to.deep.equal(expected.map(euros));
  });

  it("pays those who built the catalogue what its users paid, to the last cent that there is", () => {
    const all = (key: "owed" | "left") =>
      scenario.report.figures.members.reduce((total, one) => total + one[key], 0n);
    const contributed = sum(clerk.works.map(({ cents }) => cents));
    const users =
      sum(clerk.uses.filter(({ library }) => library !== "XZ-OLD").map(({ count }) => count)) * USE;
    const fees = parseCredits(scenario.summary["fees"] as string);
    expect(all("owed")).to.equal(parseCredits(euros(contributed)) - earlyFees(scenario));
    expect(all("left")).to.equal(parseCredits(euros(contributed)) - parseCredits(euros(users)) - fees);
  });

  describe("a month that a platform has not counted", () => {
    const waiting = QUAYSIDE.accounts.find(({ notReady }) => notReady)!;

    it("is told, and neither billed nor zero", () => {
      const { notReady } = scenario.report.figures;
      expect(notReady.map(({ library }) => library)).to.deep.equal([`ISIL:${waiting.isil}`]);
      expect(notReady[0]?.sentence).to.contain("2026-09").and.contain("not zero");
      const [library, platform] = [waiting.isil, QUAYSIDE.isil].map(
        (isil) => memberOf(scenario.stage, agency("ISIL", isil)).id,
      );
      const between = scenario.settled.settled.filter(
        ({ built: { statement } }) => statement.consumer === library && statement.supplier === platform,
      );
      expect(between).to.deep.equal([]);
      expect(
        scenario.settled.settled.flatMap(({ built }) => built.records).some(({ quantity }) => quantity < 1),
      ).to.equal(false);
    });
  });

  describe("a platform that restates a month", () => {
    it("downwards is not signed for what it said first, since the library asked by itself", () => {
      expect(scenario.report.refused).to.have.length(1);
      expect(scenario.report.refused[0]?.why.join()).to.contain("241").and.contain("164");
    });

    it("upwards once it is billed is not billed a second time, and that is told", async () => {
      const { stage, settled } = scenario;
      const { sample } = settled;
      const [lumina] = sample.platforms;
      const folder = join(out, "..", "sample");
      cpSync(SAMPLE, folder, { recursive: true });
      const [doctored, file] = ["lumina.answers.json", "lumina/L-1002-restated.json"].map((name) =>
        join(folder, name),
      ) as [string, string];
      writeFileSync(file, readFileSync(file, "utf8").replaceAll('"2026-09": 164', '"2026-09": 999'));
      const again = await whileServing([doctored], "2026-10-30", (urlOf) =>
        new Importer(sample, join(out, "..", "imports")).usage(lumina!, urlOf(doctored)),
      );
      expect(again.drafts.map(({ quantity }) => quantity)).to.include(999);
      const built = await settled.desk.build(again.drafts, memberOf(stage, lumina!.agency).id);
      expect(built.statements).to.deep.equal([]);
      const restated = built.exceptions.find(({ draft }) => draft.quantity === 999);
      expect(restated?.reason).to.equal("already-billed");
      expect(restated?.sentence).to.contain("XA-LVA").and.contain("XP-LUM");
    });
  });

  describe("a key of COMMONS that nobody accredited", () => {
    it("attests nothing, though it may countersign", async () => {
      const { stage } = scenario;
      const { payee } = await readMember(stage.admin, COMMONS);
      const key = await createKey(stage.chain);
      await sendAppointment(stage.admin, {
        member: COMMONS,
        key: key.address,
        rights: ["countersign"],
        payee,
      });
      const draft = {
        ...{ supplier: agency("ISIL", "XA-NHU"), consumer: COMMONS_AGENCY, request: "made up" },
        ...{
          service: "record-original",
          quantity: 1,
          completedAt: periodStart(scenario.report.month),
          details: {},
        },
      };
      const desk = new StatementDesk(stage, join(out, "..", "attack"));
      expect((await desk.build([draft])).statements).to.have.length(1);
      const signing = desk.countersign(() => ({ signer: key, own: [draft] }));
      const { code, message } = await refusal(signing);
      expect(code).to.equal("NotAccredited");
      expect(message).to.contain(key.address).and.contain("record-original");
    });

    it("nor does an attestor whose accreditation was taken back", async () => {
      const { stage } = scenario;
      const [attestor] = stage.attestors.values();
      const service = stage.preset.services.find(({ code }) => code === "record-original")!.id;
      await sendAccreditation(stage.admin, { key: attestor!.address, service, accredited: false });
      const desk = new StatementDesk(stage, join(out, "..", "attack"));
      const signing = desk.countersign(() => ({ signer: attestor!, own: [] }));
      const { code, message } = await refusal(signing);
      expect(code).to.equal("NotAccredited");
      expect(message).to.contain("Nobody attests all that it bills");
    });
  });

  it("tells a person the whole of it", () => {
    const text = scenario.text({ width: 120 });
    expect(text).to.contain("Alderland Library Consortium, October 2026, in EUR");
    expect(text).to.contain("Not billed:").and.contain("Corrected before it was signed:");
    expect(text).to.contain("An audit by another process found it clean.");
    const report = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as Record<string, unknown>;
    expect(report["audit"]).to.equal("clean");
  });

  it("is made of files that its own generator writes, to the byte", () => {
    for (const { path, content } of commonsSample()) expect(read(path), path).to.equal(content);
  });
});

/** What COMMONS had of fees before the first contribution was posted: that much was paid at once. */
function earlyFees({ settled }: CommonsScenario): bigint {
  let total = 0n;
  for (const { built, charge } of settled.settled) {
    if (built.statement.consumer === COMMONS) return total;
    total += charge.fee;
  }
  return total;
}
