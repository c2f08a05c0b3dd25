import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";
import { numbering } from "../../../../src/cli/network/classes.ts";
import { loadPreset, loadPrices } from "../../../../src/cli/network/preset.ts";
import { reliefFrom } from "../../../../src/cli/network/reliefs.ts";
import { conditionsFrom, joined } from "../../../../src/cli/network/services.ts";
import { ANY_TIER } from "../../../../src/core/schedule.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { serviceId } from "../../../../src/core/ids.ts";
import { formatPeriod, parsePeriod } from "../../../../src/core/period.ts";
import { parseCredits as c } from "../../../../src/core/money.ts";

const FOLDER = resolve(import.meta.dirname, "../../../../deploy/parameters");
const FIRST = parsePeriod("2028-10");

type Json = Record<string, unknown>;
/** A change to a preset, as its file holds it. */
type Edit = (preset: Json & { services: Json[]; grants: Json[] }) => void;

describe("the presets of known regimes", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-regimes-"));
  });
  after(() => rm(folder, { recursive: true }));

  async function edited(edit: Edit): Promise<string> {
    const preset = JSON.parse(await readFile(join(FOLDER, "nstl.json"), "utf8")) as Parameters<Edit>[0];
    edit(preset);
    const file = join(folder, "preset.json");
    const charter = relative(folder, join(FOLDER, "charter/nstl.md"));
    await writeFile(file, JSON.stringify({ ...preset, charter }));
    return file;
  }

  it("seat sixty delegates and six trustees where OCLC does", async () => {
    const { governance } = await loadPreset("oclc");
    expect(governance.constituencies.reduce((sum, { seats }) => sum + seats, 0)).to.equal(60);
    expect(governance.board.seats).to.equal(6);
  });

  it("set a council over one director where NSTL does", async () => {
    const { governance } = await loadPreset("nstl");
    expect(governance.constituencies.reduce((sum, { seats }) => sum + seats, 0)).to.equal(9);
    expect(governance.board.seats).to.equal(1);
  });

  it("price by the supplier's class, and take 0.26 of every filled request", async () => {
    const { services, conditions, kinds } = await loadPreset("oclc");
    const loan = services.find(({ code }) => code === "loan")?.id;
    const loans = conditions.filter(({ service }) => service === loan);
    expect(loans.map(({ supplierTier, tier, price }) => [supplierTier, tier, price])).to.deep.equal([
      [1, ANY_TIER, c("20.00")],
      [2, ANY_TIER, c("15.00")],
      [3, ANY_TIER, c("10.00")],
    ]);
    expect(new Set(loans.map(({ fee }) => fee))).to.deep.equal(new Set([c("0.26")]));
    expect(kinds.filter(({ commercial }) => commercial).map(({ name }) => name)).to.deep.equal(["publisher"]);
  });

  it("relieve regions by share and cap, and name who attests", async () => {
    const preset = await loadPreset("calis");
    const [whole, half] = preset.reliefs.map((terms) => reliefFrom(terms, FIRST));
    const ends = { service: 1, tier: ANY_TIER, from: FIRST, until: 0, memberCap: c("100.00") };
    expect(whole).to.deep.equal({ ...ends, region: 1, share: 10_000, cap: c("320.00") });
    expect(half).to.deep.equal({ ...ends, region: 2, share: 5_000, cap: c("250.00") });
    expect(preset.attestors).to.deep.equal([{ name: "Expert committee", services: [4] }]);
    expect(preset.descriptions[0]).to.deep.equal({ service: 1, unit: "page", act: "reproduce" });
  });

  it("count the months of promotions and grants from the schedule's first", async () => {
    const preset = await loadPreset("nstl");
    const [copy, loan] = conditionsFrom(preset, FIRST);
    expect(copy).to.include({ minimum: c("1.00"), cap: c("30.00"), promotedPrice: c("0.20") });
    expect(
      [copy?.promotedFrom, copy?.promotedUntil].map((month) => formatPeriod(month as never)),
    ).to.deep.equal(["2029-02", "2029-03"]);
    expect(loan).to.include({ promotedFrom: 0, promotedUntil: 0, minimum: 0n, cap: 0n, fee: c("0.50") });
    const grants = preset.grants.map((terms) => reliefFrom(terms, FIRST));
    expect(grants.map(({ from, until }) => [from - FIRST, until - FIRST])).to.deep.equal([
      [1, 6],
      [2, 7],
    ]);
  });

  it("take months by name as well", async () => {
    const file = await edited(({ grants }) =>
      Object.assign(grants[0]!, { from: "2030-01", until: "2030-02" }),
    );
    const { grants } = await loadPreset(file);
    expect(reliefFrom(grants[0]!, FIRST)).to.include({ from: parsePeriod("2030-01") });
  });

  it("leave a price file what a brief needs", async () => {
    expect(Object.keys(await loadPrices("nstl"))).to.deep.equal(["services", "prices", "conditions"]);
  });

  for (const [what, edit, reason] of [
    ["a price that nobody names", ({ services }) => delete services[1]!["conditions"], /"prices" or "cond/],
    ["a word misspelt", ({ services }) => (services[0]!["condition"] = []), /"condition" says nothing/],
    ["a unit that is none", ({ services }) => (services[0]!["unit"] = "sheet"), /"unit".*item, page/],
    ["an act that is none", ({ services }) => (services[0]!["act"] = "copy"), /"act".*lend, reproduce/],
    ["a minimum above the cap", ({ services }) => (firstOf(services)["minimum"] = "31.00"), /"minimum"/],
    ["a negative price", ({ services }) => (firstOf(services)["price"] = "-0.30"), /"price"/],
    ["a tier that stands for all", ({ services }) => (firstOf(services)["tier"] = 255), /"tier"/],
    [
      "a promotion without an end",
      ({ services }) => (firstOf(services)["promotion"] = { from: 1, price: "0.20" }),
      /"from" and "until"/,
    ],
    [
      "a promotion that ends before it begins",
      ({ services }) => (firstOf(services)["promotion"] = { from: 6, until: 5, price: "0.20" }),
      /must not be after/,
    ],
    ["month nought", ({ grants }) => (grants[0]!["from"] = 0), /"from"/],
    ["a grant without an end", ({ grants }) => delete grants[0]!["until"], /"until"/],
    [
      "a grant for no region there is",
      ({ grants }) => (grants[0]!["region"] = "North"),
      /none of the regions/,
    ],
    [
      "a grant for no service there is",
      ({ grants }) => (grants[0]!["service"] = "fax"),
      /none of the services/,
    ],
    ["a cap of nothing", ({ grants }) => (grants[0]!["cap"] = "0.00"), /"cap"/],
    ["a cap past 48 bits", ({ grants }) => (grants[0]!["cap"] = "281474976.710656"), /"cap"/],
    ["a region numbered twice", (preset) => (preset["regions"] = [north(1), north(1)]), /names one twice/],
    ["a kind numbered nought", (preset) => (preset["kinds"] = [north(0)]), /"id"/],
    [
      "a kind that may be in business",
      (preset) => (preset["kinds"] = [{ ...north(1), commercial: 1 }]),
      /"comm/,
    ],
    [
      "an attestor of nothing",
      (preset) => (preset["attestors"] = [{ name: "Office", services: [] }]),
      /"services"/,
    ],
  ] as [string, Edit, RegExp][]) {
    it(`refuse ${what}`, async () => {
      const error: unknown = await loadPreset(await edited(edit)).catch((caught: unknown) => caught);
      expect(isConsortiaError(error, "PresetInvalid"), String(error)).to.equal(true);
      expect((error as Error).message).to.match(reason);
    });
  }
});

