import { expect } from "chai";
import { Agreements } from "../../../src/core/agreements.ts";
import { Choices } from "../../../src/core/choices.ts";
import { COMMONS, hash, memberId, resourceId, serviceId } from "../../../src/core/ids.ts";
import type { Act } from "../../../src/core/licence.ts";
import { credits } from "../../../src/core/money.ts";
import { addMonths, parsePeriod } from "../../../src/core/period.ts";
import { dueOf, quote, type Order, type Quoted } from "../../../src/core/quote.ts";
import { Reliefs } from "../../../src/core/relief.ts";
import { ANY_TIER, Schedule } from "../../../src/core/schedule.ts";
import { Works } from "../../../src/core/works.ts";

const MAY = parsePeriod("2026-05");
const [LOAN, COPY, SCAN] = [serviceId(1), serviceId(2), serviceId(3)];
const [ADA, BOB, EVE] = [memberId(3), memberId(4), memberId(5)];
const [ATLAS, POEMS] = [resourceId(1), resourceId(2)];

/** Loans at 100, copies at 10 and at least 50 a line; each unit 1 to COMMONS. Eve holds both works. */
function world() {
  const [schedule, choices, agreements] = [new Schedule(), new Choices(), new Agreements()];
  const [reliefs, works] = [new Reliefs(), new Works()];
  const plain = (service: typeof LOAN, price: bigint) => ({
    ...{ service, tier: ANY_TIER, price: credits(price), fee: credits(1n) },
  });
  schedule.publish(MAY, [
    plain(LOAN, 100n),
    {
      ...{ ...plain(COPY, 10n), supplierTier: ANY_TIER, minimum: credits(50n), cap: credits(200n) },
      ...{ promotedFrom: 0, promotedUntil: 0, promotedPrice: credits(0n) },
    },
  ]);
  works.register(ATLAS, EVE, "urn:isbn:9783161484100", "reserved", MAY);
  works.permit(ATLAS, COPY, true, credits(3n), MAY);
  works.register(POEMS, EVE, "urn:x", "by-nc", MAY);
  const actOf = (service: number): Act => (service === LOAN ? "lend" : "reproduce");
  return { schedule, choices, agreements, reliefs, works, actOf };
}

const order = (changes: Partial<Order> = {}): Order => ({
  ...{ supplier: ADA, consumer: BOB, period: MAY, maximum: credits(10_000n), tier: 1, supplierTier: 2 },
  ...{ lines: [{ service: LOAN, quantity: 2 }], choosy: false, countersigned: true, kind: 1, region: 7 },
  ...{ reliefRoom: 10_000n, ...changes },
});
const relief = (share: number) => ({
  ...{ service: 0 as const, region: 0, tier: ANY_TIER, share, from: MAY, until: 0 as const },
  ...{ memberCap: credits(10_000n), cap: credits(10_000n) },
});
const fault = ({ objection }: Quoted) =>
  objection && `${objection.fault} ${objection.found} ${objection.limit}`;

