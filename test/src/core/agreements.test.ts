import { expect } from "chai";
import { agreeOn, Agreements, checkAgreement, type Agreement } from "../../../src/core/agreements.ts";
import { hash, memberId, serviceId, type MemberId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { addMonths, parsePeriod } from "../../../src/core/period.ts";
import { codeOf } from "../../support/records.ts";

const MAY = parsePeriod("2026-05");
const [LOAN, COPY] = [serviceId(1), serviceId(2)];
const [ADA, BOB, EVE] = [memberId(3), memberId(4), memberId(5)] as [MemberId, MemberId, MemberId];
const priced = (service: typeof LOAN, price: bigint, back = price) => ({
  ...{ service, price: credits(price), back: credits(back) },
});
const terms = (changes: Partial<Agreement> = {}): Agreement => ({
  ...{ members: [ADA, BOB], from: MAY, until: 0, prices: [priced(LOAN, 5n, 7n)] },
  ...{ document: hash(`0x${"0d".repeat(32)}`), ...changes },
});

describe("Agreements", () => {
  it("have a price for each direction, in their months alone", () => {
    const agreements = new Agreements();
    agreements.make(1, terms({ until: addMonths(MAY, 1) }));
    const price = (from: MemberId, to: MemberId, months = 0) =>
      agreements.priceOf(from, to, addMonths(MAY, months), LOAN);
    expect([price(ADA, BOB), price(BOB, ADA)]).to.deep.equal([5n, 7n]);
    expect([price(ADA, BOB, -1), price(ADA, BOB, 1), price(ADA, BOB, 2)]).to.deep.equal([
      undefined,
      5n,
      undefined,
    ]);
    expect([price(ADA, EVE), price(EVE, BOB)]).to.deep.equal([undefined, undefined]);
    expect(agreements.priceOf(ADA, BOB, MAY, COPY)).to.equal(undefined);
  });

  it("go by the latest that prices the service, and by two before a group", () => {
    const agreements = new Agreements();
    const price = (service: typeof LOAN) => agreements.priceOf(ADA, BOB, MAY, service);
    agreements.make(1, terms({ prices: [priced(LOAN, 5n), priced(COPY, 2n)] }));
    agreements.make(2, terms({ prices: [priced(LOAN, 9n)] }));
    agreements.make(3, terms({ members: [ADA, BOB, EVE], prices: [priced(LOAN, 1n), priced(COPY, 1n)] }));
    expect([price(LOAN), price(COPY)]).to.deep.equal([9n, 2n]);
    expect(agreements.priceOf(EVE, ADA, MAY, LOAN)).to.equal(1n);
    agreements.end(2, addMonths(MAY, -1));
    expect(price(LOAN)).to.equal(5n);
    agreements.end(1, addMonths(MAY, -1));
    expect(price(LOAN)).to.equal(1n);
    expect(agreements.termsOf(1)?.until).to.equal(addMonths(MAY, -1));
  });

  it("know what was made", () => {
    expect(new Agreements().termsOf(1)).to.equal(undefined);
    expect(codeOf(() => new Agreements().end(1, MAY))).to.equal("AgreementUnknown");
  });
});

describe("agreeOn", () => {
  const unit = { price: credits(10n), fee: credits(1n), minimum: credits(50n), cap: credits(90n) };
  it("lowers a price, or confirms it, and spares the least of a line but not its most", () => {
    for (const agreed of [0n, 10n]) {
      expect(agreeOn(unit, credits(agreed))).to.deep.equal({ price: agreed, fee: 1n, cap: 90n });
    }
  });
  it("raises none", () => {
    expect(agreeOn(unit, credits(11n))).to.equal(unit);
    expect(agreeOn(unit, undefined)).to.equal(unit);
  });
});

describe("checkAgreement", () => {
  const APRIL = addMonths(MAY, -1);
  it("passes what can be made", () => {
    const group = terms({
      members: [ADA, BOB, EVE],
      prices: [priced(LOAN, 0n), priced(COPY, 3n)],
      until: MAY,
    });
    for (const sound of [terms(), group]) expect(checkAgreement(sound, APRIL)).to.equal(sound);
  });
  const wrong: Record<string, Partial<Agreement>> = {
    "one member": { members: [ADA] },
    "members twice": { members: [ADA, ADA] },
    "members out of order": { members: [BOB, ADA] },
    "seventeen members": {
      members: Array.from({ length: 17 }, (_, at) => memberId(3 + at)),
      prices: [priced(LOAN, 1n)],
    },
    "a month that has begun": { from: APRIL },
    "an end before the beginning": { until: APRIL },
    "no prices": { prices: [] },
    "a service twice": { prices: [priced(LOAN, 1n), priced(LOAN, 2n)] },
    "thirty-three prices": { prices: Array.from({ length: 33 }, (_, at) => priced(serviceId(1 + at), 1n)) },
    "a group that differs": { members: [ADA, BOB, EVE] },
    "free for one side alone": { prices: [priced(LOAN, 0n, 7n)] },
  };
  for (const [what, changes] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      expect(codeOf(() => checkAgreement(terms(changes), APRIL))).to.equal("AgreementInvalid");
    });
  }
});
