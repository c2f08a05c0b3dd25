import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { id } from "ethers";
import { pinBrief } from "../../../src/core/brief.ts";
import { hash, statementNumber } from "../../../src/core/ids.ts";
import { credits, parseCredits } from "../../../src/core/money.ts";
import { addMonths } from "../../../src/core/period.ts";
import type { Price } from "../../../src/core/schedule.ts";
import { sendTier } from "../../../src/sdk/members.ts";
import { sendClose } from "../../../src/sdk/periods.ts";
import { sendDraft } from "../../../src/sdk/schedules.ts";
import { countersign, sendPost } from "../../../src/sdk/statements.ts";
import { createLibraries, type Libraries } from "../../support/libraries.ts";
import { NETWORK_OCTOBER } from "../../support/network.ts";
import type { Printed } from "../../support/cli.ts";

const BASIS = "Article 7 of the charter: <prices> cover | costs.\n\nContract of 2024-03-01, § 3.";
const FEBRUARY = addMonths(NETWORK_OCTOBER, 4);

/** What past months would have cost, made and derived again by the command line. */
describe("the command line, where a proposal needs grounds", () => {
  let libraries: Libraries;
  let made: Printed;
  const anyone = (words: string, code = 0) => libraries.run(words, undefined, code);
  const path = (name: string) => join(libraries.folder, name);
  const read = async (name: string) => JSON.parse(await readFile(path(name), "utf8")) as Printed;
  const codeOf = (printed: Printed): unknown => (printed["error"] as { code?: unknown } | undefined)?.code;
  const memberOf = (brief: Printed, number: number) =>
    (brief["members"] as Printed[]).find(({ member }) => member === number);

  before(async function () {
    this.timeout(120_000);
    libraries = await createLibraries();
    const { network, supplier, consumer } = libraries;
    await libraries.write(1, ["REQ-1", "REQ-2", "REQ-3"], { signed: true });
    await libraries.write(2, ["REQ-4"], { signed: true });
    await libraries.run("statement post", supplier);
    await libraries.run("refund give 3-1 --records 0", supplier);
    // A tier holds four months at least, so that the range has to be that long.
    for (let month = 0; month < 4; month++) {
      if (month === 3) await sendTier(network.admin, { member: consumer.id, tier: 2 });
      await network.passMonth();
      await sendClose(network.admin);
    }
    const { statement } = await countersign(network.admin, consumer.key, {
      ...{ supplier: supplier.id, consumer: consumer.id, number: statementNumber(3), period: FEBRUARY },
      ...{ lines: [{ service: 1 as Price["service"], quantity: 1 }], maximum: parseCredits("12.26") },
      ...{ root: hash(id("elsewhere")), lastPeriod: FEBRUARY },
    });
    const signed = await countersign(network.admin, consumer.key, statement);
    await sendPost(supplier.as, { statements: [signed], mode: "allOrNothing" });
    await network.passMonth();
    await sendClose(network.admin);
    await network.createMember("5");
    const prices = network.preset.prices.map((one) =>
      one.service === 1 ? { ...one, price: credits(one.price + 1_000_000n) } : one,
    );
    await sendDraft(network.admin, prices);
    await network.fund(consumer.id, parseCredits("1"));
    await writeFile(path("basis.md"), BASIS);
    made = await anyone("proposal brief --schedule 2 --from 2026-10 --to 2027-02 --basis basis.md --out out");
    await writeFile(path("proposal.md"), pinBrief("# Raise the loan", hash(String(made["brief"]))));
  });
  after(() => libraries.close());

  it("replays what was charged, in the tier of each month, less what was given back", () => {
    // October: 4 loans at 12, one given back; February: one at 10. Each would cost a credit more.
    expect(made).to.deep.include({ statements: 3, aboveMaximum: 2, notOffered: [], block: made["block"] });
    expect(made["charged"]).to.include({ drawn: "46.00", fees: "1.30" });
    expect(made["proposed"]).to.include({ drawn: "50.00", fees: "1.30" });
    expect([made["gains"], made["losses"]]).to.deep.equal([["XA-N1"], ["XA-N2"]]);
  });

  it("writes a file whose bytes have the hash, and pages that quote the basis", async () => {
    const text = await readFile(path("out/brief.json"), "utf8");
    expect(id(text)).to.equal(made["brief"]);
    const brief = JSON.parse(text) as Printed;
    expect(brief["basis"]).to.deep.equal({ text: BASIS, charterText: libraries.network.preset.textHash });
    expect(brief["prices"][0]).to.deep.equal({
      ...{ service: 1, code: "loan", tier: 1 },
      ...{ inForce: { price: "12.00", fee: "0.26" }, proposed: { price: "13.00", fee: "0.26" } },
    });
    const [markdown, page] = [
      await readFile(path("out/brief.md"), "utf8"),
      await readFile(path("out/brief.html"), "utf8"),
    ];
    expect(markdown).to.contain("> Article 7 of the charter: \\<prices\\> cover \\| costs.");
    expect(markdown).to.contain("no messages are at hand").and.contain(String(made["brief"]));
    expect(page).to.contain("&lt;prices&gt;").and.contain("joined 2027-03").and.contain("Brief: 0x");
  });

  it("knows each member's situation and months, and says where it was none yet", async () => {
    const brief = await read("out/brief.json");
    const [supplier, late] = [memberOf(brief, 3), memberOf(brief, 5)];
    expect(supplier?.["situation"]).to.include({ position: "0.00", cash: "146.00", debts: "0.00" });
    expect(supplier?.["costs"].months).to.deep.equal([
      { month: "2026-10", given: "36.00", drawn: "0.00", fees: "0.00" },
      { month: "2027-02", given: "10.00", drawn: "0.00", fees: "0.00" },
    ]);
    expect(late).to.deep.include({ since: "2027-03", costs: null, tier: 1 });
    expect(memberOf(brief, 4)).to.deep.include({ tier: 2, standing: "admitted" });
  });

  it("counts records where a store is at hand, and knows nothing otherwise", async () => {
    expect(made["demand"]).to.include({ records: null, requests: null });
    const words = "proposal brief --schedule 2 --basis basis.md --out stored --store .consortia/records";
    const stored = await anyone(words);
    expect(stored["demand"].records).to.deep.equal({ statements: 2, records: 4 });
    expect([stored["from"], stored["to"]]).to.deep.equal(["2026-03", "2027-02"]);
    const without = await anyone("proposal check-brief stored/brief.json");
    expect(without).to.deep.include({ unconfirmed: ["demand.records"], differences: [] });
    const with_ = await anyone("proposal check-brief stored/brief.json --store .consortia/records");
    expect(with_).to.deep.include({ unconfirmed: [], differences: [] });
    const brief = await read("stored/brief.json");
    brief["demand"].records = { statements: 2, records: 400 };
    await writeFile(path("inflated.json"), JSON.stringify(brief));
    const found = await anyone("proposal check-brief inflated.json --store .consortia/records", 1);
    expect(found["differences"]).to.deep.equal([
      { where: "demand.records.records", stated: "400", derived: "4" },
    ]);
  });

  it("counts requests where messages are at hand, and takes them as stated otherwise", async () => {
    const messages = resolve(import.meta.dirname, "../../../examples/month/messages");
    const range = "--from 2026-10 --to 2027-02 --basis basis.md --out asked";
    const asked = await anyone(`proposal brief --schedule 2 ${range} --messages ${messages}`);
    const { requests, filled, unfilled, open, fillRate, turnaround } = asked["demand"].requests as Record<
      string,
      number
    >;
    expect(filled).to.be.greaterThan(100);
    expect(requests).to.equal(filled! + unfilled! + open!);
    expect(fillRate).to.equal(Math.floor((1000 * filled!) / (filled! + unfilled!)));
    expect(turnaround).to.be.greaterThan(0);
    expect(await readFile(path("asked/brief.md"), "utf8"))
      .to.contain("fill rate")
      .and.not.contain("patron");
    const words = "proposal check-brief asked/brief.json";
    expect(await anyone(words)).to.deep.include({ unconfirmed: ["demand.requests"], differences: [] });
    const confirmed = await anyone(`${words} --messages ${messages}`);
    expect(confirmed).to.deep.include({ unconfirmed: [], differences: [] });
  });

  it("derives the same from the chain, also after more has happened", async () => {
    const words = "proposal check-brief out/brief.json --description proposal.md";
    const now = { pinnedIsThis: true, differences: [], redrafted: [], brief: made["brief"] };
    expect(await anyone(words)).to.deep.include(now);
    const { network } = libraries;
    await libraries.run("refund give 3-2 --all", libraries.supplier);
    await network.passMonth();
    await sendClose(network.admin);
    expect(await anyone(words)).to.deep.include(now);
    // However the file is laid out, its text is one.
    await writeFile(path("pretty.json"), JSON.stringify(await read("out/brief.json"), null, 2));
    expect(await anyone(`proposal check-brief pretty.json --pinned ${made["brief"]}`)).to.deep.include(now);
  });

  describe("given a doctored brief", () => {
    const doctored: [string, (brief: Printed) => void, string][] = [
      [
        "a member's loss made smaller",
        (b) => (b["members"][1].costs.difference = "-0.10"),
        "members[1].costs",
      ],
      ["a member left out", (b) => b["members"].pop(), "members[2]"],
      ["another range for the same figures", (b) => (b["from"] = "2026-11"), "costs.statements"],
      ["an earlier block", (b) => (b["ledger"].block -= 1), "members[1].situation"],
      ["prices that the draft does not have", (b) => (b["prices"][0].proposed.price = "12.50"), "prices[0]"],
      ["a price under another service's name", (b) => (b["prices"][0].code = "copy"), "prices[0].code"],
      ["another charter", (b) => (b["basis"].charterText = id("We decide.")), "basis.charterText"],
      ["something more", (b) => (b["advice"] = "Vote yes."), "advice"],
    ];
    for (const [what, change, where] of doctored) {
      it(`tells of ${what}, and that the proposal pins another one`, async () => {
        const brief = await read("out/brief.json");
        change(brief);
        await writeFile(path("doctored.json"), JSON.stringify(brief));
        const found = await anyone("proposal check-brief doctored.json --description proposal.md", 1);
        expect(found).to.include({ pinnedIsThis: false, pinned: made["brief"] });
        const places = (found["differences"] as Printed[]).map((one) => String(one["where"]));
        expect(
          places.some((place) => place.startsWith(where)),
          places.join(" "),
        ).to.equal(true);
      });
    }

    it("has another hash where only its words were changed, which follow from nothing", async () => {
      const brief = await read("out/brief.json");
      brief["basis"].text = "Because.";
      await writeFile(path("doctored.json"), JSON.stringify(brief));
      const found = await anyone("proposal check-brief doctored.json --description proposal.md", 1);
      expect(found).to.deep.include({ pinnedIsThis: false, differences: [] });
    });

    it("refuses one of another ledger, of another chain, of blocks to come, and what is none", async () => {
      const cases: [(brief: Printed) => void, string, number][] = [
        [(b) => (b["ledger"].address = `0x${"12".repeat(20)}`), "BriefElsewhere", 1],
        [(b) => (b["ledger"].chainId = 1), "BriefElsewhere", 1],
        [(b) => (b["ledger"].block = 1_000_000), "BriefAhead", 3],
        [(b) => delete b["proposal"], "BriefInvalid", 1],
        [(b) => (b["proposal"].version = 7), "VersionUnknown", 1],
        [(b) => (b["to"] = "2027-09"), "BriefMonths", 1],
      ];
      for (const [change, code, exit] of cases) {
        const brief = await read("out/brief.json");
        change(brief);
        await writeFile(path("doctored.json"), JSON.stringify(brief));
        expect(codeOf(await anyone("proposal check-brief doctored.json", exit)), code).to.equal(code);
      }
    });
  });

  it("changes nobody's costs where the proposal is what is in force", async () => {
    const same = await anyone("proposal brief --schedule default --basis basis.md --out same");
    expect(same).to.deep.include({ gains: [], losses: [], aboveMaximum: 0 });
    expect(same["proposed"]).to.deep.equal(same["charged"]);
    expect(await anyone("proposal check-brief same/brief.json")).to.deep.include({ differences: [] });
  });

  it("takes a file of prices, and names what it would no longer offer", async () => {
    const services = [{ id: 1, code: "loan", prices: { "1": "1.00" }, fee: "0.00" }];
    await writeFile(path("prices.json"), JSON.stringify({ services }));
    const words =
      "proposal brief --schedule ./prices.json --from 2026-10 --to 2027-02 --basis basis.md --out cheap";
    const cheap = await anyone(words);
    expect(cheap["notOffered"]).to.deep.equal([{ service: 1, tier: 2, statements: 1, quantity: 1 }]);
    expect((await read("cheap/brief.json"))["proposal"]).to.deep.equal({
      version: null,
      file: "prices.json",
    });
  });

  it("has nothing to compare where nothing was charged", async () => {
    const words = "proposal brief --schedule 2 --from 2026-11 --to 2027-01 --basis basis.md --out none";
    const none = await anyone(words);
    expect(none).to.deep.include({ statements: 0, gains: [], losses: [] });
    expect(await readFile(path("none/brief.md"), "utf8")).to.contain("no past to compare");
    expect(await anyone("proposal check-brief none/brief.json")).to.deep.include({ differences: [] });
  });

  it("is refused without grounds, without prices, for months to come, and where nothing is pinned", async () => {
    await writeFile(path("empty.md"), " \n");
    const brief = (options: string, code = 1) => anyone(`proposal brief --out no ${options}`, code);
    expect(codeOf(await brief("--schedule 2", 2))).to.equal("commander.missingMandatoryOptionValue");
    expect(codeOf(await brief("--schedule 2 --basis empty.md"))).to.equal("BasisEmpty");
    expect(codeOf(await brief("--schedule 2 --basis gone.md"))).to.equal("FileUnreadable");
    expect(codeOf(await brief("--schedule 9 --basis basis.md"))).to.equal("VersionUnknown");
    expect(codeOf(await brief("--schedule nothing --basis basis.md", 2))).to.equal("PresetUnreadable");
    expect(codeOf(await brief("--schedule 2 --basis basis.md --to 2027-09"))).to.equal("BriefMonths");
    const unpinned = await anyone("proposal check-brief out/brief.json --description basis.md", 1);
    expect(codeOf(unpinned)).to.equal("BriefUnpinned");
  });

  it("tells of a draft that was changed after the brief, which itself stays true", async () => {
    const { network } = libraries;
    const [first] = network.preset.prices;
    await sendDraft(network.admin, [{ ...first!, price: parseCredits("99") }], 2n);
    const found = await anyone("proposal check-brief out/brief.json --description proposal.md", 1);
    expect(found).to.deep.include({ pinnedIsThis: true, differences: [] });
    expect(found["redrafted"]).to.deep.equal([
      { where: "service 1, tier 1", stated: "13.00 + 0.26", derived: "99.00 + 0.26" },
    ]);
  });
});