describe("quote", () => {
  it("adds up lines, fees and royalties, and what others pay", () => {
    const w = world();
    w.reliefs.open(1, relief(5_000));
    const lines = [
      { service: LOAN, quantity: 2 },
      { service: COPY, quantity: 3, resource: ATLAS },
      { service: COPY, quantity: 9, resource: ATLAS },
    ];
    const { quote: quoted } = quote(order({ lines }), w);
    expect(quoted).to.deep.equal({
      ...{ gross: 340n, fee: 14n, relieved: 170n, royalties: 36n },
      legs: [
        { kind: "aid", relief: 1, amount: 170n },
        { kind: "royalty", holder: EVE, amount: 36n },
      ],
    });
    expect(dueOf(quoted!)).to.equal(220n);
  });

  it("asks about choices and agreements where one of the two is choosy, and only there", () => {
    const w = world();
    w.agreements.make(1, {
      ...{ members: [ADA, BOB], from: MAY, until: 0, document: hash(`0x${"00".repeat(32)}`) },
      prices: [{ service: COPY, price: credits(2n), back: credits(2n) }],
    });
    w.choices.use(BOB, COPY, true, 10n, addMonths(MAY, -1));
    const lines = [{ service: COPY, quantity: 3 }];
    expect(quote(order({ lines }), w).quote?.gross).to.equal(50n);
    // The least of a line raises no agreed price, and the ceiling counts the agreed one.
    expect(quote(order({ lines, choosy: true }), w).quote).to.include({ gross: 6n, fee: 3n });
    w.choices.use(BOB, COPY, true, 2n, addMonths(MAY, -1));
    expect(fault(quote(order({ lines, choosy: true }), w))).to.equal("CeilingExceeded 2 2");
  });

  it("objects in the order of the contract", () => {
    const w = world();
    const scanned = [
      { service: COPY, quantity: 1, resource: resourceId(9) },
      { service: SCAN, quantity: 1 },
    ];
    w.choices.regard(BOB, ADA, 2, addMonths(MAY, -1));
    expect(fault(quote(order({ lines: [], choosy: true }), w))).to.equal("NoLines 0 0");
    const dear = { maximum: credits(0n) };
    expect(fault(quote(order({ ...dear, lines: scanned, choosy: true }), w))).to.equal("PartnerRefused 4 3");
    expect(fault(quote(order({ ...dear, lines: scanned }), w))).to.equal("NotOffered 3 1");
    expect(fault(quote(order({ ...dear, lines: scanned.slice(0, 1) }), w))).to.equal("LicenceForbids 9 2");
    expect(fault(quote(order({ ...dear, lines: [{ service: COPY, quantity: 1 }] }), w))).to.equal(
      "AboveMaximum 51 0",
    );
  });

  it("holds the maximum against gross, fee and royalties, whoever pays them", () => {
    const w = world();
    w.reliefs.open(1, relief(10_000));
    const lines = [{ service: COPY, quantity: 6, resource: ATLAS }];
    expect(quote(order({ lines, maximum: credits(84n) }), w).quote?.relieved).to.equal(60n);
    expect(fault(quote(order({ lines, maximum: credits(83n) }), w))).to.equal("AboveMaximum 84 83");
  });

  describe("given a work", () => {
    const lines = [{ service: COPY, quantity: 6, resource: POEMS }];
    it("keeps business away where the licence does", () => {
      const w = world();
      w.works.setCommercial(9, true, MAY);
      expect(quote(order({ lines }), w).quote?.royalties).to.equal(0n);
      expect(fault(quote(order({ lines, kind: 9 }), w))).to.equal("LicenceForbids 2 2");
    });
    it("lets its holder draw and supply it without permission, and owes it nothing of its own", () => {
      const w = world();
      const adapted = [{ service: COPY, quantity: 6, resource: ATLAS }];
      w.works.permit(ATLAS, COPY, false, credits(0n), MAY);
      expect(fault(quote(order({ lines: adapted, period: MAY }), w))).to.equal("LicenceForbids 1 2");
      for (const party of ["supplier", "consumer"] as const) {
        expect(quote(order({ lines: adapted, [party]: EVE }), w).quote?.royalties).to.equal(0n);
      }
    });
    it("is due to a holder that supplies it itself", () => {
      const adapted = [{ service: COPY, quantity: 6, resource: ATLAS }];
      expect(quote(order({ lines: adapted, supplier: EVE }), world()).quote?.royalties).to.equal(18n);
      expect(quote(order({ lines: adapted, consumer: EVE }), world()).quote?.legs).to.deep.equal([]);
    });
    it("can be lent under any terms", () => {
      const lent = [{ service: LOAN, quantity: 1, resource: ATLAS }];
      expect(quote(order({ lines: lent }), world()).quote).to.include({ gross: 100n, royalties: 0n });
    });
  });

  it("relieves no claim, and takes none for a work", () => {
    const w = world();
    w.reliefs.open(1, relief(5_000));
    expect(quote(order({ countersigned: false }), w).quote).to.include({ gross: 200n, relieved: 0n });
    const lines = [{ service: LOAN, quantity: 1, resource: ATLAS }];
    expect(fault(quote(order({ lines, countersigned: false }), w))).to.equal("WorkClaimed 1 0");
  });

  it("lets COMMONS pay in full", () => {
    const w = world();
    w.reliefs.open(1, relief(5_000));
    expect(quote(order({ consumer: COMMONS }), w).quote).to.include({ gross: 200n, relieved: 0n });
    expect(quote(order({ supplier: COMMONS }), w).quote).to.include({ gross: 200n, relieved: 100n });
  });
});
