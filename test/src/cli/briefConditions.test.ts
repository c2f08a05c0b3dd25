import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { serviceId } from "../../../src/core/ids.ts";
import { parseCredits, ZERO } from "../../../src/core/money.ts";
import { ANY_TIER, type ConditionalPrice } from "../../../src/core/schedule.ts";
import { sendClose } from "../../../src/sdk/periods.ts";
import { sendConditionalDraft, sendDraft } from "../../../src/sdk/schedules.ts";
import type { Printed } from "../../support/cli.ts";
import { createLibraries, type Libraries } from "../../support/libraries.ts";

const LOAN = serviceId(1);
const c = parseCredits;

const condition = (changes: Partial<ConditionalPrice> = {}): ConditionalPrice => ({
  ...{ service: LOAN, tier: ANY_TIER, supplierTier: ANY_TIER, price: c("10"), fee: c("0.26") },
  ...{ minimum: ZERO, cap: ZERO, promotedFrom: 0, promotedUntil: 0, promotedPrice: ZERO },
  ...changes,
});

/** Briefs on prices with conditions, made and derived again by the command line: three loans and one, in October. */
describe("the command line, where what is proposed has conditions", () => {
  let libraries: Libraries;
  const anyone = (words: string, code = 0) => libraries.run(words, undefined, code);
  const path = (name: string) => join(libraries.folder, name);
  const read = async (name: string) => JSON.parse(await readFile(path(name), "utf8")) as Printed;
  const brief = (schedule: string, out: string) =>
    anyone(`proposal brief --schedule ${schedule} --from 2026-10 --to 2026-10 --basis basis.md --out ${out}`);
  const check = (out: string, code = 0) => anyone(`proposal check-brief ${out}/brief.json`, code);

  before(async function () {
    this.timeout(120_000);
    libraries = await createLibraries();
    const { network, supplier } = libraries;
    await libraries.write(1, ["REQ-1", "REQ-2", "REQ-3"], { signed: true });
    await libraries.write(2, ["REQ-4"], { signed: true });
    await libraries.run("statement post", supplier);
    await network.passMonth();
    await sendClose(network.admin);
    // Everybody is of tier 1: the loan is at most 25 and at least 11 a line, from any other supplier at 99.
    const plain = [{ service: LOAN, tier: ANY_TIER, price: c("99"), fee: c("0.26") }];
    const { version } = await sendDraft(network.admin, plain);
    const bounds = { minimum: c("11"), cap: c("25") };
    await sendConditionalDraft(network.admin, [condition({ supplierTier: 1, ...bounds })], version);
    await writeFile(path("basis.md"), "Article 7.");
  });
  after(() => libraries.close());

  it("replays a draft by its supplier's tier, minimum and cap, and derives the same again", async () => {
    const made = await brief("2", "out");
    expect(made["charged"]).to.include({ drawn: "48.00", fees: "1.04" });
    expect(made["proposed"]).to.include({ drawn: "36.00", fees: "1.04" });
    expect((await read("out/brief.json"))["conditions"]).to.deep.equal({
      inForce: [],
      proposed: [
        {
          ...{ service: 1, code: "loan", tier: 255, supplierTier: 1, price: "10.00", fee: "0.26" },
          ...{ minimum: "11.00", cap: "25.00", promotion: null },
        },
      ],
    });
    expect(await check("out")).to.deep.include({ differences: [], redrafted: [], brief: made["brief"] });
  });

  it("tells of conditions in Markdown and on the page, and of what is left out", async () => {
    const [markdown, page] = [
      await readFile(path("out/brief.md"), "utf8"),
      await readFile(path("out/brief.html"), "utf8"),
    ];
    expect(markdown).to.contain(
      "| loan | proposed | any | 1 | 10.00 | 0.26 | at least 11.00, at most 25.00 |",
    );
    expect(markdown).to.contain("| loan | 1 | 12.00 | 0.26 | 99.00 | 0.26 |");
    expect(markdown).to.contain("Reliefs and royalties are not considered.");
    expect(page).to.contain("Prices with conditions").and.contain("at least 11.00, at most 25.00");
  });

  it("tells of a condition that the draft does not have", async () => {
    const doctored = await read("out/brief.json");
    doctored["conditions"].proposed[0].cap = "30.00";
    await writeFile(path("doctored.json"), JSON.stringify(doctored));
    const found = await anyone("proposal check-brief doctored.json", 1);
    expect(found["differences"]).to.deep.equal([
      { where: "conditions.proposed[0].cap", stated: '"30.00"', derived: '"25.00"' },
    ]);
    delete doctored["conditions"];
    await writeFile(path("doctored.json"), JSON.stringify(doctored));
    const without = await anyone("proposal check-brief doctored.json", 1);
    expect((without["differences"] as Printed[]).map(({ where }) => where)).to.deep.equal(["conditions"]);
  });

  it("takes a file's conditions, a promotion's months counted from the first that is replayed", async () => {
    const conditions = [
      { price: "10.00" },
      { tier: 1, price: "9.00", cap: "50.00", promotion: { from: 1, until: 2, price: "2.00" } },
    ];
    const services = [{ id: 1, code: "loan", fee: "0.00", conditions }];
    await writeFile(path("prices.json"), JSON.stringify({ services }));
    const made = await brief("./prices.json", "file");
    expect(made["proposed"]).to.include({ drawn: "8.00", fees: "0.00" });
    expect(await check("file")).to.deep.include({ differences: [], brief: made["brief"] });
    const markdown = await readFile(path("file/brief.md"), "utf8");
    expect(markdown).to.contain("at most 50.00, 2.00 from 2026-10 to 2026-11");
    expect(markdown).to.contain("| loan | 1 | 12.00 | 0.26 | with conditions |");
  });

  it("tells of a draft whose conditions were changed after the brief", async () => {
    const { admin } = libraries.network;
    await sendConditionalDraft(admin, [condition({ supplierTier: 1, cap: c("24") }), condition()], 2n);
    const found = await check("out", 1);
    expect(found).to.deep.include({ differences: [] });
    expect(found["redrafted"]).to.deep.equal([
      {
        where: "service 1, any tier, supplied by tier 1",
        ...{ stated: "10.00 + 0.26, at least 11.00, at most 25.00", derived: "10.00 + 0.26, at most 24.00" },
      },
      { where: "service 1, any tier", stated: "99.00 + 0.26", derived: "10.00 + 0.26" },
    ]);
  });

  it("takes the later of a plain price and one with conditions for the same tiers", async () => {
    const { admin } = libraries.network;
    const plain = { service: LOAN, tier: ANY_TIER, price: c("1"), fee: ZERO };
    const { version } = await sendConditionalDraft(admin, [condition({ cap: c("1") })]);
    await sendDraft(admin, [plain], version);
    const made = await brief(String(version), "later");
    expect(made["proposed"]).to.include({ drawn: "4.00", fees: "0.00" });
    expect(await read("later/brief.json")).to.not.have.property("conditions");
    expect(await check("later")).to.deep.include({ differences: [], brief: made["brief"] });
  });

  it("tells of conditions in force, and replays earlier months by what is proposed", async () => {
    const { network } = libraries;
    const { admin } = network;
    const bounds = { supplierTier: 1, minimum: c("11"), cap: c("25") };
    const { version } = await sendConditionalDraft(admin, [condition(bounds)]);
    await libraries.run(`schedule publish ${version} --from 2026-12`);
    await network.passMonth();
    await sendClose(admin);
    const words = "--from 2026-10 --to 2026-12 --basis basis.md --out same";
    const made = await anyone(`proposal brief --schedule ${version} ${words}`);
    expect(made["proposed"]).to.include({ drawn: "36.00" });
    const { conditions } = await read("same/brief.json");
    expect(conditions.inForce).to.deep.equal(conditions.proposed).and.have.length(1);
    expect(await check("same")).to.deep.include({ differences: [], brief: made["brief"] });
  });
});
