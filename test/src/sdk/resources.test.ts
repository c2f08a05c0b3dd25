import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import { COMMONS, RELIEF, resourceId, statementNumber } from "../../../src/core/ids.ts";
import { addMonths } from "../../../src/core/period.ts";
import { readAccount } from "../../../src/sdk/accounts.ts";
import { isAccredited, listAttestors, sendAccreditation } from "../../../src/sdk/attestors.ts";
import { findCharge } from "../../../src/sdk/charges.ts";
import { sendAppointment } from "../../../src/sdk/keys.ts";
import { readQuote } from "../../../src/sdk/quotes.ts";
import { sendRelief } from "../../../src/sdk/reliefs.ts";
import * as resources from "../../../src/sdk/resources.ts";
import { readDescription, sendDescription } from "../../../src/sdk/schedules.ts";
import { sendPost } from "../../../src/sdk/statements.ts";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import { c, countersigned, FEE, GROSS, loans } from "../../support/statements.ts";
import { useWorld, type World } from "../../support/world.ts";
import { BOOK, half } from "./balanceCases.ts";

const NOVEMBER = addMonths(OCTOBER, 1);
const codeOf = async (act: Promise<unknown>): Promise<unknown> => {
  const error = await act.catch((thrown: unknown) => thrown);
  return isConsortiaError(error) ? error.code : error;
};

/** Eve's book: copies of it need her permission, which she gives from November on for 0.50 each. */
async function eveHolds(w: World) {
  await sendDescription(w.admin, { service: COPY, unit: "page", act: "reproduce" });
  const { resource } = await resources.sendResource(w.eve.as, {
    ...{ holder: w.eve.id, urn: BOOK, licence: "reserved" },
  });
  await resources.sendPermission(w.eve.as, {
    ...{ resource, service: COPY, permitted: true, royalty: c("0.5") },
  });
  return resource;
}

describe("works", () => {
  const world = useWorld();
  const copies = (w: World, resource: number, period = NOVEMBER) => ({
    ...{ supplier: w.ada.id, consumer: w.bob.id, period },
    lines: [{ service: COPY, quantity: 3, resource: resourceId(resource) }],
  });

  it("are listed with holder, licence and permissions, and found by their identifier", async () => {
    const w = world();
    const resource = await eveHolds(w);
    const [work] = await resources.listResources(w.admin, w.eve.id);
    expect(work).to.deep.include({
      resource,
      urn: BOOK,
      holder: w.eve.id,
      licence: "reserved",
      from: OCTOBER,
    });
    expect(work?.permissions).to.deep.equal([
      { service: COPY, permitted: true, royalty: c("0.5"), from: NOVEMBER },
    ]);
    expect(await resources.findResource(w.admin, BOOK)).to.equal(resource);
    expect(await resources.findResource(w.admin, "urn:isbn:9780306406157")).to.equal(undefined);
    await resources.sendResourceTransfer(w.eve.as, { resource, holder: w.ada.id });
    expect((await resources.readResource(w.admin, resource)).holder).to.equal(w.ada.id);
    expect(await resources.listResources(w.admin, w.eve.id)).to.deep.equal([]);
    expect(await codeOf(resources.readResource(w.admin, resourceId(9)))).to.equal("ResourceUnknown");
    expect(await readDescription(w.admin, COPY)).to.deep.equal({ unit: "page", act: "reproduce" });
    expect(await readDescription(w.admin, LOAN)).to.deep.equal({ unit: "item", act: "lend" });
  });

  it("may be used as licence and holder allow", async () => {
    const w = world();
    const resource = await eveHolds(w);
    const use = { resource, service: COPY, kind: 1 };
    // In October the service is not described yet, and lends.
    expect(await resources.readUse(w.admin, { ...use, month: OCTOBER })).to.deep.equal({
      allowed: true,
      royalty: 0n,
    });
    expect(await resources.readUse(w.admin, { ...use, month: NOVEMBER })).to.deep.equal({
      allowed: true,
      royalty: c("0.5"),
    });
    expect(await resources.readLicence(w.admin, resource, OCTOBER)).to.equal("reserved");
    expect(await resources.isCommercial(w.admin, 1)).to.equal(false);
  });

  it("make a statement dearer by their royalties, which its charge tells", async () => {
    const w = world();
    const resource = await eveHolds(w);
    await w.closeMonth();
    const quote = await readQuote(w.admin, copies(w, resource));
    const due = { gross: c("15"), fee: c("0.78"), royalties: c("1.5"), relieved: c("0"), due: c("17.28") };
    expect(quote).to.deep.include(due);
    expect(quote.legs).to.deep.equal([{ kind: "royalty", holder: w.eve.id, amount: c("1.5") }]);

    const signed = await countersigned(w, copies(w, resource));
    const { posted } = await sendPost(w.ada.as, { mode: "allOrNothing", statements: [signed] });
    expect(posted).to.deep.equal([{ number: 1, gross: c("15"), fee: c("0.78"), royalties: c("1.5") }]);
    expect((await readAccount(w.admin, w.eve.id)).position).to.equal(c("1.5"));
    const charge = await findCharge(w.admin, { supplier: w.ada.id, number: statementNumber(1) });
    expect(charge).to.include({ royalties: c("1.5"), relieved: c("0"), acknowledged: c("0") });
  });

  it("keep a statement from being posted that uses them without permission", async () => {
    const w = world();
    await eveHolds(w);
    const urn = "urn:isbn:9780306406157";
    const { resource } = await resources.sendResource(w.eve.as, {
      ...{ holder: w.eve.id, urn, licence: "reserved" },
    });
    await w.closeMonth();
    for (const work of [resource, 77]) {
      expect(await codeOf(readQuote(w.admin, copies(w, work)))).to.equal("StatementLicenceForbids");
    }
  });
});

