import { expect } from "chai";
import type { AuditResult } from "../../../src/auditor/result.ts";
import { COMMONS, RELIEF } from "../../../src/core/ids.ts";
import { auditOf, record, type Recorded } from "../../support/auditing.ts";
import { createBalanced, type Balanced } from "../../support/balanced.ts";
import { playMonths } from "../../support/balanced-months.ts";
import { c } from "../../support/statements.ts";

describe("an audit of prices, relief, works and compensation", () => {
  let world: Balanced;
  let recorded: Recorded;
  let result: AuditResult;
  before(async function () {
    this.timeout(120_000);
    world = await createBalanced();
    await playMonths(world);
    recorded = await record(world);
    result = await auditOf(recorded, { records: [world.records] });
  });
  after(() => world.close());

  it("finds every contract from the ledger's address alone", () => {
    const { pricing, resources, compensation, asset } = world.deployment;
    expect(recorded.site).to.include({ pricing, resources, compensation, credit: asset });
  });

  it("finds half a year of it clean, with every figure of its views and every record", () => {
    const { wrong, unverifiable, counts } = result;
    expect([...wrong, ...unverifiable]).to.deep.equal([]);
    expect(counts).to.include({
      statements: 6,
      skipped: 2,
      relieved: 2,
      royalties: 1,
      refunds: 1,
      bundles: 6,
    });
    expect(counts).to.include({ agreements: 1, grants: 1, compensations: 1, invoices: 1 });
  });

  it("follows what others paid and got to every account", () => {
    const flowsOf = (member: number) =>
      result.accounts.find((one) => one.member === member)?.months[1]?.flows;
    // Of two loans RELIEF paid a half and the grant a quarter, one was given back; of a loan to eve it paid a half of 5.
    expect(flowsOf(world.bob.id)).to.include({ relieved: c("18"), royalties: c("4"), gotBack: c("3") });
    expect(flowsOf(RELIEF)).to.include({ reliefPaid: c("20.5"), fromSetAside: c("6"), gotBack: c("9") });
    expect(flowsOf(world.eve.id)).to.include({ royaltiesEarned: c("4") });
    expect(flowsOf(COMMONS)).to.include({ drawn: c("5"), given: c("3") });
  });

  it("cannot tell whether agreements were signed where no node is asked", async () => {
    const { wrong, unverifiable } = await auditOf(recorded, { records: [world.records], nodes: [] });
    expect(wrong).to.deep.equal([]);
    expect(unverifiable.map(({ code }) => code).sort()).to.deep.equal(["AgreementUnproven", "TermsUnknown"]);
  });
});
