import { expect } from "chai";
import { memberId, resourceId, serviceId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { addMonths, parsePeriod } from "../../../src/core/period.ts";
import { royaltyOf, Works, type Usage } from "../../../src/core/works.ts";

const MAY = parsePeriod("2026-05");
const [ATLAS, COPY] = [resourceId(1), serviceId(2)];
const [ADA, BOB, CLEO] = [memberId(3), memberId(4), memberId(5)];
const VENDOR = 9;
const usage = (changes: Partial<Usage> = {}): Usage => ({
  ...{ service: COPY, act: "reproduce", kind: 1, period: MAY, ...changes },
});
function registered(licence: Parameters<Works["register"]>[3]): Works {
  const works = new Works();
  works.register(ATLAS, ADA, "urn:isbn:9783161484100", licence, MAY);
  return works;
}

describe("Works", () => {
  it("let nobody use what is not registered, and lend what is", () => {
    const none = { allowed: false, holder: undefined, royalty: 0n };
    expect(new Works().useOf(ATLAS, usage({ act: "lend" }))).to.deep.equal(none);
    const works = registered("reserved");
    const lent = works.useOf(ATLAS, usage({ act: "lend", kind: VENDOR, period: addMonths(MAY, -1) }));
    expect(lent).to.deep.equal({ allowed: true, holder: ADA, royalty: 0n });
    expect(works.urnOf(ATLAS)).to.equal("urn:isbn:9783161484100");
  });

  it("have no licence before the month of their registration", () => {
    const works = registered("by");
    expect(works.licenceIn(ATLAS, addMonths(MAY, -1))).to.equal("none");
    expect(works.useOf(ATLAS, usage({ period: addMonths(MAY, -1) })).allowed).to.equal(false);
    expect(works.useOf(ATLAS, usage()).allowed).to.equal(true);
  });

  it("keep the terms of months that were", () => {
    const works = registered("by");
    works.license(ATLAS, "by-nd", addMonths(MAY, 4));
    const adapted = (months: number) =>
      works.useOf(ATLAS, usage({ act: "adapt", period: addMonths(MAY, months) })).allowed;
    expect([adapted(3), adapted(4)]).to.deep.equal([true, false]);
  });

  it("ask the holder of a reserved work, who takes a royalty from a month on", () => {
    const works = registered("reserved");
    expect(works.useOf(ATLAS, usage()).allowed).to.equal(false);
    works.permit(ATLAS, COPY, true, credits(30n), addMonths(MAY, 1));
    works.permit(ATLAS, COPY, false, credits(0n), addMonths(MAY, 5));
    const uses = [0, 1, 4, 5].map((months) => works.useOf(ATLAS, usage({ period: addMonths(MAY, months) })));
    // What held before the last change but one is forgotten: those months cannot be posted any more.
    expect(uses.map(({ allowed }) => allowed)).to.deep.equal([true, true, true, false]);
    expect(royaltyOf(uses[1]!, 4)).to.equal(120n);
    const other = works.useOf(ATLAS, usage({ service: serviceId(3), period: addMonths(MAY, 1) }));
    expect(other.allowed).to.equal(false);
  });

  it("take no royalty under a licence that gives it away, whatever was permitted before", () => {
    const works = registered("reserved");
    works.permit(ATLAS, COPY, true, credits(30n), addMonths(MAY, 1));
    works.license(ATLAS, "by", addMonths(MAY, 4));
    const use = (months: number) => works.useOf(ATLAS, usage({ period: addMonths(MAY, months) }));
    expect([use(3).royalty, use(4).royalty]).to.deep.equal([30n, 0n]);
  });

  it("keep business away where the licence does, from the month in which a kind is in business", () => {
    const works = registered("by-nc");
    works.setCommercial(VENDOR, true, addMonths(MAY, 2));
    works.setCommercial(VENDOR, false, addMonths(MAY, 2));
    works.setCommercial(VENDOR, true, addMonths(MAY, 2));
    const allowed = (months: number, kind = VENDOR) =>
      works.useOf(ATLAS, usage({ kind, period: addMonths(MAY, months) })).allowed;
    expect([allowed(1), allowed(2), allowed(2, 1)]).to.deep.equal([true, false, true]);
    works.setCommercial(VENDOR, false, addMonths(MAY, 6));
    expect([allowed(5), allowed(6)]).to.deep.equal([false, true]);
  });

  it("are the new holder's from the month on in which it holds them, and can be handed on until then", () => {
    const works = registered("reserved");
    const holders = () =>
      [0, 1, 2, 5].map((months) => works.useOf(ATLAS, usage({ period: addMonths(MAY, months) })).holder);
    works.transfer(ATLAS, CLEO, addMonths(MAY, 1));
    works.transfer(ATLAS, BOB, addMonths(MAY, 1));
    expect(holders()).to.deep.equal([ADA, BOB, BOB, BOB]);
    works.transfer(ATLAS, ADA, addMonths(MAY, 5));
    expect(holders()).to.deep.equal([BOB, BOB, BOB, ADA]);
  });

  it("go with whoever holds them now", () => {
    const works = registered("by");
    works.transfer(ATLAS, BOB, addMonths(MAY, 1));
    expect(works.holderOf(ATLAS)).to.equal(BOB);
    for (const act of [
      () => works.transfer(resourceId(2), BOB, MAY),
      () => works.license(resourceId(2), "by", MAY),
    ])
      act();
    expect(works.holderOf(resourceId(2))).to.equal(undefined);
  });
});