describe("readQuote", () => {
  const world = useWorld();

  it("is what posting charges, relief counted", async () => {
    const w = world();
    await sendRelief(w.admin, half());
    await w.fund(RELIEF, c("5"));
    await w.closeMonth();
    const order = { supplier: w.ada.id, consumer: w.bob.id, period: NOVEMBER, lines: loans(2) };
    const quote = await readQuote(w.admin, order);
    expect(quote).to.deep.include({ gross: 2n * GROSS, fee: 2n * FEE, relieved: c("5") });
    expect(quote.due).to.equal(2n * (GROSS + FEE) - c("5"));
    const signed = await countersigned(w, order);
    const { posted } = await sendPost(w.ada.as, { mode: "allOrNothing", statements: [signed] });
    expect(posted).to.deep.equal([{ number: 1, gross: 2n * GROSS, fee: 2n * FEE, relieved: c("5") }]);
    const claimed = await readQuote(w.admin, { ...order, countersigned: false });
    expect(claimed.relieved).to.equal(0n);
  });

  it("says what stands against a statement", async () => {
    const w = world();
    const order = { supplier: w.ada.id, consumer: w.bob.id, period: OCTOBER, lines: loans(2) };
    expect(await codeOf(readQuote(w.admin, { ...order, maximum: c("1") }))).to.equal("StatementAboveMaximum");
    expect(await codeOf(readQuote(w.admin, { ...order, lines: [] }))).to.equal("StatementNoLines");
  });
});

describe("attestors", () => {
  const world = useWorld();

  it("are listed with their services, and whether they may countersign for the common good", async () => {
    const w = world();
    const [one, other] = [w.stranger.address, w.eve.key.address];
    for (const [key, service] of [
      [one, COPY],
      [one, LOAN],
      [other, LOAN],
    ] as const) {
      await sendAccreditation(w.admin, { key, service, accredited: true });
    }
    await sendAccreditation(w.admin, { key: other, service: LOAN, accredited: false });
    await sendAppointment(w.admin, { member: COMMONS, key: one, rights: ["countersign"], payee: one });
    expect(await listAttestors(w.admin)).to.deep.equal([
      { key: one, services: [LOAN, COPY], countersigns: true },
    ]);
    expect(await isAccredited(w.admin, one, COPY)).to.equal(true);
    expect(await isAccredited(w.admin, other, LOAN)).to.equal(false);
  });
});
