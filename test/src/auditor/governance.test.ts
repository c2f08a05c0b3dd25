import { expect } from "chai";
import { contractsOf } from "../../../src/auditor/site.ts";
import type { AuditResult } from "../../../src/auditor/result.ts";
import { auditOf, record, type Recorded } from "../../support/auditing.ts";
import type { Chambers } from "../../support/chambers.ts";
import { createGoverned } from "../../support/governed.ts";
import { playYear } from "../../support/governed-year.ts";

describe("an audit of governance", () => {
  let world: Chambers;
  let recorded: Recorded;
  let result: AuditResult;
  before(async function () {
    this.timeout(300_000);
    world = await createGoverned();
    await playYear(world);
    recorded = await record(world);
    result = await auditOf(recorded);
  });

  it("finds every contract by which the members govern, from the ledger's address alone", () => {
    const { governance } = recorded.site;
    const { voices = [], seats = [], elections = [], chambers = [] } = governance ?? {};
    const { amendments = [], admissions = [], delegates = [] } = governance ?? {};
    const all = [...voices, ...seats, ...elections, ...chambers, ...amendments, ...admissions];
    const found = [...all.map(({ address }) => address), ...delegates].sort();
    const deployed = Object.values(world.deployment.governance).map((address) => address.toLowerCase());
    expect(found).to.deep.equal(deployed.sort());
    expect(chambers.map(({ name }) => name).sort()).to.deep.equal([
      "Consortia Assembly",
      "Consortia Board",
      "Consortia Council",
    ]);
  });

  it("finds a year of it clean, with every figure of its views, and says what was replayed", () => {
    const { wrong, unverifiable, counts } = result;
    expect([...wrong, ...unverifiable]).to.deep.equal([]);
    expect(counts).to.include({ elections: 2, seats: 10, proposals: 20, amendments: 2 });
    expect(counts.ballots).to.be.greaterThan(100);
    expect(counts.views).to.be.greaterThan(900);
  });

  it("cannot tell who called where no node is asked", async () => {
    const { unverifiable, wrong } = await auditOf(recorded, { nodes: [] });
    expect(wrong).to.deep.equal([]);
    const codes = unverifiable.map(({ code }) => code).sort();
    expect(codes).to.deep.equal(["CallerUnknown", "CallerUnknown", "CallerUnknown", "TermsUnknown"]);
  });

  it("audits a ledger by which nobody governs, as before", async () => {
    const site = { ...recorded.site };
    delete site.governance;
    const known = new Set(contractsOf(site).map(lower));
    const blocks = recorded.blocks.map((block) => ({
      ...block,
      logs: block.logs.filter(({ address }) => known.has(address)),
    }));
    const { wrong } = await auditOf({ ...recorded, site, blocks });
    expect(wrong).to.deep.equal([]);
  });
});

const lower = (address: string) => address.toLowerCase();