describe("numbering", () => {
  it("keeps the numbers that a preset gives, and goes on after them", () => {
    const number = numbering([
      { id: 7, name: "west" },
      { id: 2, name: "east" },
    ]);
    expect(["west", "north", "east", "south", "north"].map(number)).to.deep.equal([7, 8, 2, 9, 8]);
  });

  it("begins with one where nothing is given", () => {
    expect(["b", "a", "b"].map(numbering())).to.deep.equal([1, 2, 1]);
  });
});

function firstOf(services: Json[]): Json {
  return (services[0]?.["conditions"] as Json[])[0]!;
}

function north(id: number): Json {
  return { id, name: "North" };
}

describe("joined", () => {
  const services = (text: string) =>
    text.split(" ").map((one) => {
      const [id, code] = one.split(":");
      return { id: serviceId(Number(id)), code: code! };
    });

  it("keeps the consortium's services, and adds what is new", () => {
    expect(joined(services("1:loan 2:copy"), services("2:copy 3:scan"))).to.deep.equal(
      services("1:loan 2:copy 3:scan"),
    );
  });

  it("adds another code of a service that has one of both in common", () => {
    expect(joined(services("1:loan"), services("1:lending 1:loan"))).to.deep.equal(
      services("1:loan 1:lending"),
    );
  });

  for (const [what, own, preset] of [
    ["a number has another code", "1:loan", "1:copy"],
    ["a code has another number", "1:loan 2:copy", "1:loan 3:copy"],
    ["two are exchanged", "1:loan 2:copy", "1:copy 2:loan"],
  ] as const) {
    it(`refuses where ${what}`, () => {
      expect(() => joined(services(own), services(preset)))
        .to.throw()
        .with.property("code", "AdoptElsewhere");
    });
  }
});
